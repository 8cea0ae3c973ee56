"""What somebody means: each word of a question as the stems that may answer it.

A compound is taken apart, two words are joined when that is a word, an unknown word becomes the
nearest known one, a synonym adds its words, and the last word may be unfinished.
"""

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise

from kennisbank.search.geheugen import Geheugen
from kennisbank.search.vraag import Vraag
from kennisbank.search.woorden import (
    STOPWOORDEN,
    cuts,
    normalise,
    segment,
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
BEGIN_VANAF, HERSTEL_VANAF, LANG_VANAF = 2, 4, 10  # letters
EEN_FOUT_VANAF, TWEE_FOUTEN_VANAF = 8, 12
AF_TE_MAKEN = 20  # words that an unfinished word may become
_ZAKELIJK = """
bedrijf bedrijven onderneming ondernemer ondernemers zaak winkel zzp zzper personeel horeca
horecazaak restaurant cafe kantoor kvk klanten zakelijk werkgever startup winkelier
"""
ZAKELIJK = frozenset(_ZAKELIJK.split())


@dataclass
class Groep:
    """A word of the question: the stems that answer it, and what each is worth."""

    woord: str
    stammen: dict[str, float] = field(default_factory=dict)
    hersteld: str = ""
    in_tekst: bool = False  # some article has it, if only in its text
    synoniemen: list[str] = field(default_factory=list)  # stems that the editor's list gave
    ook: list[str] = field(default_factory=list)  # the same, as words to show

    @property
    def in_tekst_als(self) -> list[str]:
        """The stem to look for in long texts."""
        return [stem(self.hersteld or self.woord)]


@dataclass(frozen=True)
class Begrip:
    """A question as the index understands it."""

    groepen: list[Groep]
    waarden: list[float]  # what each word is worth at most
    idf: dict[str, float]  # of each stem that may answer
    tekst: str  # as it was read: typing errors corrected
    begin: str = ""  # the last word, when it may be unfinished
    is_zakelijk: bool = False  # somebody speaks of a business of his own


class _Lezer:
    """Reads one question with what the memory knows."""

    def __init__(self, geheugen: Geheugen) -> None:
        self.geheugen = geheugen

    def nearest(self, woord: str) -> list[str]:
        """Known words within one typing error, two for a longer word; the nearest first."""
        geheugen = self.geheugen
        if woord in geheugen.onthouden:
            return geheugen.onthouden[woord]
        hoogstens = 1 if len(woord) < 7 else 2
        gemeten = [
            # The first letter is seldom wrong.
            (afstand, ander[0] != woord[0], -geheugen.aantal[geheugen.woorden[ander]], ander)
            for ander in geheugen.looking_like(woord)
            if (afstand := typing_distance(woord, ander, hoogstens)) <= hoogstens
        ]
        geheugen.onthouden[woord] = [ander for *_, ander in sorted(gemeten)[:GISSINGEN]]
        return geheugen.onthouden[woord]

    def is_known(self, woord: str) -> bool:
        """A word of the vocabulary, or with the stem of one."""
        return woord in self.geheugen.woorden or self.geheugen.knows(stem(woord))

    def split(self, woord: str) -> list[str]:
        """The two known parts of a compound, as stems."""
        delen = [deel for vormen, rechts in cuts(woord) for deel in (*vormen, rechts)]
        stammen = {stam for stam in map(stem, delen) if self.geheugen.knows(stam)}
        twee = split_compound(woord, bekend=self.geheugen.woorden, stammen=stammen)
        return list(twee or ())

    def split_with_error(self, woord: str) -> tuple[str, str] | None:
        """A compound with a typing error in one part: the word as it was meant, and its stems."""
        for vormen, rechts in sorted(cuts(woord), key=lambda snede: -len(snede[1])):
            links = vormen[0]
            if min(len(links), len(rechts)) < HERSTEL_VANAF:
                continue
            if self.is_known(rechts) and (beter := self.nearest(links)):
                return beter[0], rechts
            if self.is_known(links) and (beter := self.nearest(rechts)):
                return links, beter[0]
        return None

    def synonyms(self, sleutel: str) -> list[str]:
        """The stems of what the editor wants to be searched as well."""
        return [stem(woord) for woord in self.synonym_words(sleutel)]

    def synonym_words(self, sleutel: str) -> list[str]:
        """The same, as they are written."""
        return [w for w in words(self.geheugen.synoniemen.get(sleutel, "")) if w not in STOPWOORDEN]

    def group(self, woord: str, begin: list[str]) -> Groep:
        """One word of the question."""
        zelf = stem(woord)
        groep = Groep(woord, in_tekst=zelf in self.geheugen.op_tekst)
        stammen = groep.stammen
        is_bekend = self.geheugen.knows(zelf)
        if is_bekend:
            stammen[zelf] = 1.0
        for deel in self.split(woord):
            stammen.setdefault(deel, DEEL_VAN_BEKEND if is_bekend else DEEL)
        for sleutel in (woord, zelf):
            groep.ook += self.synonym_words(sleutel)
            for stam in self.synonyms(sleutel):
                groep.synoniemen.append(stam)
                stammen.setdefault(stam, SYNONIEM_VAN_BEKEND if is_bekend else SYNONIEM)
        for heel in begin:
            stammen.setdefault(stem(heel), BEGIN_VAN_BEKEND if is_bekend else BEGIN)
        if not stammen and not groep.in_tekst and len(woord) >= HERSTEL_VANAF:
            self._repair(groep)
        return groep

    def one_error_away(self, woord: str) -> str:
        """The known word that an unknown, longer one differs hardly from. That is likelier
        than a new compound of words that happen to fit.
        """
        if len(woord) < EEN_FOUT_VANAF or self.is_known(woord) or self.is_for_editors(woord):
            return ""
        beste = next(iter(self.nearest(woord)), "")
        is_samengesteld = all(deel in self.geheugen.woorden for deel in self.parts(woord) or [""])
        hoogstens = 1 if len(woord) < TWEE_FOUTEN_VANAF or is_samengesteld else 2
        return beste if beste and typing_distance(woord, beste, hoogstens) <= hoogstens else ""

    def is_for_editors(self, woord: str) -> bool:
        """A word that the editor's list or a long text has."""
        zelf = stem(woord)
        return zelf in self.geheugen.op_tekst or not self.geheugen.synoniemen.keys().isdisjoint(
            (woord, zelf)
        )

    def groups(self, woord: str, begin: list[str]) -> list[Groep]:
        """One word of the question: as it is, or as the words that a new compound is made of, which
        then count each. Only half-typed words are left whole.
        """
        if beter := self.one_error_away(woord):
            groep = self.group(beter, begin)
            groep.woord, groep.hersteld, groep.in_tekst = woord, beter, False
            return [groep]
        if begin or self.is_known(woord) or self.is_for_editors(woord):
            return [self.group(woord, begin)]
        delen = self.parts(woord)
        return [self.group(deel, []) for deel in delen] or [self.group(woord, begin)]

    def parts(self, woord: str) -> list[str]:
        """The known words that a new compound is made of, as they are written; the most even cut
        wins, and else the longest known words that fill it whole.
        """
        beste: tuple[int, list[str]] = (0, [])
        for vormen, rechts in cuts(woord):
            links = next((vorm for vorm in vormen if self.is_known(vorm)), "")
            if links and self.is_known(rechts) and min(len(links), len(rechts)) > beste[0]:
                beste = (min(len(links), len(rechts)), [links, rechts])
        if beste[1] or len(woord) < LANG_VANAF:
            return beste[1]
        delen = segment(woord, self.is_known)
        # Linking letters between them may be left over, but no more.
        return delen if len(woord) - sum(map(len, delen)) <= len(delen) else []

    def _repair(self, groep: Groep) -> None:
        for plek, ander in enumerate(self.nearest(groep.woord)):
            groep.hersteld = groep.hersteld or ander
            groep.stammen.setdefault(stem(ander), HERSTELD - HERSTELD_LATER * plek)
        if groep.stammen or len(groep.woord) < LANG_VANAF:
            return
        if delen := self.split_with_error(groep.woord):
            groep.hersteld = "".join(delen)
        for deel in delen or segment(groep.woord, self.is_known):
            groep.stammen.setdefault(stem(deel), DEEL * HERSTELD)


def understand(vraag: Vraag, geheugen: Geheugen) -> Begrip:
    """The question in groups of stems."""
    woorden = list(dict.fromkeys(telling_words(vraag.tekst)))[:MAX_WOORDEN]
    lezer = _Lezer(geheugen)
    laatste = _unfinished(vraag.tekst)
    begin = geheugen.beginning_with(laatste, AF_TE_MAKEN) if laatste else []
    groepen = [
        groep
        for woord in woorden
        for groep in lezer.groups(woord, begin if woord == laatste else [])
    ]
    for links, rechts in pairwise(groepen):
        samen = stem(links.woord + rechts.woord)
        if geheugen.knows(samen) and len(links.woord + rechts.woord) > 3:
            links.stammen[samen] = rechts.stammen[samen] = SAMEN
            links.hersteld = rechts.hersteld = ""
    _add_phrases(vraag, groepen, lezer)
    beter = {groep.woord: groep.hersteld for groep in groepen if groep.hersteld}
    tekst = re.sub(r"\w+", lambda deel: beter.get(normalise(deel[0]), deel[0]), vraag.tekst)
    idf = {stam: geheugen.idf(stam) for groep in groepen for stam in groep.stammen}
    onbekend = math.log(1 + max(len(geheugen.groepen), 1))
    waarden = [
        max(idf[stam] for stam in groep.stammen)
        if groep.stammen
        else onbekend * (1 if groep.in_tekst else ONBEKEND)
        for groep in groepen
    ]
    alle = set(words(vraag.tekst))
    return Begrip(groepen, waarden, idf, tekst, laatste, is_zakelijk=bool(alle & ZAKELIJK))


def _add_phrases(vraag: Vraag, groepen: list[Groep], lezer: _Lezer) -> None:
    """Synonyms of two or three words in a row, with the small words between them or without."""
    per_woord = {groep.woord: groep for groep in groepen}
    for rij in (words(vraag.tekst), [groep.woord for groep in groepen]):
        for lengte in (2, 3):
            for plek in range(len(rij) - lengte + 1):
                deel = rij[plek : plek + lengte]
                eerste = next((per_woord[woord] for woord in deel if woord in per_woord), None)
                if eerste is None:
                    continue
                eerste.ook += lezer.synonym_words(" ".join(deel))
                for stam in lezer.synonyms(" ".join(deel)):
                    eerste.synoniemen.append(stam)
                    eerste.stammen.setdefault(stam, SYNONIEM)


def _unfinished(tekst: str) -> str:
    """The last word, when somebody may still be typing it."""
    laatste = re.search(r"[^\W_]+$", tekst)
    kaal = normalise(laatste[0]) if laatste else ""
    return kaal if len(kaal) >= BEGIN_VANAF and kaal not in STOPWOORDEN else ""
