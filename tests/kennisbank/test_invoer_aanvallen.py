"""Files that mean harm, or are not what they say: refused with a sentence, before they cost."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from kennisbank.invoer import lezen
from kennisbank.invoer.cellen import neutralise, restore
from kennisbank.models import Invoer
from tests.factories import AfdelingFactory
from tests.kennisbank.invoerhulp import (
    PAGINA,
    bied_aan,
    csv_van,
    tekst_van,
    xlsx_van,
    zinnen,
    zip_van,
)

KOP = ["woord", "zoek ook op"]
GOED = xlsx_van(KOP, ["kliko", "container"])


@pytest.fixture
def redacteur(client_as: Callable[..., Any]) -> Any:
    AfdelingFactory.create(identificatie="kcc")
    return client_as("kennisredacteur")


def met(leden: dict[str, bytes]) -> bytes:
    """The good workbook with other members in it."""
    with zipfile.ZipFile(io.BytesIO(GOED)) as pak:
        alle = {naam: pak.read(naam) for naam in pak.namelist()}
    return zip_van(alle | leden)


def _vlag() -> bytes:
    """A workbook that says it is encrypted."""
    kwaad = bytearray(GOED)
    for merk, plek in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = kwaad.find(merk)
        while begin >= 0:
            kwaad[begin + plek] |= 1
            begin = kwaad.find(merk, begin + 4)
    return bytes(kwaad)


LACH = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
EXTERN = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
EINDE = b"</sheetData></worksheet>"
VERRE_RIJ = (
    SHEET + b'<row r="9999999"><c r="A9999999" t="inlineStr"><is><t>x</t></is></c></row>' + EINDE
)


Aanval = tuple[str, str, Callable[[], bytes], str]
AANVALLEN: dict[str, Aanval] = {
    "leeg": (
        "synoniemen",
        "a.csv",
        lambda: b" \r\n",
        "Dit bestand is leeg.",
    ),
    "kolommen": (
        "synoniemen",
        "a.csv",
        lambda: csv_van(["x"], ["y"]),
        "Deze kolommen ontbreken: woord, zoek ook op.",
    ),
    "png": (
        "synoniemen",
        "a.csv",
        lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "Dit bestand is niet te lezen.",
    ),
    "pdf": (
        "synoniemen",
        "a.csv",
        lambda: b"%PDF-1.7\n%\x81\x8d\x8f\n\x01\x02",
        "Dit bestand is niet te lezen.",
    ),
    "utf-16 kapot": (
        "synoniemen",
        "a.csv",
        lambda: b"\xff\xfe\x00\xd8",
        "Dit bestand is niet te lezen.",
    ),
    "aanhalingsteken": (
        "synoniemen",
        "a.csv",
        lambda: b'woord;zoek ook op\n"a;b\n',
        "geen goede CSV",
    ),
    "oud excel": (
        "synoniemen",
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99,
        "oud Excel-bestand",
    ),
    "macro naam": (
        "synoniemen",
        "a.xlsm",
        lambda: GOED,
        "macro's",
    ),
    "macro inhoud": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"xl/vbaProject.bin": b"x"}),
        "macro's",
    ),
    "zip zonder werkmap": (
        "synoniemen",
        "a.xlsx",
        lambda: zip_van({"a.txt": b"x"}),
        "Dit bestand is niet te lezen.",
    ),
    "zip kapot": (
        "synoniemen",
        "a.xlsx",
        lambda: GOED[:200],
        "beschadigd",
    ),
    "zip wachtwoord": (
        "synoniemen",
        "a.xlsx",
        _vlag,
        "wachtwoord",
    ),
    "zipbom": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"xl/media/a": b"\0" * (30 * 2**20)}),
        "veel te groot als het wordt uitgepakt",
    ),
    "zip veel leden": (
        "synoniemen",
        "a.xlsx",
        lambda: met({f"x/{n}": b"" for n in range(600)}),
        "veel te groot als het wordt uitgepakt",
    ),
    "zip slip": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"../../etc/cron.d/x": b"x"}),
        "andere map",
    ),
    "zip slip windows": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"..\\..\\x": b"x"}),
        "andere map",
    ),
    "zip slip schijf": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"C:/x": b"x"}),
        "andere map",
    ),
    "xlsx entiteiten": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"xl/worksheets/sheet1.xml": LACH}),
        "DOCTYPE of ENTITY",
    ),
    "xlsx verre rij": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"xl/worksheets/sheet1.xml": VERRE_RIJ}),
        "meer dan 100.000 rijen",
    ),
    "xlsx onzin": (
        "synoniemen",
        "a.xlsx",
        lambda: met({"xl/workbook.xml": b"<"}),
        "beschadigd",
    ),
    "xml entiteiten": (
        "sc",
        "a.xml",
        lambda: LACH,
        "DOCTYPE of ENTITY",
    ),
    "xml extern": (
        "sc",
        "a.xml",
        lambda: EXTERN,
        "DOCTYPE of ENTITY",
    ),
    "xml diep": (
        "sc",
        "a.xml",
        lambda: b"<a>" * 5000 + b"</a>" * 5000,
        "te veel lagen",
    ),
    "xml onzin": (
        "sc",
        "a.xml",
        lambda: b"<a>",
        "geen goede XML",
    ),
    "xml anders": (
        "sc",
        "a.xml",
        lambda: b"<a/>",
        "geen enkel product van Samenwerkende Catalogi",
    ),
    "json diep": (
        "sdg",
        "a.json",
        lambda: b"[" * 200_000,
        "te veel lagen",
    ),
    "json diep heel": (
        "sdg",
        "a.json",
        lambda: b"[" * 50_000 + b"]" * 50_000,
        "te veel lagen",
    ),
    "json getal": (
        "sdg",
        "a.json",
        lambda: b"[" + b"9" * 9999 + b"]",
        "geen goede JSON",
    ),
    "json onzin": (
        "sdg",
        "a.json",
        lambda: b"{",
        "geen goede JSON",
    ),
    "json anders": (
        "sdg",
        "a.json",
        lambda: b'{"a": 1}',
        "geen SDG-teksten",
    ),
    "json half teken": (
        "sdg",
        "a.json",
        lambda: b'[{"id": "1", "titel": "a\\ud800"}]',
        "teken dat niet in tekst hoort",
    ),
    "json nul": (
        "sdg",
        "a.json",
        lambda: b'[{"id": "1", "titel": "a\\u0000b"}]',
        "teken dat niet in tekst hoort",
    ),
    "json soorten": (
        "sdg",
        "a.json",
        lambda: b'[1, {"id": 3, "titel": ["x"], "tekst": {}}]',
        "Hier hoort tekst te staan.",
    ),
    "pakket anders": (
        "pakket",
        "a.json",
        lambda: b'{"soort": "x"}',
        "geen kennispakket",
    ),
    "pakket zip": (
        "pakket",
        "a.zip",
        lambda: zip_van({"a.json": b"{}", "b.json": b"{}"}),
        "precies één JSON-bestand",
    ),
    "pakket zipbom": (
        "pakket",
        "a.zip",
        lambda: zip_van({"a.json": b" " * (30 * 2**20)}),
        "veel te groot als het wordt uitgepakt",
    ),
}


@pytest.mark.parametrize("naam", AANVALLEN)
def test_refused_with_a_sentence(redacteur: Any, naam: str) -> None:
    soort, bestandsnaam, maak, zin = AANVALLEN[naam]
    een = bied_aan(redacteur, soort, maak(), bestandsnaam)
    assert een.stand == "fouten"
    assert zin in zinnen(een)
    assert bytes(een.bestand) == b""
    assert zin in tekst_van(redacteur, een)


def test_too_many_rows(redacteur: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lezen, "MAX_RIJEN", 2)
    een = bied_aan(redacteur, "synoniemen", csv_van(KOP, ["a", "x"], ["b", "x"]))
    assert een.stand == "gecontroleerd"
    een = bied_aan(redacteur, "synoniemen", csv_van(KOP, ["a", "x"], ["b", "x"], ["c", "x"]))
    assert "rijen in dit bestand" in zinnen(een)


def test_too_big_is_said_before_it_is_read(redacteur: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kennisbank.forms.invoer.MAX_BYTES", 100)
    bestand = SimpleUploadedFile("a.csv", b"x" * 101)
    antwoord = redacteur.post(PAGINA, {"soort": "synoniemen", "bestand": bestand})
    assert antwoord.status_code == 422
    assert "Dit bestand is groter dan 40 MB." in antwoord.content.decode()
    assert not Invoer.objects.exists()


def test_a_hundred_megabytes_are_refused_by_their_length(redacteur: Any) -> None:
    antwoord = redacteur.post(
        PAGINA, data=b"x", content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(100 * 1024 * 1024)},
    )  # fmt: skip
    assert antwoord.status_code == 413
    assert "U kunt hoogstens 50 MB tegelijk versturen." in antwoord.content.decode()


@override_settings(MAX_VERZOEK_BYTES=1000)
def test_the_refusal_looks_at_the_real_body_length(redacteur: Any) -> None:
    bestand = SimpleUploadedFile("a.csv", b"x" * 2000)
    assert redacteur.post(PAGINA, {"soort": "sdg", "bestand": bestand}).status_code == 413


@pytest.mark.parametrize(
    ("codering", "gezegd"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)],
)
def test_encodings(redacteur: Any, codering: str, gezegd: bool) -> None:
    inhoud = "woord;zoek ook op\r\ncafé;horeca – “bar”\r\n".encode(codering)
    een = bied_aan(redacteur, "synoniemen", inhoud)
    assert een.stand == "gecontroleerd", een.fouten
    assert een.verslag[-1]["titel"] == "café"
    assert ("codering van Windows (1252)" in tekst_van(redacteur, een)) is gezegd


@pytest.mark.parametrize("teken", [";", ",", "\t"])
def test_separators(redacteur: Any, teken: str) -> None:
    inhoud = f"woord{teken}zoek ook op\nkliko{teken}container\n".encode()
    assert bied_aan(redacteur, "synoniemen", inhoud).nieuw == 1


GEVAARLIJK = [
    "=1+1",
    "+31 6 12345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1',
    "'=1",
    "''+x",
    "＝1",
    "tekst\n=HYPERLINK(1)",
    "tekst\r\n@x",
    'a\n"=1',
    "\n\n-x",
    "=",
    "-",
    "\t",
    "'\tx",
]
GEWOON = ["", "tekst", "a=b", "'s middags", "1-2", "a\nb", 'zeg "nee"', "* punt\n* punt"]


@pytest.mark.parametrize("tekst", GEVAARLIJK)
def test_no_cell_and_no_line_of_it_runs(tekst: str) -> None:
    uit = neutralise(tekst)
    for regel in [uit, *uit.split("\n"), *uit.split("\r")]:
        kaal = regel.lstrip(' \n"')
        assert not kaal.startswith(("=", "+", "-", "@", "＝", "\t", "\r")), uit
    assert restore(uit) == tekst


@pytest.mark.parametrize("tekst", GEWOON)
def test_what_is_harmless_stays_as_it_is(tekst: str) -> None:
    assert neutralise(tekst) == tekst
    assert restore(tekst) == tekst
