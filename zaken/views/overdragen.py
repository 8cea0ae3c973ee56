"""The hand-off: a panel on the werkplek, and a page for a browser without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from contacts.models import Klantcontact
from contacts.numbers import speakable
from contacts.services import (
    GesprekAlreadyClosed,
    KlantcontactAlreadyClosed,
    KlantcontactIncomplete,
)
from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page
from organisatie.models import Afdeling
from organisatie.werkkalender import NoOpeningstijden
from zaken import services
from zaken.forms import OverdrachtForm
from zaken.models import InterneTaak
from zaken.overdracht import Overdracht, first_values, needs_adres, promise, proposed_afdeling
from zaken.termijnen import say_uiterlijk

PAGINA = "zaken/overdragen.html"
VERWACHT = (
    services.TaakFout,
    KlantcontactAlreadyClosed,
    GesprekAlreadyClosed,
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
    if request.POST.get("knop") == "toon":  # without JavaScript: other people for another afdeling
        return _panel(request, contact, _form(contact, voorlopig=request.POST))
    form = _form(contact, data=request.POST)
    if form.is_valid():
        try:
            taak = services.hand_off(klantcontact=contact, **_wat(form), by=request.user, at=now())
        except VERWACHT as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _melding(taak))
            return go_to(request, f"{reverse('contacts:werkplek')}?afgerond={contact.uuid}")
    return _panel(request, contact, form)


@access("zaken.add_internetaak")
@require_GET
def overdragen_keuze(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The people, the term and the questions that go with the chosen department."""
    contact = _editable_or_404(request, uuid)
    return _panel(request, contact, _form(contact, voorlopig=request.GET), deel="keuze")


def _editable_or_404(request: KccRequest, uuid: UUID) -> Klantcontact:
    mijn = Klantcontact.objects.editable_by(request.user)
    return get_object_or_404(
        mijn.select_related("partij", "product__afdeling", "gesprek"), uuid=uuid
    )


def _form(
    contact: Klantcontact, *, data: QueryDict | None = None, voorlopig: QueryDict | None = None
) -> OverdrachtForm:
    """``data`` is checked; ``voorlopig`` only fills the fields while the agent is choosing."""
    bron = data if data is not None else voorlopig
    gekozen = proposed_afdeling(contact, now()) if bron is None else _chosen(bron)
    eerste = first_values(contact) | {"afdeling": gekozen}
    if voorlopig is not None:
        eerste |= {k: v for k, v in voorlopig.items() if k not in {"afdeling", "medewerker"}}
    form = OverdrachtForm(data, initial=eerste, gekozen=gekozen, moet_adres=needs_adres(contact))
    keuze = reverse("zaken:overdragen_keuze", args=[contact.uuid])
    form.fields["afdeling"].widget.attrs |= {"hx-get": keuze, "hx-target": "#overdracht-keuze"}
    return form


def _chosen(data: QueryDict) -> Afdeling | None:
    pk = data.get("afdeling", "")
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
    }


def _panel(
    request: KccRequest, contact: Klantcontact, form: OverdrachtForm, deel: str = "paneel"
) -> HttpResponse:
    gekozen = form.gekozen
    overdracht = Overdracht(klantcontact=contact, afdeling=gekozen, nu=now())
    context = {"contact": contact, "form": form, "overdracht": overdracht}
    return render_page(request, PAGINA, deel, context)


def _melding(taak: InterneTaak) -> str:
    zin = promise(taak.klantcontact, taak.afdeling, say_uiterlijk(taak.termijn_op, now()))
    return f"Overgedragen. Lees voor: uw nummer is {speakable(taak.nummer)}. {zin}"
