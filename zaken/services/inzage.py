"""Reading the data of a citizen, which is a write too: a line in the processing log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from contacts.services import open_partij, reveal_adres
from kcc.services import log_verwerking
from organisatie.models import Medewerker
from zaken.models import InterneTaak


def list_taken(*, taken: Iterable[InterneTaak], doel: str, by: Medewerker, at: datetime) -> None:
    """Note whose names stood in a list of taken; ``doel`` says which list. One line per person."""
    partijen = {t.klantcontact.partij.uuid for t in taken if t.klantcontact.partij is not None}
    log_verwerking(partijen=sorted(partijen), handeling="in lijst getoond", doel=doel, by=by, at=at)


def list_taken_of(*, partij_uuid: UUID, by: Medewerker, at: datetime) -> None:
    """Note that somebody looked up what is being done for this person."""
    log_verwerking(
        partijen=[partij_uuid], handeling="taken getoond", doel="klantbeeld", by=by, at=at
    )


@transaction.atomic
def open_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> None:
    """Note that the data of who asked was shown for this taak. Anonymous: nothing to note."""
    partij = taak.klantcontact.partij
    if partij is not None:
        open_partij(partijen=[partij], doel=taak.nummer, by=by, at=at)


@transaction.atomic
def reveal_taak_adres(*, taak: InterneTaak, by: Medewerker, at: datetime) -> None:
    """Note that a secret address was asked for, for this taak."""
    partij = taak.klantcontact.partij
    if partij is not None:
        reveal_adres(partij=partij, doel=taak.nummer, by=by, at=at)
