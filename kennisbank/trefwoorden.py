"""The words that people use for products, as they come with the application."""

import csv
import re
from functools import cache
from pathlib import Path

INHOUD = Path(__file__).parent / "inhoud"


@cache
def read_trefwoorden() -> dict[str, str]:
    """Trefwoorden by the official name of the product."""
    gevonden: dict[str, str] = {}
    for pad in sorted((INHOUD / "trefwoorden").glob("*.csv")):
        with pad.open(encoding="utf-8", newline="") as bestand:
            for rij in csv.DictReader(bestand):
                delen = [deel.strip() for deel in rij["trefwoorden"].split(",")]
                gevonden[rij["naam"]] = ", ".join(deel for deel in delen if deel)
    return gevonden


def split_woorden(tekst: str) -> list[str]:
    """The entries of a list that people type, with commas or on lines of their own; each once."""
    delen = (" ".join(deel.split()) for deel in re.split(r"[,;\n]", tekst))
    return list(dict.fromkeys(deel for deel in delen if deel))


def read_synoniemen() -> dict[str, str]:
    """Words to search as well, by the word that somebody types."""
    with (INHOUD / "synoniemen.csv").open(encoding="utf-8", newline="") as bestand:
        return {rij["woord"]: rij["woorden"] for rij in csv.DictReader(bestand)}
