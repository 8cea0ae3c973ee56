"""The search page."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from kcc.access import KccRequest, access
from kcc.htmx import render_page, wants_fragment
from kennisbank.models import Kennisartikel
from kennisbank.search import MAX_TEKENS, SOORTEN, search_page
from kennisbank.views.meldingen import note_zoekactie

EERST, MEER = 20, 100  # results on a page


@access("kennisbank.view_kennisartikel")
@require_GET
def zoeken(request: KccRequest) -> HttpResponse:
    """Search, with facets; without a question what is new, and for an editor what is overdue."""
    keuze = _filters(request)
    limiet = MEER if request.GET.get("toon") == "meer" else EERST
    vraag = request.GET.get("q", "")
    resultaat = search_page(vraag, medewerker=request.user, limit=limiet, **keuze)
    context: dict[str, Any] = {"resultaat": resultaat, "limiet": limiet, **keuze}
    context["max_tekens"] = MAX_TEKENS
    context["alles_samen"] = sum(facet.aantal for facet in resultaat.soorten)
    # Nothing within one department says nothing about what is missing.
    context["is_verfijnd"] = any(keuze.values()) or limiet != EERST
    if resultaat.vraag and not context["is_verfijnd"] and not wants_fragment(request):
        note_zoekactie(request, resultaat.vraag, resultaat.aantal)
    context["is_begin"] = not (resultaat.vraag or any(keuze.values()))
    if context["is_begin"]:
        artikelen = Kennisartikel.objects.visible_to(request.user).with_page()
        context["recent"] = artikelen.current(localdate()).recent()[:8]
        if request.user.has_perm("kennisbank.change_kennisartikel"):
            context["over_tijd"] = artikelen.due(localdate())[:20]
    return render_page(request, "kennisbank/zoeken.html", "resultaten", context)


def _filters(request: KccRequest) -> dict[str, str]:
    """Soort and afdeling from the address; anything that cannot be one counts as no filter."""
    soort, afdeling = request.GET.get("soort", ""), request.GET.get("afdeling", "")
    return {
        "soort": soort if soort in SOORTEN else "",
        "afdeling": afdeling if re.fullmatch(r"[\w-]{1,40}", afdeling, re.ASCII) else "",
    }
