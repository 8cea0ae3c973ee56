"""What the tests of the public pages and the API share."""

from typing import Any

from django.test import Client
from django.urls import reverse

from kennisbank.models import Kennisartikel
from kennisbank.uitvoer import catalogue

API = "/api/kennisbank/v1"


def haal(pad: str, **koppen: str) -> Any:
    """As a stranger asks for it."""
    return Client().get(pad, headers={naam.replace("_", "-"): w for naam, w in koppen.items()})


def data(pad: str) -> dict[str, Any]:
    """What the API answers; it must be a good answer."""
    antwoord = haal(API + pad)
    assert antwoord.status_code == 200, antwoord.text
    inhoud: dict[str, Any] = antwoord.json()
    return inhoud


def pagina_van(stuk: Kennisartikel) -> str:
    """The public address of an article."""
    return reverse("openbaar:artikel", args=[stuk.slug])


def alle_kanalen(stuk: Kennisartikel, zoek: str = "paspoort") -> dict[str, str]:
    """Everything that the outside can read around an article, by its address."""
    assert stuk.product is not None
    paden = [
        reverse("openbaar:zoeken"),
        f"{reverse('openbaar:zoeken')}?q={zoek}",
        pagina_van(stuk),
        reverse("openbaar:product", args=[stuk.product.uuid]),
        reverse("openbaar:onderwerp", args=[stuk.afdeling.identificatie]),
        reverse("openbaar:wijzigingen"),
        reverse("openbaar:zoekvak"),
        reverse("openbaar:api_openapi"),
        f"{API}/artikelen?pageSize=100",
        f"{API}/artikelen/{stuk.uuid}",
        f"{API}/producten?pageSize=100",
        f"{API}/producten/{stuk.product.uuid}",
        f"{API}/zoekresultaten?q={zoek}&pageSize=100",
    ]
    teksten = {}
    for pad in paden:
        antwoord = haal(pad)
        assert antwoord.status_code == 200, pad
        teksten[pad] = antwoord.text + str(antwoord.headers)
    teksten["Samenwerkende Catalogi"] = b"".join(catalogue(pagina_van)).decode()
    return teksten
