"""Publishing a version: numbers, what is stored, and that it is never changed."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kennisbank import services
from kennisbank.models import ArtikelVersie, Kennisartikel
from kennisbank.search import search
from tests.factories import WOENSDAG, KennisartikelFactory, MedewerkerFactory
from tests.kennisbank.conftest import AANVALLEN, TEKST, gevaren


@pytest.mark.django_db
def test_each_publication_is_a_new_version() -> None:
    stuk, rik = KennisartikelFactory.create(), MedewerkerFactory.create()
    eerste = services.publish_versie(artikel=stuk, **TEKST, by=rik, at=WOENSDAG)
    later = WOENSDAG + timedelta(days=1)
    tweede = services.publish_versie(
        artikel=stuk, **TEKST | {"titel": "  Paspoort   met spoed "}, by=None, at=later
    )
    stuk.refresh_from_db()
    assert (eerste.nummer, tweede.nummer) == (1, 2)
    assert stuk.huidige_versie == tweede
    assert (eerste.auteur, eerste.gepubliceerd_op) == (rik, WOENSDAG)
    assert tweede.titel == "Paspoort met spoed"
    assert ArtikelVersie.objects.get(pk=eerste.pk).titel == "Paspoort aanvragen"


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE {} SET titel = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_version(
    publiceer: Callable[..., Kennisartikel], sql: str
) -> None:
    publiceer()
    with (
        pytest.raises(DatabaseError, match="alleen aangevuld"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format("kennisbank_artikelversie"))
    assert ArtikelVersie.objects.get().titel == "Paspoort aanvragen"


@pytest.mark.django_db
@pytest.mark.parametrize("aanval", AANVALLEN)
def test_html_is_sanitised_before_it_is_stored(aanval: str) -> None:
    stuk = KennisartikelFactory.create()
    overal = {veld: f"<p>a</p>{aanval}" for veld in TEKST if veld.endswith("_html")}
    versie = services.publish_versie(artikel=stuk, **TEKST | overal, by=None, at=WOENSDAG)
    opgeslagen = [versie.uitleg_html, versie.vraag_door_html, versie.werkinstructie_html]
    assert all(deel.startswith("<p>a</p>") for deel in opgeslagen)
    assert [gevaren(deel) for deel in opgeslagen] == [[], [], []]


@pytest.mark.django_db
def test_an_article_is_found_by_its_newest_text_only(
    publiceer: Callable[..., Kennisartikel],
) -> None:
    stuk, agent = publiceer(), MedewerkerFactory.create()
    services.publish_versie(
        artikel=stuk, **TEKST | {"uitleg_html": "<p>Kom naar de stadswinkel.</p>"}, by=None,
        at=WOENSDAG,
    )  # fmt: skip
    assert [t.uuid for t in search("stadswinkel", medewerker=agent)] == [stuk.uuid]
    assert search('"oude paspoort"', medewerker=agent) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_wins(publiceer: Callable[..., Kennisartikel]) -> None:
    stuk = publiceer()
    start, uitkomsten = threading.Barrier(2), []

    def publish(titel: str) -> None:
        start.wait(timeout=10)
        try:
            services.publish_versie(
                artikel=stuk, **TEKST | {"titel": titel}, by=None, at=WOENSDAG, basis=1
            )
            uitkomsten.append("gelukt")
        except services.VersieVerouderd as exc:
            uitkomsten.append(f"versie {exc.huidige.nummer}")
        finally:
            connection.close()

    draden = [threading.Thread(target=publish, args=(naam,)) for naam in ("Eén", "Twee")]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert sorted(uitkomsten) == ["gelukt", "versie 2"]
    assert list(stuk.versies.values_list("nummer", flat=True)) == [2, 1]
