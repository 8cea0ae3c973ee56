"""How many people come to us, when, by which road, and about what (DOMEIN §5.3)."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from contacts.models import Kanaal
from organisatie.werkkalender import AMSTERDAM, Uren
from rapportage.simulatie.basis import Ding
from rapportage.simulatie.klok import EEN_DAG, Klok, middernacht

# A year of a municipality of 100,000.
PER_JAAR = {
    Kanaal.TELEFOON: 100_000,
    Kanaal.BALIE: 50_000,
    Kanaal.EMAIL: 9_000,
    Kanaal.WEBFORMULIER: 13_500,  # 6,000 forms, and the reports about the street that do not ring
    Kanaal.BRIEF: 6_000,
    Kanaal.CHAT: 2_000,
    Kanaal.WHATSAPP: 4_000,
    Kanaal.SOCIAL: 2_000,
}
# Of who is known, this share comes back about the same within a week.
HERHALING = 0.09
# Of those, this share phones; the others take the same road again.
HERHALING_BELT = 0.6
# The share of a kanaal that we do not know by name.
ANONIEM = {
    Kanaal.TELEFOON: 0.45,
    Kanaal.BALIE: 0.18,
    Kanaal.EMAIL: 0.03,
    Kanaal.WEBFORMULIER: 0.06,
    Kanaal.BRIEF: 0.02,
    Kanaal.CHAT: 0.40,
    Kanaal.WHATSAPP: 0.20,
    Kanaal.SOCIAL: 0.60,
}
ZONDER_PRODUCT = 0.03

# Somebody waits at the other end: only in opening hours.
DIRECT = (Kanaal.TELEFOON, Kanaal.BALIE, Kanaal.CHAT)
# The others come in day and night; mean seconds of open time before an agent takes them up.
BLIJFT_LIGGEN = {
    Kanaal.EMAIL: 2_700,
    Kanaal.WEBFORMULIER: 2_700,
    Kanaal.BRIEF: 14_400,
    Kanaal.WHATSAPP: 600,
    Kanaal.SOCIAL: 900,
}

OPEN_DAGEN = 254
MAAND = (1.10, 1.20, 1.10, 1.05, 1.05, 1.10, 0.90, 0.85, 1.05, 1.00, 0.95, 0.80)
WEEKDAG_DIRECT = (1.25, 1.05, 0.95, 1.00, 0.75, 0.30, 0.20)
WEEKDAG_ALTIJD = (1.30, 1.10, 1.05, 1.05, 0.95, 0.80, 0.75)
WEEKDAG_POST = (1.4, 1.4, 1.4, 1.4, 1.4, 0.0, 0.0)
UUR_DIRECT = {8: 6, 9: 13, 10: 15, 11: 14, 12: 9, 13: 12, 14: 12, 15: 10, 16: 7, 17: 2}
UUR_ALTIJD = (2, 1, 1, 1, 1, 1, 2, 4, 8, 14, 14, 14, 12, 12, 12, 12, 12, 10, 10, 12, 12, 12, 6, 4)
UUR_POST = (0,) * 10 + (1, 1) + (0,) * 12
# People call right after the whole hour.
KWARTIER = (1.25, 1.05, 0.90, 0.80)


@dataclass(frozen=True)
class Drukte:
    """Some days on which some products are asked about so much more."""

    eerste: date
    laatste: date
    factor: float
    producten: frozenset[str]


BELASTINGEN = frozenset(
    {
        "belastingkwijtschelding", "belastingbetalingsregeling", "woz-beschikking",
        "automatische incasso of machtiging", "woz-taxatieverslag", "afvalstoffenheffing",
        "onroerendezaakbelasting (ozb)", "hondenbelasting", "rioolheffing",
        "belastingaanslag bezwaar",
    }
)  # fmt: skip
AANMANINGEN = frozenset({"belastingbetalingsregeling", "belastingkwijtschelding", "bijstand"})
STORM = frozenset(
    {
        "melding openbare ruimte (algemeen)", "melding openbare ruimte (groenvoorziening)",
        "overheidseigendom schademelding", "aansprakelijkstelling overheid",
    }
)  # fmt: skip
REIZEN = frozenset({"paspoort", "identiteitskaart", "bezoekafspraak", "noodreisdocument"})
STUDENTEN = frozenset({"verhuismelding", "rni inschrijving", "brp-uittreksel"})


def plan_drukte(rng: Random, van: date, tot: date) -> tuple[Drukte, ...]:
    """What the calendar brings every year, and a storm and a round of reminders per 90 days."""
    gepland: list[Drukte] = []
    for jaar in range(van.year, tot.year + 1):
        maandag = date(jaar, 1, 28) + timedelta(days=-date(jaar, 1, 28).weekday() % 7)
        gepland += [
            Drukte(maandag, maandag + timedelta(days=2), 8.0, BELASTINGEN),
            Drukte(date(jaar, 4, 1), date(jaar, 5, 20), 1.4, REIZEN),
            Drukte(date(jaar, 8, 25), date(jaar, 9, 20), 1.5, STUDENTEN),
        ]
    dagen = (tot - van).days + 1
    for begin in range(0, dagen - 20, 90):
        lengte = min(90, dagen - begin)
        storm = van + timedelta(days=begin + int(lengte * rng.uniform(0.55, 0.75)))
        brieven = van + timedelta(days=begin + int(lengte * rng.uniform(0.20, 0.40)))
        brieven += timedelta(days=-brieven.weekday() % 7)
        gepland += [
            Drukte(storm, storm + EEN_DAG, 9.0, STORM),
            Drukte(brieven, brieven + timedelta(days=2), 4.0, AANMANINGEN),
        ]
    return tuple(gepland)


class Productkeuze:
    """Which product somebody asks about, given road and day."""

    def __init__(self, dingen: Sequence[Ding], drukte: Sequence[Drukte]) -> None:
        self._dingen = dingen
        self._drukte = drukte
        self._tabellen: dict[tuple[str, tuple[Drukte, ...]], list[float]] = {}

    def _table(self, kanaal: str, actief: tuple[Drukte, ...]) -> list[float]:
        tabel = self._tabellen.get((kanaal, actief))
        if tabel is None:
            tabel = list(accumulate(self._weight(ding, kanaal, actief) for ding in self._dingen))
            self._tabellen[kanaal, actief] = tabel
        return tabel

    @staticmethod
    def _weight(ding: Ding, kanaal: str, actief: tuple[Drukte, ...]) -> float:
        gewicht = ding.onderwerp.gewicht
        if kanaal == Kanaal.BALIE:
            gewicht *= ding.onderwerp.balie
        elif kanaal == Kanaal.WEBFORMULIER:
            gewicht *= ding.onderwerp.web
        for drukte in actief:
            if ding.naam in drukte.producten:
                gewicht *= drukte.factor
        return gewicht

    def active(self, dag: date) -> tuple[Drukte, ...]:
        """The events of this day."""
        return tuple(d for d in self._drukte if d.eerste <= dag <= d.laatste)

    def busier(self, kanaal: str, dag: date) -> float:
        """How much busier the events make this day; 1.0 on an ordinary day."""
        return self._table(kanaal, self.active(dag))[-1] / self._table(kanaal, ())[-1]

    def share_of_businesses(self) -> float:
        """The share of questions that are about a product for businesses."""
        totaal = sum(ding.onderwerp.gewicht for ding in self._dingen)
        van_bedrijven = sum(d.onderwerp.gewicht for d in self._dingen if d.onderwerp.ondernemer)
        return van_bedrijven / totaal

    def mean_overdracht(self, kanaal: str) -> float:
        """What the factors ``overdracht`` come to on average; divide by it to keep the total."""
        gewichten = [self._weight(ding, kanaal, ()) for ding in self._dingen]
        som = sum(g * d.onderwerp.overdracht for g, d in zip(gewichten, self._dingen, strict=True))
        return som / sum(gewichten) * (1 - ZONDER_PRODUCT)

    def choose(self, rng: Random, kanaal: str, actief: tuple[Drukte, ...]) -> Ding | None:
        """A product, or None for a question about nothing in particular."""
        if rng.random() < ZONDER_PRODUCT:
            return None
        tabel = self._table(kanaal, actief)
        return self._dingen[bisect(tabel, rng.random() * tabel[-1], 0, len(tabel) - 1)]


Stuk = tuple[int, int, float]


def _pieces(van: int, tot: int) -> Iterator[Stuk]:
    """A stretch of time in quarters of an hour, each with its weight by day profile."""
    while van < tot:
        eind = min(tot, van - van % 900 + 900)
        uur = datetime.fromtimestamp(van, AMSTERDAM).hour
        gewicht = UUR_DIRECT.get(uur, 2) * KWARTIER[van % 3600 // 900]
        yield van, eind, gewicht * (eind - van)
        van = eind


def _arrivals(rng: Random, stukken: Sequence[Stuk], verwacht: float) -> Iterator[int]:
    """The moments of a Poisson process that follows the weights, in order.

    Exponential steps through expected counts instead of through time: exact for any profile.
    """
    tot_en_met = list(accumulate(gewicht for _, _, gewicht in stukken))
    if not tot_en_met or not tot_en_met[-1]:
        return
    if verwacht <= 0:
        return
    per_contact = tot_en_met[-1] / verwacht
    plek = rng.expovariate(1.0) * per_contact
    while plek < tot_en_met[-1]:
        van, eind, gewicht = stukken[nr := bisect(tot_en_met, plek)]
        voor = tot_en_met[nr] - gewicht
        yield van + int((plek - voor) / gewicht * (eind - van))
        plek += rng.expovariate(1.0) * per_contact


def base_volumes(inwoners: int) -> dict[str, float]:
    """Expected contacts a year per kanaal that are nobody's second; the repeats come on top."""
    omvang = {kanaal: aantal * inwoners / 100_000 for kanaal, aantal in PER_JAAR.items()}
    herhaald = {
        kanaal: HERHALING * (1 - ANONIEM[kanaal]) * (1 - ZONDER_PRODUCT) * aantal
        for kanaal, aantal in omvang.items()
    }
    eerste: dict[str, float] = {
        kanaal: omvang[kanaal] - (1 - HERHALING_BELT) * herhaald[kanaal] for kanaal in omvang
    }
    eerste[Kanaal.TELEFOON] -= HERHALING_BELT * sum(herhaald.values())
    return eerste


