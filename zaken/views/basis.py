"""What the views on a taak share: getting it, showing it, and answering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now

from kcc.access import KccRequest
from kcc.htmx import go_to, render_page, saved, wants_fragment
from zaken import services
from zaken.forms import TaakForm
from zaken.models import InterneTaak
from zaken.taakbeeld import TaakBeeld
from zaken.werkvoorraad import ZOEK_SLEUTEL, Werkvoorraad

PAGINA = "zaken/werkvoorraad.html"
LIJST_SLEUTELS = ("tab", "afdeling", "stand", "sorteer", "zoek", "pagina")


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
    return urlencode({k: request.GET[k][:60] for k in LIJST_SLEUTELS if k in request.GET})


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


def show_actie(request: KccRequest, taak: InterneTaak, form: Form, actie: str) -> HttpResponse:
    """The form of one action: alone under htmx, else unfolded in the page of the taak."""
    if wants_fragment(request):
        context = {"taak": taak, "form": form, "actie": actie, "query": list_query(request)}
        return render_page(request, PAGINA, "actie", context)
    vers = InterneTaak.objects.visible_to(request.user).with_page_details().filter(pk=taak.pk)
    if (zichtbaar := vers.first()) is None:
        # It went to another department: show the sentence and the typed text, and no more.
        context = {"taak": None, "form": form, "actie": actie}
        return render_page(request, "zaken/weg.html", "", context)
    return show_taak(request, zichtbaar, form=form, actie=actie)


def refuse(form: TaakForm, exc: services.TaakFout, taak: InterneTaak) -> None:
    """Put the sentence on the form. The next try is meant for the taak as it now is."""
    veld = getattr(exc, "veld", None)
    form.add_error(veld, str(exc))
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
