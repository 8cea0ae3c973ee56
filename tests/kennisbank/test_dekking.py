"""How complete and how fresh, per department."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import localdate

from kennisbank import services
from kennisbank.dekking import dekking, total
from kennisbank.models import Kennisartikel
from tests.conftest import KccClient
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, ProductFactory

Publiceer = Callable[..., Kennisartikel]
Als = Callable[..., KccClient]
DEKKING = reverse("kennisbank:dekking")


@pytest.fixture
def gemeente(publiceer: Publiceer) -> None:
    """Burgerzaken: four products, two with an answer; belastingen: one, without."""
    burgerzaken = AfdelingFactory.create(identificatie="burgerzaken")
    belastingen = AfdelingFactory.create(identificatie="belastingen")
    AfdelingFactory.create(identificatie="leeg")
    a, b, _, _ = (
        ProductFactory.create(naam=naam, afdeling=burgerzaken) for naam in ("a", "b", "c", "d")
    )
    ProductFactory.create(naam="oud", afdeling=burgerzaken, is_actief=False)
    ProductFactory.create(naam="e", afdeling=belastingen)
    ProductFactory.create(naam="van niemand", afdeling=None)
    velden: dict[str, Any] = {"afdeling": burgerzaken}
    eerste = publiceer(titel="Een", product=a, herzien_op=localdate() - timedelta(1), **velden)
    tweede = publiceer(titel="Twee", product=a, redacteur=MedewerkerFactory.create(), **velden)
    tweede.andere_producten.add(b)
    publiceer(titel="Weg", product=ProductFactory.create(naam="d"), is_actief=False, **velden)
    publiceer(titel="Nieuws", product=ProductFactory.create(naam="c"), soort="nieuws", **velden)
    melder = MedewerkerFactory.create()
    services.report_melding(
        soort="klopt_niet", artikelversie=eerste.huidige_versie, by=melder, at=WOENSDAG
    )
    services.report_melding(
        soort="mist", product=ProductFactory.create(naam="e"), by=melder, at=WOENSDAG
    )


def test_the_figures(gemeente: None) -> None:
    regels = {r.naam: r for r in dekking(vandaag=localdate(), nu=WOENSDAG + timedelta(days=10))}
    assert set(regels) == {"Burgerzaken", "Belastingen", "Nog zonder afdeling"}
    b = regels["Burgerzaken"]
    assert (b.producten, b.met_artikel, b.percentage) == (4, 2, 50)
    assert (b.artikelen, b.dagen, b.over_tijd, b.zonder_redacteur, b.meldingen) == (2, 10, 1, 1, 1)
    assert (regels["Belastingen"].percentage, regels["Belastingen"].meldingen) == (0, 1)
    assert regels["Nog zonder afdeling"].producten == 1
    samen = total(list(regels.values()))
    assert (samen.producten, samen.met_artikel, samen.meldingen, samen.dagen) == (6, 2, 2, 10)


def test_without_products_there_is_no_percentage() -> None:
    assert total([]).percentage is None


@pytest.mark.parametrize("rol", ["teamleider", "kennisredacteur"])
def test_the_page_links_to_the_lists(client_as: Als, gemeente: None, rol: str) -> None:
    client = client_as(rol)
    pagina = BeautifulSoup(client.get(DEKKING).content, "html.parser")
    rij = next(r for r in pagina.select("tbody tr") if "Burgerzaken" in r.get_text())
    assert "50 %" in " ".join(rij.get_text().split()).replace("\xa0", " ")
    adressen = [str(a["href"]) for a in rij.select("a")]
    assert len(adressen) == (5 if rol == "kennisredacteur" else 4)
    for adres in adressen:
        assert client.get(adres).status_code == 200
    tekst = client.get(reverse("kennisbank:dekking_afdeling", args=["burgerzaken"])).text
    lijst = BeautifulSoup(tekst, "html.parser").select("[aria-labelledby=zonder-artikel] li a")
    assert [a.get_text(strip=True) for a in lijst] == ["c", "d"]
    assert "Een" in tekst


def test_it_is_for_teamleiders_and_editors(client_as: Als) -> None:
    AfdelingFactory.create(identificatie="burgerzaken")
    afdeling = reverse("kennisbank:dekking_afdeling", args=["burgerzaken"])
    for rol in ("kcc_medewerker", "vakspecialist", "beheerder"):
        client = client_as(rol)
        assert client.get(DEKKING).status_code == client.get(afdeling).status_code == 403
    weg = reverse("kennisbank:dekking_afdeling", args=["bestaat-niet"])
    assert client_as("teamleider").get(weg).status_code == 404


@pytest.mark.parametrize("rijen", [1, 20])
def test_it_costs_the_same_for_every_number(
    client_as: Als, publiceer: Publiceer, rijen: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(rijen):
        afdeling = AfdelingFactory.create(identificatie=f"afdeling-{nummer}")
        product = ProductFactory.create(naam=f"product {nummer}", afdeling=afdeling)
        publiceer(titel=f"Stuk {nummer}", product=product)
        ProductFactory.create(naam=f"zonder {nummer}", afdeling=afdeling)
    client = client_as("teamleider")
    client.get(DEKKING)
    # session, user, departments, products, articles, reports about articles and about products
    with django_assert_num_queries(7):
        assert client.get(DEKKING).text.count("50") >= rijen
    with django_assert_num_queries(7):  # session, user, department, overdue, no editor, products
        client.get(reverse("kennisbank:dekking_afdeling", args=["afdeling-0"]))
