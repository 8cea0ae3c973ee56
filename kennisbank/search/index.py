"""The index of short entries: what a product or an article is found by, kept up to date.

A product has its name and each of its trefwoorden; an article its title, each of its trefwoorden
and the sentences of its short answer. All writes go through ``refresh`` and ``rebuild``; searching
happens in what every process holds of it (``geheugen``).
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from kennisbank.models import Kennisartikel, Product
from kennisbank.opmaak import plain_text
from kennisbank.search.geheugen import LOG_UREN, open_geheugen
from kennisbank.search.woorden import (
    cuts,
    entry_stems,
    split_compound,
    stem,
    telling_words,
    words,
)

# What an entry is worth, by where it stands.
NAAM, TREFWOORD, TITEL, ARTIKELTREFWOORD, ANTWOORD = 1.15, 1.0, 1.0, 0.9, 0.5
MAX_ZINNEN = 12  # of a short answer
SLOT = "kennisbank.zoekindex"  # rebuilding waits for all writers, and they for it


@dataclass
class _Zin:
    """An entry on its way into the database."""

    tekst: str
    gewicht: float
    woorden: list[str] = field(default_factory=list)


@dataclass
class _Stuk:
    """A product or an article on its way into the database."""

    product: int | None
    artikel: int | None
    zinnen: list[_Zin]
    tekst: str = ""

    @property
    def woorden(self) -> set[str]:
        """All words of its entries that say something."""
        return {woord for zin in self.zinnen for woord in zin.woorden}


@transaction.atomic
def rebuild() -> int:
    """Make the whole index again from what is stored; returns the number of entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [SLOT])
        cursor.execute("DELETE FROM kennisbank_zoekstuk")
    stukken = _stukken(None, None)
    woorden = {woord for stuk in stukken for woord in stuk.woorden}
    _store(stukken, bekend=woorden, stammen={stem(woord) for woord in woorden})
    return sum(len(stuk.zinnen) for stuk in stukken)


@transaction.atomic
def refresh(*, producten: Collection[int] = (), artikelen: Collection[int] = ()) -> None:
    """Index these again, by primary key, in the transaction of the change itself."""
    if not producten and not artikelen:
        return
    with connection.cursor() as cursor:
        # Two that index the same record take turns; all others go on.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext(%s))", [SLOT])
        for tabel, pks in (("product", producten), ("kennisartikel", artikelen)):
            cursor.execute(
                f"SELECT id FROM kennisbank_{tabel} WHERE id = ANY(%s)"  # noqa: S608 - ours
                " ORDER BY id FOR NO KEY UPDATE",
                [list(pks)],
            )
        cursor.execute(
            "DELETE FROM kennisbank_zoekstuk WHERE product_id = ANY(%s) OR artikel_id = ANY(%s)",
            [list(producten), list(artikelen)],
        )
    stukken = _stukken(producten, artikelen)
    nieuw = {woord for stuk in stukken for woord in stuk.woorden}
    with open_geheugen() as geheugen:
        delen = {deel for woord in nieuw for deel in _parts(woord)}
        bekend = nieuw | (delen & geheugen.woorden.keys())
        stammen = {stem(woord) for woord in nieuw}
        stammen |= {stam for stam in map(stem, delen) if geheugen.knows(stam)}
    _store(stukken, bekend=bekend, stammen=stammen)


def _parts(woord: str) -> Iterator[str]:
    for vormen, rechts in cuts(woord):
        yield from vormen
        yield rechts


def _stukken(producten: Collection[int] | None, artikelen: Collection[int] | None) -> list[_Stuk]:
    """These products and articles with their entries; None: all."""
    artikel_rijen = Kennisartikel.objects.filter(huidige_versie__isnull=False)
    product_rijen = Product.objects.filter(is_placeholder=False)
    if producten is not None and artikelen is not None:
        artikel_rijen = artikel_rijen.filter(pk__in=artikelen)
        product_rijen = product_rijen.filter(pk__in=producten)
    stukken: list[_Stuk] = []
    for pk, naam, trefwoorden in product_rijen.order_by("pk").values_list(
        "pk", "naam", "trefwoorden"
    ):
        delen = [(naam, NAAM), *((deel, TREFWOORD) for deel in _phrases(trefwoorden))]
        stukken.append(_Stuk(pk, None, list(_distinct(delen))))
    van_versie = ("titel", "kort_antwoord", "uitleg_html", "vraag_door_html", "werkinstructie_html")
    for pk, trefwoorden, titel, antwoord, *lang in artikel_rijen.order_by("pk").values_list(
        "pk", "trefwoorden", *(f"huidige_versie__{veld}" for veld in van_versie)
    ):
        delen = [
            (titel, TITEL),
            *((deel, ARTIKELTREFWOORD) for deel in _phrases(trefwoorden)),
            *((deel, ANTWOORD) for deel in _sentences(antwoord)[:MAX_ZINNEN]),
        ]
        tekst = " ".join([antwoord, *map(plain_text, lang)])
        stukken.append(_Stuk(None, pk, list(_distinct(delen)), tekst))
    return stukken


def _phrases(trefwoorden: str) -> list[str]:
    return [kaal for deel in re.split(r"[,;\n]", trefwoorden) if (kaal := deel.strip())]


def _sentences(tekst: str) -> list[str]:
    return [zin for zin in re.split(r"(?<=[.?!])\s+", tekst.strip()) if zin]


def _distinct(delen: Iterable[tuple[str, float]]) -> Iterator[_Zin]:
    """An entry for each text, once; the first one counts."""
    gezien = set()
    for tekst, gewicht in delen:
        alle = tuple(words(tekst))
        if alle and alle not in gezien:
            gezien.add(alle)
            yield _Zin(tekst, gewicht, telling_words(tekst))


def _store(stukken: list[_Stuk], *, bekend: Collection[str], stammen: Collection[str]) -> None:
    """Write them; ``bekend`` and ``stammen`` are what a compound may be made of."""
    nieuw = {woord for stuk in stukken for woord in stuk.woorden}
    delingen = {
        woord: split_compound(woord, bekend=bekend, stammen=stammen) for woord in sorted(nieuw)
    }
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY kennisbank_zoekstuk (product_id, artikel_id, zinnen, woorden, tekst) FROM STDIN"
        ) as invoer,
    ):
        for stuk in stukken:
            zinnen = [
                [z.tekst, z.gewicht, entry_stems(z.woorden, split=delingen.get, stammen=stammen)]
                for z in stuk.zinnen
            ]
            woorden = {woord: stem(woord) for woord in sorted(stuk.woorden)}
            lang = sorted({stem(woord) for woord in telling_words(stuk.tekst)})
            invoer.write_row(
                (stuk.product, stuk.artikel, *map(json.dumps, (zinnen, woorden, lang)))
            )
    with connection.cursor() as cursor:
        # Others may be throwing the same rows away: then they do it.
        cursor.execute(
            "DELETE FROM kennisbank_zoekwijziging WHERE id IN (SELECT id"
            " FROM kennisbank_zoekwijziging WHERE op < now() - make_interval(hours => %s)"
            " ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED)",
            [LOG_UREN],
        )
