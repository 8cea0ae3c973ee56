"""The editor's pages: synonyms, and the words of a product. A change is found at once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kennisbank.models import Product, Synoniem
from kennisbank.search import search
from kennisbank.services import zoekwoorden
from organisatie.models import Medewerker
from tests.factories import WOENSDAG, MedewerkerFactory, ProductFactory

pytestmark = pytest.mark.django_db
LIJST = reverse("kennisbank:synoniemen")
NIEUW = reverse("kennisbank:synoniem_nieuw")
PROBEREN = reverse("kennisbank:synoniemen_proberen")
ClientAs = Callable[..., Client]


@pytest.fixture
def redacteur(client_as: ClientAs) -> Client:
    return client_as("kennisredacteur")


@pytest.fixture
def agent() -> Medewerker:
    return MedewerkerFactory.create()


def found(vraag: str, agent: Medewerker) -> list[str]:
    return [treffer.product_naam for treffer in search(vraag, medewerker=agent)]


def test_a_new_synonym_is_stored_and_found_at_once(redacteur: Client, agent: Medewerker) -> None:
    ProductFactory.create(naam="afvalcontainer", trefwoorden="container kapot")
    response = redacteur.post(NIEUW, {"woord": " Kliko ", "woorden": "container;bak"})
    assert response.status_code == 302
    assert response["Location"] == LIJST
    assert list(Synoniem.objects.values_list("woord", "woorden")) == [("kliko", "container, bak")]
    assert found("kliko", agent) == ["afvalcontainer"]


def test_under_htmx_a_save_tells_the_page(redacteur: Client) -> None:
    response = redacteur.post(
        NIEUW, {"woord": "kliko", "woorden": "container"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 204
    assert "synoniem-bewaard" in response["HX-Trigger"]


@pytest.mark.parametrize(
    ("invoer", "zin"),
    [
        ({"woord": "", "woorden": "container"}, "verplicht"),
        ({"woord": "kliko", "woorden": ""}, "verplicht"),
        ({"woord": "dit zijn er echt vier", "woorden": "container"}, "één, twee of drie"),
        ({"woord": "!!!", "woorden": "container"}, "één, twee of drie"),
        ({"woord": "kliko", "woorden": ",,;"}, "Vul een woord in"),
        ({"woord": "bestaat", "woorden": "iets"}, "er al een synoniem"),
    ],
)
def test_what_cannot_be_a_synonym_is_refused(
    redacteur: Client, invoer: dict[str, str], zin: str
) -> None:
    Synoniem.objects.create(woord="bestaat", woorden="al")
    response = redacteur.post(NIEUW, invoer)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert Synoniem.objects.count() == 1


def test_a_synonym_is_changed_and_deleted(redacteur: Client, agent: Medewerker) -> None:
    ProductFactory.create(naam="afvalcontainer")
    synoniem = Synoniem.objects.create(woord="kliko", woorden="afvalcontainer")
    adres = reverse("kennisbank:synoniem", args=[synoniem.pk])
    assert "kliko" in redacteur.get(adres).content.decode()
    redacteur.post(adres, {"woord": "vuilemmer", "woorden": "afvalcontainer"})
    assert found("kliko", agent) == []
    assert found("vuilemmer", agent) == ["afvalcontainer"]
    weg = reverse("kennisbank:synoniem_verwijderen", args=[synoniem.pk])
    assert redacteur.post(weg).status_code == 302
    assert not Synoniem.objects.exists()
    assert found("vuilemmer", agent) == []
    assert redacteur.post(weg).status_code == 404
    assert redacteur.post(adres, {"woord": "x", "woorden": "y"}).status_code == 404


def test_changing_what_a_colleague_deleted_is_refused(agent: Medewerker) -> None:
    synoniem = Synoniem.objects.create(woord="kliko", woorden="container")
    Synoniem.objects.all().delete()
    with pytest.raises(zoekwoorden.SynoniemWeg):
        zoekwoorden.save_synoniem(
            synoniem=synoniem, woord="kliko", woorden="bak", by=agent, at=WOENSDAG
        )
    with pytest.raises(zoekwoorden.SynoniemWeg):
        zoekwoorden.delete_synoniem(synoniem=synoniem, by=agent, at=WOENSDAG)


@pytest.mark.parametrize("rijen", [1, 20])
def test_the_list_costs_the_same_for_every_length(
    redacteur: Client, rijen: int, django_assert_max_num_queries: Any
) -> None:
    for nummer in range(rijen):
        Synoniem.objects.create(woord=f"woord{nummer}", woorden="container")
    with django_assert_max_num_queries(8):
        response = redacteur.get(LIJST)
    assert response.context["pagina"].paginator.count == rijen


def test_the_list_is_searched(redacteur: Client) -> None:
    Synoniem.objects.create(woord="kliko", woorden="container")
    Synoniem.objects.create(woord="kroeg", woorden="horeca")
    assert [s.woord for s in redacteur.get(LIJST, {"zoek": "CONT"}).context["pagina"]] == ["kliko"]
    assert redacteur.get(LIJST, {"zoek": "\x00", "pagina": "x"}).status_code == 200


def test_trying_a_question_shows_how_it_is_read(redacteur: Client) -> None:
    ProductFactory.create(naam="afvalcontainer", trefwoorden="container kapot")
    Synoniem.objects.create(woord="kliko", woorden="container")
    response = redacteur.post(PROBEREN, {"vraag": "kliko kappot"})
    tekst = response.content.decode()
    assert response.status_code == 200
    assert "ook: container" in tekst
    assert "gelezen als kapot" in tekst
    assert [t.product_naam for t in response.context["resultaat"].treffers] == ["afvalcontainer"]
    assert redacteur.post(PROBEREN, {"vraag": ""}).status_code == 422
    assert redacteur.get(PROBEREN).status_code == 405


def test_the_words_of_a_product_are_changed_and_found_at_once(
    redacteur: Client, agent: Medewerker
) -> None:
    product = ProductFactory.create(naam="paspoort", trefwoorden="pas, reispas")
    adres = reverse("kennisbank:product_woorden", args=[product.uuid])
    response = redacteur.get(adres)
    assert response.context["form"]["trefwoorden"].value() == "pas\nreispas"
    response = redacteur.post(
        adres, {"trefwoorden": "pas\nvakantieboekje\n\npas", "basis": "pas\nreispas"}
    )
    assert response.status_code == 302
    product.refresh_from_db()
    assert product.trefwoorden == "pas, vakantieboekje"
    assert found("vakantieboekje", agent) == ["paspoort"]
    assert found("reispas", agent) == []


def test_words_that_a_colleague_changed_meanwhile_are_not_lost(redacteur: Client) -> None:
    product = ProductFactory.create(naam="paspoort", trefwoorden="van de collega")
    adres = reverse("kennisbank:product_woorden", args=[product.uuid])
    mijn = {"trefwoorden": "van mij", "basis": "pas\nreispas"}
    response = redacteur.post(adres, mijn)
    tekst = response.content.decode()
    assert response.status_code == 422
    assert "van de collega" in tekst
    assert "van mij" in tekst
    product.refresh_from_db()
    assert product.trefwoorden == "van de collega"
    basis = response.context["form"]["basis"].value()
    assert redacteur.post(adres, mijn | {"basis": basis}).status_code == 302
    product.refresh_from_db()
    assert product.trefwoorden == "van mij"


@pytest.mark.parametrize("trefwoorden", ["x" * 121, "\n".join(f"woord {n}" for n in range(151))])
def test_too_long_or_too_many_words_are_refused(redacteur: Client, trefwoorden: str) -> None:
    product = ProductFactory.create(naam="paspoort", trefwoorden="pas")
    adres = reverse("kennisbank:product_woorden", args=[product.uuid])
    response = redacteur.post(adres, {"trefwoorden": trefwoorden, "basis": "pas"})
    assert response.status_code == 422
    assert Product.objects.get(pk=product.pk).trefwoorden == "pas"


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "beheerder"])
def test_who_does_not_edit_changes_no_words(client_as: ClientAs, rol: str) -> None:
    client = client_as(rol)
    product = ProductFactory.create(naam="paspoort", trefwoorden="pas")
    synoniem = Synoniem.objects.create(woord="kliko", woorden="container")
    woorden = reverse("kennisbank:product_woorden", args=[product.uuid])
    weg = reverse("kennisbank:synoniem_verwijderen", args=[synoniem.pk])
    een = reverse("kennisbank:synoniem", args=[synoniem.pk])
    for adres in (NIEUW, PROBEREN, een, weg, woorden):
        assert client.post(adres, {"woord": "a", "woorden": "b"}).status_code == 403
    assert client.get(LIJST).status_code == 403
    assert Synoniem.objects.filter(woord="kliko").exists()
    assert Product.objects.get(pk=product.pk).trefwoorden == "pas"


def test_get_deletes_nothing_and_a_missing_product_is_404(redacteur: Client) -> None:
    synoniem = Synoniem.objects.create(woord="kliko", woorden="container")
    weg = reverse("kennisbank:synoniem_verwijderen", args=[synoniem.pk])
    assert redacteur.get(weg).status_code == 405
    assert Synoniem.objects.exists()
    adres = reverse("kennisbank:product_woorden", args=[uuid4()])
    assert redacteur.post(adres, {"trefwoorden": "x"}).status_code == 404
