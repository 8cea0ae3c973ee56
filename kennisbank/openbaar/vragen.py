"""Query parameters of the API: every name known, every value checked, all errors told at once."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.timezone import get_current_timezone

from kennisbank.models import Doelgroep
from kennisbank.search.vraag import MAX_TEKENS

Lezer = Callable[[str], Any]

MAX_BLADZIJDE, STANDAARD = 100, 20
MAX_NUMMER = 100_000


class OngeldigeVraag(Exception):
    """One or more query parameters are wrong; ``fouten`` has a line for each."""

    def __init__(self, fouten: list[dict[str, str]]) -> None:
        self.fouten = fouten
        namen = ", ".join(dict.fromkeys(fout["name"] for fout in fouten))
        super().__init__(f"Kijk deze parameters na: {namen}.")


def read(vraag: QueryDict, lezers: Mapping[str, Lezer], *, nodig: str = "") -> dict[str, Any]:
    """The values by name; None for what was not asked. Raises OngeldigeVraag."""
    waarden: dict[str, Any] = dict.fromkeys(lezers)
    fouten = []
    for naam, lijst in vraag.lists():
        lezer = lezers.get(naam)
        if lezer is None:
            zin = f"Deze parameter kennen we hier niet. Kies uit: {', '.join(lezers) or 'geen'}."
            fouten.append(_fout(naam, "onbekend", zin))
        elif len(lijst) > 1:
            fouten.append(_fout(naam, "dubbel", "Geef deze parameter één keer."))
        else:
            try:
                waarden[naam] = lezer(lijst[0])
            except ValueError as exc:
                fouten.append(_fout(naam, "ongeldig", str(exc)))
    if nodig and nodig not in vraag:
        fouten.append(_fout(nodig, "verplicht", "Deze parameter is verplicht."))
    if fouten:
        raise OngeldigeVraag(fouten)
    return waarden


def _fout(naam: str, code: str, detail: str) -> dict[str, str]:
    return {"in": "query", "name": naam[:100], "code": code, "detail": detail}


def uuid(tekst: str) -> UUID:
    """A UUID with its dashes."""
    if re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", tekst, re.ASCII) is None:
        raise ValueError("Geef een UUID, zoals 6f0d6b6e-3b1c-4a57-9f6e-2b8f1a0c9d3e.")
    return UUID(tekst)


def doelgroep(tekst: str) -> str:
    """A code of the standard."""
    codes = [str(waarde) for waarde in Doelgroep.values if waarde]
    if tekst not in codes:
        raise ValueError(f"Kies uit: {', '.join(codes)}.")
    return tekst


def sleutel(tekst: str) -> str:
    """The identificatie of an afdeling."""
    if re.fullmatch(r"[\w.-]{1,50}", tekst) is None:
        raise ValueError("Geef de identificatie van een afdeling, zoals burgerzaken.")
    return tekst


def moment(tekst: str) -> datetime:
    """A moment with its time zone (RFC 3339), or a day, which begins at midnight here."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", tekst, re.ASCII):
            dag = date.fromisoformat(tekst)
            if dag.year < 1900:
                raise ValueError
            return datetime.combine(dag, time(), get_current_timezone())
        gelezen = datetime.fromisoformat(tekst)
        if gelezen.tzinfo is None or gelezen.year < 1900:
            raise ValueError
    except ValueError:
        raise ValueError(
            "Geef een datum zoals 2026-03-01, of een tijdstip zoals 2026-03-01T09:00:00Z. "
            "Schrijf een plusteken als %2B."
        ) from None
    return gelezen


def zoekvraag(tekst: str) -> str:
    """What somebody looks for."""
    if not tekst.strip():
        raise ValueError("Geef een of meer woorden om op te zoeken.")
    if len(tekst) > MAX_TEKENS:
        raise ValueError(f"Gebruik hoogstens {MAX_TEKENS} tekens.")
    return tekst


def nummer(hoogste: int) -> Lezer:
    """A whole number from 1 to ``hoogste``."""

    def lees(tekst: str) -> int:
        if re.fullmatch(r"[0-9]{1,6}", tekst) is None or not 1 <= int(tekst) <= hoogste:
            raise ValueError(f"Geef een heel getal van 1 tot en met {hoogste}.")
        return int(tekst)

    return lees


BLADEREN: dict[str, Lezer] = {"page": nummer(MAX_NUMMER), "pageSize": nummer(MAX_BLADZIJDE)}
