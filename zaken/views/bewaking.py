"""Guarding: is the guard awake, which promises are open, and who is sent from pillar to post."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from zaken import services
from zaken.bewaking.beloften import Beloften
from zaken.bewaking.bereikbaarheid import DAGEN, MINSTENS, reachability
from zaken.bewaking.doorgestuurd import DoorgestuurdLijst, passed_on
from zaken.bewaking.overzicht import guard_state, tiles, warnings_for
from zaken.models import GeenDagbericht
from zaken.services.dagbericht import KOPPEN, choose_dagbericht, koppen_of


@access("zaken.view_bewaking")
@require_GET
def bewaking(request: KccRequest) -> HttpResponse:
    """Whether the guard is awake, what it said last, and how well departments can be reached."""
    nu = now()
    lijst = Beloften(medewerker=request.user, params={}, nu=nu)
    context = {
        **_shared(request),
        "wacht": guard_state(nu),
        "tegels": tiles(lijst, passed_on(request.user, nu)),
        "waarschuwingen": warnings_for(request.user),
        "bereik": reachability(request.user, nu),
        "dagen": DAGEN,
        "minstens": MINSTENS,
    }
    return render_page(request, "zaken/bewaking/overzicht.html", "overzicht", context)


@access("zaken.view_internetaak")
@require_GET
def beloften(request: KccRequest) -> HttpResponse:
    """Every open promise with its owner."""
    lijst = Beloften(medewerker=request.user, params=request.GET, nu=now())
    taken = [rij.taak for rij in lijst.rijen]
    services.list_taken(taken=taken, doel="beloften", by=request.user, at=now())
    context = {**_shared(request), "lijst": lijst, "wacht": guard_state(now())}
    return render_page(request, "zaken/bewaking/beloften.html", "lijst", context)


@access("zaken.view_bewaking")
@require_GET
def doorgestuurd(request: KccRequest) -> HttpResponse:
    """Questions that were passed on twice or more, how they went, and who must act."""
    lijst = DoorgestuurdLijst(medewerker=request.user, params=request.GET, nu=now())
    taken = [rij.taak for rij in lijst.rijen]
    services.list_taken(taken=taken, doel="doorgestuurd", by=request.user, at=now())
    context = {**_shared(request), "lijst": lijst}
    return render_page(request, "zaken/bewaking/doorgestuurd.html", "lijst", context)


@access("zaken.view_internetaak")
@require_http_methods(["GET", "POST"])
def dagbericht(request: KccRequest) -> HttpResponse:
    """What the mail of the morning says, and whether one wants it."""
    if request.method == "POST" and request.POST.get("keuze") in {"aan", "uit"}:
        wil = request.POST["keuze"] == "aan"
        choose_dagbericht(wil=wil, by=request.user, at=now())
        melding = "U krijgt het dagbericht." if wil else "U krijgt geen dagbericht meer."
        return saved(request, to="zaken:dagbericht", event="dagbericht-gewijzigd", melding=melding)
    koppen = koppen_of(request.user, now())
    context: dict[str, Any] = {
        **_shared(request),
        "wil": not GeenDagbericht.objects.filter(medewerker=request.user).exists(),
        "koppen": [(naam, koppen[naam].aantal) for naam in KOPPEN],
        "fout": "Kies of u het bericht wilt." if request.method == "POST" else "",
    }
    status = 422 if context["fout"] else None
    return render_page(
        request, "zaken/bewaking/dagbericht.html", "dagbericht", context, status=status
    )


def _shared(request: KccRequest) -> dict[str, Any]:
    """What the tabs of these pages need."""
    return {"mag_bewaken": request.user.has_perm("zaken.view_bewaking")}
