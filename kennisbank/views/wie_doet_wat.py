"""Who does what: from a topic, name or number to somebody who can be called."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kcc.access import INGELOGD, KccRequest, access
from kcc.htmx import render_page
from kennisbank.search.vraag import clean
from kennisbank.wie_doet_wat import all_topics, find


@access(INGELOGD)
@require_GET
def wie_doet_wat(request: KccRequest) -> HttpResponse:
    """Topics, departments and people; all topics when nothing is asked."""
    vraag = clean(request.GET.get("q", "")).tekst
    context: dict[str, Any] = {"vraag": vraag}
    if vraag:
        context["gevonden"] = find(vraag, medewerker=request.user)
    else:
        context["alle"] = all_topics(request.user)
    return render_page(request, "kennisbank/wie_doet_wat.html", "gevonden", context)
