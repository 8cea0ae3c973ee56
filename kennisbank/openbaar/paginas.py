"""Pages for citizens: search, subjects, a product, an answer."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import mark_safe

from kcc.access import PUBLIEK, access
from kennisbank.models import Kennisartikel, Product
from kennisbank.openbaar import vormen
from kennisbank.openbaar.antwoord import absolute, cached, page, render_page, too_fast
from kennisbank.openbaar.tekst import citizens_html
from kennisbank.search.openbaar import search_public
from organisatie.models import Afdeling

PER_BLADZIJDE = 10
MAX_BLADZIJDEN = 20
PER_ONDERWERP = 5


@access(PUBLIEK)
@page
def zoeken(request: HttpRequest) -> HttpResponse:
    """Search, and below it what is asked most per subject; ``?q=`` shows what was found."""
    vraag = request.GET.get("q", "")
    context: dict[str, Any] = {"canoniek": absolute(reverse("openbaar:zoeken")), "vraag": vraag}
    if not vraag.strip():
        context["onderwerpen"] = list(_subjects())
        return cached(request, render_page("openbaar/begin.html", context))
    if wachten := too_fast(request):
        return wachten
    nummer = request.GET.get("pagina", "1")
    bladzijde = int(nummer) if nummer.isascii() and nummer.isdigit() and len(nummer) < 3 else 1
    bladzijde = min(max(bladzijde, 1), MAX_BLADZIJDEN)
    begin = (bladzijde - 1) * PER_BLADZIJDE
    gevonden = search_public(vraag, limit=PER_BLADZIJDE, begin=begin)
    context |= {"gevonden": gevonden, "bladzijde": bladzijde, "vraag": gevonden.vraag}
    if bladzijde > 1:
        context["vorige"] = urlencode({"q": vraag, "pagina": bladzijde - 1})
    if begin + PER_BLADZIJDE < gevonden.aantal and bladzijde < MAX_BLADZIJDEN:
        context["volgende"] = urlencode({"q": vraag, "pagina": bladzijde + 1})
    return cached(request, render_page("openbaar/gevonden.html", context))


@access(PUBLIEK)
@page
def onderwerp(request: HttpRequest, identificatie: str) -> HttpResponse:
    """All products of one department, by name, with their answers."""
    afdeling = get_object_or_404(Afdeling, identificatie=identificatie)
    artikelen = (
        Kennisartikel.objects.public()
        .filter(afdeling=afdeling)
        .citizens_part()
        .select_related("product")
        .order_by("product__naam", "soort", "huidige_versie__titel")
    )
    groepen = [
        (product, list(stukken)) for product, stukken in groupby(artikelen, vormen.usable_product)
    ]
    if not groepen:
        raise Http404("geen openbare antwoorden")
    adres = absolute(reverse("openbaar:onderwerp", args=[identificatie]))
    context = {"canoniek": adres, "afdeling": afdeling, "groepen": groepen}
    return cached(request, render_page("openbaar/onderwerp.html", context))


@access(PUBLIEK)
@page
def product(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A product and the answers about it."""
    stuk = get_object_or_404(Product.objects.public().with_public_artikelen(), uuid=uuid)
    context = {
        "canoniek": absolute(reverse("openbaar:product", args=[stuk.uuid])),
        "product": stuk,
        "artikelen": vormen.artikelen_over(stuk),
    }
    return cached(request, render_page("openbaar/product.html", context))


@access(PUBLIEK)
@page
def artikel(request: HttpRequest, slug: str) -> HttpResponse:
    """An answer."""
    stuk = get_object_or_404(Kennisartikel.objects.public().with_public_page(), slug=slug)
    versie, over = vormen.current(stuk), vormen.usable_product(stuk)
    context = {
        "canoniek": absolute(reverse("openbaar:artikel", args=[stuk.slug])),
        "gegevens": absolute(reverse("openbaar:api_artikel", args=[stuk.uuid])),
        "artikel": stuk,
        "versie": versie,
        "product": over,
        "uitleg": mark_safe(citizens_html([versie.uitleg_html])[0]),  # noqa: S308 - sanitised
        "zie_ook": stuk.zie_ook.all(),
        "producten": [een for een in stuk.andere_producten.all() if een != over],
    }
    response = render_page("openbaar/artikel.html", context)
    return cached(request, response, merk=str(versie.nummer), sinds=versie.gepubliceerd_op)


@access(PUBLIEK)
@page
def niet_gevonden(request: HttpRequest, pad: str) -> HttpResponse:
    """Any other address below the public pages."""
    raise Http404(pad)


def _subjects() -> Iterator[dict[str, Any]]:
    """Each department with public answers, and its products that are used most. One query."""
    rijen = (
        Kennisartikel.objects.public()
        .filter(product__is_actief=True, product__is_placeholder=False)
        .values("afdeling__naam", "afdeling__identificatie", "product__naam", "product__uuid")
        .annotate(gebruik=Sum("gebruikt"), aantal=Count("pk"))
        .order_by("afdeling__naam", "-gebruik", "-aantal", "product__naam")
    )
    for (naam, identificatie), groep in groupby(
        rijen, lambda rij: (rij["afdeling__naam"], rij["afdeling__identificatie"])
    ):
        producten = list(groep)
        yield {
            "naam": naam,
            "identificatie": identificatie,
            "producten": producten[:PER_ONDERWERP],
            "meer": len(producten) - PER_ONDERWERP,
        }
