"""Production: what it refuses to start with, and what it tells browsers."""

import http.client
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
import pytest
from bs4 import BeautifulSoup
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kcc.embedded import BASE_DIR
from kcc.settings import ONVEILIG_GEHEIM
from tests.proces import free_port, kill_whole, wait_until

pytestmark = pytest.mark.xdist_group("productie")  # one migrated database, one server

HOST = "kcc.voorbeeld.nl"
WACHTWOORD = "een lang wachtwoord 27"
CELERY = ["-m", "celery", "-A", "kcc.celery"]
# As the container starts them; the web server loads the first in each of its processes.
STARTS = {
    "web": ["-c", "import kcc.wsgi"],
    "worker": [*CELERY, "worker", "--pool", "solo", "--without-gossip", "--without-mingle"],
    "beat": [*CELERY, "beat", "--pidfile=", "--scheduler", "celery.beat:Scheduler"],
}
SLECHT = {
    "debug": ({"KCC_DEBUG": "1"}, "Productie start niet met KCC_DEBUG=1."),
    "geen geheim": ({"KCC_SECRET_KEY": ""}, "Productie start niet zonder eigen KCC_SECRET_KEY"),
    "bekend geheim": (
        {"KCC_SECRET_KEY": ONVEILIG_GEHEIM},
        "Productie start niet zonder eigen KCC_SECRET_KEY",
    ),
    "kort geheim": (
        {"KCC_SECRET_KEY": secrets.token_hex(20)},
        "Productie start niet zonder eigen KCC_SECRET_KEY",
    ),
    "eentonig geheim": (
        {"KCC_SECRET_KEY": "ab" * 40},
        "Productie start niet zonder eigen KCC_SECRET_KEY",
    ),
}
ACCOUNT = """
from organisatie.models import Medewerker
wie = Medewerker(gebruikersnaam={naam!r}, voornaam="A", achternaam="B", is_demo={is_demo})
wie.rollen = ["kcc_medewerker"]
wie.set_password({wachtwoord!r})
wie.save()
"""


@dataclass
class Productie:
    """A migrated production database with one real person in it, and its environment."""

    folder: Path
    environment: dict[str, str]

    def run(
        self, *words: str, anders: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with these words in this environment, with ``anders`` laid over it."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=BASE_DIR,
            env=self.environment | (anders or {}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def manage(self, *words: str) -> str:
        """Run ``manage.py``; it must succeed."""
        done = self.run("manage.py", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_account(self, naam: str, wachtwoord: str, *, is_demo: bool) -> None:
        """Somebody who could log in."""
        code = ACCOUNT.format(naam=naam, wachtwoord=wachtwoord, is_demo=is_demo)
        self.manage("shell", "-v", "0", "-c", code)

    def remove_account(self, naam: str) -> None:
        """The same person gone."""
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as verbinding:
            verbinding.execute(
                "DELETE FROM organisatie_medewerker WHERE gebruikersnaam = %s", [naam]
            )


@pytest.fixture(scope="module")
def productie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Productie]:
    """In the PostgreSQL of this test run, apart from the database of the tests."""
    naam = f"productie_{secrets.token_hex(4)}"
    folder = tmp_path_factory.mktemp("productie")
    database = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{naam}"))
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("KCC_", "DJANGO_"))}
    environment = outside | {
        "KCC_OMGEVING": "productie",
        "KCC_DATA_DIR": str(folder),
        "KCC_SECRET_KEY": secrets.token_urlsafe(60),
        "KCC_ALLOWED_HOSTS": HOST,
        "KCC_BASE_URL": f"https://{HOST}",
        "KCC_ACHTER_PROXY": "1",
        "DATABASE_URL": database,
    }
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbinding:
        verbinding.execute(f"CREATE DATABASE {naam}".encode())
        try:
            een = Productie(folder, environment)
            een.manage("migrate", "--noinput", "-v", "0")
            een.add_account("noor", WACHTWOORD, is_demo=False)
            yield een
        finally:
            verbinding.execute(f"DROP DATABASE {naam} WITH (FORCE)".encode())


@pytest.fixture
def demo_account(productie: Productie) -> Iterator[None]:
    """A demo account that somebody left in the database."""
    productie.add_account("agent", "demo", is_demo=True)
    yield
    productie.remove_account("agent")


@pytest.mark.parametrize("reden", SLECHT)
@pytest.mark.parametrize("deel", ["web", "worker"])
def test_no_part_starts_with_unsafe_settings(productie: Productie, deel: str, reden: str) -> None:
    anders, zin = SLECHT[reden]
    done = productie.run(*STARTS[deel], anders=anders)

    assert done.returncode != 0
    assert zin in done.stderr


@pytest.mark.parametrize("deel", STARTS)
def test_no_part_starts_with_a_demo_account(
    productie: Productie, demo_account: None, deel: str
) -> None:
    done = productie.run(*STARTS[deel])

    assert done.returncode != 0
    assert "Productie start niet met demo-accounts in de database." in done.stderr


def test_web_starts_with_what_is_right(productie: Productie) -> None:
    done = productie.run(*STARTS["web"])
    assert done.returncode == 0, done.stderr


def test_demo_data_cannot_be_loaded(productie: Productie) -> None:
    done = productie.run("manage.py", "laad_demo")
    assert done.returncode != 0
    assert "De demogegevens horen niet in productie" in done.stderr


def test_deployment_check_has_no_remarks(productie: Productie) -> None:
    done = productie.run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
    assert not done.stderr


