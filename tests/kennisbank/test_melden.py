""" "Klopt niet", "mist" and "helpt", from the kennisbank itself."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from kennisbank import services
from kennisbank.models import Gebruik, Kennisartikel, Melding
from tests.conftest import HTMX, KccClient
from tests.factories import ProductFactory
from tests.kennisbank.conftest import TEKST

Publiceer = Callable[..., Kennisartikel]
MELDEN = reverse("kennisbank:melden")


@pytest.fixture
def agent(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("kcc_medewerker")


def gegevens(stuk: Kennisartikel, soort: str = "klopt_niet", **meer: str) -> dict[str, str]:
    return {"soort": soort, "artikel": str(stuk.uuid), "versie": "1", **meer}


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider", "beheerder"])
def test_everybody_may_report(
    client_as: Callable[..., KccClient], publiceer: Publiceer, rol: str
) -> None:
    client, stuk = client_as(rol), publiceer()
    antwoord = client.post(MELDEN, gegevens(stuk, toelichting="De prijs is oud."))
    assert antwoord["Location"] == reverse("kennisbank:artikel", args=[stuk.uuid])
    melding = Melding.objects.get()
    assert (melding.soort, melding.stand, melding.toelichting) == (
        "klopt_niet", "nieuw", "De prijs is oud.",
    )  # fmt: skip
    assert (melding.artikel, melding.artikelversie) == (stuk, stuk.huidige_versie)
    assert (melding.door, melding.product) == (client.medewerker, stuk.product)


def test_it_is_about_the_version_that_was_on_the_screen(
    agent: KccClient, publiceer: Publiceer
) -> None:
    stuk = publiceer()
    eerste = stuk.huidige_versie
    services.publish_versie(artikel=stuk, **TEKST, by=None, at=stuk.huidige_versie.gepubliceerd_op)  # type: ignore[union-attr]
    agent.post(MELDEN, gegevens(stuk, toelichting="fout"))
    assert Melding.objects.get().artikelversie == eerste


def test_under_htmx_the_page_stays_and_the_focus_goes_back(
    agent: KccClient, publiceer: Publiceer
) -> None:
    stuk = publiceer()
    headers = {**HTMX, "HX-Target": "melden"}
    antwoord = agent.post(MELDEN, gegevens(stuk, toelichting="fout"), headers=headers)
    assert (antwoord.status_code, antwoord.content) == (200, b"")
    assert "#meld-klopt_niet" in antwoord["HX-Trigger-After-Settle"]
    assert "Doorgegeven aan de redactie" in antwoord["HX-Trigger"].encode().decode("unicode_escape")


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"soort": "klopt_niet", "toelichting": " "}, "Schrijf kort op wat er niet klopt."),
        ({"soort": "mist", "toelichting": ""}, "Schrijf kort op wat er mist."),
        ({"soort": "mist", "toelichting": "x" * 2001}, "2000"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(
    agent: KccClient, publiceer: Publiceer, velden: dict[str, str], zin: str
) -> None:
    stuk = publiceer()
    for headers in ({}, HTMX):
        antwoord = agent.post(MELDEN, gegevens(stuk) | velden, headers=headers)
        assert antwoord.status_code == 422
        assert zin in antwoord.text
        assert (b"<html" in antwoord.content) == (not headers)
    assert not Melding.objects.exists()


@pytest.mark.parametrize("soort", ["klopt_niet", "helpt", "anders", ""])
def test_without_an_article_only_mist(agent: KccClient, soort: str) -> None:
    antwoord = agent.post(MELDEN, {"soort": soort, "toelichting": "iets"})
    assert antwoord.status_code == 422
    assert not Melding.objects.exists()


def test_what_cannot_be_seen_cannot_be_reported(agent: KccClient, publiceer: Publiceer) -> None:
    weg = publiceer(is_actief=False)
    for uuid in (weg.uuid, uuid4()):
        velden = {"soort": "klopt_niet", "artikel": str(uuid), "toelichting": "fout"}
        assert agent.post(MELDEN, velden).status_code == 404
    velden = {"soort": "mist", "product": str(uuid4()), "toelichting": "iets"}
    assert agent.post(MELDEN, velden).status_code == 404
    assert agent.post(MELDEN, gegevens(publiceer(), versie="9")).status_code == 404
    assert not Melding.objects.exists()


def test_nothing_found_is_reported_with_what_was_searched(agent: KccClient) -> None:
    product = ProductFactory.create(naam="standplaats")
    agent.post(
        MELDEN,
        {"soort": "mist", "q": "Kermis van Jan@huis.nl 0612345678", "product": product.uuid},
    )
    melding = Melding.objects.get()
    assert (melding.zoekvraag, melding.product, melding.artikel) == ("kermis van", product, None)


def test_a_second_click_is_no_second_report(agent: KccClient, publiceer: Publiceer) -> None:
    stuk = publiceer()
    for _ in range(2):
        agent.post(MELDEN, gegevens(stuk, toelichting="fout"))
    assert Melding.objects.count() == 1
    agent.post(MELDEN, gegevens(stuk, toelichting="nog iets"))
    assert Melding.objects.count() == 2


def test_helpt_is_one_click_counts_as_use_and_asks_nothing_of_the_editors(
    agent: KccClient, publiceer: Publiceer
) -> None:
    stuk = publiceer()
    antwoord = agent.post(MELDEN, gegevens(stuk, "helpt"), headers=HTMX)
    assert antwoord.status_code == 200
    assert Melding.objects.get().stand == "afgehandeld"
    assert not Melding.objects.to_do().exists()
    assert not Melding.objects.unread_answers(agent.medewerker).exists()
    assert Gebruik.objects.get().soort == "gebruikt"


def test_the_article_has_the_three_with_their_keys(agent: KccClient, publiceer: Publiceer) -> None:
    stuk = publiceer()
    for headers in ({}, HTMX):
        url = reverse("kennisbank:artikel", args=[stuk.uuid])
        pagina = BeautifulSoup(agent.get(url, headers=headers).content, "html.parser")
        toetsen = {k["data-toets"]: k for k in pagina.select(".meldknoppen [data-toets]")}
        assert set(toetsen) == {"h", "k", "m"}
        form = toetsen["h"].find_parent("form")
        assert form is not None
        velden = {v["name"]: v["value"] for v in form.select("input[type=hidden]")}
        assert velden["artikel"] == str(stuk.uuid)
        assert pagina.select_one(str(toetsen["k"]["data-opent"])) is not None
        # Without JavaScript it is a link to a page of its own.
        eigen = agent.get(str(toetsen["k"]["href"]))
        formulier = BeautifulSoup(eigen.content, "html.parser").select_one("main form.formulier")
        assert formulier is not None
        over = {v.get("name"): v.get("value") for v in formulier.select("input[type=hidden]")}
        assert (over["soort"], over["artikel"], over["versie"]) == (
            "klopt_niet", str(stuk.uuid), "1",
        )  # fmt: skip


def test_an_empty_search_can_be_reported(agent: KccClient) -> None:
    pagina = agent.get(reverse("kennisbank:zoeken"), {"q": "zxqwvk"})
    knop = BeautifulSoup(pagina.content, "html.parser").select_one("#meld-mist")
    assert knop is not None
    formulier = knop.find_parent("form")
    assert formulier is not None
    # What was searched goes in no address.
    assert (formulier["method"], formulier["action"]) == ("post", MELDEN)
    assert "zxqwvk" not in str(knop)
    velden = {v["name"]: v["value"] for v in formulier.select("input[type=hidden]")}
    agent.post(MELDEN, velden)
    melding = Melding.objects.get()
    assert (melding.soort, melding.zoekvraag) == ("mist", "zxqwvk")


def test_to_look_stores_nothing(agent: KccClient, publiceer: Publiceer) -> None:
    assert agent.get(MELDEN, gegevens(publiceer(), toelichting="fout")).status_code == 200
    assert agent.get(MELDEN, {"artikel": "x", "versie": "\x00", "soort": "y"}).status_code == 200
    assert not Melding.objects.exists()


@pytest.mark.parametrize(
    ("terug", "naar"),
    [
        ("/werkplek/", "/werkplek/"),
        ("https://kwaad.test/", None),
        ("//kwaad.test/", None),
        ("/\\kwaad.test/", None),
        ("kennisbank:redactie", None),
    ],
)
def test_back_to_where_one_was_and_never_outside(
    agent: KccClient, publiceer: Publiceer, terug: str, naar: str | None
) -> None:
    stuk = publiceer()
    antwoord = agent.post(MELDEN, gegevens(stuk, toelichting="fout", terug=terug))
    assert antwoord["Location"] == (naar or reverse("kennisbank:artikel", args=[stuk.uuid]))


@pytest.mark.parametrize("waarde", ["\x00", "9" * 5000, "\u202e{{ 7 }}", "' OR 1=1 --", "-1", "²"])
def test_odd_input_is_refused_or_ignored(
    client_as: Callable[..., KccClient], publiceer: Publiceer, waarde: str
) -> None:
    client, stuk = client_as("kennisredacteur"), publiceer()
    namen = ("soort", "artikel", "versie", "product", "klantcontact", "terug", "zoekvraag", "q")
    for naam in (*namen, "toelichting", "onderwerp"):
        velden = gegevens(stuk, toelichting="fout") | {naam: waarde}
        assert client.get(MELDEN, velden).status_code in (200, 404), naam
        assert client.post(MELDEN, velden).status_code in (302, 404, 422), naam
    lijsten = ("redactie", "te_herzien", "schrijven", "dekking", "mijn_meldingen")
    for route in lijsten:
        for naam in ("pagina", "stand", "wie", "soort", "afdeling"):
            assert client.get(reverse(f"kennisbank:{route}"), {naam: waarde}).status_code == 200
    melding = Melding.objects.first()
    assert melding is not None
    for stap in ("nemen", "loslaten", "geven", "antwoord", "concept"):
        url = reverse(f"kennisbank:melding_{stap}", args=[melding.uuid])
        velden = {"versie": waarde, "medewerker": waarde, "antwoord": waarde}
        assert client.post(url, velden).status_code == 422


def test_who_may_not_report_gets_403(
    client_as: Callable[..., KccClient], publiceer: Publiceer
) -> None:
    client = client_as("geen_rol")
    assert client.post(MELDEN, gegevens(publiceer(), toelichting="x")).status_code == 403
    assert not Melding.objects.exists()


class TestMijnMeldingen:
    """What came of it."""

    URL = reverse("kennisbank:mijn_meldingen")

    def test_the_answer_is_new_once(
        self, agent: KccClient, client_as: Callable[..., KccClient], publiceer: Publiceer
    ) -> None:
        agent.post(MELDEN, gegevens(publiceer(), toelichting="De prijs is oud."))
        melding = Melding.objects.get()
        redacteur = client_as("kennisredacteur").medewerker
        services.answer_melding(
            melding=melding, antwoord="Aangepast.", by=redacteur, at=melding.op, versie=1
        )
        teller = reverse("kennisbank:meldingen_teller")
        assert ">1<" in agent.get(teller).text
        assert "1 nieuw antwoord" in " ".join(agent.get(reverse("contacts:werkplek")).text.split())
        eerst = agent.get(self.URL).text
        assert "Aangepast." in eerst
        assert "nieuw antwoord" in eerst
        assert "nieuw antwoord" not in agent.get(self.URL).text
        assert agent.get(teller).text.strip() == ""
        assert Melding.objects.get().gelezen_op is not None

    def test_only_ones_own(
        self, agent: KccClient, client_as: Callable[..., KccClient], publiceer: Publiceer
    ) -> None:
        agent.post(MELDEN, gegevens(publiceer(), toelichting="Geheim woord"))
        assert "Geheim woord" in agent.get(self.URL).text
        for rol in ("kcc_medewerker", "kennisredacteur"):
            assert "Geheim woord" not in client_as(rol).get(self.URL).text

    @pytest.mark.parametrize("rijen", [1, 20])
    def test_it_costs_the_same_for_every_length(
        self,
        agent: KccClient,
        publiceer: Publiceer,
        rijen: int,
        django_assert_num_queries: Any,
    ) -> None:
        for nummer in range(rijen):
            agent.post(MELDEN, gegevens(publiceer(titel=f"Stuk {nummer}"), toelichting="fout"))
        agent.get(self.URL)
        # session, user, count, rows, and that they were read (in a savepoint)
        with django_assert_num_queries(7):
            assert agent.get(self.URL).text.count("U schreef: fout") == rijen
