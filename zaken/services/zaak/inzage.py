"""Reading who is in a zaak, which is a write too: lines in the processing log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kcc.services import log_verwerking
from organisatie.models import Medewerker
from zaken.models import Zaak


def list_zaken(*, zaken: Iterable[Zaak], doel: str, by: Medewerker, at: datetime) -> None:
    """Note whose names stood in a list of zaken; ``doel`` says which. One line per person."""
    partijen = {z.vrager.partij.uuid for z in zaken if z.vrager and z.vrager.partij}
    log_verwerking(
        partijen=sorted(partijen), handeling="in zakenlijst getoond", doel=doel, by=by, at=at
    )


def list_zaken_of(*, partij_uuid: UUID, by: Medewerker, at: datetime) -> None:
    """Note that somebody looked up the zaken of this person."""
    log_verwerking(
        partijen=[partij_uuid], handeling="zaken getoond", doel="klantbeeld", by=by, at=at
    )


def open_zaak(*, zaak: Zaak, by: Medewerker, at: datetime) -> None:
    """Note that the people in a zaak were shown."""
    partijen = {b.partij.uuid for b in zaak.betrokkenen.all() if b.partij is not None}
    log_verwerking(
        partijen=sorted(partijen), handeling="zaak getoond", doel=str(zaak), by=by, at=at
    )