class Bezoek:
    """Somebody behind the reverse proxy that ends TLS, as compose has it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.koekjes: SimpleCookie = SimpleCookie()

    def send(
        self, methode: str, pad: str, velden: dict[str, str] | None = None, *, via: str = "https"
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and body of the answer."""
        lijn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        koppen = {
            "Host": HOST,
            "X-Forwarded-Proto": via,
            "X-Forwarded-For": "192.0.2.7",
            "Cookie": "; ".join(f"{m.key}={m.value}" for m in self.koekjes.values()),
            "Referer": f"https://{HOST}{pad}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            lijn.request(methode, pad, urlencode(velden or {}), koppen)
            antwoord = lijn.getresponse()
            inhoud = antwoord.read().decode()
        finally:
            lijn.close()
        for regel in antwoord.headers.get_all("Set-Cookie", []):
            self.koekjes.load(regel)
        return antwoord.status, antwoord.headers, inhoud

    def log_in(self, naam: str, wachtwoord: str) -> int:
        """The status of the answer to name and password."""
        self.send("GET", "/inloggen/")
        velden = {
            "username": naam,
            "password": wachtwoord,
            "csrfmiddlewaretoken": self.koekjes["csrftoken"].value,
        }
        return self.send("POST", "/inloggen/", velden)[0]


@pytest.fixture(scope="module")
def web(productie: Productie) -> Iterator[int]:
    """The port of the real web server in production."""
    productie.manage("collectstatic", "--noinput", "-v", "0")
    port = free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    server += ["--host", "127.0.0.1", "--port", str(port), "kcc.wsgi:application"]
    with (productie.folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            server,
            cwd=BASE_DIR,
            env=productie.environment | {"KCC_DB_POOL": "1"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_until(lambda: process.poll() is not None or answers(port), "web antwoordt")
        assert process.poll() is None, (productie.folder / "web.log").read_text()
        yield port
    finally:
        kill_whole(process.pid)
        process.wait(10)


def answers(port: int) -> bool:
    """Whether the health check is answered, which asks over plain HTTP."""
    try:
        return Bezoek(port).send("GET", "/gezond/", via="http")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def test_plain_http_is_sent_to_https(web: int) -> None:
    status, koppen, _ = Bezoek(web).send("GET", "/inloggen/", via="http")
    assert status == 301
    assert koppen["Location"] == f"https://{HOST}/inloggen/"


def test_headers_of_a_page(web: int) -> None:
    _, koppen, _ = Bezoek(web).send("GET", "/inloggen/")
    hsts = {deel.strip() for deel in koppen["Strict-Transport-Security"].split(";")}
    assert hsts == {"max-age=63072000", "includeSubDomains", "preload"}
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["X-Frame-Options"] == "DENY"
    assert koppen["Referrer-Policy"] == "same-origin"
    assert koppen["Cross-Origin-Opener-Policy"] == "same-origin"


def assert_safe(koekje: "Morsel[str]") -> None:
    """Only over TLS, not for scripts, and not from another site."""
    assert koekje["secure"] is True
    assert koekje["httponly"] is True
    assert koekje["samesite"] == "Lax"
    assert koekje["domain"] == ""


def test_cookies_of_somebody_who_logs_in(web: int) -> None:
    noor = Bezoek(web)
    assert noor.log_in("noor", WACHTWOORD) == 302
    assert set(noor.koekjes) == {"csrftoken", "sessionid"}
    for koekje in noor.koekjes.values():
        assert_safe(koekje)
    assert noor.send("GET", "/werkplek/")[0] == 200


def test_demo_account_cannot_log_in(web: int, demo_account: None) -> None:
    # It came into the database while the server ran, so nothing refused to start.
    vreemde = Bezoek(web)
    assert vreemde.log_in("agent", "demo") == 422
    assert "sessionid" not in vreemde.koekjes


def policy(kop: str) -> dict[str, set[str]]:
    """Content-Security-Policy as directive → sources."""
    delen = [deel.split() for deel in kop.split(";") if deel.strip()]
    return {naam: set(bronnen) for naam, *bronnen in delen}


@pytest.mark.parametrize("pad", ["/inloggen/", "/werkplek/", "/kennisbank/", "/bestaat-niet/"])
def test_content_security_policy_is_strict(web: int, pad: str) -> None:
    noor = Bezoek(web)
    noor.log_in("noor", WACHTWOORD)
    _, koppen, tekst = noor.send("GET", pad)
    beleid = policy(koppen["Content-Security-Policy"])

    assert beleid["default-src"] == beleid["base-uri"] == beleid["frame-ancestors"] == {"'none'"}
    assert beleid["form-action"] == beleid["connect-src"] == {"'self'"}
    for soort in ("script-src", "style-src"):
        assert "'self'" in beleid[soort]
        assert all(b == "'self'" or b.startswith("'nonce-") for b in beleid[soort])
    assert not re.search(r"unsafe|\*|https?:", koppen["Content-Security-Policy"])
    assert_no_inline_code(tekst)


def assert_no_inline_code(tekst: str) -> None:
    """What the policy would block is not on the page either."""
    for element in BeautifulSoup(tekst, "html.parser").find_all(True):
        handlers = [naam for naam in element.attrs if naam.startswith("on") or naam == "style"]
        assert not handlers, element
        if element.name == "script" and element.get("type") != "application/json":
            assert element.get("src") or element.get("nonce"), element
        if element.name == "style":
            assert element.get("nonce"), element


def test_inline_script_gets_a_nonce_of_its_own_request() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        vraag: Any = request
        return HttpResponse(str(vraag.csp_nonce))

    gezien = set()
    for _ in range(2):
        antwoord: Any = CSPMiddleware(page)(RequestFactory().get("/"))
        nonce = antwoord.content.decode()
        beleid = policy(antwoord["Content-Security-Policy"])
        assert f"'nonce-{nonce}'" in beleid["script-src"] & beleid["style-src"]
        assert len(nonce) >= 16
        gezien.add(nonce)
    assert len(gezien) == 2
