"""Writes that every room needs: processing log, dirty hours, heartbeat."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from kcc.celery import nudge
from kcc.models import Hartslag, Verwerkingslogregel, VuilUur

if TYPE_CHECKING:
    from organisatie.models import Medewerker


def log_verwerking(
    *, partijen: Iterable[UUID], handeling: str, doel: str, by: "Medewerker", at: datetime
) -> None:
    """Write one line per person whose data is shown or changed.

    ``doel`` names the purpose, such as the number of the klantcontact; never a name or a subject.
    """
    Verwerkingslogregel.objects.bulk_create(
        Verwerkingslogregel(partij_uuid=p, handeling=handeling, doel=doel, medewerker=by, op=at)
        for p in partijen
    )


def whole_hour(moment: datetime) -> datetime:
    """The start of the UTC hour that ``moment`` lies in. In UTC, so that the hour that a clock
    going back shows twice stays two hours.
    """
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def mark_hours_dirty(*, moments: Iterable[datetime | None]) -> None:
    """Have the hours of these moments computed again. Call it inside the transaction that changes
    a record, so that mark and change are stored together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Een uur wordt vuil in de transactie zelf.")
    uren = {whole_hour(m) for m in moments if m is not None}
    VuilUur.objects.bulk_create(VuilUur(uur=uur) for uur in sorted(uren))
    nudge("rapportage.tasks.herbereken_vuile_uren")


def beat_heart(*, naam: str, at: datetime) -> None:
    """Note that this part of the machinery lives."""
    Hartslag.objects.update_or_create(naam=naam, defaults={"geslagen_op": at})
