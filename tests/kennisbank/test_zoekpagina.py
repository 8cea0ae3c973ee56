"""The search page, with and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import localdate

from kennisbank.models import Kennisartikel
from tests.conftest import HTMX

Publiceer = Callable[..., Kennisartikel]
ZOEKEN = reverse("kennisbank:zoeken")


@pytest.fixture(params=["kcc_medewerker", "vakspecialist", "teamleider", "beheerder"])
def client(request: pytest.FixtureRequest, client_as: Callable[..., Any]) -> Any:
    return client_as(request.param)


def test_every_colleague_finds_the_answer(client: Any, publiceer: Publiceer) -> None:
    stuk = publiceer(titel="Paspoort met spoed")
    response = client.get(ZOEKEN, {"q": "paspoort"})
    pagina = BeautifulSoup(response.content, "html.parser")
    link = pagina.select_one("#treffers a")
    assert response.status_code == 200
    assert link is not None
    assert link["href"] == reverse("kennisbank:artikel", args=[stuk.uuid])
    veld = pagina.select_one("#zoekvraag")
    assert veld is not None
    assert veld["value"] == "paspoort"
    assert veld.has_attr("autofocus")
    assert pagina.find("title").get_text().startswith("paspoort · Kennisbank")  # type: ignore[union-attr]


def test_htmx_gets_the_results_alone(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    publiceer(titel="Paspoort met spoed")
    response = client_as("kcc_medewerker").get(ZOEKEN, {"q": "paspoort"}, headers=HTMX)
    tekst = response.content.decode()
    assert "<html" not in tekst
    assert "met spoed" in tekst
    assert "2 gevonden" in tekst
    assert "HX-Request" in response["Vary"]


def test_facets_are_links_that_keep_the_question(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    publiceer(titel="Paspoort met spoed")
    client = client_as("kcc_medewerker")
    pagina = BeautifulSoup(client.get(ZOEKEN, {"q": "paspoort"}).content, "html.parser")
    links = {a["id"]: a for a in pagina.select(".kennis__facetten a")}
    assert set(links) == {
        "soort-alle", "soort-vac", "soort-productnaam", "afdeling-alle", "afdeling-burgerzaken",
    }  # fmt: skip
    assert links["soort-vac"]["href"] == f"{ZOEKEN}?q=paspoort&soort=vac"
    assert links["soort-vac"].select_one(".lijst__eind").get_text() == "1"  # type: ignore[union-attr]
    gekozen = client.get(str(links["soort-vac"]["href"]))
    pagina = BeautifulSoup(gekozen.content, "html.parser")
    assert pagina.select_one("#soort-vac")["aria-current"] == "true"  # type: ignore[index]
    assert len(pagina.select(".treffer")) == 1
    assert pagina.select_one("input[name=soort]")["form"] == "zoekformulier"  # type: ignore[index]


def test_nothing_found_says_what_to_do(client_as: Callable[..., Any]) -> None:
    tekst = (
        client_as("kcc_medewerker").get(ZOEKEN, {"q": "zxqwvk", "soort": "vac"}).content.decode()
    )
    assert "Niets gevonden" in tekst
    assert "Typ minder woorden" in tekst
    assert "Zoek in alle soorten en alle afdelingen" in tekst


def test_what_was_done_to_the_question_is_told(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    publiceer(titel="Paspoort met spoed")
    client = client_as("kcc_medewerker")
    assert "Gezocht is op <strong>paspoort</strong>" in (
        client.get(ZOEKEN, {"q": "paspport"}).content.decode()
    )
    assert "de eerste 200 tekens" in client.get(ZOEKEN, {"q": "paspoort " * 99}).content.decode()


@pytest.mark.parametrize(
    "vraag",
    [
        {"q": "a & | ! :*"},
        {"q": "x" * 5000},
        {"q": "\x00'\"", "soort": "\x00", "afdeling": "\x00"},
        {"q": "pas", "soort": "auteur__password", "afdeling": "1 OR 1=1", "toon": "1000000"},
        {"afdeling": "bestaat-niet"},
        {"q": "<script>alert(1)</script>"},
    ],
)
def test_odd_addresses_are_no_error(client_as: Callable[..., Any], vraag: dict[str, str]) -> None:
    client = client_as("kcc_medewerker")
    for headers in ({}, HTMX):
        response = client.get(ZOEKEN, vraag, headers=headers)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_the_begin_shows_what_is_new_and_to_an_editor_what_is_overdue(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    publiceer(titel="Oud stuk", herzien_op=localdate() - timedelta(days=1))
    publiceer(titel="Vers stuk", herzien_op=localdate())
    redacteur = BeautifulSoup(client_as("kennisredacteur").get(ZOEKEN).content, "html.parser")
    over_tijd = redacteur.select_one("[aria-labelledby=over-tijd]")
    assert over_tijd is not None
    assert "Oud stuk" in over_tijd.get_text()
    assert "Vers stuk" not in over_tijd.get_text()
    agent = client_as("kcc_medewerker").get(ZOEKEN).content.decode()
    assert "Te herzien" not in agent
    assert "Vers stuk" in agent


def test_more_results_on_request(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    for nummer in range(25):
        publiceer(titel=f"Paspoort {nummer}")
    client = client_as("kcc_medewerker")
    eerst = BeautifulSoup(client.get(ZOEKEN, {"q": "paspoort"}).content, "html.parser")
    meer = next(a for a in eerst.select("a") if a.get_text() == "Toon meer")
    assert len(eerst.select(".treffer")) == 20
    alles = BeautifulSoup(client.get(str(meer["href"])).content, "html.parser")
    assert len(alles.select(".treffer")) == 26


@pytest.mark.parametrize("rijen", [1, 20])
def test_the_page_costs_the_same_for_every_length(
    client_as: Callable[..., Any],
    publiceer: Publiceer,
    rijen: int,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    for nummer in range(rijen):
        publiceer(titel=f"Paspoort {nummer}", herzien_op=localdate() - timedelta(days=1))
    client = client_as("kennisredacteur")
    # The first request notes in the session that somebody works, and reads in what is new.
    client.get(ZOEKEN, {"q": "paspoort"}, headers=HTMX)
    # session, user, changes, and twice articles and products: what counts, and what is shown
    with django_assert_max_num_queries(7):
        client.get(ZOEKEN, {"q": "paspoort"}, headers=HTMX)
    with django_assert_num_queries(5):  # session, user, counts, recent, overdue
        client.get(ZOEKEN)


def test_post_is_refused(client_as: Callable[..., Any]) -> None:
    assert client_as("kcc_medewerker").post(ZOEKEN).status_code == 405
