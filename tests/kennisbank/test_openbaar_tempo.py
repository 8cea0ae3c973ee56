"""How often one address may ask, and that counting never stands in the way."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from kennisbank.openbaar import tempo
from tests.kennisbank.openbaar import API

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drie_per_minuut(settings: Settings) -> Iterator[None]:
    settings.OPENBAAR_PER_MINUUT = 3
    tempo._failed_at = float("-inf")
    with time_machine.travel("2026-11-18 13:00:10+00:00", tick=False):
        tempo._redis(settings.CELERY_BROKER_URL).delete(
            *tempo._redis(settings.CELERY_BROKER_URL).keys("kcc-*-tempo-*") or ["geen"]
        )
        yield
    tempo._failed_at = float("-inf")


def vraag(pad: str = f"{API}/artikelen", adres: str = "192.0.2.7") -> int:
    return Client().get(pad, REMOTE_ADDR=adres).status_code


def test_who_asks_too_often_is_told_how_long_to_wait() -> None:
    assert [vraag() for _ in range(4)] == [200, 200, 200, 429]
    antwoord = Client().get(f"{API}/artikelen", REMOTE_ADDR="192.0.2.7")
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord["Retry-After"] == "51"
    assert antwoord["Cache-Control"] == "no-store"
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    with time_machine.travel("2026-11-18 13:01:01+00:00", tick=False):
        assert vraag() == 200


def test_another_address_goes_on() -> None:
    assert [vraag() for _ in range(4)][-1] == 429
    assert vraag(adres="192.0.2.8") == 200


def test_one_home_has_one_count_however_many_addresses_it_has() -> None:
    stand = [vraag(adres=f"2001:db8:1:2::{nummer}") for nummer in range(1, 5)]
    assert stand == [200, 200, 200, 429]
    assert vraag(adres="2001:db8:1:3::1") == 200


def test_searching_on_the_page_counts_and_reading_does_not() -> None:
    assert [vraag("/antwoorden/?q=paspoort") for _ in range(4)] == [200, 200, 200, 429]
    antwoord = Client().get("/antwoorden/?q=paspoort", REMOTE_ADDR="192.0.2.7")
    assert antwoord["Retry-After"] == "51" and "Even wachten" in antwoord.text
    assert vraag("/antwoorden/") == 200


def test_what_somebody_writes_in_a_header_is_not_his_address() -> None:
    for nummer in range(3):
        Client().get(
            f"{API}/artikelen",
            REMOTE_ADDR="192.0.2.7",
            headers={"X-Forwarded-For": f"1.1.1.{nummer}"},
        )
    assert vraag() == 429


def test_no_address_is_stored(settings: Settings) -> None:
    vraag()
    sleutels = tempo._redis(settings.CELERY_BROKER_URL).keys("kcc-*-tempo-*")
    assert len(sleutels) == 1 and b"192.0.2.7" not in sleutels[0]
    assert 0 < tempo._redis(settings.CELERY_BROKER_URL).ttl(sleutels[0]) <= 120


def test_without_redis_everybody_goes_on(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert [vraag() for _ in range(5)] == [200] * 5
