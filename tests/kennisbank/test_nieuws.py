"""News: for whom, from when to when, and read or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from kennisbank.models import Kennisartikel, Leesbevestiging
from tests.conftest import HTMX
from tests.factories import AfdelingFactory, GroepFactory, MedewerkerFactory, artikel
from tests.kennisbank.nieuws import NU, VANDAAG, herzie, plaats

pytestmark = pytest.mark.django_db
NIEUWS = reverse("kennisbank:nieuws")
TELLER = reverse("kennisbank:nieuws_teller")
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def _vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


def gelezen(stuk: Kennisartikel) -> str:
    return reverse("kennisbank:nieuws_gelezen", args=[stuk.uuid])


def lezers(stuk: Kennisartikel) -> str:
    return reverse("kennisbank:nieuws_lezers", args=[stuk.uuid])


def soep(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def titels(response: Any) -> list[str]:
    return [a.get_text() for a in soep(response).select("#berichten .treffer__titel a")]


def een(bron: BeautifulSoup | Tag, kiezer: str) -> Tag:
    gevonden = bron.select_one(kiezer)
    assert gevonden is not None, kiezer
    return gevonden


def test_what_holds_today_is_on_the_list(client_as: Callable[..., Any]) -> None:
    plaats("Vandaag alleen", geldig_tot=VANDAAG)
    plaats("Tot gisteren", geldig_van=VANDAAG - 9 * DAG, geldig_tot=VANDAAG - DAG)
    plaats("Vanaf morgen", geldig_van=VANDAAG + DAG)
    plaats("Ingetrokken", is_actief=False)
    client = client_as("kcc_medewerker")
    assert titels(client.get(NIEUWS)) == ["Vandaag alleen"]
    assert titels(client.get(NIEUWS, {"lijst": "eerder"})) == ["Tot gisteren"]


@pytest.mark.parametrize(
    ("moment", "ziet"),
    [("2026-11-17 23:30+01:00", False), ("2026-11-18 00:30+01:00", True),
     ("2026-11-20 23:30+01:00", True), ("2026-11-21 00:30+01:00", False)],
)  # fmt: skip
def test_days_are_those_of_amsterdam(
    client_as: Callable[..., Any], moment: str, ziet: bool
) -> None:
    plaats("Storing")
    with time_machine.travel(moment, tick=False):
        client = client_as("kcc_medewerker")
        assert titels(client.get(NIEUWS)) == (["Storing"] if ziet else [])


def test_important_first_and_of_that_unread_first(client_as: Callable[..., Any]) -> None:
    client = client_as("kcc_medewerker")
    plaats("Gewoon oud", geldig_van=VANDAAG - 3 * DAG)
    plaats("Gewoon nieuw")
    al_gelezen = plaats("Belangrijk gelezen", is_belangrijk=True)
    plaats("Belangrijk", is_belangrijk=True, geldig_van=VANDAAG - DAG)
    client.post(gelezen(al_gelezen), {"versie": "1"})
    response = client.get(NIEUWS)
    assert titels(response) == ["Belangrijk", "Belangrijk gelezen", "Gewoon nieuw", "Gewoon oud"]
    eerste, tweede, *_ = soep(response).select(".nieuwsbericht")
    assert "ongelezen" in eerste.get_text()
    assert "ongelezen" not in tweede.get_text()
    assert "Gelezen op 18 november om 14:00" in tweede.get_text()


def test_news_of_a_team_is_for_that_team(client_as: Callable[..., Any]) -> None:
    telefoon, balie = GroepFactory.create(naam="Telefoon"), GroepFactory.create(naam="Balie")
    plaats("Voor iedereen")
    plaats("Voor telefoon", groepen=(telefoon,))
    plaats("Voor beide", groepen=(telefoon, balie))
    client = client_as("kcc_medewerker")
    client.medewerker.groepen.set([telefoon, balie])
    assert sorted(titels(client.get(NIEUWS))) == ["Voor beide", "Voor iedereen", "Voor telefoon"]
    client.medewerker.groepen.set([balie])
    assert sorted(titels(client.get(NIEUWS))) == ["Voor beide", "Voor iedereen"]
    client.medewerker.groepen.clear()
    assert titels(client.get(NIEUWS)) == ["Voor iedereen"]
    assert titels(client.get(NIEUWS, {"lijst": "alle"})) == ["Voor iedereen"]  # not his to ask


def test_who_looks_after_news_sees_that_of_every_team(client_as: Callable[..., Any]) -> None:
    plaats("Voor telefoon", groepen=(GroepFactory.create(naam="Telefoonteam"),))
    plaats("Straks", geldig_van=VANDAAG + DAG)
    client = client_as("teamleider")
    response = client.get(NIEUWS, {"lijst": "alle"})
    assert sorted(titels(response)) == ["Straks", "Voor telefoon"]
    assert "voor Telefoonteam" in response.content.decode()
    assert "vanaf 19 november" in response.content.decode()
    assert not soep(response).select("#berichten form")


def test_searching_takes_the_begin_of_words(client_as: Callable[..., Any]) -> None:
    plaats("Strooien begint", kort_antwoord="Wij strooien de fietsroutes.")
    plaats("Balie dicht")
    client = client_as("kcc_medewerker")
    assert titels(client.get(NIEUWS, {"q": "fietsr"})) == ["Strooien begint"]
    assert titels(client.get(NIEUWS, {"q": "strooien balie"})) == []
    assert len(titels(client.get(NIEUWS, {"q": "de"}))) < 3
    deel = client.get(NIEUWS, {"q": "balie"}, headers=HTMX).content.decode()
    assert "<html" not in deel
    assert "Balie dicht" in deel
    for raar in ("' OR 1=1 --", "a & | ! :*", "\x00", "x" * 5000):
        assert client.get(NIEUWS, {"q": raar, "lijst": raar, "pagina": raar}).status_code == 200


def test_reading_is_confirmed_once(client_as: Callable[..., Any]) -> None:
    stuk = plaats("Storing")
    client = client_as("kcc_medewerker")
    assert "1" in een(soep(client.get(TELLER)), ".nl-number-badge").get_text()
    for _ in range(2):
        assert client.post(gelezen(stuk), {"versie": "1"}).status_code == 302
    bevestiging = Leesbevestiging.objects.get()
    assert bevestiging.medewerker == client.medewerker
    assert bevestiging.artikelversie == stuk.huidige_versie
    assert client.get(TELLER).content.strip() == b""


def test_htmx_gets_what_stands_in_its_place(client_as: Callable[..., Any]) -> None:
    stuk = plaats("Storing")
    client = client_as("kcc_medewerker")
    knop = een(soep(client.get(NIEUWS)), f"#bevestig-{stuk.uuid} form")
    assert knop["hx-target"] == f"#bevestig-{stuk.uuid}"
    versie = een(knop, "input[name=versie]")["value"]
    response = client.post(gelezen(stuk), {"versie": versie}, headers=HTMX)
    assert response["HX-Trigger"] == "nieuws-gelezen"
    assert "<html" not in response.content.decode()
    deel = een(soep(response), f"#bevestig-{stuk.uuid}")
    assert "Gelezen op 18 november" in deel.get_text()
    assert een(deel, "[data-focus]")["tabindex"] == "-1"


def test_a_new_version_asks_again(client_as: Callable[..., Any]) -> None:
    stuk = plaats("Storing")
    client = client_as("kcc_medewerker")
    client.post(gelezen(stuk), {"versie": "1"})
    herzie(stuk, "Storing voorbij")
    assert "1" in client.get(TELLER).content.decode()
    assert een(soep(client.get(NIEUWS)), "input[name=versie]")["value"] == "2"
    client.post(gelezen(stuk), {"versie": "2"})
    assert Leesbevestiging.objects.count() == 2


@pytest.mark.parametrize("versie", ["1", "3", "", "x", "-1", "9" * 40, "²"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nobody_confirms_a_text_that_he_did_not_see(
    client_as: Callable[..., Any], versie: str, headers: dict[str, str]
) -> None:
    stuk = plaats("Storing")
    herzie(stuk, "Storing duurt langer")
    response = client_as("kcc_medewerker").post(gelezen(stuk), {"versie": versie}, headers=headers)
    assert response.status_code == 422
    tekst = response.content.decode()
    assert "intussen gewijzigd" in tekst
    assert "Storing duurt langer" in tekst
    assert ("<html" in tekst) == (not headers)
    assert not Leesbevestiging.objects.exists()


def test_only_news_can_be_read(client_as: Callable[..., Any]) -> None:
    client = client_as("kcc_medewerker")
    adressen = [gelezen(plaats("Weg", is_actief=False)), gelezen(artikel())]
    adressen.append(reverse("kennisbank:nieuws_gelezen", args=[uuid4()]))
    for adres in adressen:
        assert client.post(adres, {"versie": "1"}).status_code == 404
    assert client.get(gelezen(plaats())).status_code == 405
    geen_rol = client_as("kcc_medewerker")
    geen_rol.medewerker.rollen = []
    geen_rol.medewerker.save()
    geen_rol.force_login(geen_rol.medewerker, backend="organisatie.backends.MedewerkerBackend")
    assert geen_rol.post(gelezen(plaats()), {"versie": "1"}).status_code == 403
    assert not Leesbevestiging.objects.exists()


def test_who_has_read_it_and_who_has_not(client_as: Callable[..., Any]) -> None:
    team, ander = GroepFactory.create(), GroepFactory.create()
    stuk = plaats("Storing", groepen=(team,))
    namen = {"Lezer": team, "Wachter": team, "Buiten": ander, "Weg": team}
    mensen = {}
    for naam, groep in namen.items():
        mensen[naam] = MedewerkerFactory.create(achternaam=naam, is_active=naam != "Weg")
        mensen[naam].groepen.set([groep])
    herzie(stuk, "Storing duurt langer")
    eerste, tweede = stuk.versies.order_by("nummer")
    for naam, versie in (("Lezer", tweede), ("Wachter", eerste), ("Buiten", tweede)):
        Leesbevestiging.objects.create(
            artikelversie=versie, medewerker=mensen[naam], op=tweede.gepubliceerd_op
        )
    pagina = soep(client_as("kennisredacteur").get(lezers(stuk)))
    assert "1 van 2 medewerkers hebben versie 2 gelezen" in een(pagina, ".lezers__stand").get_text()
    assert "Lezer" in een(pagina, "[aria-labelledby=wel-kop]").get_text()
    niet = een(pagina, "[aria-labelledby=niet-kop]").get_text()
    assert "Wachter" in niet
    assert "Buiten" not in pagina.get_text()
    assert "Weg" not in niet


def test_without_a_team_everyone_who_may_read_is_meant(client_as: Callable[..., Any]) -> None:
    stuk = plaats("Storing")
    MedewerkerFactory.create(rollen=["vakspecialist", "kcc_medewerker"])
    MedewerkerFactory.create(rollen=[])
    pagina = soep(client_as("kennisredacteur").get(lezers(stuk)))
    assert "0 van 2" in een(pagina, ".lezers__stand").get_text()  # the other one is the editor


def test_a_teamleider_sees_the_own_departments(client_as: Callable[..., Any]) -> None:
    kcc, burgerzaken = AfdelingFactory.create(identificatie="kcc"), AfdelingFactory.create()
    stuk = plaats("Storing")
    MedewerkerFactory.create(achternaam="Vanons", afdelingen=[kcc, burgerzaken])
    MedewerkerFactory.create(achternaam="Vanhen", afdelingen=[burgerzaken])
    tekst = soep(client_as("teamleider", afdelingen=[kcc]).get(lezers(stuk))).get_text()
    assert "Vanons" in tekst
    assert "Vanhen" not in tekst
    assert "van uw eigen afdelingen" in tekst


def test_the_list_of_readers_is_not_for_everyone(client_as: Callable[..., Any]) -> None:
    stuk = plaats()
    assert client_as("kcc_medewerker").get(lezers(stuk)).status_code == 403
    redacteur = client_as("kennisredacteur")
    assert redacteur.get(lezers(artikel())).status_code == 404
    assert redacteur.post(lezers(stuk)).status_code == 405


@pytest.mark.parametrize(
    ("periode", "zin"),
    [
        ((-9, -1), "Dit nieuws is voorbij. Het gold tot en met 17 november 2026."),
        ((1, 4), "Dit nieuws geldt nog niet. Het begint op 19 november 2026."),
    ],
)
def test_news_out_of_its_period_is_reached_by_its_address(
    client_as: Callable[..., Any], periode: tuple[int, int], zin: str
) -> None:
    van, tot = (VANDAAG + dagen * DAG for dagen in periode)
    stuk = plaats("Storing", geldig_van=van, geldig_tot=tot, herzien_op=tot)
    response = client_as("kcc_medewerker").get(reverse("kennisbank:artikel", args=[stuk.uuid]))
    tekst = een(soep(response), "#artikel").get_text()
    assert zin in " ".join(tekst.split())
    assert "niet op tijd nagekeken" not in tekst
    assert not soep(response).select(".bevestigen")


def test_the_page_of_news_can_be_confirmed_as_well(client_as: Callable[..., Any]) -> None:
    stuk = plaats("Storing", groepen=(GroepFactory.create(naam="Balieteam"),), is_belangrijk=True)
    client = client_as("teamleider")
    pagina = soep(client.get(reverse("kennisbank:artikel", args=[stuk.uuid])))
    assert een(pagina, ".bevestigen form")["action"] == gelezen(stuk)
    assert "Balieteam" in pagina.get_text()
    assert een(pagina, f"a[href='{lezers(stuk)}']")
    client.post(gelezen(stuk), {"versie": "1"})
    pagina = soep(client.get(reverse("kennisbank:artikel", args=[stuk.uuid])))
    assert "Gelezen op 18 november" in een(pagina, ".bevestigen").get_text()


def test_the_begin_of_the_kennisbank_has_no_old_news(client_as: Callable[..., Any]) -> None:
    plaats("Van nu", herzien_op=VANDAAG + DAG)
    voorbij = VANDAAG - DAG
    plaats("Van toen", geldig_van=VANDAAG - 9 * DAG, geldig_tot=voorbij, herzien_op=voorbij)
    tekst = client_as("kennisredacteur").get(reverse("kennisbank:zoeken")).content.decode()
    assert "Van nu" in tekst
    assert "Van toen" not in tekst


@pytest.mark.parametrize("vraag", ["omleiding", '"omleiding dorpsstraat"'])
def test_search_finds_news_of_now_only(client_as: Callable[..., Any], vraag: str) -> None:
    plaats("Omleiding Dorpsstraat begint")
    plaats("Omleiding Dorpsstraat was er", geldig_van=VANDAAG - 9 * DAG, geldig_tot=VANDAAG - DAG)
    plaats("Omleiding Dorpsstraat komt", geldig_van=VANDAAG + DAG)
    pagina = soep(client_as("kcc_medewerker").get(reverse("kennisbank:zoeken"), {"q": vraag}))
    assert [a.get_text() for a in pagina.select(".treffer__titel a")] == [
        "Omleiding Dorpsstraat begint"
    ]
    assert "1 gevonden" in pagina.get_text()


@pytest.mark.parametrize("rijen", [1, 20])
def test_lists_cost_the_same_for_every_length(
    client_as: Callable[..., Any], rijen: int, django_assert_num_queries: Any
) -> None:
    groep = GroepFactory.create()
    client = client_as("kennisredacteur")
    client.medewerker.groepen.set([groep])
    for nummer in range(rijen):
        stuk = plaats(f"Bericht {nummer}", groepen=(groep,), is_belangrijk=bool(nummer % 2))
        MedewerkerFactory.create().groepen.set([groep])
    client.get(NIEUWS)
    with django_assert_num_queries(5):  # session, user, count, rows, teams
        client.get(NIEUWS)
    with django_assert_num_queries(5):
        client.get(NIEUWS, {"lijst": "alle", "q": "bericht"}, headers=HTMX)
    with django_assert_num_queries(3):  # session, user, count
        client.get(TELLER)
    for vraag in ({}, {"belangrijk": ""}):
        with django_assert_num_queries(3):  # session, user, rows
            client.get(reverse("kennisbank:nieuws_paneel"), vraag)
    with django_assert_num_queries(5):  # session, user, article, teams, readers
        client.get(lezers(stuk))
