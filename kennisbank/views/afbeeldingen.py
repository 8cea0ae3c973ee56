"""Images in articles: adding one, and serving it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from kennisbank import services
from kennisbank.forms import AfbeeldingForm
from kennisbank.models import Afbeelding
from kennisbank.services.afbeeldingen import MAX_BYTES

TE_GROOT = "Deze afbeelding is groter dan 5 MB. Maak haar eerst kleiner."


def serve_image(afbeelding: Afbeelding) -> HttpResponse:
    """The bytes, as an image and as nothing else, whatever a browser would like to make of them."""
    response = HttpResponse(bytes(afbeelding.inhoud), content_type=afbeelding.mediatype)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Disposition"] = "inline"
    response["ETag"] = f'"{afbeelding.sha256}"'
    return response


@access("kennisbank.view_kennisartikel")
@require_GET
def afbeelding(request: KccRequest, uuid: UUID) -> Any:
    """An image of ours, for who may read the kennisbank."""
    stuk = get_object_or_404(Afbeelding.objects.defer("inhoud"), uuid=uuid)
    onveranderd = get_conditional_response(request, etag=f'"{stuk.sha256}"')
    if onveranderd is not None and onveranderd.status_code == 304:
        response = onveranderd  # without reading the bytes
    else:
        response = serve_image(stuk)
    # An image under this address never changes; it says nothing about anybody.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@access("kennisbank.add_concept")
@require_http_methods(["GET", "POST"])
def afbeelding_toevoegen(request: KccRequest) -> HttpResponse:
    """Add an image: a page that gives the Markdown for it; a script asks for JSON instead."""
    is_post = request.method == "POST"
    form = AfbeeldingForm(request.POST, request.FILES) if is_post else AfbeeldingForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        bestand = form.cleaned_data["bestand"]
        try:
            if bestand.size > MAX_BYTES:
                raise services.AfbeeldingGeweigerd(TE_GROOT)
            stuk = services.add_afbeelding(
                inhoud=bestand.read(), naam=bestand.name, by=request.user, at=now()
            )
        except services.AfbeeldingGeweigerd as exc:
            form.add_error("bestand", str(exc))
        else:
            context |= {"afbeelding": stuk, "markdown": _markdown(stuk, form.cleaned_data["alt"])}
    if request.headers.get("Accept") == "application/json":
        return _as_json(form, context)
    return render_page(request, "kennisbank/afbeelding_toevoegen.html", "inhoud", context)


def _markdown(stuk: Afbeelding, alt: str) -> str:
    schoon = " ".join(alt.translate(str.maketrans("", "", "[]<>\\`")).split())
    return f"![{schoon}](afbeelding:{stuk.uuid})"


def _as_json(form: AfbeeldingForm, context: dict[str, Any]) -> JsonResponse:
    if "markdown" in context:
        return JsonResponse({"markdown": context["markdown"]})
    fouten = [str(fout) for lijst in form.errors.values() for fout in lijst]
    return JsonResponse({"melding": " ".join(fouten)}, status=422)
