"""The Uniforme Productnamenlijst (UPL): reading the national list, and fetching it.

The list is a CSV file in UTF-8 with one row per product and grondslag; "X" in a column means yes.
What is read here goes into the database through kennisbank.resources.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from django.utils.text import Truncator

from kcc.ophalen import OphalenMislukt, fetch
from kennisbank.models import Doelgroep

KOLOMMEN = (
    "UniformeProductnaam", "URI", "Rijk", "Provincie", "Waterschap", "Gemeente", "Burger",
    "Bedrijf", "Dienstenwet", "SDG", "Autonomie", "Medebewind", "Aanvraag", "Subsidie", "Melding",
    "Verplichting", "DigiDMacht", "Grondslag", "Grondslaglabel", "Grondslaglink",
)  # fmt: skip
# The flags that something is done with here; in these an unknown value is refused.
VLAGGEN = ("Gemeente", "Burger", "Bedrijf", "Aanvraag", "Subsidie", "Melding", "Verplichting")
# In the list because its makers use it themselves; no municipality offers it.
PLAATSHOUDER = "/UPL-naam_nog_niet_beschikbaar"

MAX_BYTES = 5 * 1024 * 1024  # the whole list of 2021 is 0.25 MB
MAX_RIJEN = 20_000
MAX_FOUTEN = 100  # that are told one by one
# What the database holds. A label that is longer is cut; an address or name cannot be.
LENGTES = {"UniformeProductnaam": 200, "URI": 300, "Grondslag": 300, "Grondslaglink": 500}
LABEL = 300
WACHT = 60  # seconds for the whole list to come in

TE_GROOT = (
    f"Dit bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. De productenlijst zelf is kleiner "
    "dan 1 MB. Controleer of u het goede bestand heeft gekozen."
)


@dataclass(frozen=True)
class RijFout:
    """One row that cannot be read: its number as a spreadsheet shows it (0: the whole file)."""

    rij: int
    reden: str

    def __str__(self) -> str:
        return f"rij {self.rij}: {self.reden}" if self.rij else self.reden


class UplFout(Exception):
    """The list cannot be read; ``fouten`` says which rows, and why. Nothing was saved."""

    def __init__(self, fouten: list[RijFout]) -> None:
        self.fouten = fouten[:MAX_FOUTEN]
        self.aantal = len(fouten)
        super().__init__("Deze lijst is niet te gebruiken. Er is niets opgeslagen.")


class UplNietOpgehaald(Exception):
    """The list could not be fetched from its published address."""


@dataclass
class UplProduct:
    """One municipal product of the list, with all its grondslagen as (address, label, link)."""

    naam: str
    uri: str
    vlaggen: set[str] = field(default_factory=set)
    grondslagen: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def doelgroep(self) -> str:
        """For whom, from the flags Burger and Bedrijf."""
        burger, bedrijf = "Burger" in self.vlaggen, "Bedrijf" in self.vlaggen
        if burger and bedrijf:
            return Doelgroep.BEIDE
        if burger:
            return Doelgroep.BURGER
        return Doelgroep.BEDRIJF if bedrijf else Doelgroep.ONBEKEND

    @property
    def is_placeholder(self) -> bool:
        """True for the entry that stands for "no name yet"."""
        return self.uri.endswith(PLAATSHOUDER)


def read_upl(bestand: bytes) -> list[UplProduct]:
    """The municipal products of the list, one per URI. Raises UplFout.

    Every row is looked at, also those of other governments: a list that is damaged anywhere is
    not to be trusted elsewhere.
    """
    producten: dict[str, UplProduct] = {}
    fouten: list[RijFout] = []
    for nummer, rij in _rows(bestand):
        redenen = _reasons(rij)
        product = producten.setdefault(
            rij["URI"], UplProduct(rij["UniformeProductnaam"], rij["URI"])
        )
        if rij["URI"] and product.naam != rij["UniformeProductnaam"]:
            redenen.append(f"deze URI hoort verder naar boven bij een andere naam: {product.naam}")
        fouten += [RijFout(nummer, reden) for reden in redenen]
        product.vlaggen |= {vlag for vlag in VLAGGEN if rij[vlag] == "X"}
        if rij["Grondslag"]:
            product.grondslagen[rij["Grondslag"]] = (
                rij["Grondslag"],
                Truncator(rij["Grondslaglabel"]).chars(LABEL),
                rij["Grondslaglink"],
            )
    gemeentelijk = [product for product in producten.values() if "Gemeente" in product.vlaggen]
    if not fouten and not gemeentelijk:
        fouten.append(RijFout(0, "In dit bestand staat geen enkel product van gemeenten."))
    if fouten:
        raise UplFout(fouten)
    return gemeentelijk


def _rows(bestand: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their numbers, values without blanks around them."""
    if len(bestand) > MAX_BYTES:
        raise UplFout([RijFout(0, TE_GROOT)])
    try:
        tekst = bestand.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        regel = bestand[: exc.start].count(b"\n") + 1
        reden = "deze rij is niet in UTF-8. Sla het bestand op als CSV met codering UTF-8"
        raise UplFout([RijFout(regel, reden)]) from exc
    if "\x00" in tekst:
        regel = tekst[: tekst.index("\x00")].count("\n") + 1
        raise UplFout([RijFout(regel, "hier staat een teken dat niet in een CSV-bestand hoort")])
    lezer = csv.reader(io.StringIO(tekst, newline=""), strict=True)
    kop: list[str] = []
    try:
        for nummer, waarden in enumerate(lezer, start=1):
            if nummer == 1:
                kop = [waarde.strip() for waarde in waarden]
                _check_header(kop)
            elif nummer > MAX_RIJEN:
                raise UplFout([RijFout(nummer, f"er zijn meer dan {MAX_RIJEN} rijen")])
            elif waarden:
                rij = dict(zip(kop, (waarde.strip() for waarde in waarden), strict=False))
                if len(waarden) != len(kop):
                    verschil = f"{len(waarden)} waarden, en de kop heeft er {len(kop)}"
                    raise UplFout([RijFout(nummer, f"deze rij heeft {verschil}")])
                yield nummer, rij
    except csv.Error as exc:
        reden = "deze rij is geen goede CSV: let op de aanhalingstekens"
        raise UplFout([RijFout(lezer.line_num, reden)]) from exc
    if not kop:
        raise UplFout([RijFout(0, "Dit bestand is leeg.")])


