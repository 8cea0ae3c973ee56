"""Who is in, from where, and how it ends."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from kcc.herkomst import client_ip
from organisatie.models import Medewerker
from tests.conftest import HTMX
from tests.factories import MedewerkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Medewerker:
    """Somebody who works here, with the password ``demo``."""
    return MedewerkerFactory.create(gebruikersnaam="agent")


def log_in(client: Client, wachtwoord: str = "demo", **extra: Any) -> HttpResponse:
    """Fill in the login form as ``agent``."""
    gegevens = {"username": "agent", "password": wachtwoord}
    return client.post(reverse("inloggen"), gegevens, **extra)  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    """True when the client is known to the application."""
    return "inloggen" not in client.get(reverse("start")).headers.get("Location", "")


@pytest.mark.parametrize("volgende", ["foo", "²", "-termijn", "start", "a.b", "zaken:taak"])
def test_login_takes_a_path_and_no_name_of_a_route(
    client: Client, agent: Medewerker, volgende: str
) -> None:
    gegevens = {"username": "agent", "password": "demo", "next": volgende}
    assert client.post(reverse("inloggen"), gegevens)["Location"] == reverse("start")
    antwoord = client.get(reverse("inloggen"), {"next": volgende})
    assert antwoord["Location"] == reverse("start")


def test_other_roles_end_the_sessions_of_the_old_ones(client: Client, agent: Medewerker) -> None:
    log_in(client)
    Medewerker.objects.filter(pk=agent.pk).update(rollen=["teamleider"])
    assert not is_in(client)
    assert client.get(reverse("contacts:werkplek"), headers=HTMX).status_code == 401


def test_the_same_roles_in_another_order_end_nothing(client: Client, agent: Medewerker) -> None:
    Medewerker.objects.filter(pk=agent.pk).update(rollen=["teamleider", "beheerder"])
    log_in(client)
    Medewerker.objects.filter(pk=agent.pk).update(rollen=["beheerder", "teamleider"])
    assert is_in(client)


def test_a_session_does_not_come_back_to_life_with_its_owner(
    client: Client, agent: Medewerker
) -> None:
    log_in(client)
    Medewerker.objects.filter(pk=agent.pk).update(is_active=False)
    assert not is_in(client)
    Medewerker.objects.filter(pk=agent.pk).update(is_active=True)
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_new_password_by_the_beheerder_ends_the_sessions(
    client: Client, agent: Medewerker, client_as: Any
) -> None:
    log_in(client)
    nieuw = "een-heel-ander-wachtwoord"
    antwoord = client_as("beheerder").post(
        reverse("admin:auth_user_password_change", args=[agent.pk]),
        {"password1": nieuw, "password2": nieuw, "usable_password": "true"},
    )
    assert antwoord.status_code == 302
    assert not is_in(client)


@pytest.mark.parametrize(
    ("achter_proxy", "doorgestuurd", "adres"),
    [
        (False, None, "192.0.2.1"),
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, verzonnen, 203.0.113.9", "203.0.113.9"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "<script>", "192.0.2.1"),
        (True, None, "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxy_says_is_believed(
    rf: RequestFactory, settings: Settings, achter_proxy: bool, doorgestuurd: str, adres: str
) -> None:
    settings.ACHTER_PROXY = achter_proxy
    koppen = {"X-Forwarded-For": doorgestuurd} if doorgestuurd else {}
    assert client_ip(rf.get("/", REMOTE_ADDR="192.0.2.1", headers=koppen)) == adres


@pytest.mark.parametrize("achter_proxy", [False, True])
def test_a_made_up_address_does_not_reset_the_count(
    client: Client, agent: Medewerker, settings: Settings, achter_proxy: bool
) -> None:
    settings.ACHTER_PROXY = achter_proxy
    statussen = [
        log_in(client, "fout", headers={"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.9"}).status_code
        for n in range(5)
    ]
    assert statussen == [422, 422, 422, 422, 429]


def test_behind_the_proxy_a_stranger_does_not_lock_a_colleague_out(
    client: Client, agent: Medewerker, settings: Settings
) -> None:
    settings.ACHTER_PROXY = True
    for _ in range(6):
        log_in(client, "fout", headers={"X-Forwarded-For": "198.51.100.66"})
    antwoord = log_in(Client(), headers={"X-Forwarded-For": "203.0.113.9"})
    assert antwoord.status_code == 302


@pytest.mark.parametrize("kop", ["X-Real-IP", "Forwarded", "Via", "X-Forwarded-Host"])
def test_a_demo_account_is_refused_through_any_proxy(
    client: Client, agent: Medewerker, kop: str
) -> None:
    Medewerker.objects.filter(pk=agent.pk).update(is_demo=True)
    assert log_in(client, headers={kop: "127.0.0.1"}).status_code == 422
    assert log_in(client).status_code == 302


@pytest.mark.parametrize("naam", ["agent", "wie-is-dit", "weg"])
def test_every_refusal_hashes_once_and_says_the_same(
    client: Client, agent: Medewerker, naam: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    MedewerkerFactory.create(gebruikersnaam="weg", is_active=False)
    keren: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    echt = MD5PasswordHasher.encode

    def tel(self: Any, password: str, salt: str) -> str:
        keren.append(password)
        return str(echt(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", tel)
    antwoord = client.post(reverse("inloggen"), {"username": naam, "password": "fout"})
    assert keren == ["fout"]
    assert "De naam of het wachtwoord klopt niet" in antwoord.content.decode()
