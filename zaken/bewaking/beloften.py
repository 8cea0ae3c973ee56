"""Every open promise: who owns it, how old it is, when it must be kept, how far it escalated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.utils.http import urlencode

from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import werkseconden_tussen
from zaken.bewaking.regels import Regels, attempts, latest_step
from zaken.models import InterneTaak, Trede, Waarschuwing
from zaken.querysets import InterneTaakQuerySet
from zaken.termijnen import DAG_SECONDEN, Termijntekst, describe_termijn

PER_PAGINA = (20, 100)

STANDEN = {
    "alle": "Alle open beloften",
    "dreigt": "Dreigt te laat te worden",
    "te_laat": "Te laat",
    "terugbellen": "Terugbelafspraken",
    "geescaleerd": "Geëscaleerd",
    "niemand": "Nog van niemand",
}

# Names from the address → columns; anything else is refused.
SORTEER: dict[str, tuple[str, ...]] = {
    "termijn": ("termijn_op", "prioriteit", "pk"),
    "terugbellen": ("terugbellen_tot", "pk"),
    "oud": ("aangemaakt_op", "pk"),
    "afdeling": ("afdeling__naam", "termijn_op", "pk"),
    "eigenaar": ("toegewezen_aan__achternaam", "groep__naam", "afdeling__naam", "pk"),
}


@dataclass(frozen=True)
class Eigenaar:
    """Who must act. ``bij``: why he, when the taak is in nobody's name."""

    naam: str
    bij: str = ""


def owner_of(taak: InterneTaak) -> Eigenaar:
    """The one who must act on an open taak: never nobody (S1-5).

    Who has it; else the group it lies with; else who leads the department; and in the end the team
    leaders of the KCC, who handed it off.
    """
    if taak.toegewezen_aan is not None:
        return Eigenaar(str(taak.toegewezen_aan))
    if taak.groep is not None and taak.groep.is_actief:
        return Eigenaar(str(taak.groep), "groep")
    for wie, rol in (
        (taak.afdeling.coordinator, "coördinator"),
        (taak.afdeling.hoofd, "afdelingshoofd"),
    ):
        if wie is not None and wie.is_active:
            return Eigenaar(str(wie), rol)
    return Eigenaar("Teamleiders KCC", f"{taak.afdeling} heeft geen coördinator")


def promises_for(medewerker: Medewerker) -> InterneTaakQuerySet:
    """The open promises that this person may see: who guards sees all that he sees (a coordinator
    his departments, a team leader everything), an agent those he made, anybody those he must keep.
    """
    if medewerker.has_perm("zaken.view_bewaking"):
        return InterneTaak.objects.visible_to(medewerker).open()
    wie = Q(toegewezen_aan=medewerker)
    if medewerker.has_perm("zaken.add_internetaak"):
        wie |= Q(aangemaakt_door=medewerker)
    return InterneTaak.objects.visible_to(medewerker).open().filter(wie)


def with_owner(taken: InterneTaakQuerySet) -> InterneTaakQuerySet:
    """All that a line shows, the owner as well, in one query."""
    return taken.select_related(
        "klantcontact__partij",
        "toegewezen_aan",
        "groep",
        "afdeling__coordinator",
        "afdeling__hoofd",
    )


@dataclass(frozen=True)
class Belofte:
    """One line."""

    taak: InterneTaak
    eigenaar: Eigenaar
    termijn: Termijntekst
    leeftijd: str
    trede: Waarschuwing | None


@dataclass(frozen=True)
class Kolom:
    """A column head: whether it orders the list now, and the order that a click gives."""

    naam: str
    richting: str = ""
    query: str = ""


