"""Reading the data of a citizen, which is a write too: a line in the processing log."""

from datetime import datetime

from django.db import transaction

from contacts.services import open_partij, reveal_adres
from organisatie.models import Medewerker
from zaken.models import InterneTaak


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
