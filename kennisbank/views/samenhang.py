"""What in the whole kennisbank does not fit: missing, conflicting, expired."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from kennisbank.controles import BEVINDINGEN, find_incoherence
from kennisbank.models import Kennisartikel
from organisatie.models import Afdeling

PER_PAGINA = 50


@access("kennisbank.view_dekking")
@require_GET
def samenhang(request: KccRequest) -> HttpResponse:
    """All that does not fit, by kind; ``?soort=`` and ``?afdeling=`` narrow it."""
    artikelen = Kennisartikel.objects.visible_to(request.user).with_page()
    gevonden = find_incoherence(
        artikelen.select_related("product__afdeling").defer("zoekvector"), vandaag=localdate()
    )
    afdeling = request.GET.get("afdeling", "")
    if afdeling:
        gevonden = [b for b in gevonden if b.artikel.afdeling.identificatie == afdeling]
    aantallen = Counter(bevinding.soort for bevinding in gevonden)
    soort = request.GET.get("soort", "")
    if soort in BEVINDINGEN:
        gevonden = [bevinding for bevinding in gevonden if bevinding.soort == soort]
    context = {
        "pagina": Paginator(gevonden, PER_PAGINA).get_page(request.GET.get("pagina")),
        "soorten": [(naam, label, aantallen[naam]) for naam, label in BEVINDINGEN.items()],
        "namen": BEVINDINGEN,
        "soort": soort,
        "afdeling": afdeling,
        "afdelingen": Afdeling.objects.filter(artikelen__isnull=False).distinct(),
        "alles": sum(aantallen.values()),
    }
    return render_page(request, "kennisbank/samenhang.html", "lijst", context)
