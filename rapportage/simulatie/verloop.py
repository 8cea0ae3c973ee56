"""From a stream of people with a question to what the KCC did about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from itertools import accumulate
from math import log
from random import Random

from contacts.models import Gespreksresultaat as Resultaat
from contacts.models import Kanaal, KlantDoelgroep
from rapportage.simulatie import teksten
from rapportage.simulatie.basis import Ding, Gemeente
from rapportage.simulatie.bevolking import Bevolking
from rapportage.simulatie.gebeurd import Bron, Contact
from rapportage.simulatie.klok import EEN_DAG, lokale_dag
from rapportage.simulatie.namen import STRATEN
from rapportage.simulatie.taken import Afdelingen, pick
from rapportage.simulatie.vraag import (
    HERHALING,
    HERHALING_BELT,
    Aanloop,
    Productkeuze,
    anonymous_shares,
    plan_drukte,
)
from rapportage.simulatie.vragen import ALGEMEEN

# Shares in thousandths: zelfstandig, na ruggespraak, overgedragen, doorverbonden, verwezen and
# verbroken. Weighed by volume they come to the 76, 5, 11, 6, 1 and 1 % of DOMEIN §5.3.
UITKOMSTEN = {
    Kanaal.TELEFOON: (760, 50, 90, 77, 10, 13),
    Kanaal.BALIE: (840, 60, 50, 40, 10, 0),
    Kanaal.EMAIL: (660, 40, 260, 30, 10, 0),
    Kanaal.WEBFORMULIER: (630, 40, 300, 20, 10, 0),
    Kanaal.BRIEF: (550, 40, 360, 30, 20, 0),
    Kanaal.CHAT: (780, 50, 90, 40, 20, 20),
    Kanaal.WHATSAPP: (800, 50, 90, 30, 20, 10),
    Kanaal.SOCIAL: (750, 50, 120, 50, 20, 10),
}
# Median seconds of talking (or reading and writing), and of the wrap-up.
DUUR = {
    Kanaal.TELEFOON: (240, 65),
    Kanaal.BALIE: (420, 40),
    Kanaal.EMAIL: (300, 30),
    Kanaal.WEBFORMULIER: (170, 30),
    Kanaal.BRIEF: (360, 45),
    Kanaal.CHAT: (480, 30),
    Kanaal.WHATSAPP: (260, 25),
    Kanaal.SOCIAL: (150, 25),
}
SIGMA, SIGMA_NAWERK = 0.6, 0.4
LANGSTE = 5400
# How much likelier than the rest somebody comes back after this.
TERUGKOMST = {Resultaat.OVERGEDRAGEN: 1.7, Resultaat.DOORVERBONDEN_AFDELING: 1.6}
TERUGKOMST_ANDERS = 0.87
TERUG_NA = (0.28, 0.22, 0.18, 0.12, 0.11, 0.09)  # after one to six days
DOELGROEP = {
    KlantDoelgroep.ONDERNEMER: 0.10,
    KlantDoelgroep.INSTELLING: 0.05,
    KlantDoelgroep.VERTEGENWOORDIGER: 0.03,
}
ALLEEN_OF_ONDERNEMER = 0.92  # what the other two leave
ONDERNEMER_VRAAGT = 0.85  # of the questions about a product for businesses
TALEN = (
    ("nld", "eng", "pol", "ara", "tur", "ukr", "deu"),
    tuple(accumulate((930, 40, 8, 7, 6, 5, 4))),
)
MET_BRON = 0.6
AANWEZIG = 0.75
KLEINSTE_PLOEG = 12
WACHT_HOOGSTENS = 600


@dataclass(slots=True)
class Aanmelding:
    """Somebody who comes: a new question, or (``klant``) somebody who comes back about the same."""

    begin: int
    kanaal: str
    ding: Ding | None
    klant: int | None = None
    doelgroep: str = ""


class Verloop:
    """Everything that happens from ``van`` up to and with ``tot``, and never after ``grens``."""

    def __init__(
        self,
        *,
        gemeente: Gemeente,
        bevolking: Bevolking,
        inwoners: int,
        van: date,
        tot: date,
        grens: int,
        seed: int,
    ) -> None:
        self._rng = Random(f"verloop-{seed}")
        self._gemeente = gemeente
        self._bevolking = bevolking
        self._van, self._tot, self._grens = van, tot, grens
        self._keuze = Productkeuze(gemeente.dingen, plan_drukte(self._rng, van, tot))
        self._aanloop = Aanloop(inwoners, gemeente.klok, self._keuze)
        self._afdelingen = Afdelingen(gemeente, self._rng, grens)
        self._wachtend: dict[date, list[Aanmelding]] = {}
        self._vrij: list[tuple[int, int]] = []
        self._gemiddeld = {k: self._keuze.mean_overdracht(k) for k in UITKOMSTEN}
        self._anoniem = {
            # Who waits for an answer gives his name, so the others do so less.
            kanaal: deel / (1 - UITKOMSTEN[Kanaal(kanaal)][2] / 1000)
            for kanaal, deel in anonymous_shares().items()
        }
        van_bedrijven = self._keuze.share_of_businesses()
        self._ondernemer = max(
            0.0,
            (
                DOELGROEP[KlantDoelgroep.ONDERNEMER] / ALLEEN_OF_ONDERNEMER
                - van_bedrijven * ONDERNEMER_VRAAGT
            )
            / max(0.01, 1 - van_bedrijven),
        )

    def days(self) -> Iterator[list[Contact]]:
        """The contacts of each day, in the order in which they begin."""
        dag = self._van
        while dag <= self._tot:
            yield [c for c in map(self._contact, self._arrivals(dag)) if c is not None]
            dag += EEN_DAG

    def _arrivals(self, dag: date) -> list[Aanmelding]:
        rng, actief = self._rng, self._keuze.active(dag)
        lijst = [
            Aanmelding(begin, kanaal, self._keuze.choose(rng, kanaal, actief))
            for begin, kanaal in self._aanloop.direct(rng, dag)
        ]
        for begin, kanaal in self._aanloop.later(rng, dag):
            aanmelding = Aanmelding(begin, kanaal, self._keuze.choose(rng, kanaal, actief))
            op = lokale_dag(begin)
            (lijst if op == dag else self._wachtend.setdefault(op, [])).append(aanmelding)
        lijst += self._wachtend.pop(dag, [])
        lijst.sort(key=lambda a: a.begin)
        self._start_shift(lijst)
        return lijst

    def _start_shift(self, lijst: list[Aanmelding]) -> None:
        """Who is in today; on a day off the list is empty and nobody is."""
        agenten = list(self._gemeente.agenten)
        self._rng.shuffle(agenten)
        aanwezig = agenten[: max(KLEINSTE_PLOEG, round(len(agenten) * AANWEZIG))]
        eerste = lijst[0].begin if lijst else 0
        self._vrij = [(eerste - nr - 1, wie) for nr, wie in enumerate(aanwezig)]
        heapify(self._vrij)

    def _agent(self, begin: int) -> tuple[int, int]:
        """Who takes it and when: the one who is idle longest, or who is free first. When that would
        take too long somebody does two things at once.
        """
        vrij_op, wie = heappop(self._vrij)
        if vrij_op > begin:
            begin = vrij_op + 5 if vrij_op - begin <= WACHT_HOOGSTENS else begin
        return wie, begin

    def _contact(self, komt: Aanmelding) -> Contact | None:
        """What came of it; None for what is not over yet."""
        rng, ding = self._rng, komt.ding
        agent, begin = self._agent(komt.begin)
        resultaat = self._outcome(komt.kanaal, ding)
        mediaan, nawerk = DUUR[Kanaal(komt.kanaal)]
        if resultaat == Resultaat.VERBROKEN:
            mediaan = 40
        duur = min(LANGSTE, int(rng.lognormvariate(log(mediaan), SIGMA)) + 10)
        opgehangen = begin + duur
        afgerond = opgehangen + min(600, int(rng.lognormvariate(log(nawerk), SIGMA_NAWERK)) + 3)
        heappush(self._vrij, (afgerond, agent))
        doelgroep = komt.doelgroep or self._segment(ding)
        klant = komt.klant
        if klant is None:
            klant = self._somebody(komt.kanaal, resultaat, doelgroep)
        contact = Contact(
            kanaal=komt.kanaal,
            agent=agent,
            begin=begin,
            opgehangen=opgehangen,
            afgerond=afgerond,
            klant=klant,
            doelgroep=doelgroep,
            product=ding.pk if ding else None,
            afdeling=ding.afdeling if ding else None,
            onderwerp="",
            inhoud="",
            reactie="",
            taal=pick(rng, TALEN),
            resultaat=resultaat,
        )
        self._write(contact, ding)
        if ding is not None and ding.afdeling and resultaat == Resultaat.OVERGEDRAGEN:
            dag = rng.choice(teksten.DAGEN)
            contact.taak = self._afdelingen.hand_off(
                ding, eigen=ding.afdeling, by=agent, op=afgerond, dag=dag
            )
        if ding is not None and klant is not None and resultaat != Resultaat.VERBROKEN:
            self._maybe_again(contact, ding)
        # Drawn all the same, so that a later run of the same seed finds the same people here.
        return contact if afgerond <= self._grens else None

    def _outcome(self, kanaal: str, ding: Ding | None) -> str:
        zelf, overleg, taak, door, verwezen, verbroken = UITKOMSTEN[Kanaal(kanaal)]
        factor = ding.onderwerp.overdracht / self._gemiddeld[Kanaal(kanaal)] if ding else 0.0
        plek = self._rng.random() * 1000
        if plek < verbroken:
            return Resultaat.VERBROKEN
        plek -= verbroken
        # What is handed off more is answered less, so that the rest keeps its share.
        anders = min(taak * factor, taak + zelf * 0.8)
        if plek < anders:
            return (
                Resultaat.OVERGEDRAGEN
                if ding is not None and self._afdelingen.takes(ding)
                else Resultaat.DOORVERBONDEN_AFDELING
            )
        plek -= anders
        if plek < door:
            naar_afdeling = ding is not None and plek < door * 0.75
            return (
                Resultaat.DOORVERBONDEN_AFDELING
                if naar_afdeling
                else Resultaat.DOORVERBONDEN_COLLEGA
            )
        plek -= door
        if plek < verwezen:
            return Resultaat.VERWEZEN
        return Resultaat.RUGGESPRAAK if plek < verwezen + overleg else Resultaat.ZELFSTANDIG

    def _segment(self, ding: Ding | None) -> str:
        plek = self._rng.random()
        for doelgroep in (KlantDoelgroep.INSTELLING, KlantDoelgroep.VERTEGENWOORDIGER):
            if plek < DOELGROEP[doelgroep]:
                return doelgroep
            plek -= DOELGROEP[doelgroep]
        plek /= ALLEEN_OF_ONDERNEMER
        zakelijk = ding is not None and ding.onderwerp.ondernemer
        grens = ONDERNEMER_VRAAGT if zakelijk else self._ondernemer
        return KlantDoelgroep.ONDERNEMER if plek < grens else KlantDoelgroep.INWONER

    def _somebody(self, kanaal: str, resultaat: str, doelgroep: str) -> int | None:
        """Who it is, or None for somebody who stays anonymous. Who waits for an answer cannot."""
        if resultaat == Resultaat.VERBROKEN or (
            resultaat != Resultaat.OVERGEDRAGEN and self._rng.random() < self._anoniem[kanaal]
        ):
            return None
        return self._bevolking.choose(self._rng, doelgroep)

    def _write(self, contact: Contact, ding: Ding | None) -> None:
        """The words that the agent types, and the article that he reads."""
        rng, resultaat = self._rng, contact.resultaat
        if resultaat == Resultaat.VERBROKEN and rng.random() < 0.6:
            contact.inhoud = "Verbinding viel weg."
            return
        contact.onderwerp = self._fill(rng.choice(ding.onderwerp.vragen if ding else ALGEMEEN))
        if contact.taal != "nld" and rng.random() < 0.5:
            contact.inhoud = rng.choice(teksten.ANDERE_TAAL)
        elif rng.random() < 0.3:
            contact.inhoud = self._fill(rng.choice(teksten.NOTITIES))
        beantwoord = resultaat in (Resultaat.ZELFSTANDIG, Resultaat.RUGGESPRAAK)
        if ding and ding.versies and rng.random() < (MET_BRON if beantwoord else 0.25):
            versie, antwoord = rng.choice(ding.versies)
            op = contact.begin + (contact.opgehangen - contact.begin) // 3
            contact.bron = Bron(versie, op, gebruikt=beantwoord and rng.random() < 0.85)
            if contact.bron.gebruikt:
                contact.reactie = antwoord
                return
        if resultaat == Resultaat.VERWEZEN:
            contact.reactie = rng.choice(teksten.VERWIJZINGEN)
        elif resultaat == Resultaat.RUGGESPRAAK:
            contact.reactie = rng.choice(teksten.RUGGESPRAAK)
        elif beantwoord and rng.random() < 0.6:
            contact.reactie = rng.choice(teksten.REACTIES)

    def _fill(self, zin: str) -> str:
        if "{" not in zin:
            return zin
        rng = self._rng
        return zin.format(
            straat=rng.choice(STRATEN),
            dag=rng.choice(teksten.DAGEN),
            maand=rng.choice(teksten.MAANDEN),
            bedrag=rng.randrange(12, 940),
        )[:200]

    def _maybe_again(self, contact: Contact, ding: Ding) -> None:
        """Some come back about the same within a week: one to six days later, when we are open."""
        rng = self._rng
        kans = HERHALING * TERUGKOMST.get(Resultaat(contact.resultaat), TERUGKOMST_ANDERS)
        if rng.random() >= kans:
            return
        dag = lokale_dag(contact.begin)
        open_dagen = [
            (dag + timedelta(days=n), kans)
            for n, kans in enumerate(TERUG_NA, start=1)
            if self._gemeente.klok.blokken(dag + timedelta(days=n))
        ]
        if not open_dagen:
            return
        op = rng.choices([d for d, _ in open_dagen], [k for _, k in open_dagen])[0]
        begin = self._aanloop.some_time(rng, op)
        if begin is None or op > self._tot:
            return
        kanaal = Kanaal.TELEFOON if rng.random() < HERHALING_BELT else Kanaal(contact.kanaal)
        self._wachtend.setdefault(op, []).append(
            Aanmelding(begin, kanaal, ding, contact.klant, contact.doelgroep)
        )
