"""One zaak: start it, its page, and each thing that can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.models import Klantcontact
from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page, saved, wants_fragment
from organisatie.werkkalender import NoOpeningstijden
from zaken.forms import zaak as formulieren
from zaken.models import InterneTaak, Zaak, Zaaktype
from zaken.register import NieuweZaak, register
from zaken.services import zaak as services
from zaken.services.fouten import TaakFout
from zaken.zaakbeeld import ZaakBeeld
from zaken.zaaknummer import speakable_identificatie

PAGINA = "zaken/zaak/zaak.html"
VERWACHT = (TaakFout, NoOpeningstijden)
M = TypeVar("M", Klantcontact, InterneTaak)


@dataclass(frozen=True)
class Actie:
    """One thing that can be done: its form, the service with the same field names, its words."""

    titel: str
    knop: str
    form: type[formulieren.ZaakForm]
    run: Callable[..., Any]
    melding: str
    uitleg: str = ""


ACTIES = {
    "status": Actie(
        "Nieuwe stand", "Bewaar", formulieren.ZaakStatusForm, services.set_status,
        "De nieuwe stand is vastgelegd.",
    ),
    "afronden": Actie(
        "Zaak afronden", "Rond af", formulieren.AfrondenForm, services.close_zaak,
        "De zaak is afgerond.",
    ),
    "heropenen": Actie(
        "Zaak heropenen", "Heropen", formulieren.HeropenenForm, services.reopen_zaak,
        "De zaak is weer open.", "De termijn is weer die van voor het afronden.",
    ),
    "opschorten": Actie(
        "Termijn stilzetten", "Zet stil", formulieren.OpschortenForm, services.suspend_zaak,
        "De termijn staat stil. Laat de klant weten waarop u wacht.",
        "Dit kan als u de klant om aanvulling vraagt, als de klant instemt met uitstel of bij "
        "overmacht (artikel 4:15 Awb).",
    ),
    "hervatten": Actie(
        "Termijn weer laten lopen", "Laat lopen", formulieren.HervattenForm, services.resume_zaak,
        "De termijn loopt weer.", "De termijn schuift op met de dagen dat zij stilstond.",
    ),
    "verlengen": Actie(
        "Termijn verlengen", "Verleng", formulieren.VerlengenForm, services.extend_zaak,
        "De termijn is verlengd. Laat de klant dat nu schriftelijk weten, met de nieuwe datum.",
        "Dit kan één keer, en alleen voordat de termijn voorbij is.",
    ),
    "toewijzen": Actie(
        "Behandelaar kiezen", "Bewaar", formulieren.ToewijzenForm, services.assign_zaak,
        "De behandelaar is vastgelegd.",
    ),
    "betrokkene": Actie(
        "Betrokkene toevoegen", "Voeg toe", formulieren.BetrokkeneForm, services.add_betrokkene,
        "De betrokkene is toegevoegd.",
    ),
    "ingebrekestelling": Actie(
        "Ingebrekestelling vastleggen", "Leg vast", formulieren.IngebrekestellingForm,
        services.note_ingebrekestelling, "De ingebrekestelling is vastgelegd. De zaak heeft haast.",
        "Twee weken na de brief begint een dwangsom te lopen (artikel 4:17 Awb).",
    ),
    "ontkoppelen": Actie(
        "Koppeling verbreken", "Verbreek", formulieren.OntkoppelForm, services.unlink,
        "De koppeling is verbroken.",
    ),
}  # fmt: skip


@access("zaken.view_zaak")
@require_GET
def zaak(request: KccRequest, uuid: UUID) -> HttpResponse:
    """What to tell a caller, how far it is, and what can be done."""
    zaken = Zaak.objects.visible_to(request.user).with_page_details()
    return _show(request, get_object_or_404(zaken, uuid=uuid))


@access("zaken.change_zaak")
@require_http_methods(["GET", "POST"])
def zaak_actie(request: KccRequest, uuid: UUID, actie: str) -> HttpResponse:
    """The form of one action, and the action."""
    if (soort := ACTIES.get(actie)) is None:
        raise Http404
    zaken = Zaak.objects.workable_by(request.user).with_page_details()
    gevonden = get_object_or_404(zaken, uuid=uuid)
    form = soort.form(request.POST if request.method == "POST" else None, zaak=gevonden)
    if form.is_valid():
        try:
            soort.run(zaak=gevonden, **form.cleaned_data, by=request.user, at=now())
        except VERWACHT as exc:
            _refuse(form, exc, gevonden)
        else:
            return _done(request, uuid, soort.melding)
    return _show(request, gevonden, "actie", form=form, actie=actie, soort=soort)


@access("zaken.change_zaak")
@require_POST
def zaak_nemen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Deal with it oneself."""
    zaken = Zaak.objects.workable_by(request.user).with_page_details()
    gevonden = get_object_or_404(zaken, uuid=uuid)
    try:
        services.assign_zaak(zaak=gevonden, to=request.user, by=request.user, at=now())
    except services.ZaakFout as exc:
        return _show(request, gevonden, status=422, fout=str(exc))
    return _done(request, uuid, "De zaak is van u.")


