"""Content packs: articles that one municipality gives another, with where they came from.

JSON of our own: ``{"soort": "kcc-kennispakket", "vorm": 1, "bron": …, "artikelen": […]}``, alone or
as the only JSON file in a zip. Each article carries a fingerprint of its texts: it tells that the
file arrived as it left. It is no signature; who gave the file is for people to know.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from kennisbank.invoer.bron import TEKSTEN, make_row
from kennisbank.invoer.lezen import (
    MAX_RIJEN,
    TE_VEEL_RIJEN,
    BestandFout,
    check_size,
    open_zip,
    read_json,
)
from kennisbank.invoer.vormen import Fout, Gelezen
from kennisbank.models import OPENBARE_SOORTEN, ArtikelSoort, Doelgroep

SOORT, VORM = "kcc-kennispakket", 1
# News and who does what are about one house; they never travel.
REIST = (*OPENBARE_SOORTEN, ArtikelSoort.WERKINSTRUCTIE)
GEEN_PAKKET = "Dit is geen kennispakket. Een kennispakket komt uit de uitvoer van deze toepassing."


def fingerprint(artikel: Mapping[str, Any]) -> str:
    """SHA-256 over the texts that an article in a pack has, in a fixed order."""
    teksten = {veld: artikel[veld] for veld in TEKSTEN if veld in artikel}
    vast = json.dumps(teksten, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(vast.encode()).hexdigest()


def read_pakket(inhoud: bytes) -> Gelezen:
    """One row per article. Raises BestandFout."""
    check_size(inhoud)
    data = read_json(_from_zip(inhoud) if inhoud.startswith(b"PK\x03\x04") else inhoud)
    if not isinstance(data, dict) or data.get("soort") != SOORT:
        raise BestandFout(GEEN_PAKKET)
    if data.get("vorm") != VORM:
        raise BestandFout("Dit pakket is van een nieuwere versie van de toepassing.")
    bron, artikelen = data.get("bron"), data.get("artikelen")
    if not isinstance(bron, str) or not bron.strip() or not isinstance(artikelen, list):
        raise BestandFout(GEEN_PAKKET)
    if bron.strip().casefold() == settings.GEMEENTE_NAAM.casefold():
        raise BestandFout(f"Dit pakket komt van {bron} zelf. U heeft deze artikelen al.")
    if len(artikelen) > MAX_RIJEN:
        raise BestandFout(TE_VEEL_RIJEN)
    gelezen = Gelezen()
    for nummer, artikel in enumerate(artikelen, start=1):
        fouten = _wrong(nummer, artikel)
        rij = None
        if not fouten:
            rij, fouten = make_row(nummer, _values(bron, artikel))
        gelezen.fouten += fouten
        if rij:
            gelezen.rijen.append(rij)
    gelezen.find_doubles()
    return gelezen


def _from_zip(inhoud: bytes) -> bytes:
    with open_zip(inhoud) as pak:
        namen = [naam for naam in pak.namelist() if naam.lower().endswith(".json")]
        if len(namen) != 1:
            raise BestandFout("In dit zip-bestand hoort precies één JSON-bestand te staan.")
        try:
            return pak.read(namen[0])
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as exc:
            raise BestandFout("Dit zip-bestand is beschadigd en niet te lezen.") from exc


def _wrong(nummer: int, artikel: object) -> list[Fout]:
    if not isinstance(artikel, dict):
        return [Fout(nummer, "", "Dit is geen artikel.")]
    if artikel.get("soort") not in REIST:
        return [Fout(nummer, "soort", "Deze soort artikel hoort niet in een pakket.")]
    if artikel.get("vingerafdruk") != fingerprint(artikel):
        zin = "De tekst is veranderd nadat het pakket werd gemaakt. Vraag het pakket opnieuw."
        return [Fout(nummer, "vingerafdruk", zin)]
    if not isinstance(artikel.get("product") or {}, dict):
        return [Fout(nummer, "product", "Hier hoort een naam en een adres te staan.")]
    return []


def _values(bron: str, artikel: dict[str, Any]) -> dict[str, Any]:
    product = artikel.get("product") or {}
    doelgroep = artikel.get("doelgroep")
    return {veld: artikel[veld] for veld in TEKSTEN if veld in artikel} | {
        "bron": bron,
        "kenmerk": artikel.get("kenmerk"),
        "versie": str(artikel.get("versie") or "")[:40],
        "soort": artikel["soort"],
        "doelgroep": doelgroep if doelgroep in Doelgroep.values else "",
        "trefwoorden": artikel.get("trefwoorden"),
        "alleen_intern": artikel.get("alleen_intern") is True,
        "product_uri": product.get("upn_uri"),
        "product_naam": product.get("naam"),
        "afdeling": artikel.get("afdeling"),
    }
