"""What each kind of article must have, in one place: for the editor, for import and for content."""

from collections.abc import Callable, Mapping
from typing import Any

from kennisbank.models import ArtikelSoort

# Fields that one kind alone has. A form may hide them for the others; what is stored there counts
# for nothing.
EIGEN_VELDEN: dict[str, tuple[str, ...]] = {
    ArtikelSoort.NIEUWS: ("geldig_van", "geldig_tot", "is_belangrijk", "voor_groepen"),
    ArtikelSoort.WIE_DOET_WAT: ("contactpersoon", "vervanger", "telefoonnummer"),
}


def check_soort(soort: str, waarden: Mapping[str, Any]) -> dict[str, str]:
    """What is missing or wrong for this kind, as a sentence for the screen by the field's name.

    ``waarden``: the values by field name, as Concept and Kennisartikel with its version have them;
    a field that is not in it counts as empty. Empty result: nothing is wrong.
    """
    fouten = {
        veld: zin
        for veld, zin in _VERPLICHT.get(soort, {}).items()
        if not str(waarden.get(veld) or "").strip()
    }
    meer = _VERDER.get(soort)
    return fouten | (meer(waarden) if meer else {})


_KORT = "Vul een kort antwoord in: twee of drie zinnen om voor te lezen."
_VERPLICHT: dict[str, dict[str, str]] = {
    ArtikelSoort.PRODUCT: {"kort_antwoord": _KORT},
    ArtikelSoort.VAC: {"kort_antwoord": _KORT},
    ArtikelSoort.WERKINSTRUCTIE: {
        "werkinstructie": "Vul de werkinstructie in: wat doet de collega, stap voor stap?"
    },
    ArtikelSoort.NIEUWS: {
        "kort_antwoord": "Vul het nieuws in: wat moet de collega weten, in twee of drie zinnen?",
        "geldig_van": "Vul de eerste dag in waarop dit nieuws geldt.",
        "geldig_tot": "Vul de laatste dag in waarop dit nieuws geldt.",
    },
    ArtikelSoort.WIE_DOET_WAT: {
        "afdeling": "Kies de afdeling die dit doet.",
    },
}


def _check_nieuws(waarden: Mapping[str, Any]) -> dict[str, str]:
    van, tot = waarden.get("geldig_van"), waarden.get("geldig_tot")
    if van and tot and tot < van:
        return {"geldig_tot": "De laatste dag ligt niet voor de eerste dag."}
    return {}


def _check_wie_doet_wat(waarden: Mapping[str, Any]) -> dict[str, str]:
    persoon, vervanger = waarden.get("contactpersoon"), waarden.get("vervanger")
    if not persoon and not str(waarden.get("telefoonnummer") or "").strip():
        return {"contactpersoon": "Kies een contactpersoon, of vul een telefoonnummer in."}
    if vervanger and not persoon:
        return {"contactpersoon": "Kies eerst de contactpersoon die wordt vervangen."}
    if vervanger and vervanger == persoon:
        return {"vervanger": "Kies een ander dan de contactpersoon."}
    return {}


_VERDER: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    ArtikelSoort.NIEUWS: _check_nieuws,
    ArtikelSoort.WIE_DOET_WAT: _check_wie_doet_wat,
}
