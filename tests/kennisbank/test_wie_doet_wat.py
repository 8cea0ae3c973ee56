"""Who does what: from topic, name, department, function or number to somebody to call."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from kennisbank import services
from kennisbank.models import Kennisartikel, Product
from organisatie.models import Groep, Medewerker
from tests.conftest import HTMX
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    KennisartikelFactory,
    MedewerkerFactory,
    ProductFactory,
)

pytestmark = pytest.mark.django_db
WIE = reverse("kennisbank:wie_doet_wat")


def iemand(voornaam: str, achternaam: str, groep: str = "", **velden: Any) -> Medewerker:
    wie: Medewerker = MedewerkerFactory.create(
        voornaam=voornaam, achternaam=achternaam, rollen=["vakspecialist"], **velden
    )
    if groep:
        bekend = Groep.objects.filter(naam=groep).first()
        wie.groepen.add(bekend or GroepFactory.create(naam=groep))
    return wie


def onderwerp(titel: str, *, producten: tuple[Product, ...] = (), **velden: Any) -> Kennisartikel:
    contact: services.Contact = {
        "contactpersoon": velden.pop("contactpersoon", None),
        "vervanger": velden.pop("vervanger", None),
        "telefoonnummer": velden.pop("telefoonnummer", ""),
    }
    velden.setdefault("afdeling", AfdelingFactory.create(identificatie="afval"))
    stuk = KennisartikelFactory.create(soort="wie_doet_wat", product=None, **velden)
    stuk.andere_producten.set(producten)
    services.publish_versie(
        artikel=stuk, titel=titel, kort_antwoord="", uitleg_html="", vraag_door_html="",
        werkinstructie_html="", contact=contact, by=None, at=WOENSDAG,
    )  # fmt: skip
    stuk.refresh_from_db()
    return stuk


@pytest.fixture
def afval() -> Kennisartikel:
    """A topic with everything."""
    afdeling = AfdelingFactory.create(identificatie="afval", email="afval@voorbeeld.test")
    return onderwerp(
        "Afval en containers",
        afdeling=afdeling,
        trefwoorden="kliko, milieustraat",
        telefoonnummer="0199 50 20 12",
        contactpersoon=iemand(
            "Truus", "Rook", "Inzameling", functie="Specialist afval", email="truus@voorbeeld.test",
            telefoonnummer="0199-50 12 27", afdelingen=[afdeling],
        ),
        vervanger=iemand("Bas", "Öztürk", functie="Wijkbeheerder", telefoonnummer="+31 199 501226"),
    )  # fmt: skip


def vind(client: Any, vraag: str) -> BeautifulSoup:
    response = client.get(WIE, {"q": vraag}, headers=HTMX)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def onderwerpen(pagina: BeautifulSoup) -> list[str]:
    return [a.get_text() for a in pagina.select(".treffer__titel a")]


def namen(pagina: BeautifulSoup) -> list[str]:
    return [p.get_text() for p in pagina.select(".mensen .iemand__naam")]


def test_a_topic_gives_team_person_and_backup(
    client_as: Callable[..., Any], afval: Kennisartikel
) -> None:
    kaart = vind(client_as("kcc_medewerker"), "containers").select_one(".treffer")
    assert kaart is not None
    tekst = " ".join(kaart.get_text(" ").split())
    for stuk in ("Afdeling Afval", "Inzameling", "Contactpersoon Truus Rook", "Specialist afval",
                 "Vervanger Bas Öztürk", "0199 50 20 12"):  # fmt: skip
        assert stuk in tekst
    links = {a["href"] for a in kaart.select("a")}
    assert {
        "tel:0199502012", "tel:0199501227", "tel:+31199501226",
        "mailto:truus@voorbeeld.test", "mailto:afval@voorbeeld.test",
    } <= links  # fmt: skip


@pytest.mark.parametrize(
    "vraag",
    ["afval", "contain", "kliko", "truus", "Rook", "ozturk", "wijkbeheerder", "inzameling",
     "wie gaat over afval?", "telefoonnummer milieustraat", "truus container",
     "0199 50 20 12", "2012", "0199501227", "+31199501226", "501226"],
)  # fmt: skip
def test_every_word_and_number_of_it_finds_the_topic(
    client_as: Callable[..., Any], afval: Kennisartikel, vraag: str
) -> None:
    onderwerp("Iets anders", afdeling=AfdelingFactory.create(identificatie="wonen"))
    assert onderwerpen(vind(client_as("kcc_medewerker"), vraag)) == ["Afval en containers"]


@pytest.mark.parametrize("vraag", ["zxqwvk", "afval zxqwvk", "ontainer", "50 99", "12"])
def test_what_is_nowhere_is_not_found(
    client_as: Callable[..., Any], afval: Kennisartikel, vraag: str
) -> None:
    pagina = vind(client_as("kcc_medewerker"), vraag)
    assert onderwerpen(pagina) == []
    assert "Niets gevonden" in pagina.get_text()


def test_the_words_of_a_product_lead_to_its_topic(client_as: Callable[..., Any]) -> None:
    grofvuil = ProductFactory.create(naam="afvalinzameling grofvuil", trefwoorden="oude bank")
    onderwerp("Wat weg moet", producten=(grofvuil,))
    pagina = vind(client_as("kcc_medewerker"), "oude bank")
    assert onderwerpen(pagina) == ["Wat weg moet"]
    assert pagina.select_one(".wie__product") is None


def test_a_product_without_a_topic_leads_to_its_department(client_as: Callable[..., Any]) -> None:
    wonen = AfdelingFactory.create(identificatie="wonen", email="wonen@voorbeeld.test")
    ProductFactory.create(naam="urgentiebewijs woning", trefwoorden="voorrang", afdeling=wonen)
    pagina = vind(client_as("kcc_medewerker"), "voorrang")
    regel = pagina.select_one(".wie__product")
    assert regel is not None
    assert "Wonen" in regel.get_text()
    links = [a["href"] for a in regel.select("a")]
    assert "mailto:wonen@voorbeeld.test" in links
    assert f"{WIE}?q=Wonen" in links


def test_colleagues_are_found_by_name_function_department_team_and_number(
    client_as: Callable[..., Any],
) -> None:
    wonen = AfdelingFactory.create(identificatie="wonen")
    iemand("Çiğdem", "Şahin", "Huisvesting", functie="Adviseur", afdelingen=[wonen],
           telefoonnummer="0199 123456", email="c@voorbeeld.test")  # fmt: skip
    iemand("Weg", "Gegaan", "Huisvesting", is_active=False, afdelingen=[wonen])
    client = client_as("kcc_medewerker")
    for vraag in ("cigdem", "Şahin", "sah", "adviseur", "wonen", "huisvesting", "adviseur wonen",
                  "0199-123456", "123456"):  # fmt: skip
        assert namen(vind(client, vraag)) == ["Çiğdem Şahin"], vraag
    tekst = vind(client, "sahin").select_one(".mensen").get_text(" ")  # type: ignore[union-attr]
    assert "Wonen" in tekst
    assert "Huisvesting" in tekst


def test_without_a_question_every_topic_stands_there(
    client_as: Callable[..., Any], afval: Kennisartikel
) -> None:
    onderwerp("Ingetrokken", is_actief=False)
    pagina = BeautifulSoup(client_as("beheerder").get(WIE).content, "html.parser")
    assert [a["href"] for a in pagina.select(".wie__alle a")] == [
        reverse("kennisbank:artikel", args=[afval.uuid])
    ]
    assert pagina.select_one("#wievraag")["hx-get"] == WIE  # type: ignore[index]


def test_its_own_page_shows_who(client_as: Callable[..., Any], afval: Kennisartikel) -> None:
    adres = reverse("kennisbank:artikel", args=[afval.uuid])
    client = client_as("kcc_medewerker")
    for headers in ({}, HTMX):
        tekst = client.get(adres, headers=headers).content.decode()
        assert "Truus Rook" in tekst
        assert "Bas Öztürk" in tekst
        assert 'href="tel:0199502012"' in tekst


def test_who_has_left_is_not_to_be_called(
    client_as: Callable[..., Any], afval: Kennisartikel
) -> None:
    Medewerker.objects.filter(achternaam="Rook").update(is_active=False)
    client = client_as("kcc_medewerker")
    kaart = vind(client, "afval").select_one(".contact")
    assert kaart is not None
    assert "werkt hier niet meer" in kaart.get_text()
    assert "tel:0199501227" not in {a["href"] for a in kaart.select("a")}
    assert onderwerpen(vind(client, "truus")) == []


def test_who_it_was_stays_with_the_version(
    client_as: Callable[..., Any], afval: Kennisartikel
) -> None:
    nieuw: services.Contact = {
        "contactpersoon": iemand("Nieuwe", "Kracht"),
        "vervanger": None,
        "telefoonnummer": "",
    }
    tekst: dict[str, Any] = {
        "titel": "Afval en containers", "kort_antwoord": "", "uitleg_html": "",
        "vraag_door_html": "", "werkinstructie_html": "", "by": None, "at": WOENSDAG,
    }  # fmt: skip
    services.publish_versie(artikel=afval, **tekst, contact=nieuw, basis=1)
    services.publish_versie(artikel=afval, **tekst | {"kort_antwoord": "Bel eerst."}, basis=2)
    adres, client = reverse("kennisbank:artikel", args=[afval.uuid]), client_as("kcc_medewerker")
    assert "Truus Rook" in client.get(adres, {"versie": "1"}).content.decode()
    huidig = client.get(adres).content.decode()
    assert "Nieuwe Kracht" in huidig  # a change of words alone keeps the person
    assert "Truus Rook" not in huidig
    with pytest.raises(services.TekstOngewijzigd):
        services.publish_versie(artikel=afval, **tekst | {"kort_antwoord": "Bel eerst."}, basis=3)


@pytest.mark.parametrize("vraag", ["' OR 1=1 --", "a & | ! :*", "\x00", "\\m(", "x" * 5000, "%_"])
def test_odd_questions_are_no_error(client_as: Callable[..., Any], vraag: str) -> None:
    vind(client_as("kcc_medewerker"), vraag)


def test_names_are_text(client_as: Callable[..., Any]) -> None:
    kwaad = "<script>alert(1)</script>"
    wie = iemand(kwaad, "Boef", functie=kwaad, telefoonnummer='1" onclick="x')
    onderwerp(f"Boef {kwaad}", contactpersoon=wie, telefoonnummer='2"><script>')
    response = client_as("kcc_medewerker").get(WIE, {"q": "boef"})
    assert b"<script>alert" not in response.content
    pagina = BeautifulSoup(response.content, "html.parser")
    assert not pagina.select("[onclick]")
    assert {a["href"] for a in pagina.select("a[href^='tel:']")} == {"tel:1", "tel:2"}


@pytest.mark.parametrize("rijen", [1, 12])
def test_the_page_costs_the_same_for_every_length(
    client_as: Callable[..., Any], rijen: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(rijen):
        onderwerp(
            f"Afval {nummer}",
            contactpersoon=iemand("Truus", f"Afval{nummer}", f"Team {nummer}"),
            vervanger=iemand("Bas", f"Afval{nummer}", f"Ander {nummer}"),
        )
    client = client_as("kcc_medewerker")
    vind(client, "afval")
    # session, user; what changed for search; look up; topics and two times teams; people with
    # departments and teams
    with django_assert_num_queries(11):  # one of them for who is there
        vind(client, "afval")
    with django_assert_num_queries(3):  # session, user, topics
        client.get(WIE)


def test_post_is_refused(client_as: Callable[..., Any]) -> None:
    assert client_as("kcc_medewerker").post(WIE).status_code == 405
