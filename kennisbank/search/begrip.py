"""What somebody means: each word of a question as the stems that may answer it.

A compound is taken apart, two words are joined when that is a word, an unknown word becomes the
nearest known one, a synonym adds its words, and the last word may be unfinished.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import connection

from kennisbank.search.vraag import Vraag
from kennisbank.search.woorden import (
    STOPWOORDEN,
    cuts,
    normalise,
    split_compound,
    stem,
    telling_words,
    typing_distance,
    words,
)

MAX_WOORDEN = 16
# What a stem is worth that stands in for the word itself.
SAMEN, DEEL, SYNONIEM, BEGIN = 1.1, 0.7, 0.8, 0.8
# The same, for a word that is known itself.
DEEL_VAN_BEKEND, SYNONIEM_VAN_BEKEND, BEGIN_VAN_BEKEND = 0.55, 0.4, 0.3
HERSTELD, HERSTELD_LATER = 0.85, 0.1  # each next guess is worth that much less
GISSINGEN = 3
ONBEKEND = 0.5  # what a word that is nowhere takes from the rest
BEGIN_VANAF, HERSTEL_VANAF = 3, 4  # letters

# Everything that the vocabulary can tell of a question, in one statement: kind, word of the
# question, word of the vocabulary, its stem, in how many groups that is.
_OPZOEKEN = """
SELECT 'totaal', '', '', '', (SELECT count(*) FROM kennisbank_product)
UNION ALL
SELECT 'woord', '', woord, stam, aantal FROM kennisbank_zoekterm
  WHERE woord = ANY(%(woorden)s) OR stam = ANY(%(stammen)s)
UNION ALL
SELECT 'synoniem', lower(woord), woorden, '', 0 FROM kennisbank_synoniem
  WHERE kcc_normaliseer(woord) = ANY(%(synoniemen)s)
UNION ALL
(SELECT 'begin', %(laatste)s, woord, stam, aantal FROM kennisbank_zoekterm
  WHERE %(laatste)s <> '' AND woord LIKE %(laatste)s || '%%' ORDER BY aantal DESC, woord LIMIT 20)
UNION ALL
SELECT 'lijkt', vraag.woord, term.woord, term.stam, term.aantal
  FROM unnest(%(lang)s::text[], %(langstam)s::text[]) vraag (woord, stam)
  CROSS JOIN LATERAL kennisbank_lijkt_op(vraag.woord) term
  WHERE NOT EXISTS (SELECT FROM kennisbank_zoekterm z WHERE z.stam = vraag.stam)
UNION ALL
SELECT 'tekst', vraag.woord, '', '', 1 FROM unnest(%(lang)s::text[]) vraag (woord)
  WHERE EXISTS (SELECT FROM kennisbank_kennisartikel
    WHERE is_actief AND zoekvector @@ plainto_tsquery('public.kcc', vraag.woord))
