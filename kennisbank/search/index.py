"""The index of short entries: what a product or an article is found by, kept up to date.

A product has its name and each of its trefwoorden; an article its title, each of its trefwoorden
and the sentences of its short answer. All writes go through ``refresh`` and ``rebuild``.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from kennisbank.models import Kennisartikel, Product, Zoekterm, Zoekzin
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


@dataclass
class _Zin:
    """An entry on its way into the database."""

    product: int | None
    artikel: int | None
    groep: int
    tekst: str
    gewicht: float
    woorden: list[str] = field(default_factory=list)
    stammen: dict[str, float] = field(default_factory=dict)


@transaction.atomic
def rebuild() -> int:
    """Make the whole index again from what is stored; returns the number of entries."""
    with connection.cursor() as cursor:
        _lock()
        cursor.execute("DELETE FROM kennisbank_zoekwoord")
        cursor.execute("DELETE FROM kennisbank_zoekzin")
        cursor.execute("DELETE FROM kennisbank_zoekterm")
    return _store(_entries(None, None))


@transaction.atomic
def refresh(*, producten: Collection[int] = (), artikelen: Collection[int] = ()) -> None:
    """Index these again, by primary key, in the transaction of the change itself."""
    if not producten and not artikelen:
        return
    _lock()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH oud AS (
              DELETE FROM kennisbank_zoekzin
              WHERE product_id = ANY(%s) OR artikel_id = ANY(%s) RETURNING id
            )
            DELETE FROM kennisbank_zoekwoord w USING oud WHERE w.zin_id = oud.id RETURNING stam
            """,
            [list(producten), list(artikelen)],
        )
        geraakt = {stam for (stam,) in cursor.fetchall()}
    _store(_entries(producten, artikelen), geraakt)


