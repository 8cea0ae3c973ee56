"""The shapes of the API: what an article or a product is, outside."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from kennisbank.models import ArtikelVersie, Kennisartikel, Product
from kennisbank.openbaar.antwoord import absolute
from kennisbank.openbaar.tekst import citizens_html
from organisatie.models import Afdeling

Vorm = dict[str, Any]


def current(artikel: Kennisartikel) -> ArtikelVersie:
    """The version that holds; ``public()`` leaves out what has none."""
    versie = artikel.huidige_versie
    assert versie is not None  # noqa: S101
    return versie


def usable_product(artikel: Kennisartikel) -> Product | None:
    """The product that it is about, when that is still in use."""
    product = artikel.product
    return product if product and product.is_actief and not product.is_placeholder else None


def artikelen_over(product: Product) -> list[Kennisartikel]:
    """The public articles about a product of ``with_public_artikelen``, its own first."""
    eigen: list[Kennisartikel] = product.openbaar  # type: ignore[attr-defined]
    ook: list[Kennisartikel] = product.ook_openbaar  # type: ignore[attr-defined]
    return list(dict.fromkeys([*eigen, *ook]))


def moment(op: datetime) -> str:
    """In UTC, to the second."""
    return op.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def artikelen(stukken: Iterable[Kennisartikel]) -> list[Vorm]:
    """Articles with all that a citizen may read of them."""
    lijst = list(stukken)
    uitleg = citizens_html((current(stuk).uitleg_html for stuk in lijst), begin=absolute(""))
    return [
        kort(stuk)
        | {
            "soort": stuk.soort,
            "uitlegHtml": tekst,
            "doelgroep": stuk.doelgroep or None,
            "afdeling": afdeling(stuk.afdeling),
            "product": product_kort(over) if (over := usable_product(stuk)) else None,
            "andereProducten": [product_kort(ander) for ander in stuk.andere_producten.all()],
            "zieOok": [kort(ander) for ander in stuk.zie_ook.all()],
        }
        for stuk, tekst in zip(lijst, uitleg, strict=True)
    ]


def kort(stuk: Kennisartikel) -> Vorm:
    """What names an article, and its answer in short."""
    versie = current(stuk)
    return {
        "url": absolute(reverse("openbaar:api_artikel", args=[stuk.uuid])),
        "uuid": str(stuk.uuid),
        "versie": versie.nummer,
        "versieUuid": str(versie.uuid),
        "gewijzigdOp": moment(versie.gepubliceerd_op),
        "webpagina": absolute(reverse("openbaar:artikel", args=[stuk.slug])),
        "titel": versie.titel,
        "kortAntwoord": versie.kort_antwoord,
    }


def product_kort(product: Product) -> Vorm:
    """What names a product."""
    return {
        "url": absolute(reverse("openbaar:api_product", args=[product.uuid])),
        "uuid": str(product.uuid),
        "naam": product.naam,
        "upnUri": product.upn_uri,
        "webpagina": absolute(reverse("openbaar:product", args=[product.uuid])),
    }


def product(stuk: Product) -> Vorm:
    """A product with the articles that answer questions about it (``with_public_artikelen``)."""
    return product_kort(stuk) | {
        "doelgroep": stuk.doelgroep or None,
        "afdeling": afdeling(stuk.afdeling) if stuk.afdeling else None,
        "artikelen": [kort(een) for een in artikelen_over(stuk)],
    }


def afdeling(stuk: Afdeling) -> Vorm:
    """The department that stands behind it."""
    return {"identificatie": stuk.identificatie, "naam": stuk.naam}
