"""What is opened, used and looked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import now

from kennisbank import services, tasks
from kennisbank.models import Gebruik, Kennisartikel, Zoekactie
from kennisbank.redactielijst import zero_result_groups
from tests.conftest import HTMX, KccClient
from tests.factories import WOENSDAG

Publiceer = Callable[..., Kennisartikel]
ZOEKEN, ZOEKACTIE = reverse("kennisbank:zoeken"), reverse("kennisbank:zoekactie")


@pytest.mark.parametrize(
    ("vraag", "blijft"),
    [
        ("Paspoort  met SPOED", "paspoort met spoed"),
        ("mantelzorg in België", "mantelzorg in belgie"),
        ("status 0612345678 paspoort", "status paspoort"),
        ("bel 06 12 34 56 78 terug", "bel terug"),
        ("bel (06) 12-34-56-78", "bel"),
        ("geboren 12-03-1984 adres", "geboren adres"),
        ("bsn 123.456.782", "bsn"),
        ("jan@huis.nl wil verhuizen", "wil verhuizen"),
        ("woont 1234 AB 12 sinds kort", "woont sinds kort"),
        ("1234ab", ""),
        ("iban nl91abna0417164300", "iban"),
        ("auto G-123-BX weg", "auto weg"),
        ("12ab34cd", ""),
        ("artikel 3 van wijk 12", "artikel 3 van wijk 12"),
        ("x\x00y", "x y"),
        ("", ""),
    ],
)
def test_nothing_that_may_be_about_a_person_is_kept(vraag: str, blijft: str) -> None:
    assert services.clean_vraag(vraag) == blijft


def test_a_long_question_is_cut() -> None:
    assert len(services.clean_vraag("woord " * 100)) <= 120


@pytest.mark.django_db
@pytest.mark.parametrize("vraag", ["", "0612345678", "jan@huis.nl", "?!", "a"])
def test_what_leaves_nothing_is_not_stored(vraag: str) -> None:
    assert services.log_zoekactie(vraag=vraag, aantal=0, at=WOENSDAG) is None
    assert not Zoekactie.objects.exists()


def test_a_search_page_that_loads_is_a_search_and_typing_is_not(
    client_as: Callable[..., KccClient], publiceer: Publiceer
) -> None:
    publiceer(titel="Paspoort met spoed", product="reisdocument")
    client = client_as("kcc_medewerker")
    client.get(ZOEKEN, {"q": "pas"}, headers=HTMX)
    client.get(ZOEKEN)
    client.get(ZOEKEN, {"q": "zxqwvk", "soort": "vac"})
    assert not Zoekactie.objects.exists()
    for _ in range(2):  # a reload is not another search
        client.get(ZOEKEN, {"q": "Zxqwvk"})
    zoekactie = Zoekactie.objects.get()
    assert (zoekactie.vraag, zoekactie.aantal) == ("zxqwvk", 0)


def test_the_page_tells_what_was_searched(client_as: Callable[..., KccClient]) -> None:
    client = client_as("kcc_medewerker")
    pagina = BeautifulSoup(client.get(ZOEKEN, {"q": "zxqwvk"}, headers=HTMX).content, "html.parser")
    regel = pagina.select_one("[data-zoekactie]")
    assert regel is not None
    assert (regel["data-zoekactie"], regel["data-aantal"]) == ("zxqwvk", "0")
    velden = {"vraag": regel["data-zoekactie"], "aantal": regel["data-aantal"]}
    for _ in range(2):
        assert client.post(str(regel["data-naar"]), velden).status_code == 204
    assert Zoekactie.objects.get().vraag == "zxqwvk"


def test_an_odd_zoekactie_is_refused(client_as: Callable[..., KccClient]) -> None:
    client = client_as("kcc_medewerker")
    for velden in ({}, {"vraag": "x" * 5000, "aantal": 1}, {"vraag": "pas", "aantal": "-1"}):
        assert client.post(ZOEKACTIE, velden).status_code == 422
    assert client.get(ZOEKACTIE).status_code == 405
    assert client_as("geen_rol").post(ZOEKACTIE, {"vraag": "pas", "aantal": 1}).status_code == 403
    assert not Zoekactie.objects.exists()


@pytest.mark.django_db
def test_questions_with_the_same_words_count_together() -> None:
    def zoek(vraag: str, aantal: int = 0, dagen: int = 1) -> None:
        services.log_zoekactie(vraag=vraag, aantal=aantal, at=WOENSDAG - timedelta(days=dagen))

    for vraag in (
        "kermis aanvragen", "kermis aanvragen", "aanvraag kermissen", "kermisaanvraag",
        "iets anders",
    ):  # fmt: skip
        zoek(vraag)
    zoek("lang geleden", dagen=31)
    zoek("wel gevonden", aantal=3)
    zoek("sindsdien geschreven", dagen=5)
    zoek("sindsdien geschreven", aantal=2, dagen=2)
    zoek("weer verdwenen", aantal=2, dagen=5)
    zoek("weer verdwenen", dagen=2)
    groepen = list(zero_result_groups(nu=WOENSDAG).values())
    assert [(g.vraag, g.aantal) for g in groepen] == [
        ("kermis aanvragen", 4), ("iets anders", 1), ("weer verdwenen", 1),
    ]  # fmt: skip
    assert groepen[0].ook == ["aanvraag kermissen", "kermisaanvraag"]


def test_opening_the_page_counts_but_not_for_who_edits_and_not_an_old_version(
    client_as: Callable[..., KccClient], publiceer: Publiceer
) -> None:
    stuk = publiceer()
    services.publish_versie(
        artikel=stuk, titel="Nieuw", kort_antwoord="", uitleg_html="", vraag_door_html="",
        werkinstructie_html="", by=None, at=WOENSDAG,
    )  # fmt: skip
    url = reverse("kennisbank:artikel", args=[stuk.uuid])
    client_as("kennisredacteur").get(url)
    agent = client_as("kcc_medewerker")
    agent.get(url, {"versie": 1})
    assert not Gebruik.objects.exists()
    agent.get(url)
    agent.get(url, headers=HTMX)
    stuk.refresh_from_db()
    assert [
        (g.soort, g.artikelversie) for g in Gebruik.objects.select_related("artikelversie")
    ] == [("geopend", stuk.huidige_versie)] * 2


def test_beat_knows_the_jobs(settings: Any) -> None:
    namen = {een["task"] for een in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {tasks.tel_gebruik.name, tasks.herinner_aan_herzien.name} <= namen


def test_the_hourly_job_counts_ninety_days_and_forgets(publiceer: Publiceer) -> None:
    veel, niets = publiceer(titel="Veel"), publiceer(titel="Niets", gebruikt=7)
    assert veel.huidige_versie is not None
    nu = now()
    for soort, dagen in (
        ("gebruikt", 1), ("gebruikt", 89), ("gebruikt", 91), ("geopend", 1), ("gebruikt", 401),
    ):  # fmt: skip
        at = nu - timedelta(days=dagen)
        services.log_gebruik(artikelversie=veel.huidige_versie, soort=soort, at=at)
    for dagen in (1, 91):
        services.log_zoekactie(vraag=f"na {dagen}", aantal=0, at=nu - timedelta(days=dagen))
    with time_machine.travel(nu, tick=False):
        tasks.tel_gebruik()
    veel.refresh_from_db()
    niets.refresh_from_db()
    assert (veel.gebruikt, niets.gebruikt) == (2, 0)
    assert Gebruik.objects.count() == 4
    assert [z.vraag for z in Zoekactie.objects.all()] == ["na 1"]
    assert services.count_gebruik(at=nu) == 0


@pytest.mark.parametrize("rijen", [1, 20])
def test_counting_costs_the_same_for_every_number_of_articles(
    publiceer: Publiceer, rijen: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(rijen):
        stuk = publiceer(titel=f"Stuk {nummer}")
        assert stuk.huidige_versie is not None
        services.log_gebruik(artikelversie=stuk.huidige_versie, soort="gebruikt", at=WOENSDAG)
    with django_assert_num_queries(5):  # savepoint, uses, articles, one update, release
        assert services.count_gebruik(at=WOENSDAG) == rijen
