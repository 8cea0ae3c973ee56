"""The breakdowns under the tiles, as rows that a template only has to print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from contacts.models import Kanaal, KlantDoelgroep
from rapportage.cijfers import Cijfers, Paar
from rapportage.kpis import BINNEN_TERMIJN, CONTACTEN, FCR_B, MEDIAAN
from rapportage.models import Norm
from rapportage.normen import Normen
from rapportage.weergave import Oordeel, getal, met_eenheid, oordeel, procent, verschil

# Fewer than this many taken say too little to call an afdeling the worst.
GENOEG = 10
TOP_PRODUCTEN = 10
# A line with more points than this is no longer read by the day.
DAGEN_LOS = 92

Sleutel = TypeVar("Sleutel")


@dataclass(frozen=True)
class RijContacten:
    """One kanaal, doelgroep or product: how much, and how much of it was answered at once."""

    naam: str
    paar: Paar
    contacten: str
    aandeel: str
    breedte: str
    verschil: str
    direct: str
    oordeel: Oordeel | None


@dataclass(frozen=True)
class RijAfdeling:
    """One afdeling: what was due, and what of it was ready in time."""

    naam: str
    paar: Paar
    verschuldigd: str
    binnen_termijn: str
    procent: float
    norm: float | None
    verschil: str
    mediaan: str
    oordeel: Oordeel | None
    is_weinig: bool


@dataclass(frozen=True)
class Punt:
    """One day, or one week of a long period."""

    begin: date
    naam: str
    contacten: int
    fcr_b: int
    behandeld: int
    norm: float | None

    @property
    def procent(self) -> float | None:
        """Answered at once, for the chart; None leaves a gap in the line."""
        return round(100 * self.fcr_b / self.behandeld, 2) if self.behandeld else None

    @property
    def direct(self) -> str:
        """The same for the table."""
        return procent(self.fcr_b, self.behandeld)


def rijen_afdeling(cijfers: Cijfers, normen: Normen, namen: dict[int, str]) -> list[RijAfdeling]:
    """Term kept per afdeling, worst first; those with too few taken to compare come last."""
    rijen = [
        _rij_afdeling(namen.get(pk, "onbekend"), paar, _norm(cijfers, normen, pk))
        for pk, paar in cijfers.per_afdeling.items()
        if pk is not None and paar.nu.get("verschuldigd")
    ]
    rijen.sort(key=lambda rij: (rij.is_weinig, rij.paar.waarde(BINNEN_TERMIJN).getal, rij.naam))
    return rijen


def _norm(cijfers: Cijfers, normen: Normen, afdeling_id: int) -> Norm | None:
    keuze = cijfers.keuze
    return normen.op(BINNEN_TERMIJN.slug, keuze.tot, kanaal=keuze.kanaal, afdeling_id=afdeling_id)


def _rij_afdeling(naam: str, paar: Paar, norm: Norm | None) -> RijAfdeling:
    waarde = paar.waarde(BINNEN_TERMIJN)
    return RijAfdeling(
        naam=naam,
        paar=paar,
        verschuldigd=getal(waarde.noemer),
        binnen_termijn=met_eenheid(waarde),
        procent=round(float(waarde.getal), 2),
        norm=float(norm.doelwaarde) if norm else None,
        verschil=_kort(verschil(waarde, paar.vorige(BINNEN_TERMIJN))),
        mediaan=met_eenheid(paar.waarde(MEDIAAN)),
        oordeel=oordeel(waarde, norm),
        is_weinig=waarde.noemer < GENOEG,
    )


def rijen_kanaal(cijfers: Cijfers, normen: Normen) -> list[RijContacten]:
    """Contacts and direct answers per kanaal, the busiest first."""
    keuze = cijfers.keuze
    afdeling_id = keuze.afdeling.pk if keuze.afdeling else None
    return [
        _rij_contacten(
            cijfers,
            Kanaal(kanaal).label,
            paar,
            normen.op(FCR_B.slug, keuze.tot, kanaal=kanaal, afdeling_id=afdeling_id),
        )
        for kanaal, paar in _busiest(cijfers.per_kanaal.items())
    ]


def rijen_doelgroep(cijfers: Cijfers) -> list[RijContacten]:
    """Contacts and direct answers per doelgroep, the busiest first."""
    return [
        _rij_contacten(cijfers, KlantDoelgroep(groep).label.capitalize(), paar, None)
        for groep, paar in _busiest(cijfers.per_doelgroep.items())
    ]


def rijen_product(cijfers: Cijfers, namen: dict[int, str]) -> list[RijContacten]:
    """The ten products asked about most."""
    return [
        _rij_contacten(cijfers, _hoofdletter(namen.get(pk, "onbekend")), paar, None)
        for pk, paar in top_producten(cijfers)
    ]


def top_producten(cijfers: Cijfers) -> list[tuple[int, Paar]]:
    """The products asked about most, the busiest first."""
    bekend = ((pk, paar) for pk, paar in cijfers.per_product.items() if pk is not None)
    return _busiest(bekend)[:TOP_PRODUCTEN]


def _rij_contacten(cijfers: Cijfers, naam: str, paar: Paar, norm: Norm | None) -> RijContacten:
    aantal, totaal = paar.nu["contacten"], cijfers.totaal.nu["contacten"]
    direct = paar.waarde(FCR_B)
    return RijContacten(
        naam=naam,
        paar=paar,
        contacten=getal(aantal),
        aandeel=procent(aantal, totaal),
        breedte=f"{100 * aantal / totaal:.2f}",  # of 100, with a point: it goes into an SVG
        verschil=_kort(verschil(paar.waarde(CONTACTEN), paar.vorige(CONTACTEN))),
        direct=met_eenheid(direct),
        oordeel=oordeel(direct, norm),
    )


def _busiest(regels: Iterable[tuple[Sleutel, Paar]]) -> list[tuple[Sleutel, Paar]]:
    met_contact = [regel for regel in regels if regel[1].nu.get("contacten")]
    return sorted(met_contact, key=lambda regel: -regel[1].nu["contacten"])


def _kort(zin: str) -> str:
    return "gelijk" if zin.startswith("gelijk") else zin.removesuffix(" dan")


def _hoofdletter(tekst: str) -> str:
    # Not capitalize(): that would make "WOZ-beschikking" into "Woz-beschikking".
    return tekst[:1].upper() + tekst[1:]


def punten(cijfers: Cijfers, normen: Normen) -> list[Punt]:
    """The line of the period, by the day, or by the week when there are too many days."""
    keuze = cijfers.keuze
    stap = 1 if keuze.dagen <= DAGEN_LOS else 7
    # A week begins on Monday; the first and the last may be cut off by the period.
    eerste = keuze.van if stap == 1 else keuze.van - timedelta(days=keuze.van.weekday())
    afdeling_id = keuze.afdeling.pk if keuze.afdeling else None
    uit = []
    for nummer in range(0, (keuze.tot - eerste).days + 1, stap):
        dag = eerste + timedelta(days=nummer)
        tellers = [
            cijfers.per_dag[d].nu
            for d in (dag + timedelta(days=n) for n in range(stap))
            if d in cijfers.per_dag
        ]
        norm = normen.op(
            FCR_B.slug, max(dag, keuze.van), kanaal=keuze.kanaal, afdeling_id=afdeling_id
        )
        uit.append(
            Punt(
                begin=dag,
                naam="dag" if stap == 1 else "week",
                contacten=sum(t.get("contacten", 0) for t in tellers),
                fcr_b=sum(t.get("fcr_b", 0) for t in tellers),
                behandeld=sum(t.get("behandeld", 0) for t in tellers),
                norm=float(norm.doelwaarde) if norm else None,
            )
        )
    return uit
