"""What the simulation finds in the database: people, products, agreements, opening hours."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kcc.access import Rol
from kennisbank.models import ArtikelVersie, Product
from organisatie.models import Afdeling, BijzondereDag, Medewerker, Openingstijd
from organisatie.werkkalender import laad_werkkalender
from rapportage.simulatie.klok import Klok
from rapportage.simulatie.vragen import ONDERWERPEN, Onderwerp
from zaken.models import Overdrachtsafspraak
from zaken.services import works_on_taken
from zaken.services.overdracht import STANDAARD_AANTAL, STANDAARD_EENHEID


class BasisMissing(Exception):
    """Without departments, people, products and opening hours there is nothing to simulate."""

    def __init__(self, wat: str) -> None:
        super().__init__(f"Er zijn nog geen {wat}. Draai eerst: manage.py laad_demo")


@dataclass(frozen=True, slots=True)
class Afspraak:
    """An overdrachtsafspraak, as far as it decides a term."""

    pk: int
    afdeling: int
    aantal: int
    eenheid: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True, slots=True, eq=False)
class Ding:
    """A product that people ask about. ``versies``: pk and short answer of what is published."""

    pk: int
    naam: str
    afdeling: int | None
    onderwerp: Onderwerp
    versies: tuple[tuple[int, str], ...]
    afspraken: tuple[Afspraak, ...]

    def afspraak_op(self, dag: date, afdeling: int) -> Afspraak | None:
        """What the department agreed that holds on this day, as zaken.services.agreement_for."""
        for afspraak in self.afspraken:
            geldt = afspraak.vanaf <= dag and (afspraak.tot is None or dag <= afspraak.tot)
            if geldt and afspraak.afdeling == afdeling:
                return afspraak
        return None


@dataclass(frozen=True, eq=False)
class Gemeente:
    """The base data, read once. People and departments are primary keys; ``specialisten`` says who
    works on the taken of a department (twice: who takes twice as many), and ``korte_namen`` what
    colleagues call them. ``eigen_klokken``: of the departments that keep hours of their own.
    """

    agenten: tuple[int, ...]
    kcc: int
    specialisten: dict[int, tuple[int, ...]]
    korte_namen: dict[int, str]
    dingen: tuple[Ding, ...]
    klok: Klok
    eigen_klokken: dict[int, Klok]

    def termijn(self, ding: Ding, afdeling: int, seconde: int, dag: date) -> tuple[int, int | None]:
        """When a hand-off must be done and under which agreement, as zaken.services."""
        afspraak = ding.afspraak_op(dag, afdeling)
        klok = self.eigen_klokken.get(afdeling, self.klok)
        if afspraak is None:
            return klok.termijn(seconde, STANDAARD_AANTAL, STANDAARD_EENHEID), None
        return klok.termijn(seconde, afspraak.aantal, afspraak.eenheid), afspraak.pk


def laad_gemeente() -> Gemeente:
    """Read the base data. Raises BasisMissing."""
    if not Openingstijd.objects.exists():
        raise BasisMissing("openingstijden")
    kcc = Afdeling.objects.filter(is_kcc=True, is_actief=True).first()
    if kcc is None:
        raise BasisMissing("afdelingen")
    agenten: list[int] = []
    per_afdeling: dict[int, list[int]] = {}
    korte_namen: dict[int, str] = {}
    actief = set(Afdeling.objects.filter(is_actief=True).values_list("pk", flat=True))
    for wie in Medewerker.objects.active().order_by("pk").prefetch_related("afdelingen"):
        if not works_on_taken(wie):
            continue
        korte_namen[wie.pk] = wie.korte_naam
        for afdeling in wie.afdelingen.all():
            if afdeling.pk == kcc.pk and Rol.KCC_MEDEWERKER in wie.rollen:
                agenten.append(wie.pk)
            elif afdeling.pk != kcc.pk and afdeling.pk in actief:
                # Who shows the demo finds work under that name.
                per_afdeling.setdefault(afdeling.pk, []).extend([wie.pk] * (1 + wie.is_demo))
    if not agenten or not per_afdeling:
        raise BasisMissing("medewerkers bij het KCC en bij de afdelingen")
    dingen = _dingen()
    if not dingen:
        raise BasisMissing("producten")
    return Gemeente(
        agenten=tuple(agenten),
        kcc=kcc.pk,
        specialisten={pk: tuple(wie) for pk, wie in per_afdeling.items()},
        korte_namen=korte_namen,
        dingen=dingen,
        klok=Klok(laad_werkkalender()),
        eigen_klokken={pk: Klok(laad_werkkalender(pk)) for pk in sorted(_with_own_days())},
    )


def _with_own_days() -> set[int]:
    """The departments whose calendar differs from the general one."""
    uren = Openingstijd.objects.values_list("afdeling", flat=True)
    dagen = BijzondereDag.objects.values_list("afdeling", flat=True)
    return {*uren, *dagen} - {None}


def _dingen() -> tuple[Ding, ...]:
    """The products that we know questions about, by name, so that the order is always the same."""
    versies: dict[int, list[tuple[int, str]]] = {}
    for product, versie, antwoord in (
        ArtikelVersie.objects.filter(
            artikel__is_actief=True,
            artikel__product__isnull=False,
            artikel__huidige_versie=F("pk"),
        )
        .order_by("artikel__slug")
        .values_list("artikel__product", "pk", "kort_antwoord")
    ):
        versies.setdefault(product, []).append((versie, antwoord))
    producten = list(Product.objects.filter(is_actief=True, naam__in=ONDERWERPEN).order_by("naam"))
    afspraken = {
        product.pk: tuple(
            Afspraak(
                pk=rij.pk,
                afdeling=rij.afdeling_id,
                aantal=rij.termijn_aantal,
                eenheid=rij.termijn_eenheid,
                vanaf=rij.geldig_vanaf,
                tot=rij.geldig_tot,
            )
            for rij in Overdrachtsafspraak.objects.about(product)
        )
        for product in producten
    }
    return tuple(
        Ding(
            pk=product.pk,
            naam=product.naam,
            afdeling=product.afdeling_id,
            onderwerp=ONDERWERPEN[product.naam],
            versies=tuple(versies.get(product.pk, ())),
            afspraken=afspraken[product.pk],
        )
        for product in producten
    )
