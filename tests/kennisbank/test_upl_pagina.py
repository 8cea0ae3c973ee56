"""The upload page of the product list: look first, then decide."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kennisbank.models import Product
from tests.conftest import HTMX
from tests.factories import ProductFactory
from tests.kennisbank.conftest import BESTANDEN

PAGINA = reverse("kennisbank:import_upl")
BEVESTIG = reverse("kennisbank:import_upl_bevestigen")
KLEIN = (BESTANDEN / "upl-klein.csv").read_bytes()


def stuur(client: Any, inhoud: bytes, **opties: Any) -> Any:
    return client.post(PAGINA, {"bestand": SimpleUploadedFile("upl.csv", inhoud)}, **opties)


@pytest.mark.parametrize("rol", ["kennisredacteur", "beheerder"])
def test_first_look_then_import(client_as: Callable[..., Any], rol: str) -> None:
    client = client_as(rol)
    assert client.get(PAGINA).status_code == 200
    proef = stuur(client, KLEIN)
    tekst = BeautifulSoup(proef.content, "html.parser").get_text(" ", strip=True)
    assert proef.status_code == 200
    assert "Nieuw 4 Gewijzigd 0 Ongewijzigd 0" in tekst
    assert "terrasvergunning" in tekst
    assert not Product.objects.exists()
    klaar = client.post(BEVESTIG, follow=True)
    assert "Klaar. 4 producten: 4 nieuw, 0 gewijzigd, 0 ongewijzigd." in klaar.content.decode()
    assert Product.objects.count() == 4
    assert "Uw producten zijn al bij" in stuur(client, KLEIN).content.decode()


def test_the_same_under_htmx(client_as: Callable[..., Any]) -> None:
    client = client_as("kennisredacteur")
    proef = stuur(client, KLEIN, headers=HTMX)
    assert b"<html" not in proef.content
    assert b"Dit verandert er" in proef.content
    response = client.post(BEVESTIG, headers=HTMX)
    assert response.status_code == 204
    assert "producten-geimporteerd" in response["HX-Trigger"]
    assert Product.objects.count() == 4


def test_a_change_of_mind_saves_nothing(client_as: Callable[..., Any]) -> None:
    client = client_as("kennisredacteur")
    stuur(client, KLEIN)
    client.get(PAGINA)
    response = client.post(BEVESTIG, follow=True)
    assert "De lijst is niet meer bewaard. Kies het bestand opnieuw." in response.content.decode()
    assert not Product.objects.exists()


def test_confirming_twice_imports_once(client_as: Callable[..., Any]) -> None:
    client = client_as("kennisredacteur")
    stuur(client, KLEIN)
    client.post(BEVESTIG)
    assert client.post(BEVESTIG).url == PAGINA


def test_what_is_kept_is_seen_by_nobody_else(client_as: Callable[..., Any]) -> None:
    stuur(client_as("kennisredacteur"), KLEIN)
    client_as("beheerder").post(BEVESTIG)
    assert not Product.objects.exists()


def test_bad_rows_are_a_table_and_nothing_is_kept(client_as: Callable[..., Any]) -> None:
    client = client_as("kennisredacteur")
    kwaad = KLEIN.replace(b"verhuismelding,http", b'"=cmd|x!A1<img src=x onerror=alert(1)>",http')
    kwaad = kwaad.replace(b"http://standaarden.overheid.nl/owms/terms/verhuis", b"<script>")
    response = stuur(client, kwaad.replace(b"terms/terras", b"terms/paspoort\nx,"))
    assert response.status_code == 422
    assert b"<script>" not in response.content.split(b"<main")[1]
    pagina = BeautifulSoup(response.content, "html.parser")
    assert "Er is niets opgeslagen" in pagina.get_text()
    assert pagina.select_one("table caption").get_text() == "Rijen die niet te lezen zijn"  # type: ignore[union-attr]
    assert "kennisbank/import-upl/bevestigen" not in response.content.decode()
    assert client.post(BEVESTIG).url == PAGINA
    assert not Product.objects.exists()


def test_names_are_escaped_on_screen(client_as: Callable[..., Any]) -> None:
    kwaad = KLEIN.replace(b"verhuismelding,http", b"<img src=x onerror=alert(1)>,http")
    ProductFactory.create(naam="<b>weg</b>", upn_uri="https://voorbeeld.test/weg")
    response = stuur(client_as("kennisredacteur"), kwaad)
    assert b"<img src=x" not in response.content
    assert b"<b>weg" not in response.content
    assert b"&lt;img src=x" in response.content


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (b"", "Dit bestand is leeg"),
        (b"x" * (26 * 1024 * 1024), "Dit bestand is groter dan 5 MB"),
        (b"\xff\xfe" + KLEIN, "niet in UTF-8"),
        (b"PK\x03\x04" + KLEIN, "ontbreken in de kop"),
    ],
    ids=["leeg", "groot", "codering", "zip"],
)
def test_a_bad_file_is_refused_with_a_sentence(
    client_as: Callable[..., Any], inhoud: bytes, reden: str
) -> None:
    response = stuur(client_as("kennisredacteur"), inhoud)
    assert response.status_code == 422
    assert reden in response.content.decode()


def test_no_file_is_a_sentence(client_as: Callable[..., Any]) -> None:
    response = client_as("kennisredacteur").post(PAGINA)
    assert response.status_code == 422
    assert "Kies eerst een bestand." in response.content.decode()


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider"])
def test_who_may_not(client_as: Callable[..., Any], rol: str) -> None:
    client = client_as(rol)
    assert client.get(PAGINA).status_code == 403
    assert stuur(client, KLEIN).status_code == 403
    assert client.post(BEVESTIG).status_code == 403
    assert "Productenlijst inlezen" not in client.get(reverse("kennisbank:zoeken")).content.decode()


def test_get_never_imports(client_as: Callable[..., Any]) -> None:
    client = client_as("kennisredacteur")
    stuur(client, KLEIN)
    assert client.get(BEVESTIG).status_code == 405
    assert not Product.objects.exists()
