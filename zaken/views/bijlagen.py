"""Giving a file out: only as a download, only to who sees its taak, at every request anew."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from kcc.access import KccRequest, access
from zaken import services
from zaken.models import Bijlage, InterneTaak


@access("zaken.view_internetaak")
@require_GET
def bijlage(request: KccRequest, uuid: UUID, bijlage_uuid: UUID) -> HttpResponse:
    """The file of this taak. A browser saves it and shows nothing of it as ours."""
    taak = get_object_or_404(InterneTaak.objects.visible_to(request.user), uuid=uuid)
    van_taak = Bijlage.objects.filter(taak=taak).select_related("taak__klantcontact__partij")
    gevonden = get_object_or_404(van_taak, uuid=bijlage_uuid)
    inhoud = services.open_bijlage(bijlage=gevonden, by=request.user, at=now())
    antwoord = HttpResponse(inhoud, content_type=gevonden.mediatype)
    antwoord["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=gevonden.naam
    )
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return antwoord