class Beloften:
    """The list that ``medewerker`` sees with these parameters."""

    def __init__(self, *, medewerker: Medewerker, params: Mapping[str, str], nu: datetime) -> None:
        self.medewerker, self.nu = medewerker, nu
        self.stand = params.get("stand", "") if params.get("stand") in STANDEN else "alle"
        self._sorteer = params.get("sorteer", "")
        self._afdeling = params.get("afdeling", "")
        self._pagina = params.get("pagina", "1")
        self.per = 100 if params.get("per") == "100" else 20
        self.regels = Regels()

    standen = STANDEN

    @cached_property
    def taken(self) -> InterneTaakQuerySet:
        """All that this person may see."""
        return promises_for(self.medewerker)

    @cached_property
    def afdelingen(self) -> list[Afdeling]:
        """To filter on: one's own, or all for who sees them all."""
        if self.medewerker.has_perm("contacts.view_klantcontact"):
            return list(Afdeling.objects.filter(is_actief=True))
        return list(self.medewerker.afdelingen.all())

    @property
    def afdeling(self) -> str:
        """The department that the list is narrowed to, or empty."""
        bekend = {afdeling.identificatie for afdeling in self.afdelingen}
        return self._afdeling if self._afdeling in bekend else ""

    @property
    def sorteer(self) -> str:
        """The order, as in the address."""
        if self._sorteer.removeprefix("-") in SORTEER:
            return self._sorteer
        return "terugbellen" if self.stand == "terugbellen" else "termijn"

    @cached_property
    def gefilterd(self) -> InterneTaakQuerySet:
        """The list without its order."""
        taken = self.taken
        if self.afdeling:
            taken = taken.filter(afdeling__identificatie=self.afdeling)
        return self.in_stand(taken, self.stand)

    def in_stand(self, taken: InterneTaakQuerySet, stand: str) -> InterneTaakQuerySet:
        """Narrowed to one of STANDEN."""
        if stand == "dreigt":
            return taken.filter(self.regels.threatened(self.nu))
        if stand == "te_laat":
            gemist = Q(terugbellen_tot__lte=self.nu) & ~Exists(attempts())
            return taken.filter(Q(termijn_op__lt=self.nu, gepauzeerd_op=None) | gemist)
        if stand == "terugbellen":
            return taken.filter(terugbellen_van__isnull=False)
        if stand == "geescaleerd":
            return taken.filter(Exists(escalations()))
        return taken.filter(toegewezen_aan=None) if stand == "niemand" else taken

    @cached_property
    def pagina(self) -> Page[InterneTaak]:
        """The taken on this page."""
        omgekeerd = self.sorteer.startswith("-")
        volgorde = [
            OrderBy(F(kolom), descending=omgekeerd, nulls_last=True)
            for kolom in SORTEER[self.sorteer.removeprefix("-")]
        ]
        # The index of open taken is in this order as it is; "nulls last" would miss it.
        kaal = ["termijn_op", "prioriteit", "id"] if self.sorteer == "termijn" else volgorde
        return Paginator(with_owner(self.gefilterd).order_by(*kaal), self.per).get_page(
            self._pagina
        )

    @cached_property
    def rijen(self) -> list[Belofte]:
        """The lines on this page."""
        taken = list(self.pagina.object_list)
        if not taken:
            return []
        treden = latest_step(taken)
        return [
            Belofte(
                taak,
                owner_of(taak),
                Termijntekst(
                    taak.termijn_op,
                    *describe_termijn(
                        taak.termijn_op, self.nu, self.regels.kalender(taak.afdeling_id)
                    ),
                ),
                self._age(taak),
                treden.get(taak.pk),
            )
            for taak in taken
        ]

    def _age(self, taak: InterneTaak) -> str:
        """How long it is open, in open time: "5 werkuren", "3 werkdagen"."""
        seconden = werkseconden_tussen(
            taak.aangemaakt_op, self.nu, kalender=self.regels.kalender(taak.afdeling_id)
        )
        if seconden < 3600:
            return "nieuw"
        aantal, woord = seconden // 3600, "werkuur"
        if seconden >= DAG_SECONDEN:
            aantal, woord = seconden // DAG_SECONDEN, "werkdag"
        meervoud = {"werkuur": "werkuren", "werkdag": "werkdagen"}[woord]
        return f"{aantal} {woord if aantal == 1 else meervoud}"

    @property
    def kolommen(self) -> list[Kolom]:
        """The column heads."""
        return [
            self._kolom("termijn", "Termijn"),
            Kolom("Taak"),
            self._kolom("eigenaar", "Eigenaar"),
            self._kolom("afdeling", "Afdeling"),
            self._kolom("oud", "Open sinds"),
            Kolom("Trede"),
        ]

    def _kolom(self, sleutel: str, naam: str) -> Kolom:
        if self.sorteer == sleutel:
            return Kolom(naam, "ascending", self.met(sorteer=f"-{sleutel}"))
        richting = "descending" if self.sorteer == f"-{sleutel}" else ""
        return Kolom(naam, richting, self.met(sorteer=sleutel))

    def met(self, **anders: str) -> str:
        """The address of this list with something else, from its beginning."""
        deel = {
            "stand": "" if self.stand == "alle" else self.stand,
            "afdeling": self.afdeling,
            "sorteer": self._sorteer if self._sorteer == self.sorteer else "",
            "per": "100" if self.per == 100 else "",
        } | anders
        return urlencode({sleutel: waarde for sleutel, waarde in deel.items() if waarde})

    @property
    def andere_lengte(self) -> str:
        """The address of this list with the other number of rows."""
        return self.met(per="" if self.per == 100 else "100")


def escalations() -> QuerySet[Waarschuwing]:
    """Steps beyond the reminder, about the term as it now is, or about the call-back."""
    return Waarschuwing.objects.filter(
        Q(trede__in=[Trede.COORDINATOR, Trede.HOOFD], termijn_op=OuterRef("termijn_op"))
        | Q(trede=Trede.TERUGBELLEN_GEMIST, termijn_op=OuterRef("terugbellen_tot")),
        taak=OuterRef("pk"),
    )
