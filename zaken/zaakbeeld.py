"""One zaak as its page shows it: what to tell a caller, how far it is, what can be done now."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localdate

from contacts.models import Partij
from organisatie.models import Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.dwangsom import Dwangsom, compute_dwangsom
from zaken.models import Statustype, Zaak, ZaakKoppeling
from zaken.termijnen import BIJNA, RUIM, TE_LAAT

BIJNA_DAGEN = 7


@dataclass(frozen=True)
class Dagtekst:
    """A day for on screen: the day, the words, and the kind (te-laat, bijna or empty)."""

    dag: date
    tekst: str
    soort: str


@dataclass(frozen=True)
class Stap:
    """One stage, and whether the zaak has been there, is there, or comes there."""

    type: Statustype
    stand: str


@dataclass(frozen=True)
class Punt:
    """One point of the time line."""

    op: datetime
    titel: str
    door: str
    tekst: str
    is_status: bool


def say_dag(dag: date) -> str:
    """A day as one reads it aloud: vrijdag 4 december 2026."""
    return date_format(dag, "l j F Y")


def describe_uiterlijk(zaak: Zaak, vandaag: date) -> Dagtekst:
    """How far the last day by law is, in days of the calendar as the law counts them."""
    dag = zaak.uiterlijke_einddatum_afdoening
    if zaak.einddatum is not None:
        te_laat = (zaak.einddatum - dag).days
        if te_laat <= 0:
            return Dagtekst(dag, "op tijd", RUIM)
        return Dagtekst(dag, f"{_dagen(te_laat)} te laat", TE_LAAT)
    if zaak.opschorting_indicatie:
        return Dagtekst(dag, "staat stil", RUIM)
    over = (dag - vandaag).days
    if over < 0:
        return Dagtekst(dag, f"{_dagen(-over)} te laat", TE_LAAT)
    if over == 0:
        return Dagtekst(dag, "vandaag", BIJNA)
    return Dagtekst(dag, f"over {_dagen(over)}", BIJNA if over <= BIJNA_DAGEN else RUIM)


def _dagen(aantal: int) -> str:
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


class ZaakBeeld:
    """Each part is looked up when the template first asks for it."""

    def __init__(self, *, zaak: Zaak, medewerker: Medewerker, nu: datetime) -> None:
        self.zaak = zaak
        self.medewerker = medewerker
        self.vandaag = localdate(nu)

    @property
    def termijn(self) -> Dagtekst:
        """The last day by law, in words."""
        return describe_uiterlijk(self.zaak, self.vandaag)

    @property
    def vertel(self) -> list[str]:
        """Sentences that an agent can read aloud, the most important first."""
        zaak = self.zaak
        if zaak.einddatum is not None and zaak.resultaat is not None:
            zinnen = [f"Uw zaak is op {say_dag(zaak.einddatum)} afgerond."]
            return [*zinnen, zaak.resultaat.toelichting or f"Het resultaat: {zaak.resultaat}."]
        zinnen = [zaak.status.statustekst]
        if zaak.opschorting_indicatie:
            zinnen.append(
                f"Wij wachten nu: {zaak.opschorting_reden.rstrip('.')}. "
                "Zolang wij wachten, loopt de termijn niet."
            )
        elif zaak.is_late(self.vandaag):
            zinnen.append(
                f"Wij zijn te laat: u had uiterlijk {say_dag(self.termijn.dag)} antwoord moeten "
                "krijgen. Onze excuses daarvoor."
            )
        else:
            zinnen += self._until()
        if zaak.status.vervolg:
            zinnen.append(zaak.status.vervolg)
        return zinnen

    def _until(self) -> list[str]:
        gepland, uiterlijk = self.zaak.einddatum_gepland, self.termijn.dag
        if gepland is not None and self.vandaag <= gepland < uiterlijk:
            return [
                f"Wij verwachten dat het uiterlijk {say_dag(gepland)} klaar is.",
                f"Volgens de wet hebben wij tot en met {say_dag(uiterlijk)}.",
            ]
        return [f"U krijgt uiterlijk {say_dag(uiterlijk)} antwoord."]

    @cached_property
    def stappen(self) -> list[Stap]:
        """All stages of this kind of zaak, in order."""
        nu = self.zaak.status.volgnummer
        return [
            Stap(t, "nu" if t.volgnummer == nu else "klaar" if t.volgnummer < nu else "straks")
            for t in self.zaak.zaaktype.statustypen.order_by("volgnummer")
        ]

    @cached_property
    def tijdlijn(self) -> list[Punt]:
        """Stages and other steps together, the newest first."""
        statussen = self.zaak.statussen.select_related("statustype", "gezet_door")
        punten = [
            Punt(
                s.datum_status_gezet,
                str(s.statustype),
                str(s.gezet_door),
                s.statustoelichting,
                True,
            )
            for s in statussen
        ]
        punten += [
            Punt(g.op, str(g.get_soort_display()), str(g.door), g.tekst, False)
            for g in self.zaak.gebeurtenissen.select_related("door")
        ]
        # Of one moment the stage comes on top: it is what the other steps led to.
        return sorted(punten, key=lambda punt: (punt.op, punt.is_status), reverse=True)

    @cached_property
    def _koppelingen(self) -> list[ZaakKoppeling]:
        return list(
            self.zaak.koppelingen.select_related(
                "klantcontact__medewerker", "taak__afdeling", "taak__toegewezen_aan"
            ).order_by("-pk")
        )

    @property
    def contacten(self) -> list[ZaakKoppeling]:
        """The contacts about this zaak."""
        return [k for k in self._koppelingen if k.klantcontact is not None]

    @property
    def taken(self) -> list[ZaakKoppeling]:
        """The taken about this zaak."""
        return [k for k in self._koppelingen if k.taak is not None]

    @cached_property
    def acties(self) -> frozenset[str]:
        """What this person may do with it now. The services decide again, under a lock."""
        zaak, wie = self.zaak, self.medewerker
        if not Zaak.objects.workable_by(wie).filter(pk=zaak.pk).exists():
            return frozenset()
        if zaak.is_afgerond:
            return frozenset({"heropenen", "ontkoppelen"})
        acties = {"status", "afronden", "toewijzen", "betrokkene", "ontkoppelen"}
        soort, laat = zaak.zaaktype, zaak.is_late(self.vandaag)
        if zaak.opschorting_indicatie:
            acties.add("hervatten")
        elif soort.opschorting_mogelijk and not laat:
            acties.add("opschorten")
        if soort.verlenging_mogelijk and not zaak.verlenging_aantal and not laat:
            acties.add("verlengen")
        if laat and soort.dwangsom_mogelijk and zaak.ingebrekestelling_datum is None:
            acties.add("ingebrekestelling")
        return frozenset(acties)

    @cached_property
    def dwangsom(self) -> Dwangsom | None:
        """What we owe; None while nobody wrote that we are late."""
        zaak = self.zaak
        if zaak.ingebrekestelling_datum is None:
            return None
        return compute_dwangsom(
            einde_termijn=zaak.uiterlijke_einddatum_afdoening,
            ingebrekestelling=zaak.ingebrekestelling_datum,
            peildatum=self.vandaag,
            besluit=zaak.einddatum,
            kalender=laad_werkkalender(),
        )

    @property
    def partijen(self) -> list[Partij]:
        """Who is in it from outside."""
        return [b.partij for b in self.zaak.betrokkenen.all() if b.partij is not None]
