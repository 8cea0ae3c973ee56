"""The page of an article and of a product."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse
from django.utils.timezone import localdate

from kennisbank import services
from kennisbank.models import Grondslag, Kennisartikel, Product
from tests.conftest import HTMX
from tests.factories import WOENSDAG, ArtikelVersieFactory, KennisartikelFactory, ProductFactory
from tests.kennisbank.conftest import AANVALLEN, TEKST, gevaren

Publiceer = Callable[..., Kennisartikel]


def adres(stuk: Kennisartikel) -> str:
    return reverse("kennisbank:artikel", args=[stuk.uuid])


def deel(response: Any, kiezer: str) -> Tag:
    gevonden = BeautifulSoup(response.content, "html.parser").select_one(kiezer)
    assert gevonden is not None, kiezer
    return gevonden


def test_the_short_answer_comes_first(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    stuk = publiceer()
    assert stuk.product is not None
    publiceer(titel="Paspoort met spoed", product=stuk.product)
    Grondslag.objects.create(
        product=stuk.product, uri="https://voorbeeld.test/1", label="Artikel 1 Paspoortwet",
        link="https://voorbeeld.test/tekst",
    )  # fmt: skip
    response = client_as("kcc_medewerker").get(adres(stuk))
    artikel = deel(response, "#artikel").get_text()
    assert artikel.index("op het gemeentehuis") < artikel.index("oude paspoort")
    assert "versie 1 van 18 november 2026" in artikel
    tekst = response.content.decode()
    assert "Burgerzaken" in tekst
    assert "Paspoort met spoed" in tekst
    wet = deel(response, "[aria-labelledby=wetten] a")
    assert (wet["href"], wet.get_text()) == (
        "https://voorbeeld.test/tekst",
        "Artikel 1 Paspoortwet",
    )
    assert "nog niet op tijd nagekeken" not in tekst
    assert "Bewerken" not in tekst


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "kennisredacteur"])
def test_what_is_for_the_kcc_only_stands_apart(
    client_as: Callable[..., Any], publiceer: Publiceer, rol: str
) -> None:
    response = client_as(rol).get(adres(publiceer()))
    intern = deel(response, ".alleen-kcc").get_text()
    assert "Alleen voor het KCC" in intern
    assert "Plan een afspraak." in intern
    assert "Heeft u haast?" in intern
    buiten = deel(response, "#artikel .antwoord").get_text()
    assert "Plan een afspraak." not in buiten


def test_htmx_gets_the_answer_alone(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    response = client_as("kcc_medewerker").get(adres(publiceer()), headers=HTMX)
    assert b"<html" not in response.content
    assert deel(response, "h2[data-focus]").get_text() == "Paspoort aanvragen"
    assert b"Over dit artikel" not in response.content


def test_a_review_date_that_passed_is_a_warning(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    client = client_as("kcc_medewerker")
    gisteren = publiceer(herzien_op=localdate() - timedelta(days=1))
    vandaag = publiceer(herzien_op=localdate())
    assert b"nog niet op tijd nagekeken" in client.get(adres(gisteren)).content
    assert b"nog niet op tijd nagekeken" not in client.get(adres(vandaag)).content


def test_an_older_version_says_so(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    stuk = publiceer()
    services.publish_versie(artikel=stuk, **TEKST | {"titel": "Nieuwe titel"}, by=None, at=WOENSDAG)
    client = client_as("kennisredacteur")
    oud = client.get(adres(stuk), {"versie": "1"})
    assert deel(oud, "h1").get_text() == "Paspoort aanvragen"
    assert "Dit is een oude versie" in deel(oud, "#artikel").get_text()
    assert b"Bewerken" not in oud.content
    nieuw = client.get(adres(stuk), {"versie": "2"})
    assert deel(nieuw, "h1").get_text() == "Nieuwe titel"
    assert "oude versie" not in deel(nieuw, "#artikel").get_text()


@pytest.mark.parametrize("versie", ["3", "0", "-1", "x", "", "1' OR 1=1", "9" * 30, "\x00"])
def test_a_version_that_is_not_there_is_404(
    client_as: Callable[..., Any], publiceer: Publiceer, versie: str
) -> None:
    response = client_as("kcc_medewerker").get(adres(publiceer()), {"versie": versie})
    assert response.status_code == 404


def test_what_is_not_published_is_404(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    client = client_as("kcc_medewerker")
    assert client.get(reverse("kennisbank:artikel", args=[uuid4()])).status_code == 404
    assert client.get(adres(KennisartikelFactory.create())).status_code == 404
    assert client.get(adres(publiceer(is_actief=False))).status_code == 404


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_html_is_sanitised_when_it_is_shown_as_well(
    client_as: Callable[..., Any], aanval: str
) -> None:
    """A row that came in beside the service, such as by COPY."""
    stuk = KennisartikelFactory.create()
    stuk.huidige_versie = ArtikelVersieFactory.create(
        artikel=stuk, titel=aanval[:200], kort_antwoord=aanval, uitleg_html=aanval,
        vraag_door_html=aanval, werkinstructie_html=aanval,
    )  # fmt: skip
    stuk.save(update_fields=["huidige_versie"])
    client = client_as("kcc_medewerker")
    for response in (client.get(adres(stuk)), client.get(adres(stuk), headers=HTMX)):
        delen = BeautifulSoup(response.content, "html.parser").select("#artikel .proza")
        assert len(delen) == 3
        assert [gevaren(blok.decode_contents()) for blok in delen] == [[], [], []]
        kort = deel(response, ".antwoord__kort")
        assert kort.find(lambda tag: tag.name != "br") is None
        assert deel(response, "h1, h2").find(True) is None


@pytest.mark.parametrize("aantal", [1, 20])
def test_an_article_costs_the_same_for_every_length(
    client_as: Callable[..., Any],
    publiceer: Publiceer,
    aantal: int,
    django_assert_num_queries: Any,
) -> None:
    stuk = publiceer()
    assert stuk.product is not None
    for nummer in range(aantal):
        publiceer(titel=f"Ander stuk {nummer}", product=stuk.product)
        Grondslag.objects.create(product=stuk.product, uri=f"https://x.test/{nummer}", label="art.")
        services.publish_versie(artikel=stuk, **TEKST, by=None, at=WOENSDAG)
    client = client_as("kcc_medewerker")
    client.get(adres(stuk))
    # session, user, article, versions, note that it was opened, draft, others, see also, other
    # products, grondslagen, history
    with django_assert_num_queries(11):
        client.get(adres(stuk))
    product = reverse("kennisbank:product", args=[stuk.product.uuid])
    with django_assert_num_queries(5):  # session, user, product, articles, grondslagen
        client.get(product)


def test_the_page_of_a_product(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    product = ProductFactory.create(
        naam="terrasvergunning",
        doelgroep="eu-bedrijf",
        is_aanvraag=True,
        trefwoorden="buiten zitten",
    )
    stuk = publiceer(titel="Terras aanvragen", product=product)
    publiceer(titel="Iets anders", product="paspoort")
    client = client_as("vakspecialist")
    response = client.get(reverse("kennisbank:product", args=[product.uuid]))
    tekst = response.content.decode()
    assert deel(response, "h1").get_text() == "Terrasvergunning"
    assert [a["href"] for a in deel(response, "#product").select("a")] == [adres(stuk)]
    assert "ondernemers" in tekst
    assert "aanvraag" in tekst
    assert "buiten zitten" in tekst
    leeg = client.get(reverse("kennisbank:product", args=[ProductFactory.create(naam="kaal").uuid]))
    assert b"Nog geen antwoorden" in leeg.content


def test_a_product_that_is_none_is_404(client_as: Callable[..., Any]) -> None:
    client = client_as("kcc_medewerker")
    Product.objects.create(naam="naam volgt", is_placeholder=True)
    Product.objects.create(naam="vroeger", is_actief=False)
    for product in Product.objects.all():
        assert client.get(reverse("kennisbank:product", args=[product.uuid])).status_code == 404


def test_post_is_refused(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    stuk, client = publiceer(), client_as("kcc_medewerker")
    assert client.post(adres(stuk)).status_code == 405
    assert stuk.product is not None
    product = reverse("kennisbank:product", args=[stuk.product.uuid])
    assert client.post(product).status_code == 405