def _lock() -> None:
    """One writer at a time: two would otherwise wait for each other's words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kennisbank.zoekindex'))")


def _entries(producten: Collection[int] | None, artikelen: Collection[int] | None) -> list[_Zin]:
    """The entries of these products and articles; None: of all."""
    stukken = Kennisartikel.objects.filter(huidige_versie__isnull=False)
    dingen = Product.objects.filter(is_placeholder=False)
    if producten is not None and artikelen is not None:
        stukken, dingen = stukken.filter(pk__in=artikelen), dingen.filter(pk__in=producten)
    zinnen: list[_Zin] = []
    for pk, naam, trefwoorden in dingen.order_by("pk").values_list("pk", "naam", "trefwoorden"):
        delen = [(naam, NAAM), *((deel, TREFWOORD) for deel in _phrases(trefwoorden))]
        zinnen += _distinct(delen, pk, None, pk)
    kolommen = ("pk", "product_id", "trefwoorden", "huidige_versie__titel",
                "huidige_versie__kort_antwoord")  # fmt: skip
    for pk, product, trefwoorden, titel, antwoord in stukken.order_by("pk").values_list(*kolommen):
        delen = [
            (titel, TITEL),
            *((deel, ARTIKELTREFWOORD) for deel in _phrases(trefwoorden)),
            *((deel, ANTWOORD) for deel in _sentences(antwoord)[:MAX_ZINNEN]),
        ]
        zinnen += _distinct(delen, None, pk, product or -pk)
    return zinnen


def _phrases(trefwoorden: str) -> list[str]:
    return [kaal for deel in re.split(r"[,;\n]", trefwoorden) if (kaal := deel.strip())]


def _sentences(tekst: str) -> list[str]:
    return [zin for zin in re.split(r"(?<=[.?!])\s+", tekst.strip()) if zin]


def _distinct(
    delen: Iterable[tuple[str, float]], product: int | None, artikel: int | None, groep: int
) -> Iterator[_Zin]:
    """An entry for each text, once; the first one counts."""
    gezien = set()
    for tekst, gewicht in delen:
        alle = tuple(words(tekst))
        if alle and alle not in gezien:
            gezien.add(alle)
            yield _Zin(product, artikel, groep, tekst, gewicht, telling_words(tekst))


def _store(zinnen: list[_Zin], geraakt: Collection[str] = ()) -> int:
    """Write entries with their stems, and what the vocabulary says of those and of ``geraakt``."""
    nieuw = {woord for zin in zinnen for woord in zin.woorden}
    bekend, stammen = _vocabulary(nieuw)
    delingen = {
        woord: split_compound(woord, bekend=bekend, stammen=stammen) for woord in sorted(nieuw)
    }
    for zin in zinnen:
        zin.stammen = entry_stems(zin.woorden, split=delingen.get, stammen=stammen)
    idf = _weights(zinnen)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('kennisbank_zoekzin', 'id'))"
            " FROM generate_series(1, %s)",
            [len(zinnen)],
        )
        nummers = [nummer for (nummer,) in cursor.fetchall()]
        with cursor.copy(
            "COPY kennisbank_zoekzin (id, product_id, artikel_id, groep, tekst, gewicht, lengte)"
            " FROM STDIN"
        ) as invoer:
            for nummer, zin in zip(nummers, zinnen, strict=True):
                lengte = sum(idf[stam] for stam, gewicht in zin.stammen.items() if gewicht >= 0.9)
                invoer.write_row(
                    (nummer, zin.product, zin.artikel, zin.groep, zin.tekst, zin.gewicht, lengte)
                )
        with cursor.copy("COPY kennisbank_zoekwoord (zin_id, stam, gewicht) FROM STDIN") as invoer:
            for nummer, zin in zip(nummers, zinnen, strict=True):
                for stam, gewicht in zin.stammen.items():
                    invoer.write_row((nummer, stam, gewicht))
        _count(cursor, nieuw, {stam for zin in zinnen for stam in zin.stammen} | set(geraakt))
    return len(zinnen)


def _vocabulary(nieuw: set[str]) -> tuple[set[str], set[str]]:
    """Words and stems that exist, the new ones with them: those that could be part of one."""
    delen = set(nieuw)
    for woord in nieuw:
        for vormen, rechts in cuts(woord):
            delen.update(vormen)
            delen.add(rechts)
    eigen = {stem(woord) for woord in nieuw}
    if not Zoekterm.objects.exists():
        return nieuw, eigen
    rijen = Zoekterm.objects.values_list("woord", "stam")
    bekend = {woord for woord, _ in rijen if woord in delen}
    return nieuw | bekend, eigen | {stam for _, stam in rijen}


def _weights(zinnen: list[_Zin]) -> dict[str, float]:
    """What each stem tells: the fewer groups have it, the more (inverse document frequency)."""
    groepen: dict[str, set[int]] = defaultdict(set)
    for zin in zinnen:
        for stam in zin.stammen:
            groepen[stam].add(zin.groep)
    al_bekend = Counter(
        dict(Zoekterm.objects.filter(stam__in=groepen).values_list("stam", "aantal").distinct())
    )
    totaal = Zoekzin.objects.values("groep").distinct().count() + len({z.groep for z in zinnen})
    return {
        stam: math.log(1 + totaal / max(len(van), al_bekend[stam])) for stam, van in groepen.items()
    }


def _count(cursor: object, woorden: set[str], stammen: set[str]) -> None:
    """Add the words, count again in how many groups their stems are, and drop what is nowhere."""
    lijst = sorted(woorden)
    cursor.execute(  # type: ignore[attr-defined]
        """
        INSERT INTO kennisbank_zoekterm (woord, stam, aantal)
        SELECT *, 0 FROM unnest(%s::text[], %s::text[]) ON CONFLICT (woord) DO NOTHING
        """,
        [lijst, [stem(woord) for woord in lijst]],
    )
    cursor.execute(  # type: ignore[attr-defined]
        """
        UPDATE kennisbank_zoekterm term SET aantal = coalesce(telling.aantal, 0)
        FROM unnest(%(stammen)s::text[]) AS lijst (stam)
        LEFT JOIN (
          SELECT w.stam, count(DISTINCT z.groep) AS aantal
          FROM kennisbank_zoekwoord w JOIN kennisbank_zoekzin z ON z.id = w.zin_id
          WHERE w.stam = ANY(%(stammen)s) GROUP BY w.stam
        ) telling USING (stam)
        WHERE term.stam = lijst.stam
        """,
        {"stammen": sorted(stammen)},
    )
    cursor.execute("DELETE FROM kennisbank_zoekterm WHERE aantal = 0")  # type: ignore[attr-defined]