def _check_header(kop: list[str]) -> None:
    ontbreekt = [kolom for kolom in KOLOMMEN if kolom not in kop]
    if ontbreekt:
        reden = f"deze kolommen ontbreken in de kop: {', '.join(ontbreekt)}"
        if len(kop) == 1 and ";" in kop[0]:
            reden = "de kolommen zijn gescheiden met puntkomma's; dat moeten komma's zijn"
        raise UplFout([RijFout(1, reden)])
    dubbel = sorted({kolom for kolom in kop if kop.count(kolom) > 1})
    if dubbel:
        raise UplFout([RijFout(1, f"deze kolommen staan er dubbel in: {', '.join(dubbel)}")])


def _reasons(rij: dict[str, str]) -> list[str]:
    """Why this row cannot be used; empty when it can."""
    redenen = []
    if not rij["URI"]:
        redenen.append("de URI ontbreekt")
    elif not is_web_address(rij["URI"]):
        redenen.append(f"dit is geen webadres: {rij['URI'][:80]}")
    if not rij["UniformeProductnaam"]:
        redenen.append("de naam van het product ontbreekt")
    redenen += [
        f"bij {vlag} staat {rij[vlag][:20]}; daar hoort een X of niets"
        for vlag in VLAGGEN
        if rij[vlag] not in {"", "X"}
    ]
    redenen += [
        f"{kolom} is langer dan {lengte} tekens"
        for kolom, lengte in LENGTES.items()
        if rij["Gemeente"] and len(rij[kolom]) > lengte
    ]
    if rij["Grondslag"] and not rij["Grondslaglabel"]:
        redenen.append("de grondslag heeft geen label")
    if rij["Grondslaglabel"] and not rij["Grondslag"]:
        redenen.append("de grondslag heeft geen adres")
    if rij["Grondslaglink"] and not is_web_address(rij["Grondslaglink"]):
        redenen.append(f"de link van de grondslag is geen webadres: {rij['Grondslaglink'][:80]}")
    return redenen


def is_web_address(adres: str) -> bool:
    """Only http and https: these become links, and ``javascript:`` must not."""
    try:
        delen = urlsplit(adres)
    except ValueError:
        return False
    return delen.scheme in {"http", "https"} and bool(delen.netloc)


def fetch_upl(adres: str, *, timeout: float = WACHT) -> bytes:
    """Download the list, within this many seconds. Raises UplNietOpgehaald."""
    try:
        antwoord = fetch(adres, max_bytes=MAX_BYTES, timeout=timeout)
    except OphalenMislukt as exc:
        # The address is one of our settings: what went wrong may be told.
        raise UplNietOpgehaald(_not_fetched(adres, exc.reden)) from exc
    if antwoord.status != HTTPStatus.OK:
        reden = f"de server antwoordt met foutcode {antwoord.status}"
        raise UplNietOpgehaald(_not_fetched(adres, reden))
    return antwoord.inhoud


def _not_fetched(adres: str, reden: str) -> str:
    return (
        f"De productenlijst is niet opgehaald van {adres}: {reden}. "
        "Probeer het later opnieuw, of geef een bestand op dat u zelf heeft gedownload."
    )
