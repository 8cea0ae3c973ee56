"""Reading a file of somebody else: what it costs is bounded before it is opened.

All limits stand here. Whatever is wrong is a BestandFout with a sentence for the screen.
"""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kennisbank.invoer.cellen import restore

MAX_BYTES = 40 * 1024 * 1024  # of an upload; settings.MAX_VERZOEK_BYTES is a little more
MAX_RIJEN = 100_000
MAX_KOLOMMEN = 60
MAX_CEL = 60_000  # characters
MAX_UITGEPAKT = 200 * 1024 * 1024  # bytes that a zip may become
MAX_LEDEN = 500  # files in a zip
MAX_VERHOUDING = 120  # times that a zip may grow; a real spreadsheet grows ten to thirty times
MAX_XML_DIEPTE = 40

LEEG = "Dit bestand is leeg."
TE_GROOT = (
    f"Dit bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Kies een kleiner bestand, "
    "of verdeel de rijen over meer bestanden."
)
TE_VEEL_RIJEN = (
    f"Er staan meer dan {MAX_RIJEN:,} rijen in dit bestand.".replace(",", ".")
    + " Verdeel ze over meer bestanden."
)
ZIPBOM = "Dit bestand wordt veel te groot als het wordt uitgepakt. Het is niet geopend."
MACROS = "In dit bestand zitten macro's. Sla het op als gewone Excel-werkmap (.xlsx)."
OUD_EXCEL = "Dit is een oud Excel-bestand (.xls). Sla het op als Excel-werkmap (.xlsx) of als CSV."
ANDER_BESTAND = (
    "Dit bestand is niet te lezen. Controleer of u het goede bestand en de goede soort koos."
)
TE_DIEP = "In dit bestand zitten te veel lagen in elkaar. Het is niet te lezen."
ENTITEITEN = (
    "In deze XML staan eigen definities (DOCTYPE of ENTITY). Die nemen we niet aan, want daarmee "
    "kan een bestand eindeloos groeien of andere bestanden openen."
)
WINDOWS = (
    "Dit bestand is niet in UTF-8 maar in de codering van Windows (1252). Controleer in het "
    "overzicht hieronder of letters als é en ë goed staan."
)
VREEMD_TEKEN = "hier staat een teken dat niet in tekst hoort"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAD = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
# What no text of ours holds: control characters but tab and line ends, halves of a character, and
# two places that are no character.
VERBODEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class BestandFout(Exception):
    """The file cannot be read at all; the text says why, for the screen."""


@dataclass(frozen=True)
class Tabel:
    """A table as text: its header as it was written, and the rows with their numbers."""

    kop: list[str]
    rijen: list[tuple[int, list[str]]]
    opmerkingen: list[str]


def read_table(inhoud: bytes, naam: str) -> Tabel:
    """A CSV or XLSX file; the contents say which, not the name. Raises BestandFout."""
    check_size(inhoud)
    if naam.lower().endswith((".xlsm", ".xltm", ".xlam", ".xlsb")):
        raise BestandFout(MACROS)
    if inhoud.startswith(_OLE):
        raise BestandFout(OUD_EXCEL)
    if inhoud.startswith(_ZIP):
        return _table(_xlsx_rows(inhoud), [])
    tekst, opmerkingen = decode(inhoud)
    return _table(_csv_rows(tekst), opmerkingen)


def check_size(inhoud: bytes) -> None:
    """Raises BestandFout when the file is empty or too big."""
    if not inhoud.strip():
        raise BestandFout(LEEG)
    if len(inhoud) > MAX_BYTES:
        raise BestandFout(TE_GROOT)


def decode(inhoud: bytes) -> tuple[str, list[str]]:
    """The text, and what to say about its encoding. UTF-8 (with or without BOM), UTF-16 with BOM,
    and Windows-1252 when it is no UTF-8. Raises BestandFout for anything else.
    """
    opmerkingen: list[str] = []
    try:
        if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff"):
            tekst = inhoud.decode("utf-16")
        else:
            tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in inhoud:
            raise BestandFout(ANDER_BESTAND) from exc
        try:
            tekst = inhoud.decode("cp1252")
        except UnicodeDecodeError:
            raise BestandFout(ANDER_BESTAND) from exc
        opmerkingen.append(WINDOWS)
    if VERBODEN.search(tekst):
        raise BestandFout(ANDER_BESTAND)
    return tekst, opmerkingen


def _table(rijen: Iterator[tuple[int, list[str]]], opmerkingen: list[str]) -> Tabel:
    """Header and rows; blank rows are left out, and cells get back what made them harmless."""
    kop: list[str] | None = None
    uit: list[tuple[int, list[str]]] = []
    for nummer, cellen in rijen:
        if nummer > MAX_RIJEN + 1:
            raise BestandFout(TE_VEEL_RIJEN)
        waarden = [restore(cel).strip() for cel in cellen]
        if not any(waarden):
            continue
        if kop is None:
            while waarden and not waarden[-1]:
                waarden.pop()
            if len(waarden) > MAX_KOLOMMEN:
                raise BestandFout(f"Dit bestand heeft meer dan {MAX_KOLOMMEN} kolommen.")
            kop = waarden
            continue
        if any(len(waarde) > MAX_CEL for waarde in waarden):
            zin = f"In rij {nummer} staat een cel met meer dan {MAX_CEL:,} tekens."
            raise BestandFout(zin.replace(",", "."))
        uit.append((nummer, waarden))
    if kop is None:
        raise BestandFout(LEEG)
    return Tabel(kop, uit, opmerkingen)


