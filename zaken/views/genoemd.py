"""Where somebody was named in a note."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from zaken import services
from zaken.models import InterneTaak, Vermelding

PER_PAGINA = 20


@access("zaken.view_internetaak")
@require_GET
def genoemd(request: KccRequest) -> HttpResponse:
    """The notes that name me, unread first, of taken that I (still) see."""
    zichtbaar = InterneTaak.objects.visible_to(request.user)
    alles = (
        Vermelding.objects.filter(medewerker=request.user, gebeurtenis__taak__in=zichtbaar)
        .select_related("gebeurtenis__taak__afdeling", "gebeurtenis__door")
        .order_by(F("gelezen_op").desc(nulls_first=True), "-pk")
    )
    pagina = Paginator(alles, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render_page(request, "zaken/genoemd.html", "lijst", {"pagina": pagina})


@access("zaken.view_internetaak")
@require_GET
def genoemd_teller(request: KccRequest) -> HttpResponse:
    """How many are unread, of taken that I (still) see."""
    zichtbaar = InterneTaak.objects.visible_to(request.user)
    aantal = Vermelding.objects.filter(
        medewerker=request.user, gelezen_op=None, gebeurtenis__taak__in=zichtbaar
    ).count()
    return render(request, "zaken/deel/genoemd_teller.html", {"aantal": aantal})


@access("zaken.view_internetaak")
@require_POST
def genoemd_openen(request: KccRequest, pk: int) -> HttpResponse:
    """Open the taak, and note that it was read. By POST: no link marks it unnoticed."""
    mijn = Vermelding.objects.filter(medewerker=request.user).select_related("gebeurtenis__taak")
    vermelding = get_object_or_404(mijn, pk=pk)
    get_object_or_404(
        InterneTaak.objects.visible_to(request.user), pk=vermelding.gebeurtenis.taak_id
    )
    taak = services.read_vermelding(vermelding=vermelding, by=request.user, at=now())
    return redirect(reverse("zaken:taak", args=[taak.uuid]))
