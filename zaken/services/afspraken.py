"""Making, renewing and ending what KCC and departments agreed.

A version that has begun is never changed and never removed: taken point to it, and their terms
follow it. A new version begins today at the earliest; it takes the place of whatever was planned
from that day on, and ends the version before it the day before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate

from kennisbank.models import Product
from organisatie.models import Afdeling, Groep, Medewerker
from zaken.models import Intakevraag, InterneTaak, Overdrachtsafspraak, Productgroep, VraagSoort
from zaken.services.fouten import TaakFout

EEN_DAG = timedelta(days=1)


class AfspraakFout(TaakFout):
    """Parent of what can go wrong here; ``veld`` is the field of the form that it is about."""

    def __init__(self, melding: str, *, veld: str | None = None) -> None:
        super().__init__(melding)
        self.veld = veld


class AfspraakExists(AfspraakFout):
    """There is an agreement about this already."""


class AfspraakInPast(AfspraakFout):
    """What held on a day that is over stays as it was."""


class AfspraakInUse(AfspraakFout):
    """Something was handed off by it today, so it holds until the end of the day."""


class OntvangerElsewhere(AfspraakFout):
    """The chosen group or person does not belong to the department."""


@dataclass(frozen=True)
class Vraag:
    """A question as it comes in from the page."""

    tekst: str
    soort: str = VraagSoort.TEKST
    keuzes: str = ""
    is_verplicht: bool = False
    hulp: str = ""


@transaction.atomic
def create_afspraak(
    *,
    afdeling: Afdeling,
    product: Product | None,
    productgroep: Productgroep | None,
    gegevens: dict[str, Any],
    vragen: Sequence[Vraag],
    by: Medewerker,
    at: datetime,
) -> Overdrachtsafspraak:
    """The first version of an agreement. ``gegevens``: the fields of Overdrachtsafspraak that a
    version may change, with ``geldig_vanaf``.

    Raises AfspraakExists, AfspraakInPast, OntvangerElsewhere.
    """
    nieuw = Overdrachtsafspraak(
        afdeling=afdeling, product=product, productgroep=productgroep, gemaakt_door=by,
        gemaakt_op=at, **gegevens,
    )  # fmt: skip
    _must_begin_today_or_later(nieuw, at)
    _must_receive_there(nieuw)
    _lock(afdeling)
    if Overdrachtsafspraak.objects.versions_of(nieuw).exists():
        raise AfspraakExists("Deze afspraak is er al. Open hem en maak een nieuwe versie.")
    return _store(nieuw, vragen)


@transaction.atomic
def renew_afspraak(
    *,
    afspraak: Overdrachtsafspraak,
    gegevens: dict[str, Any],
    vragen: Sequence[Vraag],
    by: Medewerker,
    at: datetime,
) -> Overdrachtsafspraak:
    """A new version of the agreement that ``afspraak`` is a version of. The version before it ends
    the day before; what was planned from its first day on goes.

    Raises AfspraakInPast, AfspraakInUse, OntvangerElsewhere.
    """
    nieuw = Overdrachtsafspraak(
        afdeling=afspraak.afdeling, product=afspraak.product, productgroep=afspraak.productgroep,
        gemaakt_door=by, gemaakt_op=at, **gegevens,
    )  # fmt: skip
    _must_begin_today_or_later(nieuw, at)
    _must_receive_there(nieuw)
    _lock(afspraak.afdeling)
    _close_before(nieuw, nieuw.geldig_vanaf)
    return _store(nieuw, vragen)


@transaction.atomic
def end_afspraak(
    *, afspraak: Overdrachtsafspraak, laatste_dag: date, by: Medewerker, at: datetime
) -> None:
    """After ``laatste_dag`` the agreement no longer holds; what was planned for later goes.

    Raises AfspraakInPast, AfspraakInUse.
    """
    if laatste_dag < localdate(at):
        raise AfspraakInPast("De laatste dag is vandaag of later.", veld="laatste_dag")
    _lock(afspraak.afdeling)
    if not _close_before(afspraak, laatste_dag + EEN_DAG):
        raise AfspraakInPast("Deze afspraak geldt die dag al niet meer.", veld="laatste_dag")


@transaction.atomic
def save_productgroep(
    *,
    groep: Productgroep | None,
    naam: str,
    producten: Iterable[Product],
    by: Medewerker,
    at: datetime,
) -> Productgroep:
    """Store a group of products. Its agreement holds for what is in it at the hand-off."""
    groep = groep or Productgroep()
    groep.naam = naam
    groep.save()
    groep.producten.set(producten)
    return groep


def _lock(afdeling: Afdeling) -> None:
    """One at a time per department, so that no two versions can hold on one day."""
    Afdeling.objects.select_for_update().get(pk=afdeling.pk)


def _close_before(afspraak: Overdrachtsafspraak, dag: date) -> bool:
    """Nothing of this agreement holds from ``dag`` on. True when something did.

    Raises AfspraakInUse when one that begins on that day or later has been used.
    """
    gelden = Overdrachtsafspraak.objects.versions_of(afspraak).select_for_update()
    geraakt = False
    for versie in gelden:
        if versie.geldig_tot is not None and versie.geldig_tot < dag:
            continue
        geraakt = True
        if versie.geldig_vanaf < dag:
            versie.geldig_tot = dag - EEN_DAG
            versie.save(update_fields=["geldig_tot"])
        elif InterneTaak.objects.filter(afspraak=versie).exists():
            morgen = date_format(versie.geldig_vanaf + EEN_DAG, "j F Y")
            raise AfspraakInUse(
                "Volgens deze afspraak is vandaag al overgedragen. Laat de nieuwe versie ingaan op "
                f"{morgen} of later.",
                veld="geldig_vanaf",
            )
        else:
            versie.delete()
    return geraakt


def _must_begin_today_or_later(afspraak: Overdrachtsafspraak, at: datetime) -> None:
    if afspraak.geldig_vanaf < localdate(at):
        raise AfspraakInPast(
            "Een afspraak gaat vandaag in of later: wat was afgesproken, blijft zo.",
            veld="geldig_vanaf",
        )


def _must_receive_there(afspraak: Overdrachtsafspraak) -> None:
    groep: Groep | None = afspraak.groep
    if groep is not None and groep.afdeling_id != afspraak.afdeling_id:
        raise OntvangerElsewhere(
            f"{groep} hoort niet bij {afspraak.afdeling}. Kies een groep van deze afdeling.",
            veld="groep",
        )
    wie: Medewerker | None = afspraak.medewerker
    if wie is not None and not wie.afdelingen.filter(pk=afspraak.afdeling_id).exists():
        raise OntvangerElsewhere(
            f"{wie} werkt niet bij {afspraak.afdeling}. Kies iemand van deze afdeling.",
            veld="medewerker",
        )


def _store(afspraak: Overdrachtsafspraak, vragen: Sequence[Vraag]) -> Overdrachtsafspraak:
    afspraak.save()
    Intakevraag.objects.bulk_create(
        Intakevraag(
            afspraak=afspraak, volgorde=plek, tekst=vraag.tekst, soort=vraag.soort,
            keuzes=vraag.keuzes if vraag.soort == VraagSoort.KEUZE else "",
            is_verplicht=vraag.is_verplicht, hulp=vraag.hulp,
        )
        for plek, vraag in enumerate(vragen, start=1)
    )  # fmt: skip
    return afspraak
