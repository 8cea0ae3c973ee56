"""Upload of the national product list."""

import base64
import zlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from kennisbank import services
from kennisbank.forms import ImportForm
from kennisbank.upl import UplFout

IN_ZITTING = "upl_bestand"


@access("kennisbank.import_product")
@require_http_methods(["GET", "POST"])
def import_upl(request: KccRequest) -> HttpResponse:
    """Upload the national product list and see what it would change; nothing is saved yet."""
    is_post = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_post else ImportForm()
    context: dict[str, Any] = {"form": form}
    request.session.pop(IN_ZITTING, None)
    if form.is_valid():
        inhoud = form.cleaned_data["bestand"].read()
        try:
            context["verslag"] = services.import_upl(bestand=inhoud, proef=True)
        except UplFout as exc:
            form.add_error(None, str(exc))
            context |= {"fouten": exc.fouten, "aantal_fouten": exc.aantal}
        else:
            # In the session: every web server of the municipality sees it, and it goes with it.
            request.session[IN_ZITTING] = base64.b64encode(zlib.compress(inhoud)).decode()
    return render_page(request, "kennisbank/import_upl.html", "inhoud", context)


@access("kennisbank.import_product")
@require_POST
def import_upl_bevestigen(request: KccRequest) -> HttpResponse:
    """Import the list that was just looked at."""
    bewaard = request.session.pop(IN_ZITTING, None)
    if bewaard is None:
        messages.error(request, "De lijst is niet meer bewaard. Kies het bestand opnieuw.")
        return redirect("kennisbank:import_upl")
    try:
        verslag = services.import_upl(bestand=zlib.decompress(base64.b64decode(bewaard)))
    except UplFout as exc:
        messages.error(request, str(exc))
        return redirect("kennisbank:import_upl")
    event = "producten-geimporteerd"
    return saved(request, to="kennisbank:zoeken", event=event, melding=f"Klaar. {verslag}.")