def _csv_rows(tekst: str) -> Iterator[tuple[int, list[str]]]:
    kop = tekst[: tekst.find("\n") if "\n" in tekst else None]
    # The sign that stands most in the header; Excel in Dutch writes semicolons.
    teken = max(";,\t", key=kop.count)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True)
    try:
        yield from enumerate(lezer, start=1)
    except csv.Error as exc:
        raise BestandFout(
            f"Bij regel {lezer.line_num} is dit geen goede CSV. Let op de aanhalingstekens."
        ) from exc


def _xlsx_rows(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # here: it costs every web process memory

    with open_zip(inhoud) as pak:
        namen = pak.namelist()
        if "xl/workbook.xml" not in namen:
            raise BestandFout(ANDER_BESTAND)
        soorten = pak.read("[Content_Types].xml") if "[Content_Types].xml" in namen else b""
        if b"macroEnabled" in soorten or any("vbaproject" in naam.lower() for naam in namen):
            raise BestandFout(MACROS)
    try:
        # Formulas are taken as the value that was stored with them; links to elsewhere stay shut.
        werkmap = load_workbook(
            io.BytesIO(inhoud), read_only=True, data_only=True, keep_links=False
        )
        try:
            blad = werkmap.worksheets[0]
            blad.reset_dimensions()  # what a file says of its own size is not to be trusted
            rijen = blad.iter_rows(max_col=MAX_KOLOMMEN + 1, values_only=True)
            for nummer, cellen in enumerate(rijen, start=1):
                yield nummer, [_cell(cel) for cel in cellen]
        finally:
            werkmap.close()
    except BestandFout:
        raise
    except DefusedXmlException as exc:
        raise BestandFout(ENTITEITEN) from exc
    except (ParseError, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
            AttributeError, OSError, EOFError, RecursionError) as exc:  # fmt: skip
        # A damaged workbook fails anywhere in openpyxl, with whatever comes first.
        if isinstance(exc.__cause__, DefusedXmlException):
            raise BestandFout(ENTITEITEN) from exc
        raise BestandFout("Deze Excel-werkmap is beschadigd en niet te lezen.") from exc


def _cell(waarde: object) -> str:
    """A cell as the text that somebody would type for it."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    tekst = str(waarde)
    if VERBODEN.search(tekst):
        raise BestandFout(ANDER_BESTAND)
    return tekst


def open_zip(inhoud: bytes) -> zipfile.ZipFile:
    """The archive, after a look at what it would become. Raises BestandFout.

    What it says of its sizes binds it: reading a member stops at the size that was promised.
    """
    try:
        pak = zipfile.ZipFile(io.BytesIO(inhoud))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as exc:
        raise BestandFout("Dit zip-bestand is beschadigd en niet te lezen.") from exc
    leden = pak.infolist()
    if len(leden) > MAX_LEDEN:
        raise BestandFout(ZIPBOM)
    groot = sum(lid.file_size for lid in leden)
    # One member may be as flat as it likes when it is small.
    verhouding = max(
        (lid.file_size / max(lid.compress_size, 1) for lid in leden if lid.file_size > 2**20),
        default=0,
    )
    if groot > MAX_UITGEPAKT or verhouding > MAX_VERHOUDING:
        raise BestandFout(ZIPBOM)
    if any(_PAD.search(lid.filename) for lid in leden):
        raise BestandFout("In dit zip-bestand staan namen die naar een andere map wijzen.")
    if any(lid.flag_bits & 1 for lid in leden):
        raise BestandFout("Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord.")
    if len({lid.filename for lid in leden}) != len(leden):
        raise BestandFout("In dit zip-bestand staat dezelfde naam twee keer.")
    return pak


def read_json(inhoud: bytes) -> Any:
    """Parsed JSON. Raises BestandFout."""
    check_size(inhoud)
    tekst, _ = decode(inhoud)
    try:
        return json.loads(tekst)
    except RecursionError as exc:
        raise BestandFout(TE_DIEP) from exc
    except ValueError as exc:
        regel = getattr(exc, "lineno", 0)
        waar = f" Bij regel {regel} gaat het mis." if regel else ""
        raise BestandFout(f"Dit is geen goede JSON.{waar}") from exc


def read_xml(inhoud: bytes) -> Element:
    """The root of an XML text without DOCTYPE or entities of its own. Raises BestandFout."""
    check_size(inhoud)
    try:
        wortel: Element = fromstring(inhoud, forbid_dtd=True)
    except DefusedXmlException as exc:
        raise BestandFout(ENTITEITEN) from exc
    except (ParseError, ValueError, LookupError, RecursionError) as exc:
        regel = getattr(exc, "position", (0, 0))[0]
        waar = f" Bij regel {regel} gaat het mis." if regel else ""
        raise BestandFout(f"Dit is geen goede XML.{waar}") from exc
    laag = [wortel]
    for _ in range(MAX_XML_DIEPTE):
        laag = [kind for ouder in laag for kind in ouder]
        if not laag:
            return wortel
    raise BestandFout(TE_DIEP)


def clean_text(waarde: object, lengte: int = MAX_CEL) -> str:
    """A text out of JSON or XML, with one kind of line end. Raises ValueError with a sentence."""
    if waarde is None:
        return ""
    if not isinstance(waarde, str):
        raise ValueError("Hier hoort tekst te staan.")
    tekst = waarde.replace("\r\n", "\n").replace("\r", "\n").strip()
    if VERBODEN.search(tekst):
        raise ValueError(f"{VREEMD_TEKEN.capitalize()}.")
    if len(tekst) > lengte:
        raise ValueError(f"Dit is langer dan {lengte:,} tekens.".replace(",", "."))
    return tekst
