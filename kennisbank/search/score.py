"""Which products and articles answer best, computed from the index of short entries.

An entry scores by how much of the question it covers, and how much of itself that is: a question
that is an entry wins from one that only shares a word with it. A product with its articles scores
by its best entries and by what they cover together; within it each record scores by its own.
"""

from dataclasses import dataclass, field

from kennisbank.search.begrip import Begrip
from kennisbank.search.geheugen import Geheugen, Stuk

# Of the score of an entry: what it gets for the question alone, the rest for the entry covered.
DEKT_VRAAG = 0.6
# Of the score of a group: its best entries, and what all of them cover together.
BESTE, SAMEN = 0.7, 0.3
VOLGENDE = (1, 0.35, 0.2)  # what the best entry and those after it count for
# What each next record of one product is worth: the second product somebody may mean is better
# news than the fifth article of the first.
VERVOLG = 0.5
TEKST = 0.02  # a word somewhere in a long text hardly says that it answers
TEKST_DEKT = 0.5  # but it does say that this article is the one of its product
BREED = 30  # groups that are looked at closely
# A record that covers less of the question than this part of what the best one covers is left out,
# unless it scores at least as well.
MINSTENS = 0.6
KANSLOOS = 0.2  # of what the best entry covers: less cannot come near the top


@dataclass(frozen=True)
class Kandidaat:
    """A record that answers something of the question; ``dekt``: how much of it, 1 is all."""

    wat: str  # "artikel" or "product"
    pk: int
    groep: int
    score: float
    dekt: float
    zin: str  # the entry that answers best


@dataclass
class _Groep:
    """A product with its articles, on its way to a place."""

    zinnen: list[tuple[float, int]] = field(default_factory=list)  # score and number, best first


def score(begrip: Begrip, geheugen: Geheugen, *, breed: int = BREED) -> list[Kandidaat]:
    """The best answers, best first: all records of at most ``breed`` groups."""
    if not begrip.waarden:
        return []
    raak = [_hits(groep.stammen, begrip, geheugen) for groep in begrip.groepen]
    in_tekst = [
        set().union(*(geheugen.op_tekst.get(stam, ()) for stam in groep.in_tekst_als))
        for groep in begrip.groepen
    ]
    som = _sum(raak)
    hoogste = sum(begrip.waarden)
    groepen = _best_groups(som, geheugen, hoogste, breed)
    _add_by_text(groepen, in_tekst, begrip, geheugen, breed)
    kandidaten = []
    for nummer, groep in groepen.items():
        kandidaten += _rank_group(nummer, groep, raak, in_tekst, som, begrip, geheugen)
    kandidaten.sort(key=in_order)
    return kandidaten


def in_order(kandidaat: Kandidaat) -> tuple[float, int]:
    """Best first; of equals the oldest. Sums differ in their last bits with the order in which a
    process happened to read the index, and its order must not decide.
    """
    return -round(kandidaat.score, 9), kandidaat.groep


def enough(kandidaten: list[Kandidaat]) -> list[Kandidaat]:
    """Those that cover enough of a question of a few words, in the same order.

    What ranks above the one that covers most stays: a general word that the best answer happens
    not to have (*voorwaarden*, *wachttijd*) must not take it out.
    """
    if not kandidaten:
        return []
    ruimste = max(kandidaten, key=lambda k: (k.dekt, k.score))
    return [k for k in kandidaten if k.dekt >= ruimste.dekt * MINSTENS or k.score >= ruimste.score]


def _hits(stammen: dict[str, float], begrip: Begrip, geheugen: Geheugen) -> dict[int, float]:
    """What each entry answers of one word: number of the entry → value."""
    raak: dict[int, float] = {}
    for stam, gewicht in sorted(stammen.items(), key=lambda deel: -deel[1] * begrip.idf[deel[0]]):
        lijst = geheugen.op_stam.get(stam)
        if lijst is None:
            continue
        waarde = gewicht * begrip.idf[stam]
        if not raak:
            raak = {nummer: deel * waarde for nummer, deel in zip(*lijst, strict=True)}
            continue
        for nummer, deel in zip(*lijst, strict=True):
            if raak.get(nummer, 0) < deel * waarde:
                raak[nummer] = deel * waarde
    return raak


def _sum(raak: list[dict[int, float]]) -> dict[int, float]:
    """What each entry answers of the whole question."""
    op_lengte = sorted(raak, key=len)
    som = dict(op_lengte.pop())
    for woord in op_lengte:
        for nummer, waarde in woord.items():
            som[nummer] = som.get(nummer, 0) + waarde
    return som


