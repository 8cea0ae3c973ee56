"""What goes out: nothing to keep, no personal data in logs, and a sentence when it is too much."""

import io
import logging
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from contacts.models import PartijIdentificator
from kcc import settings as instellingen
from kcc.logboek import Regel
from tests.conftest import HTMX
from tests.factories import PartijFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("koppen", [{}, HTMX])
@pytest.mark.parametrize(
    ("rol", "route"),
    [
        ("kcc_medewerker", "contacts:werkplek"),
        ("vakspecialist", "zaken:werkvoorraad"),
        ("teamleider", "rapportage:overzicht"),
        ("kennisredacteur", "kennisbank:redactie"),
        ("beheerder", "admin:organisatie_medewerker_changelist"),
        ("vakspecialist", "contacts:werkplek"),  # 403
    ],
)
def test_what_one_sees_logged_in_is_kept_nowhere(
    client_as: Any, rol: str, route: str, koppen: dict[str, str]
) -> None:
    antwoord = client_as(rol).get(reverse(route), headers=koppen)
    assert {"no-store", "private"} <= set(antwoord["Cache-Control"].split(", "))


@pytest.mark.parametrize("pad", ["/bestaat-niet/", "/inloggen/", "/gezond/"])
def test_pages_for_everyone_and_errors_carry_the_headers_too(client: Client, pad: str) -> None:
    antwoord = client.get(pad)
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert antwoord["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]


def test_an_unexpected_error_carries_the_headers_and_tells_nothing(
    client_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("geheim: 123456782")

    monkeypatch.setattr("zaken.views.lijst.list_of", stuk)
    client = client_as("vakspecialist")
    client.raise_request_exception = False
    antwoord = client.get(reverse("zaken:werkvoorraad"))
    assert antwoord.status_code == 500
    assert "geheim" not in antwoord.text
    assert antwoord["X-Request-Id"]
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]


def test_another_host_name_is_refused_on_a_page_of_our_own(client: Client) -> None:
    antwoord = client.get(reverse("inloggen"), headers={"Host": "kwaad.example"})
    assert antwoord.status_code == 400
    assert "Dit verzoek begrijpen we niet" in antwoord.text
    assert "kwaad.example" not in antwoord.text


class NooitGelezen(io.BytesIO):
    """A body that nobody may touch."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("gelezen")

    readline = read


@pytest.mark.parametrize("lengte", [str(200 * 1024 * 1024), "9" * 5000])
def test_a_body_without_end_is_refused_before_it_is_read(client: Client, lengte: str) -> None:
    antwoord = client.post(
        reverse("inloggen"),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": NooitGelezen(), "CONTENT_LENGTH": lengte},  # type: ignore[arg-type]
    )
    assert antwoord.status_code == 413
    assert "te groot om te versturen" in antwoord.text


def test_the_web_server_waits_seconds_for_a_query_and_a_job_as_long_as_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KCC_DB_POOL", "1")
    url = "postgresql://kcc:x@postgres:5432/kcc"
    assert "statement_timeout=10s" in instellingen._database(url)["OPTIONS"]["options"]
    monkeypatch.delenv("KCC_DB_POOL")
    assert "statement_timeout" not in instellingen._database(url)["OPTIONS"]["options"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("koppen", [{}, HTMX])
def test_a_query_that_takes_too_long_is_a_sentence(
    client_as: Any, koppen: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def traag(*args: Any) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'")
            cursor.execute("SELECT pg_sleep(30)")
        raise AssertionError

    monkeypatch.setattr("zaken.views.lijst.list_of", traag)
    client = client_as("vakspecialist")
    client.raise_request_exception = False
    antwoord = client.get(reverse("zaken:werkvoorraad"), headers=koppen)
    assert antwoord.status_code == 503
    assert "Dit duurde te lang" in antwoord.text


def test_a_row_that_the_database_refused_is_not_quoted_in_the_log() -> None:
    PartijIdentificator.objects.create(
        partij=PartijFactory.create(), code_soort_object_id="bsn", object_id="123456782"
    )
    try:
        with transaction.atomic():
            PartijIdentificator.objects.create(
                partij=PartijFactory.create(), code_soort_object_id="bsn", object_id="123456782"
            )
    except IntegrityError as exc:
        assert "123456782" in str(exc)  # else this test proves nothing
        assert isinstance(exc.__cause__, psycopg.Error)
        ei = (type(exc), exc, exc.__traceback__)
        regel = Regel("%(message)s").format(
            logging.LogRecord("kcc", logging.ERROR, __file__, 1, "mis", None, ei)
        )
    assert "identificator_van_een_partij" in regel
    assert "123456782" not in regel


def test_the_log_is_written_that_way(settings: Settings) -> None:
    assert settings.LOGGING["formatters"]["regel"]["class"] == "kcc.logboek.Regel"