def anonymous_shares() -> dict[str, float]:
    """The share of first contacts that stays anonymous per kanaal. Who comes back is known, so
    it is more than the share of all contacts (ANONIEM).
    """
    eerste = base_volumes(100_000)
    return {k: min(1.0, ANONIEM[k] * PER_JAAR[k] / eerste[k]) for k in PER_JAAR}


def _month(dag: date) -> float:
    return MAAND[dag.month - 1] * 12 / sum(MAAND)


class Aanloop:
    """Who comes on a day: pairs of the moment on which an agent takes it up, and the kanaal."""

    def __init__(self, inwoners: int, klok: Klok, keuze: Productkeuze) -> None:
        self._per_jaar = base_volumes(inwoners)
        self._klok = klok
        self._keuze = keuze
        self._gewone_weken: dict[Uren, float] = {}
        self._stukken: dict[date, list[Stuk]] = {}

    def direct(self, rng: Random, dag: date) -> Iterator[tuple[int, str]]:
        """Calls, visitors and chats: within opening hours."""
        stukken = self._open_pieces(dag)
        if not stukken:
            return
        gewicht = sum(g for _, _, g in stukken)
        deel = gewicht / max(self._ordinary_weight(dag), gewicht)
        for kanaal in DIRECT:
            verwacht = self._per_jaar[kanaal] / OPEN_DAGEN * WEEKDAG_DIRECT[dag.weekday()]
            verwacht *= _month(dag) * deel * self._keuze.busier(kanaal, dag)
            for seconde in _arrivals(rng, stukken, verwacht):
                yield seconde, kanaal

    def later(self, rng: Random, dag: date) -> Iterator[tuple[int, str]]:
        """Mail, forms, letters and messages of this day, at the moment they are taken up."""
        begin = middernacht(dag)
        for kanaal, wachten in BLIJFT_LIGGEN.items():
            post = kanaal == Kanaal.BRIEF
            uren = UUR_POST if post else UUR_ALTIJD
            week = WEEKDAG_POST if post else WEEKDAG_ALTIJD
            stukken = [(begin + u * 3600, begin + u * 3600 + 3600, w) for u, w in enumerate(uren)]
            verwacht = self._per_jaar[kanaal] / 365 * week[dag.weekday()] * _month(dag)
            verwacht *= self._keuze.busier(kanaal, dag)
            for seconde in _arrivals(rng, stukken, verwacht):
                yield self._klok.na(seconde, rng.expovariate(1 / wachten)), kanaal

    def some_time(self, rng: Random, dag: date) -> int | None:
        """A moment of this day by the day profile; None when we are closed."""
        stukken = self._open_pieces(dag)
        if not stukken:
            return None
        van, tot, _ = rng.choices(stukken, [gewicht for _, _, gewicht in stukken])[0]
        return rng.randrange(van, tot)

    def _open_pieces(self, dag: date) -> list[Stuk]:
        stukken = self._stukken.get(dag)
        if stukken is None:
            blokken = self._klok.blokken(dag)
            stukken = [stuk for van, tot in blokken for stuk in _pieces(van, tot)]
            self._stukken[dag] = stukken
        return stukken

    def _ordinary_weight(self, dag: date) -> float:
        """What the profile weighs on an ordinary day like this; on 24 December it weighs less."""
        uren = self._klok.kalender.gewone_uren(dag)
        gevonden = self._gewone_weken.get(uren)
        if gevonden is None:
            gevonden = 0.0
            for van, tot in uren:
                begin = int(datetime.combine(dag, van, AMSTERDAM).timestamp())
                eind = int(datetime.combine(dag, tot, AMSTERDAM).timestamp())
                gevonden += sum(g for _, _, g in _pieces(begin, eind))
            self._gewone_weken[uren] = gevonden
        return gevonden
