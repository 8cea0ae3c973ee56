"""Taken of absent colleagues that cannot wait."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page
from zaken import services
from zaken.models import InterneTaak
from zaken.services.waarnemen import take_over_taak
from zaken.waarnemen import offered_to, pickup_groups, tallies

PAGINA = "zaken/waarnemen.html"


@access("zaken.change_internetaak")
@require_GET
def waarnemen(request: KccRequest) -> HttpResponse:
    """What waits, and how often my teams take over."""
    return _show(request)


@access("zaken.change_internetaak")
@require_POST
def waarnemen_neem(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Take one over."""
    taak = get_object_or_404(InterneTaak.objects.workable_by(request.user), uuid=uuid)
    try:
        take_over_taak(taak=taak, by=request.user, at=now())
    except services.TaakFout as exc:
        return _show(request, fout=str(exc))
    messages.success(request, "U neemt deze taak waar. Zij is nu van u.")
    return go_to(request, reverse("zaken:taak", args=[uuid]))


def _show(request: KccRequest, fout: str = "") -> HttpResponse:
    op = now()
    groepen = pickup_groups(request.user)
    aanbod = offered_to(request.user, groepen, op)
    taken = [deel.taak for deel in aanbod]
    services.list_taken(taken=taken, doel="werkvoorraad", by=request.user, at=op)
    context = {"aanbod": aanbod, "tellingen": tallies(groepen, aanbod, op), "fout": fout}
    return render_page(request, PAGINA, "lijst", context, status=422 if fout else 200)