def _show(
    request: KccRequest,
    zaak: Zaak,
    deel: str = "inhoud",
    *,
    status: int | None = None,
    **extra: Any,
) -> HttpResponse:
    """The page or a part of it. Writes the lines in the processing log."""
    if deel == "inhoud" or not wants_fragment(request):
        services.open_zaak(zaak=zaak, by=request.user, at=now())
    beeld = ZaakBeeld(zaak=zaak, medewerker=request.user, nu=now())
    context = {"zaak": zaak, "beeld": beeld, **extra}
    return render_page(request, PAGINA, deel, context, status=status)


def _refuse(form: formulieren.ZaakForm, exc: Exception, zaak: Zaak) -> None:
    form.add_error(None, str(exc))
    if isinstance(exc, services.ZaakChanged):
        zaak.refresh_from_db(fields=["versie"])
        form.show_versie(zaak.versie)


def _done(request: KccRequest, uuid: UUID, melding: str) -> HttpResponse:
    return saved(request, uuid, to="zaken:zaak", event="zaak-gewijzigd", melding=melding)


@access("zaken.add_zaak")
@require_http_methods(["GET", "POST"])
def zaak_nieuw(request: KccRequest) -> HttpResponse:
    """Start a zaak: from a contact (``?klantcontact=``), from a taak (``?taak=``), or bare."""
    contact = _from_address(request, "klantcontact", Klantcontact.objects.visible_to(request.user))
    taak = _from_address(request, "taak", InterneTaak.objects.visible_to(request.user))
    data = request.POST if request.method == "POST" else None
    form = formulieren.NieuweZaakForm(data, initial=_first(contact, taak))
    if form.is_valid():
        wat = form.cleaned_data | {"zaaktype": form.cleaned_data["zaaktype"].identificatie}
        try:
            zaak = register().start(
                NieuweZaak(**wat, klantcontact=contact, taak=taak), by=request.user, at=now()
            )
        except VERWACHT as exc:
            form.add_error(None, str(exc))
        else:
            nummer = speakable_identificatie(zaak.identificatie)
            messages.success(request, f"Zaak gestart. Lees voor: uw zaaknummer is {nummer}.")
            return go_to(request, _back(contact) or zaak.url)
    context = {"form": form, "contact": contact, "taak": taak, "terug": _back(contact)}
    return render_page(request, "zaken/zaak/nieuw.html", "formulier", context)


def _from_address(request: KccRequest, sleutel: str, records: QuerySet[M]) -> M | None:
    """The record that the address names; 404 when one may not see it."""
    if not (tekst := request.GET.get(sleutel, "")):
        return None
    try:
        return get_object_or_404(records, uuid=UUID(tekst))
    except ValueError as exc:
        raise Http404 from exc


def _first(contact: Klantcontact | None, taak: InterneTaak | None) -> dict[str, Any]:
    """What is known already, so that nobody types it twice."""
    bron = contact or (taak.klantcontact if taak is not None else None)
    if bron is None:
        return {}
    eerste: dict[str, Any] = {
        "omschrijving": bron.onderwerp[:80],
        "toelichting": bron.inhoud[:1000],
    }
    if bron.product_id is not None:
        eerste["zaaktype"] = Zaaktype.objects.filter(product=bron.product_id).first()
    return eerste


def _back(contact: Klantcontact | None) -> str:
    """The conversation that the agent is in; empty when there is none."""
    if contact is None or contact.is_afgerond or not contact.gesprek.is_open:
        return ""
    return reverse("contacts:gesprek", args=[contact.gesprek.uuid])
