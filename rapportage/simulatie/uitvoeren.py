"""Run a simulation from the first day to the last, and have the figures computed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from contacts.models import Partij, PartijIdentificator
from rapportage import services
from rapportage.simulatie.basis import Gemeente, laad_gemeente
from rapportage.simulatie.bevolking import Bevolking
from rapportage.simulatie.klok import EEN_DAG, middernacht
from rapportage.simulatie.opslaan import CopySchrijver, ServiceSchrijver
from rapportage.simulatie.verloop import Verloop

COPY, SERVICES = "copy", "services"
# Contacts per COPY: enough to be quick, little enough to hold in memory.
PER_KEER = 2_000

Voortgang = Callable[[], object]

GEVULDE_TABELLEN = (
    "contacts_partij", "contacts_partijidentificator", "contacts_digitaaladres", "contacts_gesprek",
    "contacts_klantcontact", "contacts_bron", "zaken_internetaak", "zaken_taakgebeurtenis",
    "kcc_verwerkingslogregel", "kcc_vuiluur",
)  # fmt: skip
ROLLUPS = ("rapportage_uurtelling", "rapportage_uurtaken", "rapportage_uurdoorlooptijd")


@dataclass(frozen=True)
class Opdracht:
    """What to simulate: ``dagen`` days up to and with ``tot``, and nothing that is after ``nu``."""

    inwoners: int
    dagen: int
    seed: int
    tot: date
    nu: datetime
    via: str = COPY

    @property
    def van(self) -> date:
        """The first day."""
        return self.tot - timedelta(days=self.dagen - 1)

    @property
    def grens(self) -> int:
        """The last second in which something can have happened."""
        return min(int(self.nu.timestamp()), middernacht(self.tot + EEN_DAG) - 1)


@dataclass
class Uitkomst:
    """What was stored."""

    contacten: int = 0
    taken: int = 0
    per_dag: list[int] = field(default_factory=list)


@transaction.atomic
def simuleer(opdracht: Opdracht, *, voortgang: Voortgang) -> Uitkomst:
    """Store everything that happened in these days, in one transaction: all of it or nothing.

    ``voortgang`` is called after each day. Raises BasisMissing, and NoOpeningstijden.
    """
    gemeente = laad_gemeente()
    bevolking = _people(opdracht)
    schrijver = _writer(opdracht, gemeente, bevolking)
    verloop = Verloop(
        gemeente=gemeente,
        bevolking=bevolking,
        inwoners=opdracht.inwoners,
        van=opdracht.van,
        tot=opdracht.tot,
        grens=opdracht.grens,
        seed=opdracht.seed,
    )
    uitkomst = Uitkomst()
    wachtend = []
    for contacten in verloop.days():
        uitkomst.per_dag.append(len(contacten))
        uitkomst.contacten += len(contacten)
        uitkomst.taken += sum(contact.taak is not None for contact in contacten)
        wachtend += contacten
        if len(wachtend) >= PER_KEER:
            schrijver.write(wachtend)
            wachtend = []
        voortgang()
    schrijver.write(wachtend)
    schrijver.finish()
    return uitkomst


def _people(opdracht: Opdracht) -> Bevolking:
    return Bevolking(
        seed=opdracht.seed,
        inwoners=opdracht.inwoners,
        al_bekend=Partij.objects.count(),
        vergeven=set(PartijIdentificator.objects.values_list("object_id", flat=True)),
    )


def _writer(
    opdracht: Opdracht, gemeente: Gemeente, bevolking: Bevolking
) -> CopySchrijver | ServiceSchrijver:
    if opdracht.via == SERVICES:
        return ServiceSchrijver(bevolking=bevolking)
    return CopySchrijver(gemeente=gemeente, bevolking=bevolking, seed=opdracht.seed)


def compute_figures(*, voortgang: Voortgang) -> None:
    """Compute the hours that the simulation marked. Fresh statistics first: without them the
    planner takes the tables for empty.
    """
    _analyze(GEVULDE_TABELLEN)
    while services.recompute_dirty_hours():
        voortgang()
    _analyze(ROLLUPS)


def _analyze(tabellen: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tabellen)}")
