"""The dashboard, and what each of its figures means."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from kcc.access import KccRequest, access
from kcc.htmx import render_page, wants_fragment
from organisatie.models import Afdeling
from rapportage import dashboard
from rapportage.cijfers import AMSTERDAM, load_stand
from rapportage.forms import FilterForm
from rapportage.kpis import KPIS

SJABLOON = "rapportage/overzicht.html"


@access("rapportage.view_dashboard")
@require_GET
def overzicht(request: KccRequest) -> HttpResponse:
    """The figures of a period against their norms; with ``stand`` only if they changed since."""
    nu = now()
    stand = load_stand(nu=nu)
    if wants_fragment(request) and request.GET.get("stand") == stand.merk:
        return HttpResponse(status=204)
    form, afdelingen = _filter(request, nu)
    context: dict[str, Any] = {"form": form, "stand": stand, "stil": "stil" in request.GET}
    if form.is_valid():
        context |= dashboard.overzicht(form.keuze, afdelingen=afdelingen, nu=nu)
        context["snel"] = dashboard.snelle_periodes(form.keuze, vandaag=form.vandaag)
    response = render_page(request, SJABLOON, "cijfers", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@access("rapportage.view_dashboard")
@require_GET
def definitie(request: KccRequest, slug: str) -> HttpResponse:
    """What one figure means, what it is made of, and how to check it."""
    kpi = KPIS.get(slug)
    if kpi is None:
        raise Http404
    nu = now()
    form, _ = _filter(request, nu)
    if not form.is_valid():  # a hand-made address: the definition itself needs no period
        form = FilterForm(type(request.GET)(), vandaag=form.vandaag, afdelingen=[])
        form.is_valid()
    return render(request, "rapportage/definitie.html", dashboard.definitie(kpi, form.keuze, nu=nu))


def _filter(request: KccRequest, nu: datetime) -> tuple[FilterForm, list[Afdeling]]:
    afdelingen = list(Afdeling.objects.all())
    vandaag = nu.astimezone(AMSTERDAM).date()
    return FilterForm(request.GET, vandaag=vandaag, afdelingen=afdelingen), afdelingen
