"""A text of another source as one row: the same shape whether it came as SDG, SC or pakket."""

import re
from typing import Any

from kennisbank.invoer.lezen import clean_text
from kennisbank.invoer.vormen import Fout, Rij
from kennisbank.opmaak import markdown_to_plain
from kennisbank.upl import is_web_address

MAX_TITEL, MAX_KORT, MAX_LANG, MAX_KENMERK, MAX_VERSIE = 200, 1000, 20_000, 200, 40
_KOP = re.compile(r"(?m)^ {0,3}#{1,6}[ \t].*$")
KORT = 400  # characters that a short answer made out of a long text has at most

# What a source says and we may have changed; a source that leaves one out has no say in it.
TEKSTEN = {
    "titel": ("titel", MAX_TITEL),
    "kort_antwoord": ("kort antwoord", MAX_KORT),
    "uitleg": ("uitleg", MAX_LANG),
    "vraag_door": ("vraag door", MAX_LANG),
    "werkinstructie": ("werkinstructie", MAX_LANG),
}
_OVERIG = {
    "bron": 120,
    "kenmerk": MAX_KENMERK,
    "versie": MAX_VERSIE,
    "soort": 20,
    "doelgroep": 20,
    "trefwoorden": 10_000,
    "product_uri": 300,
    "product_naam": 200,
    "afdeling": 100,
}


def make_row(nummer: int, waarden: dict[str, Any]) -> tuple[Rij | None, list[Fout]]:
    """The row, or what is wrong with it."""
    fouten = []
    schoon: dict[str, Any] = {"alleen_intern": waarden.get("alleen_intern") is True}
    grenzen = {veld: grens for veld, (_, grens) in TEKSTEN.items()} | _OVERIG
    for veld, waarde in waarden.items():
        if veld not in grenzen:
            continue
        try:
            schoon[veld] = clean_text(waarde, grenzen[veld])
        except ValueError as exc:
            naam = TEKSTEN[veld][0] if veld in TEKSTEN else veld.replace("_", " ")
            fouten.append(Fout(nummer, naam, str(exc)))
    for veld in ("titel", "kenmerk"):
        if not schoon.get(veld) and not any(fout.veld == veld for fout in fouten):
            fouten.append(Fout(nummer, veld, "Dit ontbreekt."))
    if fouten:
        return None, fouten
    schoon["titel"] = " ".join(schoon["titel"].split())
    return Rij(nummer, f"{schoon['bron']}\n{schoon['kenmerk']}", schoon), []


def short_answer(tekst: str) -> str:
    """The first sentences of a Markdown text, to read aloud."""
    # Before the second heading: a heading is no sentence.
    voor = next((deel for deel in _KOP.split(tekst[:4000]) if deel.strip()), "")
    kaal = " ".join(markdown_to_plain(voor).split("\n")[:2])
    kort = ""
    for zin in re.split(r"(?<=[.?!])\s+", kaal):
        if kort and len(kort) + len(zin) > KORT:
            break
        kort = f"{kort} {zin}".strip()
    return kort[:MAX_KORT]


def link(label: object, adres: object) -> str:
    """A link in Markdown; nothing when the address is not one of the web."""
    if not isinstance(adres, str) or not is_web_address(adres.strip()):
        return ""
    naam = re.sub(r"([\\\[\]`*_<>])", r"\\\1", " ".join(str(label or adres).split()))
    doel = re.sub(r"[\s<>]", "", adres)
    return f"[{naam}](<{doel}>)"


def other_language(aantal: int, enkel: str, meer: str) -> str:
    """What to say of texts that are not in Dutch."""
    wie, wat = (f"Eén {enkel} is", "is") if aantal == 1 else (f"{aantal} {meer} zijn", "zijn")
    return f"{wie} in een andere taal dan Nederlands en {wat} niet gelezen."
