"""What search looks in: the stored index, as every web process holds it in memory.

PostgreSQL is the truth. Before every search ``sync`` asks what changed since this process last
looked (one small query), and takes over just that; a change is seen by the first search after its
commit, in every process. The log of changes is written by triggers, so no road can pass it by.
"""

import json
import math
import threading
import time
from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from heapq import nlargest
from sys import intern
from typing import Any

from django.db import connection

from kennisbank.search.woorden import normalise, stem, talking_stems, words

Sleutel = tuple[str, int]  # "artikel" or "product", and its primary key
# Older rows of the log are thrown away (index.refresh), so whoever slept longer reads all again.
LOG_UREN = 24
SLAAP = LOG_UREN * 3600 / 2  # seconds
ALLES_VANAF = 2_000  # changed records: then reading everything is less work
PRAAT = 0.6  # what a word of talking tells, against another that is as rare
OPRUIMEN_VANAF = 20_000  # entries that nothing points to any more

_GEWIJZIGD = """
WITH nu AS (
  SELECT pg_current_snapshot()::text AS stand,
    pg_current_xact_id_if_assigned()::text::bigint AS eigen
)
SELECT nu.stand, nu.eigen, (
    SELECT count(*) FROM kennisbank_zoekwijziging
    WHERE xid = %(eigen)s::bigint AND id <= %(laatste)s
  ), w.id, w.xid, w.soort, w.record
FROM nu LEFT JOIN kennisbank_zoekwijziging w ON w.xid >= %(vanaf)s
  AND (w.xid = nu.eigen OR NOT %(begin)s AND (w.xid = %(eigen)s::bigint
    OR NOT pg_visible_in_snapshot(w.xid::text::xid8, %(stand)s::pg_snapshot)))
  AND NOT (w.xid IS NOT DISTINCT FROM %(eigen)s::bigint
    AND w.xid IS NOT DISTINCT FROM nu.eigen AND w.id <= %(laatste)s)
"""
_STUKKEN = """
SELECT 'artikel', a.id, coalesce(a.product_id, -a.id), a.soort = 'product',
  s.zinnen::text, s.woorden::text, s.tekst::text
FROM kennisbank_zoekstuk s JOIN kennisbank_kennisartikel a ON a.id = s.artikel_id
WHERE a.is_actief AND a.huidige_versie_id IS NOT NULL AND (%(alles)s OR a.id = ANY(%(artikel)s))
UNION ALL
SELECT 'product', p.id, p.id, false, s.zinnen::text, s.woorden::text, s.tekst::text
FROM kennisbank_zoekstuk s JOIN kennisbank_product p ON p.id = s.product_id
WHERE p.is_actief AND NOT p.is_placeholder AND (%(alles)s OR p.id = ANY(%(product)s))
ORDER BY 1, 2
"""


class Stuk:
    """A product or an article: what it is found by, and where its entries stand."""

    __slots__ = (
        "begin", "eind", "groep", "is_beschrijving", "nummer", "sleutel", "stammen", "woorden",
    )  # fmt: skip

    def __init__(self, sleutel: Sleutel, groep: int, *, is_beschrijving: bool) -> None:
        self.sleutel = sleutel
        self.groep = groep  # a product with its articles; minus its id for an article alone
        self.is_beschrijving = is_beschrijving
        self.nummer = self.begin = self.eind = 0
        # Tuples: there are thousands of these, and a set or a dict takes several times as much.
        self.stammen: tuple[str, ...] = ()
        self.woorden: tuple[str, ...] = ()


