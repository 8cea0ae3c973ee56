"""The hand-off: a panel on the werkplek, and a page for a browser without JavaScript."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.models import Klantcontact
from contacts.numbers import speakable
from contacts.services import (
    PANEEL,
    GesprekAlreadyClosed,
    KlantcontactAlreadyClosed,
    KlantcontactIncomplete,
    save_panel,
)
from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page
from organisatie.models import Afdeling
from organisatie.werkkalender import NoOpeningstijden
from zaken import services
from zaken.forms import OverdrachtForm
from zaken.models import InterneTaak
from zaken.overdracht import (
    Overdracht,
    TooMuchText,
    first_values,
    kept,
    needs_adres,
    promise,
    proposed_afdeling,
)
from zaken.services import agreement_for
from zaken.termijnen import say_uiterlijk

PAGINA = "zaken/overdragen.html"
CLOSED = (KlantcontactAlreadyClosed, GesprekAlreadyClosed)
VERWACHT = (
    services.TaakFout,
    *CLOSED,
    KlantcontactIncomplete,
    NoOpeningstijden,
)


@access("zaken.add_internetaak")
@require_http_methods(["GET", "POST"])
def overdragen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Give the question to a department. The klantcontact closes in the same transaction."""
    contact = _editable_or_404(request, uuid)
    if request.method == "GET" and contact.is_afgerond:
        fout = f"Dit contact ({speakable(contact.nummer)}) is al afgerond."
        return render_page(
            request, PAGINA, "paneel", {"contact": contact, "fout": fout}, status=422
        )
    if request.method == "GET":
        return _panel(request, contact, _form(contact))
    _keep(request, contact)
    if request.POST.get("knop") == "toon":  # without JavaScript: other people for another afdeling
        return _panel(request, contact, _form(contact))
    form = _form(contact, data=request.POST, files=request.FILES)
    if form.is_valid():
        try:
            taak = services.hand_off(klantcontact=contact, **_wat(form), by=request.user, at=now())
        except VERWACHT as exc:
            veld = getattr(exc, "veld", None)
            form.add_error(veld if veld in form.fields else None, str(exc))
        else:
            messages.success(request, _melding(taak))
            return go_to(request, f"{reverse('contacts:werkplek')}?afgerond={contact.uuid}")
    return _panel(request, contact, form)


@access("zaken.add_internetaak")
@require_POST
def overdragen_keuze(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The people, the term and the questions that go with the chosen department. By POST, so that
    what was answered so far comes along without standing in an address.
    """
    contact = _editable_or_404(request, uuid)
    _keep(request, contact)
    return _panel(request, contact, _form(contact), deel="keuze")


@access("zaken.add_internetaak")
@require_GET
def overdragen_nodig(request: KccRequest, uuid: UUID) -> HttpResponse:
    """What is still needed before anything can be promised, by what was kept so far."""
    contact = _editable_or_404(request, uuid)
    return _panel(request, contact, _form(contact), deel="nodig")


@access("zaken.add_internetaak")
@require_POST
def overdragen_concept(request: KccRequest, uuid: UUID) -> JsonResponse:
    """The autosave of the panel: 200 with the time, or a sentence; never a page."""
    contact = _editable_or_404(request, uuid)
    try:
        vers = save_panel(klantcontact=contact, waarden=kept(request.POST.dict()), at=now())
    except TooMuchText as exc:
        return JsonResponse({"melding": str(exc)}, status=422)
    except CLOSED as exc:
        return JsonResponse({"melding": str(exc)}, status=409)
    opgeslagen = localtime(vers.opgeslagen_op).strftime("%H:%M:%S")
    return JsonResponse({"opgeslagen_op": opgeslagen})


def _keep(request: KccRequest, contact: Klantcontact) -> None:
    """Keep what was typed before anything is done with it. What cannot be kept stays on screen."""
    try:
        vers = save_panel(klantcontact=contact, waarden=kept(request.POST.dict()), at=now())
    except (TooMuchText, *CLOSED):
        contact.concept = {**contact.concept, PANEEL: request.POST.dict()}
    else:
        contact.concept = vers.concept


def _editable_or_404(request: KccRequest, uuid: UUID) -> Klantcontact:
    mijn = Klantcontact.objects.editable_by(request.user)
    return get_object_or_404(
        mijn.select_related("partij", "product__afdeling", "gesprek"), uuid=uuid
    )


def _form(
    contact: Klantcontact, *, data: QueryDict | None = None, files: Any = None
) -> OverdrachtForm:
    """Bound when ``data`` is sent to be checked, else with what was kept or is already known."""
    nu, eerste = now(), first_values(contact)
    bron: Mapping[str, Any] = eerste if data is None else data
    gekozen = _chosen(bron) if "afdeling" in bron else proposed_afdeling(contact, nu)
    afspraak = agreement_for(contact.product, gekozen, localdate(nu)) if gekozen else None
    eerste["afdeling"] = gekozen.pk if gekozen else None
    form = OverdrachtForm(
        data, files, initial=eerste, gekozen=gekozen, moet_adres=needs_adres(contact),
        afspraak=afspraak, nu=nu,
    )  # fmt: skip
    keuze = reverse("zaken:overdragen_keuze", args=[contact.uuid])
    form.fields["afdeling"].widget.attrs |= {"hx-post": keuze, "hx-target": "#overdracht-keuze"}
    return form


def _probe(contact: Klantcontact, form: OverdrachtForm) -> OverdrachtForm:
    """The same form as if it were sent now."""
    waarden = QueryDict(mutable=True)
    waarden.update({naam: str(waarde) for naam, waarde in form.initial.items() if waarde})
    return _form(contact, data=waarden)


def _chosen(data: Mapping[str, Any]) -> Afdeling | None:
    pk = str(data.get("afdeling", ""))
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return Afdeling.objects.filter(is_actief=True, pk=int(pk)).first()


def _wat(form: OverdrachtForm) -> dict[str, Any]:
    schoon = form.cleaned_data
    return {
        "afdeling": schoon["afdeling"],
        "toegewezen_aan": schoon["medewerker"],
        "gevraagde_handeling": schoon["gevraagde_handeling"],
        "toelichting": schoon["toelichting"],
        "antwoorden": form.answers(),
        "bestanden": form.uploads(),
    }


def _panel(
    request: KccRequest, contact: Klantcontact, form: OverdrachtForm, deel: str = "paneel"
) -> HttpResponse:
    overdracht = Overdracht(klantcontact=contact, afdeling=form.gekozen, nu=now())
    # What was sent and refused is said by the form itself.
    nodig = [] if form.is_bound else _probe(contact, form).outstanding()
    context = {"contact": contact, "form": form, "overdracht": overdracht, "nodig": nodig}
    return render_page(request, PAGINA, deel, context)


def _melding(taak: InterneTaak) -> str:
    uiterlijk = say_uiterlijk(taak.termijn_op, now())
    zin = promise(taak.klantcontact, taak.afdeling, uiterlijk, taak.afspraak)
    return f"Overgedragen. Lees voor: uw nummer is {speakable(taak.nummer)}. {zin}"
