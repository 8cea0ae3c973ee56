"""One taak as its page shows it: what is asked, by whom, what happened, what can be done now."""

from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from django.utils.timezone import localdate

from contacts.models import DigitaalAdres, Partij
from organisatie.werkkalender import laad_werkkalender
from zaken.behandelen import Vervolg, agreed_next, linked_taken, merged_taken
from zaken.models import Bijlage, InterneTaak, TaakGebeurtenis, TaakStatus
from zaken.termijnen import (
    Termijntekst,
    describe_afgehandeld,
    describe_termijn,
    say_tijdvak,
)
from zaken.werkvoorraad import Werkvoorraad

Actie = Literal[
    "nemen", "loslaten", "poging", "antwoord", "bericht", "terug", "doorsturen", "toewijzen",
    "prioriteit", "terugbellen", "koppelen", "samenvoegen", "bijlage", "notitie", "heropenen",
]  # fmt: skip


class TaakBeeld:
    """Each part is looked up when the template first asks for it."""

    def __init__(
        self, *, taak: InterneTaak, lijst: Werkvoorraad, nu: datetime, met_adres: bool = False
    ) -> None:
        self.taak = taak
        self.lijst = lijst
        self.medewerker = lijst.medewerker
        self.nu = nu
        self.met_adres = met_adres

    @cached_property
    def termijn(self) -> Termijntekst:
        """The term in words; of a finished taak whether it was in time."""
        taak, kalender = self.taak, laad_werkkalender()
        if taak.afgehandeld_op is not None:
            woorden = describe_afgehandeld(taak.termijn_op, taak.afgehandeld_op, kalender)
        else:
            woorden = describe_termijn(taak.termijn_op, self.nu, kalender)
        return Termijntekst(taak.termijn_op, *woorden)

    @cached_property
    def acties(self) -> frozenset[Actie]:
        """What this person may do with it now. The services decide again, under a lock."""
        taak, wie = self.taak, self.medewerker
        werkbaar = InterneTaak.objects.workable_by(wie).filter(pk=taak.pk).exists()
        if not werkbaar or taak.is_afgehandeld:
            return self._reading(werkbaar)
        acties: set[Actie] = {"poging", "prioriteit", "koppelen", "bijlage", "notitie"}
        if taak.toegewezen_aan_id is not None:
            acties.add("loslaten")
        vrij = taak.toegewezen_aan_id in {None, wie.pk}
        if vrij or wie.has_perm("zaken.assign_internetaak"):
            acties |= {"toewijzen", "samenvoegen"}
        if vrij:
            acties |= {"antwoord", "bericht", "doorsturen", "terugbellen"}
            if taak.status != TaakStatus.IN_BEHANDELING:
                acties.add("nemen")
            if not taak.afdeling.is_kcc:
                acties.add("terug")
        return frozenset(acties)

    def _reading(self, werkbaar: bool) -> frozenset[Actie]:
        """What is left for who only reads, or where the taak is closed."""
        if not self.medewerker.has_perm("zaken.change_internetaak"):
            return frozenset()
        acties: set[Actie] = {"notitie"}
        dicht = self.taak.is_afgehandeld and self.taak.samengevoegd_met_id is None
        if dicht and (werkbaar or self.medewerker.has_perm("zaken.add_internetaak")):
            acties.add("heropenen")
        return frozenset(acties)

    @property
    def leest_mee(self) -> bool:
        """Open, and for somebody else to work on."""
        return not self.taak.is_afgehandeld and "poging" not in self.acties

    @cached_property
    def _buren(self) -> tuple[UUID | None, UUID | None]:
        return self.lijst.buren(self.taak.uuid)

    @property
    def vorige(self) -> UUID | None:
        """The taak above this one in the list."""
        return self._buren[0]

    @property
    def volgende(self) -> UUID | None:
        """The taak below this one in the list."""
        return self._buren[1]

    @property
    def is_van_mij(self) -> bool:
        """In one's own name."""
        return self.taak.toegewezen_aan_id == self.medewerker.pk

    @property
    def partij(self) -> Partij | None:
        """Who asked, unless that is not known."""
        return self.taak.klantcontact.partij

    @cached_property
    def adressen(self) -> list[DigitaalAdres]:
        """How to reach the citizen, the preferred way first."""
        if self.partij is None:
            return []
        return list(self.partij.digitale_adressen.order_by("-is_standaard_adres", "soort", "pk"))

    @property
    def adres(self) -> str:
        """Where the citizen lives; empty while it is secret and nobody asked for it."""
        if self.partij is None or (self.partij.indicatie_geheimhouding and not self.met_adres):
            return ""
        return self.partij.adres

    @cached_property
    def gebeurtenissen(self) -> list[TaakGebeurtenis]:
        """The history, the newest first."""
        alles = self.taak.gebeurtenissen.select_related("door", "afdeling")
        return list(alles.order_by("-op", "-pk"))

    @cached_property
    def vervolg(self) -> Vervolg | None:
        """What was agreed to do now that the citizen could not be reached."""
        return agreed_next(self.taak, self.gebeurtenissen) if self.taak.aantal_pogingen else None

    @cached_property
    def bijlagen(self) -> list[Bijlage]:
        """The files, without what is in them."""
        return list(self.taak.bijlagen.defer("inhoud").select_related("door"))

    @cached_property
    def koppelingen(self) -> list[InterneTaak]:
        """Linked taken that this person may see."""
        return linked_taken(self.taak, self.medewerker)

    @cached_property
    def dubbele(self) -> list[InterneTaak]:
        """What was merged into this taak."""
        return merged_taken(self.taak)

    @cached_property
    def kan_losmaken(self) -> bool:
        """This taak was merged today, by somebody who may undo it."""
        if self.taak.samengevoegd_met_id is None or self.taak.afgehandeld_op is None:
            return False
        if localdate(self.taak.afgehandeld_op) != localdate(self.nu):
            return False
        beide = [self.taak.pk, self.taak.samengevoegd_met_id]
        mag = InterneTaak.objects.workable_by(self.medewerker).filter(pk__in=beide)
        return mag.count() == len(beide)

    @property
    def terugbellen(self) -> str:
        """When the citizen was promised a call."""
        van, tot = self.taak.terugbellen_van, self.taak.terugbellen_tot
        return say_tijdvak(van, tot) if van and tot else ""

    @property
    def uitleg_terug(self) -> str:
        """What the department wrote when it gave the taak back."""
        terug = TaakGebeurtenis.Soort.TERUGGEGEVEN
        return next((g.tekst for g in self.gebeurtenissen if g.soort == terug), "")

    @property
    def notitie(self) -> str:
        """What the agent wrote down, unless the hand-off already says the same."""
        inhoud = self.taak.klantcontact.inhoud.strip()
        return "" if inhoud and inhoud in self.taak.toelichting else inhoud
