"""The records that answer, as far as somebody may see them, with the found words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from kennisbank.models import Kennisartikel, Product
from kennisbank.opmaak import plain_text
from kennisbank.search.begrip import Begrip
from kennisbank.search.rang import Kenmerk
from kennisbank.search.score import Kandidaat
from kennisbank.search.treffer import ARTIKEL, BEGIN, EIND, PRODUCT, Treffer, make_treffer
from kennisbank.search.woorden import STOPWOORDEN, normalise, stem
from organisatie.models import Medewerker

OM_EEN_WOORD = 14  # words of a long text to show before and after what was found in it
TE_MARKEREN = 0.3  # what a stem must be worth to be marked

_AFDELING = {
    "k_van": Coalesce("afdeling__identificatie", Value("")),
    "k_afdeling": Coalesce("afdeling__naam", Value("")),
}
_ARTIKEL_TEKST = {
    "k_titel": F("huidige_versie__titel"),
    "k_kort": F("huidige_versie__kort_antwoord"),
    "k_lang": F("huidige_versie__uitleg_html"),
    "k_product": F("product_id"),
    "k_product_naam": Coalesce("product__naam", Value("")),
    "k_versie": F("huidige_versie_id"),
    "k_nummer": F("huidige_versie__nummer"),
    "k_sinds": F("huidige_versie__gepubliceerd_op"),
}


@dataclass(frozen=True)
class Gevonden:
    """An answer: how good it is, what counts beside the text, and what the database has of it."""

    kandidaat: Kandidaat
    kenmerk: Kenmerk
    rij: dict[str, Any]


def read(
    kandidaten: Iterable[Kandidaat], medewerker: Medewerker, *, met_tekst: bool
) -> list[Gevonden]:
    """Those that this medewerker may see, in the same order. At most two queries."""
    kandidaten = list(kandidaten)
    rijen: dict[tuple[str, int], dict[str, Any]] = {}
    if pks := [k.pk for k in kandidaten if k.wat == ARTIKEL]:
        artikelen = Kennisartikel.objects.visible_to(medewerker).current(localdate())
        artikelen = artikelen.order_by().filter(pk__in=pks)
        velden = _AFDELING | (_ARTIKEL_TEKST if met_tekst else {})
        vast = ("pk", "uuid", "soort", "doelgroep", "herzien_op", "gebruikt")
        for artikel in artikelen.values(*vast, **velden):
            rijen[ARTIKEL, artikel["pk"]] = dict(artikel)
    if pks := [k.pk for k in kandidaten if k.wat != ARTIKEL]:
        producten = Product.objects.visible_to(medewerker).order_by().filter(pk__in=pks)
        kolommen = ("pk", "uuid", "naam", "trefwoorden", "doelgroep")
        for product in producten.values(*kolommen, **_AFDELING):
            rijen["product", product["pk"]] = _product_row(dict(product))
    return [
        Gevonden(kandidaat, _kenmerk(rij), rij)
        for kandidaat in kandidaten
        if (rij := rijen.get((kandidaat.wat, kandidaat.pk)))
    ]


def _product_row(rij: dict[str, Any]) -> dict[str, Any]:
    return rij | {
        "soort": PRODUCT, "herzien_op": None, "gebruikt": 0, "k_titel": rij["naam"], "k_kort": "",
        "k_lang": rij["trefwoorden"], "k_product": rij["pk"], "k_product_naam": rij["naam"],
        "k_versie": None, "k_nummer": None, "k_sinds": None,
    }  # fmt: skip


def _kenmerk(rij: dict[str, Any]) -> Kenmerk:
    return Kenmerk(
        soort=rij["soort"],
        afdeling=rij["k_van"],
        afdeling_naam=rij["k_afdeling"],
        doelgroep=rij["doelgroep"],
        herzien_op=rij["herzien_op"],
        gebruikt=rij["gebruikt"],
    )


def show(gevonden: list[Gevonden], begrip: Begrip) -> list[Treffer]:
    """As results, with marks in title and text."""
    marker = _Marker(begrip)
    treffers = []
    for ding in gevonden:
        rij = ding.rij
        titel, kort = marker.mark(rij["k_titel"]), marker.mark(rij["k_kort"])
        if rij["soort"] == PRODUCT:
            lang = marker.fragment(rij["k_lang"], of_begin=True)
        else:
            # A long text takes more time than all else: only when the words are nowhere yet.
            elders = BEGIN not in titel and BEGIN not in kort
            lang = marker.fragment(plain_text(rij["k_lang"])) if elders else ""
        rij |= {
            "k_kenmerk": rij["soort"], "k_titel_kop": titel, "k_kort_kop": kort, "k_lang_kop": lang,
            "k_herzien": rij["herzien_op"], "k_score": ding.kandidaat.score,
            "k_zin": ding.kandidaat.zin,
        }  # fmt: skip
        treffers.append(make_treffer(rij, localdate(), begrip))
    return treffers


@lru_cache(maxsize=50_000)
def _bare(woord: str) -> tuple[str, str]:
    kaal = normalise(woord)
    return kaal, stem(kaal)


class _Marker:
    """Puts marks around words that answer the question."""

    def __init__(self, begrip: Begrip) -> None:
        self.stammen = {
            stam
            for groep in begrip.groepen
            for stam, gewicht in groep.stammen.items()
            if gewicht >= TE_MARKEREN
        } | {stem(groep.hersteld or groep.woord) for groep in begrip.groepen}
        self.begin = begrip.begin

    def is_found(self, woord: str) -> bool:
        """A word that answers the question, or that begins as its last word does."""
        kaal, stam = _bare(woord)
        if kaal in STOPWOORDEN:
            return False
        return stam in self.stammen or bool(self.begin and kaal.startswith(self.begin))

    def mark(self, tekst: str) -> str:
        """The text with the marks; marks that were in it already go."""
        tekst = re.sub(f"[{BEGIN}{EIND}]", "", tekst)
        return re.sub(
            r"[^\W_]+",
            lambda deel: f"{BEGIN}{deel[0]}{EIND}" if self.is_found(deel[0]) else deel[0],
            tekst,
        )

    def fragment(self, tekst: str, *, of_begin: bool = False) -> str:
        """The words around the first one that was found; nothing (or the begin) when none was."""
        woorden = self.mark(tekst).split()
        plek = next((nr for nr, woord in enumerate(woorden) if BEGIN in woord), None)
        if plek is None:
            return " ".join(woorden[: OM_EEN_WOORD * 2]) if of_begin else ""
        return " ".join(woorden[max(plek - OM_EEN_WOORD, 0) : plek + OM_EEN_WOORD + 1])
