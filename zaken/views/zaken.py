"""Lists of zaken: the whole, of a partij, and of a contact or taak."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Klantcontact, Partij
from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from zaken.forms.zaak import KoppelForm
from zaken.models import InterneTaak, Zaak
from zaken.register import describe, register
from zaken.services import zaak as services
from zaken.werkvoorraad import keep_zoektekst
from zaken.zaaknummer import parse_identificatie
from zaken.zakenlijst import ZOEK_SLEUTEL, Zakenlijst


def _list_of(request: KccRequest) -> Zakenlijst:
    return Zakenlijst(
        medewerker=request.user,
        params=request.GET,
        zoekteksten=request.session.get(ZOEK_SLEUTEL, {}),
        nu=now(),
    )


@access("zaken.view_zaak")
@require_GET
def zaken(request: KccRequest) -> HttpResponse:
    """All zaken that one may see."""
    lijst = _list_of(request)
    getoond = [rij.zaak for rij in lijst.rijen]
    services.list_zaken(zaken=getoond, doel="zaken", by=request.user, at=now())
    return render_page(request, "zaken/zaak/lijst.html", "lijst", {"lijst": lijst})


@access("zaken.view_zaak")
@require_POST
def zaken_zoeken(request: KccRequest) -> HttpResponse:
    """Search; a number opens the zaak itself. By POST, and kept in the session: what people look
    for is a name or a subject, and those do not belong in an address.
    """
    tekst = request.POST.get("q", "").strip()
    if (nummer := parse_identificatie(tekst)) is not None:
        gevonden = Zaak.objects.visible_to(request.user).filter(identificatie=nummer).first()
        if gevonden is not None:
            return redirect("zaken:zaak", uuid=gevonden.uuid)
    lijst = _list_of(request)
    if not tekst:
        return redirect(f"{reverse('zaken:zaken')}?{lijst.met(zoek='')}")
    bewaard = request.session.get(ZOEK_SLEUTEL, {})
    sleutel, request.session[ZOEK_SLEUTEL] = keep_zoektekst(bewaard, tekst)
    return redirect(f"{reverse('zaken:zaken')}?{lijst.met(zoek=sleutel)}")


@access("zaken.view_zaak")
@require_GET
def zaken_van_partij(request: KccRequest, uuid: UUID) -> HttpResponse:
    """For the klantbeeld: what runs for this person, whatever register holds it."""
    if not Partij.objects.visible_to(request.user).filter(uuid=uuid).exists():
        raise Http404
    gevonden = register().zaken_of(uuid, by=request.user, at=now())
    return render_page(request, "zaken/zaak/van_partij.html", "zaken", {"zaken": gevonden})


@access("contacts.view_klantcontact")
@require_GET
def zaken_van_contact(request: KccRequest, uuid: UUID) -> HttpResponse:
    """For the page of a contact: the zaken it belongs to."""
    contact = get_object_or_404(Klantcontact.objects.visible_to(request.user), uuid=uuid)
    return _linked(request, contact, KoppelForm())


@access("zaken.view_internetaak")
@require_GET
def zaken_van_taak(request: KccRequest, uuid: UUID) -> HttpResponse:
    """For the page of a taak: the zaken it belongs to."""
    taak = get_object_or_404(InterneTaak.objects.visible_to(request.user), uuid=uuid)
    return _linked(request, taak, KoppelForm())


@access("zaken.add_zaak")
@require_POST
def contact_koppelen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Put a contact with a zaak."""
    contacten = Klantcontact.objects.visible_to(request.user)
    return _link(request, get_object_or_404(contacten, uuid=uuid))


@access("zaken.add_zaak")
@require_POST
def taak_koppelen_aan_zaak(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Put a taak with a zaak."""
    return _link(
        request, get_object_or_404(InterneTaak.objects.visible_to(request.user), uuid=uuid)
    )


def _link(request: KccRequest, bron: Klantcontact | InterneTaak) -> HttpResponse:
    form = KoppelForm(request.POST)
    if form.is_valid():
        nummer = parse_identificatie(form.cleaned_data["nummer"])
        zaak = Zaak.objects.visible_to(request.user).filter(identificatie=nummer).first()
        try:
            if zaak is None:
                raise services.ZaakNotFound
            if isinstance(bron, Klantcontact):
                services.link_klantcontact(zaak=zaak, klantcontact=bron, by=request.user, at=now())
            else:
                services.link_taak(zaak=zaak, taak=bron, by=request.user, at=now())
        except services.ZaakFout as exc:
            form.add_error("nummer", str(exc))
        else:
            melding = f"Gekoppeld aan zaak {zaak}."
            return saved(request, to=_page_of(bron), event="zaak-gekoppeld", melding=melding)
    return _linked(request, bron, form)


def _page_of(bron: Klantcontact | InterneTaak) -> str:
    naam = "contacts:klantcontact" if isinstance(bron, Klantcontact) else "zaken:taak"
    return reverse(naam, args=[bron.uuid])


def _linked(
    request: KccRequest, bron: Klantcontact | InterneTaak, form: KoppelForm
) -> HttpResponse:
    """The zaken of a contact or taak, and the ways to add one."""
    is_contact = isinstance(bron, Klantcontact)
    zichtbaar = Zaak.objects.visible_to(request.user).filter(
        pk__in=bron.zaakkoppelingen.values("zaak")
    )
    gevonden = zichtbaar.select_related("zaaktype", "status", "resultaat", "afdeling")
    koppelen = "zaken:contact_koppelen" if is_contact else "zaken:taak_koppelen_aan_zaak"
    context = {
        "zaken": [describe(zaak, localdate()) for zaak in gevonden.order_by("-pk")],
        "form": form,
        "bron": bron,
        "soort": "klantcontact" if is_contact else "taak",
        "koppelen": reverse(koppelen, args=[bron.uuid]),
        "terug": _page_of(bron),
    }
    return render_page(request, "zaken/zaak/van_bron.html", "zaken", context)
