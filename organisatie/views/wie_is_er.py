"""Who is there, by department."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from kcc.access import INGELOGD, KccRequest, access
from kcc.htmx import render_page
from organisatie.aanwezigheid import Aanwezig, presence_of
from organisatie.models import Afdeling, Medewerker, Stand


@dataclass(frozen=True)
class Rij:
    """Somebody, and whether he is there."""

    wie: Medewerker
    nu: Aanwezig
    mag_wijzigen: bool


@access(INGELOGD)
@require_GET
def wie_is_er(request: KccRequest) -> HttpResponse:
    """The people of one department, one's own unless another is asked for."""
    afdelingen = list(Afdeling.objects.filter(is_actief=True))
    eigen = list(request.user.afdelingen.values_list("pk", flat=True))
    gevraagd = request.GET.get("afdeling", "")
    gekozen = next((a for a in afdelingen if a.identificatie == gevraagd), None) or next(
        (a for a in afdelingen if a.pk in eigen), afdelingen[0] if afdelingen else None
    )
    mensen: list[Medewerker] = []
    if gekozen is not None:
        van_afdeling = Medewerker.objects.in_afdeling(gekozen.pk).prefetch_related("groepen")
        mensen = list(van_afdeling.order_by("achternaam", "voornaam", "pk"))
    nu = presence_of(mensen, now())
    mag = (
        gekozen is not None
        and gekozen.pk in eigen
        and request.user.has_perm("organisatie.change_aanwezigheid")
    )
    rijen = [Rij(wie, nu[wie.pk], mag or wie == request.user) for wie in mensen]
    context = {
        "afdelingen": afdelingen,
        "gekozen": gekozen,
        "rijen": rijen,
        "aantal_er": sum(rij.nu.stand == Stand.BESCHIKBAAR for rij in rijen),
    }
    return render_page(request, "organisatie/wie_is_er.html", "lijst", context)
