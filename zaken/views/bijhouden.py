"""What a list asks for while it is open: the next taak, what changed, who looks on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from kcc.access import KccRequest, access
from kcc.htmx import go_to
from zaken import live, services
from zaken.models import InterneTaak
from zaken.views.basis import list_of, with_query
from zaken.werkvoorraad import Werkvoorraad

HOOGSTENS_GETOOND = 100


@access("zaken.change_internetaak")
@require_POST
def volgende(request: KccRequest) -> HttpResponse:
    """Claim the most urgent free taak and open it."""
    try:
        taak = services.claim_next(by=request.user, at=now())
    except services.NothingToTake as exc:
        messages.info(request, str(exc))
        return go_to(request, with_query(request, reverse("zaken:werkvoorraad")))
    return redirect(with_query(request, reverse("zaken:taak", args=[taak.uuid])))


@access("zaken.view_internetaak")
@require_POST
def sinds(request: KccRequest) -> HttpResponse:
    """What changed in the open list: rows to put in place, 204 when nothing did. Changes nothing;
    by POST, since which taken somebody looks at does not belong in an address.
    """
    stand = live.Stand.read(request.POST.get("stand", ""))
    getoond = _uuids(request)
    if stand is None:
        return JsonResponse({"opnieuw": True})
    nu = now()
    verschil = live.since(stand=stand, getoond=getoond, medewerker=request.user, nu=nu)
    if verschil is None:
        return HttpResponse(status=204)
    if verschil.te_veel:
        return JsonResponse({"opnieuw": True})
    return JsonResponse(_changes(request, list_of(request), verschil, getoond))


def _changes(
    request: KccRequest, lijst: Werkvoorraad, verschil: live.Verschil, getoond: set[UUID]
) -> dict[str, object]:
    """Rows that are shown and changed, shown ones that left the list, and how many came in."""
    antwoord: dict[str, object] = {"stand": str(verschil.stand)}
    pks = verschil.taken | verschil.kijkers.keys()
    if verschil.taken:
        erin = dict(lijst.gefilterd.filter(pk__in=verschil.taken).values_list("uuid", "pk"))
        raak = InterneTaak.objects.visible_to(request.user).filter(
            pk__in=verschil.taken, uuid__in=getoond
        )
        rijen = lijst.show(list(raak.with_row_details()))
        services.list_taken(
            taken=[rij.taak for rij in rijen], doel="werkvoorraad", by=request.user, at=lijst.nu
        )
        html = "zaken/deel/rij.html"
        antwoord["rijen"] = {
            str(rij.taak.uuid): render_to_string(
                html, {"rij": rij, "lijst": lijst, "is_weg": rij.taak.uuid not in erin}, request
            )
            for rij in rijen
        }
        antwoord["nieuw"] = [str(uuid) for uuid in erin if uuid not in getoond]
    uuid_van = dict(InterneTaak.objects.filter(pk__in=pks).values_list("pk", "uuid"))
    antwoord["kijkers"] = {str(uuid_van[pk]): wie for pk, wie in verschil.kijkers.items()}
    # A taak that this person may no longer see: only of those that his own page names.
    zichtbaar = set(
        InterneTaak.objects.visible_to(request.user)
        .filter(uuid__in=getoond & set(uuid_van.values()))
        .values_list("uuid", flat=True)
    )
    antwoord["weg"] = [
        str(uuid) for uuid in getoond & set(uuid_van.values()) if uuid not in zichtbaar
    ]
    return antwoord


@access("zaken.view_internetaak")
@require_POST
def kijkt(request: KccRequest, uuid: UUID) -> HttpResponse:
    """This taak is open in a browser; the answer is who else has it open, in words."""
    taak = get_object_or_404(InterneTaak.objects.visible_to(request.user), uuid=uuid)
    services.watch_taak(taak=taak, by=request.user, at=now())
    anderen = live.watchers_of(taak=taak, medewerker=request.user, nu=now())
    return HttpResponse(anderen, content_type="text/plain; charset=utf-8")


def _uuids(request: KccRequest) -> set[UUID]:
    gevonden = set()
    for tekst in request.POST.getlist("taak")[:HOOGSTENS_GETOOND]:
        try:
            gevonden.add(UUID(tekst))
        except ValueError:
            continue
    return gevonden
