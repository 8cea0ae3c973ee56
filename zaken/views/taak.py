"""One taak: its page and each thing that can be done with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from zaken import services
from zaken.forms import AntwoordForm, DoorstuurForm, PogingForm, TerugForm
from zaken.models import InterneTaak
from zaken.views.basis import done, gone, one_click, posted, show_taak, step, workable_or_404

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
    return one_click(request, uuid, services.claim_interne_taak, "De taak is van u.")


@access("zaken.change_internetaak")
@require_POST
def taak_loslaten(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let a taak go."""
    return one_click(
        request, uuid, services.release_interne_taak,
        "De taak is los: een collega kan haar nemen.",
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_poging(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Note an attempt to reach the citizen."""
    gevonden = workable_or_404(request, uuid)
    form = PogingForm(posted(request), initial={"versie": gevonden.versie})

    def run(wat: dict[str, Any]) -> None:
        services.log_contactpoging(
            taak=gevonden, resultaat=wat["resultaat"], notitie=wat["notitie"],
            by=request.user, at=now(),
        )  # fmt: skip

    return step(
        request, gevonden, form, "poging", run,
        lambda: done(request, gevonden, "Contactpoging vastgelegd."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_antwoord(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Write the answer; with the button "afhandelen" the taak is finished too."""
    gevonden = workable_or_404(request, uuid)
    afhandelen = request.POST.get("knop") == "afhandelen"
    eerder = {"versie": gevonden.versie, "antwoord": gevonden.antwoord}
    form = AntwoordForm(posted(request), initial=eerder, afhandelen=afhandelen)
    stap = services.finish_interne_taak if afhandelen else services.save_antwoord
    return step(
        request, gevonden, form, "antwoord",
        lambda _: stap(taak=gevonden, **form.answer(), by=request.user, at=now()),
        lambda: done(request, gevonden, AFGEHANDELD if afhandelen else BEWAARD),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_terug(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Give the taak back to the KCC, with a reason."""
    gevonden = workable_or_404(request, uuid)
    form = TerugForm(posted(request), initial={"versie": gevonden.versie})
    stap = partial(services.return_interne_taak, taak=gevonden, by=request.user, at=now())
    return step(
        request, gevonden, form, "terug", lambda wat: stap(**wat),
        lambda: gone(request, f"De taak {gevonden} is terug bij het KCC."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_doorsturen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Pass the taak on to another department, with a reason."""
    gevonden = workable_or_404(request, uuid)
    form = DoorstuurForm(
        posted(request), initial={"versie": gevonden.versie}, niet=gevonden.afdeling
    )
    stap = partial(services.forward_interne_taak, taak=gevonden, by=request.user, at=now())

    def after() -> HttpResponse:
        naar = form.cleaned_data["afdeling"]
        return gone(request, f"De taak {gevonden} is doorgestuurd naar {naar}.")

    return step(request, gevonden, form, "doorsturen", lambda wat: stap(**wat), after)
