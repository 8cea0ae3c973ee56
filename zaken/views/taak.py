"""One taak: its page and each thing that can be done with it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from zaken import services
from zaken.forms import AntwoordForm, DoorstuurForm, PogingForm, TerugForm
from zaken.models import InterneTaak
from zaken.views.basis import done, gone, refuse, show_actie, show_taak, workable_or_404

AFGEHANDELD = "De taak is afgehandeld."
BEWAARD = "Het antwoord is bewaard. De taak staat nog open."


@access("zaken.view_internetaak")
@require_GET
def taak(request: KccRequest, uuid: UUID) -> HttpResponse:
    """What is asked, who asks, what happened, and what can be done now."""
    taken = InterneTaak.objects.visible_to(request.user).with_page_details()
    return show_taak(request, get_object_or_404(taken, uuid=uuid))


@access("zaken.view_internetaak")
@require_POST
def taak_adres(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Show a secret address, and note who asked. By POST, so that no link can do it unnoticed."""
    taken = InterneTaak.objects.visible_to(request.user).with_page_details()
    gevonden = get_object_or_404(taken, uuid=uuid)
    services.reveal_taak_adres(taak=gevonden, by=request.user, at=now())
    return show_taak(request, gevonden, met_adres=True)


@access("zaken.change_internetaak")
@require_POST
def taak_nemen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Take a taak. Who comes second is told who has it."""
    taken = InterneTaak.objects.workable_by(request.user).with_page_details()
    gevonden = get_object_or_404(taken, uuid=uuid)
    try:
        services.claim_interne_taak(taak=gevonden, by=request.user, at=now())
    except services.TaakFout as exc:
        return show_taak(request, taken.get(pk=gevonden.pk), status=422, fout=str(exc))
    return done(request, gevonden, "De taak is van u.")


@access("zaken.change_internetaak")
@require_POST
def taak_loslaten(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let a taak go."""
    taken = InterneTaak.objects.workable_by(request.user).with_page_details()
    gevonden = get_object_or_404(taken, uuid=uuid)
    try:
        services.release_interne_taak(taak=gevonden, by=request.user, at=now())
    except services.TaakFout as exc:
        return show_taak(request, taken.get(pk=gevonden.pk), status=422, fout=str(exc))
    return done(request, gevonden, "De taak is los: een collega kan haar nemen.")


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_poging(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Note an attempt to reach the citizen."""
    gevonden = workable_or_404(request, uuid)
    data = request.POST if request.method == "POST" else None
    form = PogingForm(data, initial={"versie": gevonden.versie})
    if form.is_valid():
        schoon = form.cleaned_data
        try:
            services.log_contactpoging(
                taak=gevonden, resultaat=schoon["resultaat"], notitie=schoon["notitie"],
                by=request.user, at=now(),
            )  # fmt: skip
        except services.TaakFout as exc:
            refuse(form, exc, gevonden)
        else:
            return done(request, gevonden, "Contactpoging vastgelegd.")
    return show_actie(request, gevonden, form, "poging")


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_antwoord(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Write the answer; with the button "afhandelen" the taak is finished too."""
    gevonden = workable_or_404(request, uuid)
    data = request.POST if request.method == "POST" else None
    afhandelen = request.POST.get("knop") == "afhandelen"
    eerder = {"versie": gevonden.versie, "antwoord": gevonden.antwoord}
    form = AntwoordForm(data, initial=eerder, afhandelen=afhandelen)
    if form.is_valid():
        stap = services.finish_interne_taak if afhandelen else services.save_antwoord
        melding = AFGEHANDELD if afhandelen else BEWAARD
        try:
            stap(taak=gevonden, **form.answer(), by=request.user, at=now())
        except services.TaakFout as exc:
            refuse(form, exc, gevonden)
        else:
            return done(request, gevonden, melding)
    return show_actie(request, gevonden, form, "antwoord")


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_terug(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Give the taak back to the KCC, with a reason."""
    gevonden = workable_or_404(request, uuid)
    data = request.POST if request.method == "POST" else None
    form = TerugForm(data, initial={"versie": gevonden.versie})
    if form.is_valid():
        try:
            services.return_interne_taak(
                taak=gevonden, **form.cleaned_data, by=request.user, at=now()
            )
        except services.TaakFout as exc:
            refuse(form, exc, gevonden)
        else:
            return gone(request, f"De taak {gevonden} is terug bij het KCC.")
    return show_actie(request, gevonden, form, "terug")


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_doorsturen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Pass the taak on to another department, with a reason."""
    gevonden = workable_or_404(request, uuid)
    data = request.POST if request.method == "POST" else None
    form = DoorstuurForm(data, initial={"versie": gevonden.versie}, niet=gevonden.afdeling)
    if form.is_valid():
        try:
            services.forward_interne_taak(
                taak=gevonden, **form.cleaned_data, by=request.user, at=now()
            )
        except services.TaakFout as exc:
            refuse(form, exc, gevonden)
        else:
            naar = form.cleaned_data["afdeling"]
            return gone(request, f"De taak {gevonden} is doorgestuurd naar {naar}.")
    return show_actie(request, gevonden, form, "doorsturen")