"""


@dataclass
class Groep:
    """A word of the question: the stems that answer it, and what each is worth."""

    woord: str
    stammen: dict[str, float] = field(default_factory=dict)
    hersteld: str = ""
    in_tekst: bool = False  # some article has it, if only in its text


@dataclass(frozen=True)
class Begrip:
    """A question as the index understands it."""

    groepen: list[Groep]
    aantallen: dict[str, int]  # stem → groups that have it
    totaal: int
    tekst: str  # as it was read: typing errors corrected

    def idf(self, stam: str) -> float:
        """What a stem tells: the fewer have it, the more."""
        return math.log(1 + self.totaal / max(self.aantallen.get(stam, 0), 1))

    def waarde(self, groep: Groep) -> float:
        """What a word of the question is worth at most."""
        if not groep.stammen:
            return math.log(1 + self.totaal) * (1 if groep.in_tekst else ONBEKEND)
        return max(self.idf(stam) for stam in groep.stammen)


class _Woordenschat:
    """What _OPZOEKEN gave, by kind."""

    def __init__(self, rijen: Iterable[tuple[str, str, str, str, int]]) -> None:
        self.totaal = 1
        self.bekend: set[str] = set()
        self.aantallen: dict[str, int] = {}
        self.synoniemen: dict[str, str] = {}
        self.begin: list[str] = []
        self.lijkt: dict[str, list[tuple[str, int]]] = {}
        self.in_tekst: set[str] = set()
        for soort, van, woord, stam, aantal in rijen:
            if stam:
                self.aantallen[stam] = aantal
            if soort == "totaal":
                self.totaal = max(aantal, 1)
            elif soort == "woord":
                self.bekend.add(woord)
            elif soort == "synoniem":
                self.synoniemen[normalise(van)] = woord
            elif soort == "begin":
                self.begin.append(woord)
            elif soort == "lijkt":
                self.lijkt.setdefault(van, []).append((woord, aantal))
            else:
                self.in_tekst.add(van)
        # Only what was asked for counts as a word to take a compound apart with.
        self.stammen = {stem(woord) for woord in self.bekend}

    def nearest(self, woord: str) -> list[str]:
        """Known words within one typing error, two for a longer word; the nearest first."""
        hoogstens = 1 if len(woord) < 7 else 2
        gemeten = [
            (afstand, -aantal, ander)
            for ander, aantal in self.lijkt.get(woord, [])
            if (afstand := typing_distance(woord, ander)) <= hoogstens
        ]
        return [ander for _, _, ander in sorted(gemeten)[:GISSINGEN]]

    def split(self, woord: str) -> tuple[str, str] | None:
        """The two known parts of a compound."""
        return split_compound(woord, bekend=self.bekend, stammen=self.stammen)


def understand(vraag: Vraag) -> Begrip:
    """The question in groups of stems. One query."""
    woorden = list(dict.fromkeys(telling_words(vraag.tekst)))[:MAX_WOORDEN]
    schat = _look_up(vraag, woorden)
    laatste = _unfinished(vraag.tekst)
    groepen = [_group(woord, schat, schat.begin if woord == laatste else []) for woord in woorden]
    for links, rechts in pairwise(groepen):
        samen = stem(links.woord + rechts.woord)
        if samen in schat.aantallen and len(links.woord + rechts.woord) > 3:
            links.stammen[samen] = rechts.stammen[samen] = SAMEN
            links.hersteld = rechts.hersteld = ""
        paar = schat.synoniemen.get(f"{links.woord} {rechts.woord}", "")
        for stam in map(stem, telling_words(paar)):
            links.stammen.setdefault(stam, SYNONIEM)
    beter = {groep.woord: groep.hersteld for groep in groepen if groep.hersteld}
    tekst = re.sub(r"\w+", lambda deel: beter.get(normalise(deel[0]), deel[0]), vraag.tekst)
    return Begrip(groepen, schat.aantallen, schat.totaal, tekst)


def _unfinished(tekst: str) -> str:
    """The last word, when somebody may still be typing it."""
    laatste = re.search(r"[^\W_]+$", tekst)
    kaal = normalise(laatste[0]) if laatste else ""
    return kaal if len(kaal) >= BEGIN_VANAF and kaal not in STOPWOORDEN else ""


def _look_up(vraag: Vraag, woorden: list[str]) -> _Woordenschat:
    samen = [links + rechts for links, rechts in pairwise(woorden)]
    delen = set(woorden) | set(samen)
    for woord in woorden:
        for vormen, rechts in cuts(woord):
            delen.update(vormen)
            delen.add(rechts)
    lang = [woord for woord in woorden if len(woord) >= HERSTEL_VANAF]
    paren = [" ".join(paar) for paar in pairwise(woorden)]
    with connection.cursor() as cursor:
        cursor.execute(
            _OPZOEKEN,
            {
                "woorden": list(delen),
                "stammen": list({stem(deel) for deel in delen}),
                "synoniemen": [*words(vraag.tekst), *map(stem, woorden), *paren],
                "laatste": _unfinished(vraag.tekst) if woorden else "",
                "lang": lang,
                "langstam": [stem(woord) for woord in lang],
            },
        )
        return _Woordenschat(cursor.fetchall())


def _group(woord: str, schat: _Woordenschat, begin: list[str]) -> Groep:
    groep = Groep(woord, in_tekst=woord in schat.in_tekst)
    stammen, zelf = groep.stammen, stem(woord)
    is_bekend = zelf in schat.aantallen
    if is_bekend:
        stammen[zelf] = 1.0
    delen = schat.split(woord)
    for deel in delen or ():
        stammen.setdefault(deel, DEEL_VAN_BEKEND if is_bekend else DEEL)
    for sleutel in (woord, zelf):
        for stam in map(stem, telling_words(schat.synoniemen.get(sleutel, ""))):
            stammen.setdefault(stam, SYNONIEM_VAN_BEKEND if is_bekend else SYNONIEM)
    for heel in begin:
        stammen.setdefault(stem(heel), BEGIN_VAN_BEKEND if is_bekend else BEGIN)
    if stammen or groep.in_tekst:
        return groep
    for plek, ander in enumerate(schat.nearest(woord)):
        groep.hersteld = groep.hersteld or ander
        stammen.setdefault(stem(ander), HERSTELD - HERSTELD_LATER * plek)
    return groep
