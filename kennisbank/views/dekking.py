"""How complete and fresh the kennisbank is, per department."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from kennisbank import dekking as telling
from kennisbank.models import Product
from organisatie.models import Afdeling

PER_PAGINA = 50


@access("kennisbank.view_dekking")
@require_GET
def dekking(request: KccRequest) -> HttpResponse:
    """One line per department, and all together."""
    regels = telling.dekking(vandaag=localdate(), nu=now())
    context = {"regels": regels, "samen": telling.total(regels)}
    return render_page(request, "kennisbank/dekking.html", "tabel", context)


@access("kennisbank.view_dekking")
@require_GET
def dekking_afdeling(request: KccRequest, slug: str) -> HttpResponse:
    """What one department still has to do: products without an answer, articles that are overdue
    or that nobody edits.
    """
    afdeling = get_object_or_404(Afdeling, identificatie=slug, is_actief=True)
    producten = Product.objects.visible_to(request.user).filter(afdeling=afdeling)
    stukken = telling.published().filter(afdeling=afdeling).select_related("huidige_versie")
    context = {
        "afdeling": afdeling,
        "pagina": Paginator(telling.unanswered(producten), PER_PAGINA).get_page(
            request.GET.get("pagina")
        ),
        "over_tijd": stukken.due(localdate()),
        "zonder_redacteur": stukken.filter(redacteur__isnull=True).order_by("slug"),
    }
    return render_page(request, "kennisbank/dekking_afdeling.html", "lijst", context)
