"""Who does what: from a topic, name or number to somebody who can be called."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from kcc.access import INGELOGD, KccRequest, access
from kcc.htmx import render_page
from kennisbank.search.vraag import clean
from kennisbank.wie_doet_wat import all_topics, find
from organisatie.aanwezigheid import presence_of


@access(INGELOGD)
@require_GET
def wie_doet_wat(request: KccRequest) -> HttpResponse:
    """Topics, departments and people; all topics when nothing is asked."""
    vraag = clean(request.GET.get("q", "")).tekst
    context: dict[str, Any] = {"vraag": vraag}
    if vraag:
        gevonden = context["gevonden"] = find(vraag, medewerker=request.user)
        context["aanwezig"] = presence_of(gevonden.te_bellen, now())
    else:
        context["alle"] = all_topics(request.user)
    return render_page(request, "kennisbank/wie_doet_wat.html", "gevonden", context)