def _best_groups(
    som: dict[int, float], geheugen: Geheugen, hoogste: float, breed: int
) -> dict[int, _Groep]:
    """The groups with the best entries, at most ``breed``."""
    grens = max(som.values(), default=0) * KANSLOOS
    gewicht, lengte = geheugen.zin_gewicht, geheugen.zin_lengte
    over = 1 - DEKT_VRAAG
    scores = [
        (gewicht[n] * s / hoogste * (DEKT_VRAAG + over * min(1, s / (lengte[n] or s))), n)
        for n, s in som.items()
        if s >= grens and gewicht[n]
    ]
    scores.sort(key=lambda deel: (-deel[0], deel[1]))
    groepen: dict[int, _Groep] = {}
    for waarde, zin in scores:
        nummer = geheugen.op_nummer[geheugen.zin_stuk[zin]].groep
        groep = groepen.get(nummer)
        if groep is None:
            if len(groepen) >= breed:
                continue
            groep = groepen[nummer] = _Groep()
        groep.zinnen.append((waarde, zin))
    return groepen


def _add_by_text(
    groepen: dict[int, _Groep],
    in_tekst: list[set[int]],
    begrip: Begrip,
    geheugen: Geheugen,
    breed: int,
) -> None:
    """When there is room: groups that have words of the question in a long text only."""
    if len(groepen) >= breed:
        return
    telling: dict[int, float] = {}
    for nummers, waarde in zip(in_tekst, begrip.waarden, strict=True):
        for nummer in nummers:
            telling[nummer] = telling.get(nummer, 0) + waarde
    for nummer, _ in sorted(telling.items(), key=lambda deel: (-deel[1], deel[0])):
        stuk = geheugen.op_nummer[nummer]
        if geheugen.is_there(stuk):
            groepen.setdefault(stuk.groep, _Groep())
        if len(groepen) >= breed:
            return


def _rank_group(
    nummer: int,
    groep: _Groep,
    raak: list[dict[int, float]],
    in_tekst: list[set[int]],
    som: dict[int, float],
    begrip: Begrip,
    geheugen: Geheugen,
) -> list[Kandidaat]:
    """The records of one group that answer something, best first."""
    hoogste = sum(begrip.waarden)
    stukken = geheugen.groepen[nummer]
    zinnen = {stuk.nummer: (0.0, -1) for stuk in stukken}
    for waarde, zin in reversed(groep.zinnen):
        zinnen[geheugen.zin_stuk[zin]] = (waarde, zin)
    eigen = {stuk.nummer: _covered(stuk, raak, som) for stuk in stukken}
    van_product = next((stuk.nummer for stuk in stukken if stuk.sleutel[0] == "product"), None)
    leeg = [0.0] * len(raak)
    van_naam = eigen[van_product] if van_product is not None else leeg
    vol = {
        stuk.nummer: [
            waarde if stuk.nummer in nummers else 0.0
            for nummers, waarde in zip(in_tekst, begrip.waarden, strict=True)
        ]
        for stuk in stukken
    }
    beste = sum(deel * waarde for deel, (waarde, _) in zip(VOLGENDE, groep.zinnen, strict=False))
    dekt = sum(map(max, zip(*eigen.values(), strict=True))) / hoogste
    tekst = max((sum(deel) for deel in vol.values()), default=0) / hoogste
    totaal = BESTE * beste + SAMEN * dekt + TEKST * tekst
    product_zin = zinnen[van_product] if van_product is not None else (0.0, -1)
    rijen = []
    for stuk in stukken:
        zelf, van_tekst = eigen[stuk.nummer], vol[stuk.nummer]
        alles = sum(map(max, zip(zelf, van_naam, van_tekst, strict=True))) / hoogste
        if not alles:
            continue
        waarde, zin = zinnen[stuk.nummer]
        if stuk.nummer == van_product:
            rijen.append((waarde * 0.85, stuk, alles, zin))
            continue
        op_zich = [max(z, t * TEKST_DEKT) for z, t in zip(zelf, van_tekst, strict=True)]
        rang = max(waarde, product_zin[0] * 0.9) + waarde * 0.3 + sum(op_zich) / hoogste * 0.5
        rang += 0.05 if stuk.is_beschrijving else 0
        rijen.append((rang, stuk, alles, zin if zin >= 0 else product_zin[1]))
    rijen.sort(key=lambda rij: (-rij[0], rij[1].sleutel))
    return [
        Kandidaat(
            *stuk.sleutel,
            groep=nummer,
            score=totaal / (1 + VERVOLG * plek),
            dekt=alles,
            zin=geheugen.zin_tekst[zin] if zin >= 0 else "",
        )
        for plek, (_, stuk, alles, zin) in enumerate(rijen)
    ]


def _covered(stuk: Stuk, raak: list[dict[int, float]], som: dict[int, float]) -> list[float]:
    """What the entries of a record answer together, per word of the question."""
    dekt = [0.0] * len(raak)
    for zin in range(stuk.begin, stuk.eind):
        if zin in som:
            for plek, woord in enumerate(raak):
                if woord.get(zin, 0) > dekt[plek]:
                    dekt[plek] = woord[zin]
    return dekt
