"""What stands out, in sentences: the biggest changes, and norms missed.

A change is only named when there is enough to go by and chance hardly explains it: at least 30 on
both sides, and a difference of more than 2.58 times its standard error (of two equal shares, fewer
than 1 in 100 pairs differs that much). Computed from the same counts as the tiles.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rapportage.cijfers import Cijfers, Paar
from rapportage.kpis import BINNEN_TERMIJN, CONTACTEN, FCR_B, Kpi
from rapportage.tabellen import RijAfdeling, RijContacten
from rapportage.weergave import getal, met_eenheid, verschil

MINSTENS = 30
Z = 2.58
HOOGSTENS = 5  # sentences
# Below these nobody has to act on it, however certain it is.
MIN_PUNTEN = 2.0  # percentage points
MIN_GROEI = 0.20


@dataclass(frozen=True)
class Opvallend:
    """One sentence, and how strongly it stands out."""

    zin: str
    kracht: float


def opvallend(
    cijfers: Cijfers,
    *,
    afdelingen: Iterable[RijAfdeling],
    kanalen: Iterable[RijContacten],
    producten: Iterable[tuple[str, Paar]],
) -> list[str]:
    """At most five sentences, the strongest first."""
    ervoor = f"de {cijfers.keuze.dagen} dagen ervoor"
    if cijfers.keuze.dagen == 1:
        ervoor = "de dag ervoor"
    gevonden: list[Opvallend | None] = []
    for afdeling in afdelingen:
        gevonden += [
            _missed(afdeling),
            _shifted(afdeling.naam, afdeling.paar, BINNEN_TERMIJN, ervoor),
        ]
    gevonden += [_shifted(rij.naam, rij.paar, FCR_B, ervoor) for rij in kanalen]
    gevonden += [_grown(naam, paar, ervoor) for naam, paar in producten]
    zinnen = sorted((o for o in gevonden if o), key=lambda o: (-o.kracht, o.zin))
    return [o.zin for o in zinnen[:HOOGSTENS]]


def _missed(rij: RijAfdeling) -> Opvallend | None:
    """An afdeling below its norm, by more than chance explains."""
    n = rij.paar.nu["verschuldigd"]
    if rij.oordeel is None or rij.oordeel.is_gehaald or rij.norm is None or n < MINSTENS:
        return None
    doel = rij.norm / 100
    spreiding = math.sqrt(max(doel * (1 - doel), 1e-6) / n)
    kracht = (doel - rij.procent / 100) / spreiding
    if kracht < Z:
        return None
    return Opvallend(
        f"{rij.naam} haalde {rij.binnen_termijn} van {getal(n)} termijnen;"
        f" de norm is {rij.oordeel.norm}.",
        kracht,
    )


def _shifted(naam: str, paar: Paar, kpi: Kpi, ervoor: str) -> Opvallend | None:
    """A share that moved."""
    nu, vorig = paar.waarde(kpi), paar.vorige(kpi)
    if min(nu.noemer, vorig.noemer) < MINSTENS:
        return None
    samen = (nu.teller + vorig.teller) / (nu.noemer + vorig.noemer)
    fout = math.sqrt(samen * (1 - samen) * (1 / nu.noemer + 1 / vorig.noemer))
    stap = float(nu.getal - vorig.getal)
    if not fout or abs(stap) < MIN_PUNTEN or abs(stap) / 100 / fout < Z:
        return None
    wat = "binnen termijn" if kpi is BINNEN_TERMIJN else "direct opgelost"
    return Opvallend(
        f"{naam}: {met_eenheid(nu)} {wat} (n = {getal(nu.noemer)}),"
        f" {verschil(nu, vorig)} in {ervoor}.",
        abs(stap) / 100 / fout,
    )


def _grown(naam: str, paar: Paar, ervoor: str) -> Opvallend | None:
    """A product that is asked about more, or less, than before."""
    nu, vorig = paar.waarde(CONTACTEN), paar.vorige(CONTACTEN)
    if min(nu.teller, vorig.teller) < MINSTENS:
        return None
    kracht = abs(nu.teller - vorig.teller) / math.sqrt(nu.teller + vorig.teller)
    if kracht < Z or abs(nu.teller / vorig.teller - 1) < MIN_GROEI:
        return None
    return Opvallend(
        f"Over {naam} kwamen {getal(nu.teller)} vragen, {verschil(nu, vorig)} in {ervoor}"
        f" ({getal(vorig.teller)}).",
        kracht,
    )
