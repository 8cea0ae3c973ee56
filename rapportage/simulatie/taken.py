"""The life of a hand-off: who does what about it, when, and whether in time."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

from rapportage.simulatie import teksten
from rapportage.simulatie.basis import Ding, Gemeente
from rapportage.simulatie.gebeurd import Soort, Stap, Taak
from rapportage.simulatie.klok import lokale_dag
from zaken.models import PogingResultaat, RedenTerug, Terugkoppeling

T = TypeVar("T")

OP_TIJD = 0.87
# Departments differ by so much at most.
SPREIDING = 0.07
OP_NAAM = 0.06
TERUG = 0.05
LOSGELATEN = 0.02
CONCEPT = 0.25
POGINGEN = ((0, 1, 2, 3), tuple(accumulate((45, 35, 15, 5))))
TERUGKOPPELING = (
    (
        Terugkoppeling.GEBELD,
        Terugkoppeling.GEMAILD,
        Terugkoppeling.BRIEF,
        Terugkoppeling.GESPROKEN,
    ),
    tuple(accumulate((66, 25, 4, 5))),
)
REDENEN = (
    (RedenTerug.VERKEERDE_AFDELING, RedenTerug.INFORMATIE_ONTBREEKT, RedenTerug.KCC_KAN_DIT),
    tuple(accumulate((50, 35, 15))),
)


def pick(rng: Random, tabel: tuple[Sequence[T], Sequence[int]]) -> T:
    """One of the values, by running totals of their weights."""
    waarden, totalen = tabel
    return waarden[bisect(totalen, rng.random() * totalen[-1], 0, len(waarden) - 1)]


class Afdelingen:
    """What the departments do with what the KCC hands them. ``grens``: the second that is now."""

    def __init__(self, gemeente: Gemeente, rng: Random, grens: int) -> None:
        self._gemeente = gemeente
        self._rng = rng
        self._grens = grens
        self._rij = sorted(gemeente.specialisten)
        self._op_tijd = self._shares_in_time()

    def _shares_in_time(self) -> dict[int, float]:
        """Each department its own share, and OP_TIJD over all hand-offs together."""
        aantal = len(self._rij)
        stap = 2 * SPREIDING / max(1, aantal - 1)
        # Not in order of pk, which is the order of size: seven steps on, and round again.
        deel = {pk: SPREIDING - nr * 7 % aantal * stap for nr, pk in enumerate(self._rij)}
        gewicht = dict.fromkeys(self._rij, 0.0)
        for ding in self._gemeente.dingen:
            if ding.afdeling in gewicht:
                gewicht[ding.afdeling] += ding.onderwerp.gewicht * ding.onderwerp.overdracht
        gemiddeld = sum(deel[pk] * gewicht[pk] for pk in deel) / (sum(gewicht.values()) or 1.0)
        return {pk: min(0.98, OP_TIJD + afwijking - gemiddeld) for pk, afwijking in deel.items()}

    def takes(self, ding: Ding) -> bool:
        """True when some department works on this product, so that there can be a hand-off."""
        return ding.afdeling in self._gemeente.specialisten

    def hand_off(self, ding: Ding, *, eigen: int, by: int, op: int, dag: str) -> Taak:
        """A hand-off at this second, with all that was done about it up to now. ``eigen``: the
        department that it belongs to, which is not always where the KCC sends it.
        """
        rng, gemeente = self._rng, self._gemeente
        reden = pick(rng, REDENEN) if rng.random() < TERUG else None
        afdeling = eigen
        if reden == RedenTerug.VERKEERDE_AFDELING and len(self._rij) > 1:
            afdeling = rng.choice([pk for pk in self._rij if pk != eigen])
        elif reden == RedenTerug.VERKEERDE_AFDELING:
            reden = None
        termijn, afspraak = gemeente.termijn(ding, afdeling, op, lokale_dag(op))
        op_naam = None
        if reden is None and rng.random() < OP_NAAM:
            op_naam = rng.choice(gemeente.specialisten[afdeling])
        taak = Taak(
            afdeling=afdeling,
            toegewezen_aan=op_naam,
            handeling=rng.choice(teksten.HANDELINGEN).format(product=ding.naam)[:200],
            toelichting=" ".join(
                t.format(dag=dag) for t in rng.sample(teksten.TOELICHTINGEN, rng.randint(1, 2))
            ),
            termijn=termijn,
            afspraak=afspraak,
        )
        klaar = self._ready_after(eigen, op, termijn)
        stappen = self._steps(taak, eigen, reden, by)
        for deel, stap in stappen:
            stap.op = gemeente.klok.na(op, deel * klaar)
            if stap.op > self._grens:
                break
            taak.stappen.append(stap)
        return taak

    def _ready_after(self, afdeling: int, op: int, termijn: int) -> float:
        """Open seconds until the answer."""
        rng = self._rng
        ruimte = max(600, self._gemeente.klok.werkseconden(op, termijn))
        if rng.random() < self._op_tijd[afdeling]:
            return ruimte * (0.02 + 0.95 * rng.betavariate(1.5, 1.5))
        return ruimte * (1.02 + min(4.0, rng.expovariate(1 / 0.6)))

    def _steps(
        self, taak: Taak, eigen: int, reden: RedenTerug | None, agent: int
    ) -> list[tuple[float, Stap]]:
        """What happens in order, each at a share of the way to the answer."""
        rng, specialisten = self._rng, self._gemeente.specialisten
        stappen: list[tuple[float, Stap]] = []
        wie = taak.toegewezen_aan or rng.choice(specialisten[eigen])
        begin = 0.0
        if reden is not None:
            lezer = rng.choice(specialisten[taak.afdeling])
            tekst = rng.choice(teksten.TERUG[reden])
            stappen.append((0.12, Stap(Soort.TERUGGEGEVEN, 0, lezer, tekst, code=reden)))
            begin = 0.3
            if reden == RedenTerug.KCC_KAN_DIT:
                wie = agent
            else:
                door = Stap(Soort.DOORGESTUURD, 0, agent, teksten.DOORGESTUURD[reden])
                door.afdeling = eigen
                stappen.append((0.25, door))
        begin += (0.85 - begin) * rng.betavariate(2.0, 1.6)
        anderen = [pk for pk in specialisten[eigen] if pk != wie]
        if rng.random() < LOSGELATEN and anderen and wie != agent:
            ander = rng.choice(anderen)
            stappen.append((begin, Stap(Soort.GENOMEN, 0, wie)))
            begin += (0.9 - begin) * 0.4
            stappen.append((begin, Stap(Soort.LOSGELATEN, 0, wie)))
            begin += (0.9 - begin) * 0.2
            wie = ander
        stappen.append((begin, Stap(Soort.GENOMEN, 0, wie)))
        hoe = pick(rng, TERUGKOPPELING)
        aantal = pick(rng, POGINGEN)
        for nr in range(aantal):
            deel = begin + (0.97 - begin) * (nr + 1) / (aantal + 1)
            stappen.append((deel, self._attempt(wie)))
        antwoord = rng.choice(teksten.ANTWOORDEN)
        if rng.random() < CONCEPT:
            stappen.append((0.985, Stap(Soort.ANTWOORD, 0, wie, antwoord)))
        stappen.append((1.0, Stap(Soort.AFGEHANDELD, 0, wie, antwoord, code=hoe)))
        return stappen

    def _attempt(self, wie: int) -> Stap:
        rng = self._rng
        uitkomst = rng.choice((PogingResultaat.GEEN_GEHOOR, PogingResultaat.VOICEMAIL))
        return Stap(Soort.CONTACTPOGING, 0, wie, rng.choice(teksten.POGINGEN), code=uitkomst)
