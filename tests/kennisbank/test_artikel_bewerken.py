"""What is done with a published article: compare, put back, withdraw, look at again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import localdate, now

from kcc.models import UitgaandBericht
from kennisbank import services
from kennisbank.models import ArtikelGebeurtenis, Concept, Kennisartikel
from kennisbank.search import search
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, moment
from tests.kennisbank.conftest import TEKST

Publiceer = Callable[..., Kennisartikel]
Client = Callable[..., Any]


def adres(stuk: Kennisartikel, naam: str, *meer: Any) -> str:
    return reverse(f"kennisbank:{naam}", args=[stuk.uuid, *meer])


@pytest.fixture
def stuk(publiceer: Publiceer) -> Kennisartikel:
    """An article with two texts: of 18 November, and of the day after."""
    artikel = publiceer()
    services.publish_versie(
        artikel=artikel,
        **TEKST | {"uitleg_html": "<p>Neem uw nieuwe paspoort mee.</p>"},
        by=None,
        at=WOENSDAG + timedelta(days=1),
    )
    artikel.refresh_from_db()
    return artikel


def nummer(stuk: Kennisartikel) -> int:
    stuk.refresh_from_db()
    assert stuk.huidige_versie is not None
    return stuk.huidige_versie.nummer


# --- comparing ---------------------------------------------------------------------------------


def test_two_versions_side_by_side(client_as: Client, stuk: Kennisartikel) -> None:
    client = client_as("kcc_medewerker")
    for vraag in ({}, {"van": "1", "naar": "2"}):
        pagina = BeautifulSoup(
            client.get(adres(stuk, "artikel_vergelijken"), vraag).content, "html.parser"
        )
        uitleg = pagina.select_one("[aria-label=Uitleg]")
        assert uitleg is not None
        weg, erbij = uitleg.select_one("del"), uitleg.select_one("ins")
        assert weg is not None and erbij is not None
        assert weg.get_text() == "[weg: oude]"
        assert erbij.get_text() == "[erbij: nieuwe]"
        assert "Kort antwoord: gelijk" in pagina.get_text()
    terug = client.get(adres(stuk, "artikel_vergelijken"), {"van": "2", "naar": "1"})
    assert "[weg: </span>nieuwe" in terug.content.decode()


@pytest.mark.parametrize("vraag", [{"van": "9"}, {"naar": "0"}, {"van": "x"}, {"van": "\x00"}])
def test_a_version_that_is_not_there_is_404(
    client_as: Client, stuk: Kennisartikel, vraag: dict[str, str]
) -> None:
    client = client_as("kcc_medewerker")
    assert client.get(adres(stuk, "artikel_vergelijken"), vraag).status_code == 404
    onbekend = reverse("kennisbank:artikel_vergelijken", args=[uuid4()])
    assert client.get(onbekend).status_code == 404


# --- what did it say then ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        ("2026-11-17", "was dit artikel er nog niet"),
        ("2026-11-18", "2026: versie 1."),
        ("2026-11-19", "2026: versie 2."),
        ("2027-01-01", "2027: versie 2."),
        ("2026-13-01", "Kies een dag"),
        ("", "Kies een dag"),
    ],
)
def test_what_it_said_on_a_day(
    client_as: Client, stuk: Kennisartikel, dag: str, verwacht: str
) -> None:
    response = client_as("kcc_medewerker").get(adres(stuk, "artikel"), {"op": dag})
    assert response.status_code == 200
    assert verwacht in response.content.decode()


def test_a_day_ends_at_midnight_in_amsterdam(client_as: Client, publiceer: Publiceer) -> None:
    artikel = publiceer()
    services.publish_versie(
        artikel=artikel, **TEKST | {"titel": "Laat"}, by=None, at=moment("2026-11-20 23:59")
    )
    services.publish_versie(
        artikel=artikel, **TEKST | {"titel": "Vroeg"}, by=None, at=moment("2026-11-21 00:00")
    )
    client = client_as("kcc_medewerker")
    assert b"<h1 class=\"nl-heading nl-heading--level-1\">Laat</h1>" in client.get(
        adres(artikel, "artikel"), {"op": "2026-11-20"}
    ).content  # fmt: skip


# --- putting back ------------------------------------------------------------------------------


def test_an_earlier_text_at_once_with_a_reason(client_as: Client, stuk: Kennisartikel) -> None:
    client_as("vakspecialist", email="eigenaar@voorbeeld.test")
    client = client_as("kennisredacteur")
    terug = adres(stuk, "artikel_terugzetten", 1)
    assert client.get(terug).status_code == 200
    assert client.post(terug, {"reden": ""}).status_code == 422
    assert nummer(stuk) == 2
    assert client.post(terug, {"reden": "De nieuwe tekst was fout."}).status_code == 302
    assert nummer(stuk) == 3
    assert stuk.huidige_versie is not None
    assert stuk.huidige_versie.uitleg_html == TEKST["uitleg_html"]
    pagina = client.get(adres(stuk, "artikel")).content.decode()
    assert "De nieuwe tekst was fout." in pagina
    assert UitgaandBericht.objects.filter(aan="eigenaar@voorbeeld.test").count() == 1
    nog_eens = client.post(adres(stuk, "artikel_terugzetten", 3), {"reden": "x"})
    assert nog_eens.status_code == 422
    assert "al de huidige" in nog_eens.content.decode()


def test_an_earlier_text_by_way_of_a_draft(client_as: Client, stuk: Kennisartikel) -> None:
    client = client_as("kennisredacteur")
    response = client.post(adres(stuk, "artikel_terugzetten", 1), {"concept": "1"})
    concept = Concept.objects.get()
    assert response["Location"].endswith(f"{concept.uuid}/bewerken/")
    assert concept.uitleg == "Neem uw oude paspoort mee."
    assert concept.basis == 2
    assert nummer(stuk) == 2
    tweede = client.post(adres(stuk, "artikel_terugzetten", 1), {"concept": "1"}, follow=True)
    assert "al een concept" in tweede.content.decode()


def test_putting_back_is_for_an_editor(client_as: Client, stuk: Kennisartikel) -> None:
    for rol in ("kcc_medewerker", "vakspecialist", "teamleider", "beheerder"):
        response = client_as(rol).post(adres(stuk, "artikel_terugzetten", 1), {"reden": "x"})
        assert response.status_code == 403
    redacteur = client_as("kennisredacteur")
    assert redacteur.post(adres(stuk, "artikel_terugzetten", 9), {"reden": "x"}).status_code == 404
    assert nummer(stuk) == 2


# --- withdrawing -------------------------------------------------------------------------------


def test_withdrawn_with_a_reason_and_back(client_as: Client, stuk: Kennisartikel) -> None:
    redacteur, agent = client_as("kennisredacteur"), client_as("kcc_medewerker")
    assert redacteur.post(adres(stuk, "artikel_intrekken"), {"reden": ""}).status_code == 422
    assert (
        redacteur.post(adres(stuk, "artikel_intrekken"), {"reden": "Wet is weg."}).status_code
        == 302
    )
    assert search("paspoort", medewerker=agent.medewerker, soort="artikel") == []
    # A contact refers to it: the page stays, and says what it is.
    pagina = agent.get(adres(stuk, "artikel"), {"versie": "1"}).content.decode()
    assert "ingetrokken op" in pagina
    assert "Wet is weg." in pagina
    assert redacteur.post(adres(stuk, "artikel_intrekken"), {"reden": "x"}).status_code == 404
    assert redacteur.post(adres(stuk, "artikel_bewerken")).status_code == 404
    assert redacteur.post(adres(stuk, "artikel_herstellen")).status_code == 302
    stuk.refresh_from_db()
    assert (stuk.is_actief, stuk.ingetrokken_op, stuk.reden_ingetrokken) == (True, None, "")
    assert len(search("paspoort", medewerker=agent.medewerker, soort="artikel")) == 1
    assert list(stuk.gebeurtenissen.values_list("soort", flat=True)) == ["hersteld", "ingetrokken"]
    nog_eens = redacteur.post(adres(stuk, "artikel_herstellen"), follow=True)
    assert "niet meer ingetrokken" in nog_eens.content.decode()


def test_the_day_it_was_withdrawn_can_be_told(client_as: Client, stuk: Kennisartikel) -> None:
    wie = MedewerkerFactory.create()
    services.withdraw_artikel(artikel=stuk, reden="x", by=wie, at=moment("2026-11-25 10:00"))
    services.restore_artikel(artikel=stuk, by=wie, at=moment("2026-11-27 10:00"))
    client = client_as("kcc_medewerker")
    for dag, was_weg in (("2026-11-24", False), ("2026-11-26", True), ("2026-11-28", False)):
        pagina = client.get(adres(stuk, "artikel"), {"op": dag}).content.decode()
        assert ("was op die dag ingetrokken" in pagina) is was_weg


@pytest.mark.parametrize("naam", ["artikel_intrekken", "artikel_herstellen", "artikel_bewerken"])
def test_only_an_editor_withdraws_and_edits(
    client_as: Client, stuk: Kennisartikel, naam: str
) -> None:
    for rol in ("kcc_medewerker", "vakspecialist", "teamleider", "beheerder"):
        assert client_as(rol).post(adres(stuk, naam), {"reden": "x"}).status_code == 403
    redacteur = client_as("kennisredacteur")
    assert redacteur.post(reverse(f"kennisbank:{naam}", args=[uuid4()])).status_code == 404
    assert redacteur.put(adres(stuk, naam)).status_code == 405
    stuk.refresh_from_db()
    assert stuk.is_actief


# --- looked at again ---------------------------------------------------------------------------


@time_machine.travel("2026-11-22 10:00+01:00", tick=False)
def test_looked_at_again(client_as: Client, publiceer: Publiceer) -> None:
    stuk = publiceer(herzien_op=localdate() - timedelta(days=3))
    eigenaar = client_as("vakspecialist")
    assert "Nagekeken, klopt nog" in eigenaar.get(adres(stuk, "artikel")).content.decode()
    for dag in ("2026-11-22", "2027-11-24", "", "x"):
        response = eigenaar.post(adres(stuk, "artikel_nagekeken"), {"herzien_op": dag})
        assert response.status_code == 422, dag
    assert eigenaar.get(adres(stuk, "artikel_nagekeken")).status_code == 405
    response = eigenaar.post(adres(stuk, "artikel_nagekeken"), {"herzien_op": "2027-05-22"})
    assert response.status_code == 302
    stuk.refresh_from_db()
    assert str(stuk.herzien_op) == "2027-05-22"
    stap = ArtikelGebeurtenis.objects.get()
    assert (stap.soort, stap.door) == ("nagekeken", eigenaar.medewerker)
    assert stap.tekst == "Herzien voor 19-11-2026 werd 22-5-2027."
    assert nummer(stuk) == 1


def test_who_may_say_that_it_is_still_right(client_as: Client, stuk: Kennisartikel) -> None:
    invoer = {"herzien_op": str(localdate() + timedelta(days=90))}
    elders = AfdelingFactory.create(identificatie="wmo")
    for client in (client_as("kcc_medewerker"), client_as("vakspecialist", afdelingen=[elders])):
        assert client.post(adres(stuk, "artikel_nagekeken"), invoer).status_code == 403
        assert "klopt nog" not in client.get(adres(stuk, "artikel")).content.decode()
    redacteur = client_as("kennisredacteur")
    assert redacteur.post(adres(stuk, "artikel_nagekeken"), invoer).status_code == 302
    with pytest.raises(services.NietUwArtikel):
        services.mark_reviewed(
            artikel=stuk, herzien_op=localdate() + timedelta(days=9),
            by=MedewerkerFactory.create(), at=now(),
        )  # fmt: skip