class Geheugen:
    """The index in memory, for one thread at a time: see ``open_geheugen``."""

    def __init__(self) -> None:
        self._vergeet_stand()
        self._clear()
        self._praat = talking_stems()
        self.synoniemen: dict[str, str] = {}

    def _vergeet_stand(self) -> None:
        self._stand = ""
        self._eigen: int | None = None  # our own open transaction: it may yet be rolled back
        self._laatste = self._geteld = 0
        self._onzeker: set[Sleutel] = set()
        self._gekeken = 0.0

    def _clear(self) -> None:
        self.stukken: dict[Sleutel, Stuk] = {}
        self.groepen: dict[int, list[Stuk]] = {}
        self.op_nummer: list[Stuk] = []
        self.zin_tekst: list[str] = []
        self.zin_gewicht = array("d")
        self.zin_lengte = array("d")  # what its words tell together; see _measure
        self.zin_stuk = array("L")
        self.op_stam: dict[str, tuple[array[int], array[float]]] = {}
        self.op_tekst: dict[str, array[int]] = {}
        self.aantal: Counter[str] = Counter()  # groups that have a stem
        self.woorden: dict[str, str] = {}
        self.alfabet: list[str] = []
        self._woord_telt: Counter[str] = Counter()
        self._op_trigram: dict[str, set[str]] = defaultdict(set)
        self._dood = 0
        self.onthouden: dict[str, list[str]] = {}  # nearest words, as long as nothing changes

    # -- keeping up -----------------------------------------------------------------------------

    def sync(self) -> None:
        """Take over what changed since the last time."""
        try:
            self._sync()
        except Exception:
            self._vergeet_stand()  # half taken over: read all again
            raise

    def _sync(self) -> None:
        nu = time.monotonic()
        if not self._stand or nu - self._gekeken > SLAAP:
            self._vergeet_stand()
        with connection.cursor() as cursor:
            cursor.execute(
                _GEWIJZIGD,
                {
                    "stand": self._stand or "1:1:",
                    "vanaf": int(self._stand.split(":")[0]) if self._stand else 0,
                    "begin": not self._stand,
                    "eigen": self._eigen,
                    "laatste": self._laatste,
                },
            )
            rijen = cursor.fetchall()
        stand, eigen, geteld = rijen[0][:3]
        nieuw = [rij[3:] for rij in rijen if rij[3] is not None]
        alles = not self._stand or int(stand.split(":")[1]) < int(self._stand.split(":")[1])
        te_lezen: set[Sleutel] = {(soort, record) for _, _, soort, record in nieuw}
        if eigen != self._eigen or geteld != self._geteld:
            te_lezen |= self._onzeker  # the transaction that we saw this in is over, or went back
            self._onzeker = set()
            self._geteld = self._laatste = 0
        van_ons = [
            (nummer, (soort, record)) for nummer, xid, soort, record in nieuw if xid == eigen
        ]
        self._onzeker |= {sleutel for _, sleutel in van_ons}
        self._geteld += len(van_ons)
        self._laatste = max([self._laatste, *(nummer for nummer, _ in van_ons)])
        self._take_over(te_lezen, alles=alles)
        self._stand, self._eigen, self._gekeken = stand, eigen, nu

    def _take_over(self, sleutels: set[Sleutel], *, alles: bool) -> None:
        if sleutels or len(self.onthouden) > 5_000:
            self.onthouden.clear()
        soorten = {soort for soort, _ in sleutels}
        alles = alles or "alles" in soorten or len(sleutels) > ALLES_VANAF
        if alles or "synoniem" in soorten:
            self._read_synoniemen()
        if alles or self._dood > OPRUIMEN_VANAF:
            rijen = self._read(None)
            self._clear()
            self._add(rijen, is_begin=True)
        elif stukken := {sleutel for sleutel in sleutels if sleutel[0] in ("artikel", "product")}:
            for sleutel in stukken:
                self._remove(sleutel)
            self._add(self._read(stukken), is_begin=False)

    def _read(self, sleutels: Collection[Sleutel] | None) -> list[tuple[Any, ...]]:
        keuze = {
            soort: [pk for wat, pk in sleutels or () if wat == soort]
            for soort in ("artikel", "product")
        }
        with connection.cursor() as cursor:
            cursor.execute(_STUKKEN, {"alles": sleutels is None, **keuze})
            return list(cursor.fetchall())

    def _read_synoniemen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT woord, woorden FROM kennisbank_synoniem")
            self.synoniemen = {}
            for woord, woorden in cursor.fetchall():
                self.synoniemen[normalise(woord).strip()] = woorden
            for woord, woorden in list(self.synoniemen.items()):
                delen = words(woord)
                if len(delen) == 1:
                    self.synoniemen.setdefault(stem(delen[0]), woorden)

    def _add(self, rijen: Iterable[tuple[Any, ...]], *, is_begin: bool) -> None:
        erbij = []
        for wat, pk, groep, is_beschrijving, zinnen, woorden, tekst in rijen:
            stuk = Stuk((wat, pk), groep, is_beschrijving=is_beschrijving)
            self._add_zinnen(stuk, json.loads(zinnen))
            for stam in json.loads(tekst):
                self.op_tekst.setdefault(intern(stam), array("I")).append(stuk.nummer)
            met_stam = json.loads(woorden)
            stuk.woorden = tuple(map(intern, met_stam))
            for woord in stuk.woorden:
                self._woord_telt[woord] += 1
                if self._woord_telt[woord] == 1:
                    self.woorden[woord] = intern(met_stam[woord])
                    if not is_begin:
                        insort(self.alfabet, woord)
                    for drie in trigrams(woord):
                        self._op_trigram[drie].add(woord)
            eerder = self._stammen_van(groep)
            self.stukken[stuk.sleutel] = stuk
            self.groepen.setdefault(groep, []).append(stuk)
            self.aantal.update(set(stuk.stammen) - eerder)
            erbij.append(stuk)
        if is_begin:
            self.alfabet = sorted(self.woorden)
        self._measure(erbij)

    def _add_zinnen(self, stuk: Stuk, zinnen: list[tuple[str, float, dict[str, float]]]) -> None:
        stuk.nummer = len(self.op_nummer)
        self.op_nummer.append(stuk)
        stuk.begin = len(self.zin_tekst)
        stammen = set()
        for tekst, gewicht, gewogen in zinnen:
            nummer = len(self.zin_tekst)
            self.zin_tekst.append(tekst)
            self.zin_gewicht.append(gewicht)
            self.zin_lengte.append(0)
            self.zin_stuk.append(stuk.nummer)
            for stam, waarde in gewogen.items():
                lijst = self.op_stam.get(stam)
                if lijst is None:
                    lijst = self.op_stam[intern(stam)] = (array("I"), array("d"))
                lijst[0].append(nummer)
                lijst[1].append(waarde)
                stammen.add(intern(stam))
        stuk.eind = len(self.zin_tekst)
        stuk.stammen = tuple(stammen)

    def _measure(self, stukken: Collection[Stuk]) -> None:
        """How long each entry is: the sum of what its own words tell. A rare word makes it longer,
        so that leaving that word out of a question costs more.
        """
        if not stukken:
            return
        eigen = {nummer for stuk in stukken for nummer in range(stuk.begin, stuk.eind)}
        stammen = {stam for stuk in stukken for stam in stuk.stammen}
        lengte = self.zin_lengte
        for stam in stammen:
            idf = self.idf(stam)
            for nummer, waarde in zip(*self.op_stam[stam], strict=True):
                if waarde >= 0.9 and nummer in eigen:
                    lengte[nummer] += idf

    def _remove(self, sleutel: Sleutel) -> None:
        stuk = self.stukken.pop(sleutel, None)
        if stuk is None:
            return
        self.groepen[stuk.groep].remove(stuk)
        self.aantal.subtract(set(stuk.stammen) - self._stammen_van(stuk.groep))
        if not self.groepen[stuk.groep]:
            del self.groepen[stuk.groep]
        for nummer in range(stuk.begin, stuk.eind):
            self.zin_gewicht[nummer] = 0  # stays in the lists of its stems, and counts for nothing
        self._dood += stuk.eind - stuk.begin
        for woord in stuk.woorden:
            self._woord_telt[woord] -= 1
            if not self._woord_telt[woord]:
                del self._woord_telt[woord], self.woorden[woord]
                del self.alfabet[bisect_left(self.alfabet, woord)]
                for drie in trigrams(woord):
                    self._op_trigram[drie].discard(woord)

    def _stammen_van(self, groep: int) -> set[str]:
        return set().union(*(stuk.stammen for stuk in self.groepen.get(groep, ())))

    # -- asking ---------------------------------------------------------------------------------

    def is_there(self, stuk: Stuk) -> bool:
        """False for what was removed or replaced since."""
        return self.stukken.get(stuk.sleutel) is stuk

    def idf(self, stam: str) -> float:
        """What a stem tells: the fewer have it, the more."""
        waarde = math.log(1 + max(len(self.groepen), 1) / max(self.aantal[stam], 1))
        return waarde * PRAAT if stam in self._praat else waarde

    def knows(self, stam: str) -> bool:
        """Something is found by this stem."""
        return self.aantal[stam] > 0

    def beginning_with(self, begin: str, limit: int) -> list[str]:
        """Words that begin so, the most common first."""
        alfabet = self.alfabet
        van, tot = bisect_left(alfabet, begin), bisect_left(alfabet, begin + "\U0010ffff")
        return nlargest(limit, alfabet[van:tot], key=lambda woord: self.aantal[self.woorden[woord]])

    def looking_like(self, woord: str, limit: int = 30) -> list[str]:
        """Words of about that length that share the most of its trigrams."""
        telling: Counter[str] = Counter()
        for drie in trigrams(woord):
            telling.update(self._op_trigram.get(drie, ()))
        lengte = len(woord)
        gelijk = (
            (gedeeld / (lengte + len(ander)), ander)
            for ander, gedeeld in telling.items()
            if abs(len(ander) - lengte) <= 2
        )
        return [ander for _, ander in nlargest(limit, gelijk)]


def trigrams(woord: str) -> set[str]:
    """Three letters in a row, with marks where the word begins and ends."""
    rond = f"  {woord} "
    return {rond[plek : plek + 3] for plek in range(len(rond) - 2)}


_geheugen = Geheugen()
# Computing is Python, so threads would take turns anyway.
_slot = threading.RLock()


@contextmanager
def open_geheugen() -> Iterator[Geheugen]:
    """The memory of this process, up to date, for the thread that has it."""
    with _slot:
        _geheugen.sync()
        yield _geheugen
