"""A database that is away is said in Dutch, wherever in the request it is missed."""

from collections.abc import Callable
from typing import NoReturn

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.test import Client

from tests.conftest import HTMX, KccClient

ZIN = "De database is even niet bereikbaar."


@pytest.fixture
def agent(client_as: Callable[..., KccClient]) -> KccClient:
    """Somebody at work, for whom an error becomes an answer as in a browser."""
    client = client_as("kcc_medewerker")
    client.raise_request_exception = False
    return client


@pytest.fixture(params=[OperationalError, InterfaceError])
def goes_away(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[type], None]:
    """``goes_away(klas)``: whatever asks this class for rows gets an error."""

    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise request.param("server closed the connection unexpectedly")

    namen: dict[type, str] = {SessionStore: "_get_session_from_db", QuerySet: "_fetch_all"}
    return lambda klas: monkeypatch.setattr(klas, namen[klas], fail)


@pytest.mark.parametrize("klas", [SessionStore, QuerySet])
def test_page_without_database_is_503_with_a_sentence(
    agent: KccClient, goes_away: Callable[[type], None], klas: type
) -> None:
    goes_away(klas)
    antwoord = agent.get("/werkplek/")

    assert antwoord.status_code == 503
    assert antwoord["Retry-After"] == "30"
    assert BeautifulSoup(antwoord.content, "html.parser").select_one("h1").text == ZIN  # type: ignore[union-attr]


@pytest.mark.parametrize("klas", [SessionStore, QuerySet])
def test_background_request_without_database_gets_a_line_of_text(
    agent: KccClient, goes_away: Callable[[type], None], klas: type
) -> None:
    goes_away(klas)
    antwoord = agent.post("/werkplek/gesprek/", {"kanaal": "balie"}, headers=HTMX)

    assert antwoord.status_code == 503
    assert antwoord["Content-Type"].startswith("text/plain")
    assert antwoord.content.decode().startswith(ZIN)


def test_any_other_error_stays_a_500(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def fail(*args: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr("kcc.views.InlogForm", fail)
    antwoord = Client(raise_request_exception=False).get("/inloggen/")

    assert antwoord.status_code == 500
    assert "Er ging iets mis" in antwoord.content.decode()
    assert ZIN not in antwoord.content.decode()
