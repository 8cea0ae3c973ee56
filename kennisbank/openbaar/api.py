"""The API, after the NL API Design Rules; openapi.py describes it, docs/api.md explains it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from kcc.access import PUBLIEK, access
from kennisbank.models import Doelgroep, Kennisartikel, Product
from kennisbank.openbaar import openapi as beschrijving
from kennisbank.openbaar import vormen, vragen
from kennisbank.openbaar.antwoord import absolute, api, cached, json_answer
from kennisbank.search.openbaar import OpenbareTreffer, search_public

M = TypeVar("M", bound=Model)


@access(PUBLIEK)
@api
def artikelen(request: HttpRequest) -> HttpResponse:
    """All public articles, the last published first."""
    vraag = vragen.read(
        request.GET,
        {
            "product": vragen.uuid,
            "doelgroep": vragen.doelgroep,
            "afdeling": vragen.sleutel,
            "gewijzigdSinds": vragen.moment,
            **vragen.BLADEREN,
        },
    )
    lijst = Kennisartikel.objects.public()
    if vraag["product"]:
        over = Q(product__uuid=vraag["product"]) | Q(andere_producten__uuid=vraag["product"])
        lijst = lijst.filter(pk__in=Kennisartikel.objects.filter(over).values("pk"))
    if vraag["doelgroep"]:
        lijst = lijst.filter(doelgroep__in=_doelgroepen(vraag["doelgroep"]))
    if vraag["afdeling"]:
        lijst = lijst.filter(afdeling__identificatie=vraag["afdeling"])
    if vraag["gewijzigdSinds"]:
        lijst = lijst.filter(huidige_versie__gepubliceerd_op__gte=vraag["gewijzigdSinds"])
    return _list(request, vraag, lijst.with_public_page().recent(), vormen.artikelen)


@access(PUBLIEK)
@api
def artikel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One article."""
    vragen.read(request.GET, {})
    stuk = get_object_or_404(Kennisartikel.objects.public().with_public_page(), uuid=uuid)
    versie = vormen.current(stuk)
    response = json_answer(vormen.artikelen([stuk])[0])
    return cached(request, response, merk=str(versie.nummer), sinds=versie.gepubliceerd_op)


@access(PUBLIEK)
@api
def producten(request: HttpRequest) -> HttpResponse:
    """All products with public articles, by name."""
    lezers = {"doelgroep": vragen.doelgroep, "afdeling": vragen.sleutel, **vragen.BLADEREN}
    vraag = vragen.read(request.GET, lezers)
    lijst = Product.objects.public()
    if vraag["doelgroep"]:
        lijst = lijst.filter(doelgroep__in=_doelgroepen(vraag["doelgroep"]))
    if vraag["afdeling"]:
        lijst = lijst.filter(afdeling__identificatie=vraag["afdeling"])

    def shape(deel: Sequence[Product]) -> list[vormen.Vorm]:
        return [vormen.product(een) for een in deel]

    return _list(request, vraag, lijst.with_public_artikelen().order_by("naam", "pk"), shape)


@access(PUBLIEK)
@api
def product(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One product, with the articles about it."""
    vragen.read(request.GET, {})
    stuk = get_object_or_404(Product.objects.public().with_public_artikelen(), uuid=uuid)
    return cached(request, json_answer(vormen.product(stuk)))


@access(PUBLIEK)
@api
def zoekresultaten(request: HttpRequest) -> HttpResponse:
    """What answers a question, the best first."""
    lezers = {"q": vragen.zoekvraag, **vragen.BLADEREN}
    vraag = vragen.read(request.GET, lezers, nodig="q")
    maat, bladzijde = vraag["pageSize"] or vragen.STANDAARD, vraag["page"] or 1
    gevonden = search_public(vraag["q"], limit=maat, begin=(bladzijde - 1) * maat)
    rijen = [_result(treffer) for treffer in gevonden.treffers]
    extra = {"gelezenAls": gevonden.gelezen_als or None}
    return _page(request, vraag, gevonden.aantal, rijen, extra)


@access(PUBLIEK)
@api
def openapi(request: HttpRequest) -> HttpResponse:
    """What this API can do, for machines."""
    return cached(request, json_answer(beschrijving.document()))


@access(PUBLIEK)
@api
def niet_gevonden(request: HttpRequest, pad: str) -> HttpResponse:
    """Any other address below the API."""
    raise Http404(pad)


def _doelgroepen(code: str) -> list[str]:
    """What is for both is for each."""
    return [code, Doelgroep.BEIDE]


def _result(treffer: OpenbareTreffer) -> vormen.Vorm:
    if treffer.artikel is None:
        assert treffer.product is not None  # noqa: S101 - a result is one or the other
        naam = vormen.product_kort(treffer.product)
        return {"soort": "product", "titel": naam["naam"], "artikel": None, "product": naam}
    over = vormen.usable_product(treffer.artikel)
    return {
        "soort": "artikel",
        "titel": vormen.current(treffer.artikel).titel,
        "artikel": vormen.kort(treffer.artikel),
        "product": vormen.product_kort(over) if over else None,
    }


def _list(
    request: HttpRequest,
    vraag: dict[str, Any],
    lijst: QuerySet[M],
    shape: Callable[[Sequence[M]], list[vormen.Vorm]],
) -> HttpResponse:
    maat, bladzijde = vraag["pageSize"] or vragen.STANDAARD, vraag["page"] or 1
    begin = (bladzijde - 1) * maat
    return _page(request, vraag, lijst.count(), shape(list(lijst[begin : begin + maat])), {})


def _page(
    request: HttpRequest,
    vraag: dict[str, Any],
    aantal: int,
    rijen: list[vormen.Vorm],
    extra: dict[str, Any],
) -> HttpResponse:
    """One page of a list, and where the pages beside it are. Raises Http404 after the last."""
    maat, bladzijde = vraag["pageSize"] or vragen.STANDAARD, vraag["page"] or 1
    laatste = max(1, -(-aantal // maat))
    if bladzijde > laatste:
        raise Http404("voorbij de laatste bladzijde")
    vorige = _address(request, bladzijde - 1) if bladzijde > 1 else None
    volgende = _address(request, bladzijde + 1) if bladzijde < laatste else None
    inhoud = {"count": aantal, "next": volgende, "previous": vorige, **extra, "results": rijen}
    response = json_answer(inhoud)
    links = {"next": volgende, "prev": vorige}
    if kop := ", ".join(f'<{adres}>; rel="{rel}"' for rel, adres in links.items() if adres):
        response["Link"] = kop
    return cached(request, response)


def _address(request: HttpRequest, bladzijde: int) -> str:
    parameters = request.GET.dict() | {"page": str(bladzijde)}
    return absolute(f"{request.path}?{urlencode(parameters)}")
