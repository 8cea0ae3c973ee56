"""What the views on a taak share: getting it, showing it, and answering."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now

from contacts.numbers import parse_nummer
from kcc.access import KccRequest
from kcc.htmx import go_to, render_page, saved, wants_fragment
from zaken import services
from zaken.forms import TaakForm
from zaken.models import InterneTaak
from zaken.taakbeeld import TaakBeeld
from zaken.werkvoorraad import SLEUTELS, ZOEK_SLEUTEL, Werkvoorraad

PAGINA = "zaken/werkvoorraad.html"


def list_of(request: KccRequest) -> Werkvoorraad:
    """The list that this address asks for."""
    return Werkvoorraad(
        medewerker=request.user,
        params=request.GET,
        zoekteksten=request.session.get(ZOEK_SLEUTEL, {}),
        nu=now(),
    )


def note_list(request: KccRequest, lijst: Werkvoorraad) -> None:
    """The lines in the processing log for the names on this page of the list."""
    taken = [rij.taak for rij in lijst.rijen]
    services.list_taken(taken=taken, doel="werkvoorraad", by=request.user, at=now())


def list_query(request: KccRequest) -> str:
    """The part of the address that says which list a taak was opened from."""
    return urlencode({k: request.GET[k][:60] for k in SLEUTELS if k in request.GET})


def with_query(request: KccRequest, url: str) -> str:
    """This address, and which list it was opened from."""
    query = list_query(request)
    return f"{url}?{query}" if query else url


def workable_or_404(request: KccRequest, uuid: UUID) -> InterneTaak:
    """A taak to work on. On a POST also one that went elsewhere after one had worked on it: the
    service then says where it is, and what was typed stays.
    """
    taken = InterneTaak.objects.with_page_details()
    if request.method == "POST":
        return get_object_or_404(taken.answerable_to(request.user), uuid=uuid)
    return get_object_or_404(taken.workable_by(request.user), uuid=uuid)


def readable_or_404(request: KccRequest, uuid: UUID) -> InterneTaak:
    """A taak that one may write a note with or open again: any that one sees. On a POST also one
    that one worked on before it went elsewhere (see workable_or_404).
    """
    taken = InterneTaak.objects.with_page_details()
    zichtbaar = taken.visible_to(request.user)
    if request.method == "POST" and not zichtbaar.filter(uuid=uuid).exists():
        return get_object_or_404(taken.answerable_to(request.user), uuid=uuid)
    return get_object_or_404(zichtbaar, uuid=uuid)


def other_taak(request: KccRequest, nummer: str) -> InterneTaak:
    """The taak with this number, as somebody typed it. Raises TaakGone for one that is not there
    and, in the same words, for one that he may not see.
    """
    gevonden = InterneTaak.objects.visible_to(request.user).filter(nummer=parse_nummer(nummer))
    if (taak := gevonden.first()) is None:
        raise services.TaakGone
    return taak


def posted(request: KccRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST binds it."""
    return request.POST if request.method == "POST" else None


def step(
    request: KccRequest,
    taak: InterneTaak,
    form: TaakForm,
    actie: str,
    run: Callable[[dict[str, Any]], object],
    after: Callable[[], HttpResponse],
    **extra: Any,
) -> HttpResponse:
    """Do ``run`` with what a valid form holds and answer with ``after``; what is refused comes back
    as a sentence on the form, with all that was typed.
    """
    if form.is_valid():
        try:
            run(form.cleaned_data)
        except services.VERWACHT as exc:
            refuse(form, exc, taak)
        else:
            return after()
    return show_actie(request, taak, form, actie, **extra)


def one_click(
    request: KccRequest, uuid: UUID, stap: Callable[..., object], melding: str
) -> HttpResponse:
    """A step that asks nothing: do it, or show the taak as it now is and why not."""
    taken = InterneTaak.objects.workable_by(request.user).with_page_details()
    gevonden = get_object_or_404(taken, uuid=uuid)
    try:
        stap(taak=gevonden, by=request.user, at=now())
    except services.TaakFout as exc:
        return show_taak(request, taken.get(pk=gevonden.pk), status=422, fout=str(exc))
    return done(request, gevonden, melding)


def show_taak(
    request: KccRequest,
    taak: InterneTaak,
    *,
    status: int | None = None,
    met_adres: bool = False,
    **extra: Any,
) -> HttpResponse:
    """The taak beside its list, or only the taak. Writes the line in the processing log."""
    services.open_taak(taak=taak, by=request.user, at=now())
    lijst = list_of(request)
    if not wants_fragment(request):
        note_list(request, lijst)
    beeld = TaakBeeld(taak=taak, lijst=lijst, nu=now(), met_adres=met_adres)
    context = {"lijst": lijst, "beeld": beeld, "taak": taak, "query": list_query(request), **extra}
    return render_page(request, PAGINA, "taak", context, status=status)


def show_actie(
    request: KccRequest, taak: InterneTaak, form: Form, actie: str, **extra: Any
) -> HttpResponse:
    """The form of one action: alone under htmx, else unfolded in the page of the taak."""
    url = with_query(request, reverse(f"zaken:taak_{actie}", args=[taak.uuid]))
    deel = {"form": form, "actie": actie, "actie_url": url, **extra}
    if wants_fragment(request):
        context = {"taak": taak, "query": list_query(request), **deel}
        return render_page(request, PAGINA, "actie", context)
    vers = InterneTaak.objects.visible_to(request.user).with_page_details().filter(pk=taak.pk)
    if (zichtbaar := vers.first()) is None:
        # It went to another department: show the sentence and the typed text, and no more.
        return render_page(request, "zaken/weg.html", "", {**deel, "taak": None})
    return show_taak(request, zichtbaar, **deel)


def refuse(form: TaakForm, exc: Exception, taak: InterneTaak) -> None:
    """Put the sentence on the form. The next try is meant for the taak as it now is."""
    veld = getattr(exc, "veld", None)
    form.add_error(veld if veld in form.fields else None, str(exc))
    if isinstance(exc, services.TaakChanged):
        taak.refresh_from_db(fields=["versie"])
        form.show_versie(taak.versie)


def done(request: KccRequest, taak: InterneTaak, melding: str) -> HttpResponse:
    """After a step that leaves the taak where it is: back to its page, or tell the regions."""
    url = with_query(request, reverse("zaken:taak", args=[taak.uuid]))
    return saved(request, to=url, event="taak-gewijzigd", melding=melding)


def gone(request: KccRequest, melding: str) -> HttpResponse:
    """After a step that takes the taak away from here: back to the list."""
    messages.success(request, melding)
    return go_to(request, with_query(request, reverse("zaken:werkvoorraad")))
