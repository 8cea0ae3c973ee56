"""Logging in: demo accounts, lock-out, and the life of a session."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from organisatie.models import Medewerker
from tests.factories import WOENSDAG, MedewerkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Medewerker:
    """Somebody who works here, with the password ``demo``."""
    return MedewerkerFactory.create(gebruikersnaam="agent")


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until the test moves it."""
    with time_machine.travel(WOENSDAG, tick=False) as reiziger:
        yield reiziger


def log_in(client: Client, wachtwoord: str = "demo", **extra: Any) -> HttpResponse:
    """Fill in the login form as ``agent``."""
    gegevens = {"username": "agent", "password": wachtwoord}
    return client.post(reverse("inloggen"), gegevens, **extra)  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    """True when the client is known to the application."""
    return "inloggen" not in client.get(reverse("start")).headers.get("Location", "")


def test_name_and_password_bring_you_in(client: Client, agent: Medewerker) -> None:
    response = log_in(client)
    assert response.status_code == 302
    assert is_in(client)


def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(
    client: Client, agent: Medewerker
) -> None:
    response = log_in(client, "fout")
    assert response.status_code == 422
    assert "De naam of het wachtwoord klopt niet" in response.content.decode()
    assert 'value="agent"' in response.content.decode()


def test_who_was_switched_off_stays_out(client: Client, agent: Medewerker) -> None:
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    assert log_in(client).status_code == 422


def test_who_is_switched_off_while_working_is_out_at_the_next_click(
    client: Client, agent: Medewerker
) -> None:
    log_in(client)
    assert is_in(client)
    Medewerker.objects.filter(pk=agent.pk).update(is_active=False)
    assert not is_in(client)


@pytest.fixture
def demo(agent: Medewerker) -> Medewerker:
    """The same, as a demo account."""
    agent.is_demo = True
    agent.save(update_fields=["is_demo"])
    return agent


@pytest.mark.parametrize("adres", ["127.0.0.1", "::1"])
def test_a_demo_account_works_on_this_machine(client: Client, demo: Medewerker, adres: str) -> None:
    assert log_in(client, REMOTE_ADDR=adres).status_code == 302


@pytest.mark.parametrize(
    "vanaf",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "10.0.0.5"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_a_demo_account_is_refused_from_anywhere_else(
    client: Client, demo: Medewerker, vanaf: dict[str, str]
) -> None:
    assert log_in(client, **vanaf).status_code == 422
    assert not is_in(client)


def test_a_demo_account_is_refused_in_production(
    client: Client, demo: Medewerker, settings: Settings
) -> None:
    settings.PRODUCTIE = True
    assert log_in(client).status_code == 422


def test_an_account_of_a_real_person_works_from_elsewhere(
    client: Client, agent: Medewerker
) -> None:
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def fail_often(client: Client, **extra: Any) -> list[int]:
    """Five wrong passwords."""
    return [log_in(client, "fout", **extra).status_code for _ in range(5)]


def test_five_wrong_passwords_lock_the_name_for_this_address(
    client: Client, agent: Medewerker
) -> None:
    assert fail_often(client) == [422, 422, 422, 422, 429]
    response = log_in(client)  # the right one, too late
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "te vaak een verkeerd wachtwoord" in response.content.decode()
    assert not is_in(client)


def test_a_lock_does_not_shut_out_the_same_person_elsewhere(
    client: Client, agent: Medewerker
) -> None:
    fail_often(client, REMOTE_ADDR="192.0.2.7")
    assert log_in(client, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_a_lock_ends_after_a_quarter_of_an_hour(
    client: Client, agent: Medewerker, clock: Any
) -> None:
    fail_often(client)
    clock.shift(timedelta(minutes=14))
    assert log_in(client).status_code == 429
    clock.shift(timedelta(minutes=16))  # each try starts the wait anew
    assert log_in(client).status_code == 302


def test_a_good_login_wipes_the_mistakes_before_it(client: Client, agent: Medewerker) -> None:
    for _ in range(2):
        assert [log_in(client, "fout").status_code for _ in range(4)] == [422] * 4
        assert log_in(client).status_code == 302
        client.logout()


def test_the_session_gets_a_new_id_at_login(client: Client, agent: Medewerker) -> None:
    sessie = client.session  # one that an attacker could have planted
    sessie["iets"] = 1
    sessie.save()
    voor = client.cookies["sessionid"].value
    log_in(client)
    assert client.cookies["sessionid"].value != voor
    assert not Session.objects.filter(session_key=voor).exists()


def test_logging_out_ends_the_session_on_the_server(client: Client, agent: Medewerker) -> None:
    log_in(client)
    sleutel = client.cookies["sessionid"].value
    client.post(reverse("uitloggen"))
    assert not Session.objects.filter(session_key=sleutel).exists()


def test_a_session_ends_after_an_hour_without_work(
    client: Client, agent: Medewerker, clock: Any
) -> None:
    log_in(client)
    assert is_in(client)
    clock.shift(timedelta(minutes=61))
    assert not is_in(client)


def test_who_keeps_working_stays_in(client: Client, agent: Medewerker, clock: Any) -> None:
    log_in(client)
    for _ in range(4):
        clock.shift(timedelta(minutes=58))
        assert is_in(client)


def test_a_new_password_ends_the_sessions_that_the_old_one_opened(
    client: Client, agent: Medewerker
) -> None:
    log_in(client)
    agent.refresh_from_db()
    agent.set_password("een-heel-ander-wachtwoord")
    agent.save(update_fields=["password"])
    assert not is_in(client)


@pytest.mark.parametrize("volgende", ["https://kwaad.example/", "//kwaad.example/", "javascript:1"])
def test_login_never_sends_you_to_another_site(
    client: Client, agent: Medewerker, volgende: str
) -> None:
    gegevens = {"username": "agent", "password": "demo", "next": volgende}
    assert client.post(reverse("inloggen"), gegevens)["Location"] == reverse("start")
