"""What the tests of import and export share: files made in memory, and a worker that comes by."""

import io
import zipfile
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from kennisbank.models import Invoer
from kennisbank.services import invoer as services

PAGINA = reverse("kennisbank:invoer")


def csv_van(*rijen: list[str]) -> bytes:
    """A CSV as Excel in Dutch writes it; cells without quotes and line ends only."""
    return "\r\n".join(";".join(rij) for rij in rijen).encode("utf-8-sig")


def xlsx_van(*rijen: list[Any]) -> bytes:
    """An Excel workbook."""
    werkmap = Workbook()
    for rij in rijen:
        werkmap.worksheets[0].append(rij)
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


def zip_van(leden: dict[str, bytes], compressie: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", compressie) as pak:
        for naam, inhoud in leden.items():
            pak.writestr(naam, inhoud)
    return uit.getvalue()


def bied_aan(client: Any, soort: str, inhoud: bytes, naam: str = "bestand.csv") -> Invoer:
    """Upload through the page, and let a worker check it."""
    bestand = SimpleUploadedFile(naam, inhoud)
    antwoord = client.post(PAGINA, {"soort": soort, "bestand": bestand})
    assert antwoord.status_code == 302, antwoord.content.decode()[:2000]
    een = Invoer.objects.latest("pk")
    assert antwoord.url == reverse("kennisbank:invoer_een", args=[een.uuid])
    services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    return een


def lees_in(client: Any, soort: str, inhoud: bytes, naam: str = "bestand.csv") -> Invoer:
    """Upload, confirm, and let the worker read it in."""
    een = bied_aan(client, soort, inhoud, naam)
    assert een.stand == "gecontroleerd", een.fouten
    assert client.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid])).status_code == 302
    services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    return een


def zinnen(een: Invoer) -> str:
    """All that is said to be wrong with it."""
    return " | ".join(f"{fout['rij']} {fout['veld']}: {fout['zin']}" for fout in een.fouten)


def tekst_van(client: Any, een: Invoer) -> str:
    """What its page says."""
    pagina = client.get(reverse("kennisbank:invoer_een", args=[een.uuid]))
    assert pagina.status_code == 200
    return BeautifulSoup(pagina.content, "html.parser").get_text(" ", strip=True)
