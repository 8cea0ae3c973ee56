"""Writes of the room: computing dirty hours again, and all hours again."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now

from contacts.services import HERHAAL_DAGEN
from kcc.services import beat_heart
from rapportage import rollup

# Any number will do, as long as nothing else in this database takes the same.
SLOT = 7_208_146_301
# How many hours one transaction computes: about a second's work in a big municipality.
UREN_PER_KEER = 200
HERHAAL = timedelta(hours=24 * HERHAAL_DAGEN)
# Longer than any transaction lasts between reading what came before and its commit.
NET_AFGESLOTEN = timedelta(minutes=10)
# Under this name the heartbeat table keeps when figures last changed.
HARTSLAG = "cijfers"


@transaction.atomic
def recompute_dirty_hours(*, limit: int = UREN_PER_KEER) -> int:
    """Compute up to ``limit`` dirty hours again from the records, the newest first.

    Returns how many hours were done; 0 means that none were waiting. Idempotent: it may be run at
    any time, by any number of workers.

    Why no change is ever missed, at READ COMMITTED, where each statement sees what was committed
    when that statement began:

    - A mark is written in the transaction that changes the record. So the DELETE below finds a mark
      only when that change is committed, and the INSERTs, which begin later, see the change.
    - A mark that is committed after the DELETE began stays, and has the hour done again.
    - The lock makes recomputations take turns, so that a slower one, which read older records,
      cannot write its hour over a newer result. Who closes a contact never waits for this lock.
    - A crash rolls back the figures and the removal of the marks together.
    - Who closes a repeated question marks the hour of the first too, but cannot see a first that is
      being closed at that very moment. So the hours before what was just closed come along.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        cursor.execute(
            "DELETE FROM kcc_vuiluur WHERE uur IN"
            " (SELECT DISTINCT uur FROM kcc_vuiluur ORDER BY uur DESC LIMIT %s)"
            " RETURNING uur, gemarkeerd_op",
            [limit],
        )
        merken = cursor.fetchall()
    if not merken:
        return 0
    uren = {uur for uur, _ in merken}
    sinds = min(gemarkeerd_op for _, gemarkeerd_op in merken) - NET_AFGESLOTEN
    _compute(sorted(uren | _hours_before(uren, sinds)))
    beat_heart(naam=HARTSLAG, at=now())
    return len(uren)


def _hours_before(uren: Iterable[datetime], sinds: datetime) -> set[datetime]:
    """Hours of earlier contacts of the same partij about the same product as those closed since."""
    waarden: dict[str, Any] = {"uren": list(uren), "sinds": sinds, "herhaal": HERHAAL}
    with connection.cursor() as cursor:
        cursor.execute(rollup.UREN_ERVOOR, waarden)
        return {uur for (uur,) in cursor.fetchall()}


def _compute(uren: list[datetime]) -> None:
    """Replace the roll-ups of these hours. The caller holds the lock."""
    waarden: dict[str, Any] = {
        "uren": uren,
        "herhaal": HERHAAL,
        "opgelost": list(rollup.OPGELOST),
        "niet_zelf": list(rollup.NIET_ZELF),
        "verbroken": rollup.VERBROKEN,
    }
    with connection.cursor() as cursor:
        for tabel in rollup.TABELLEN:
            cursor.execute(f"DELETE FROM {tabel} WHERE uur = ANY(%(uren)s)", waarden)  # noqa: S608 - our own names
        for opdracht in (rollup.TELLING, rollup.TAKEN, rollup.DOORLOOPTIJD):
            cursor.execute(opdracht, waarden)


@transaction.atomic
def mark_all_hours_dirty() -> int:
    """Have every hour computed again that has a record or a roll-up. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(rollup.MARKEER_ALLES)
        return int(cursor.rowcount)


def count_dirty_hours() -> int:
    """How many hours wait to be computed again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT uur) FROM kcc_vuiluur")
        (aantal,) = cursor.fetchone()
    return int(aantal)


def rebuild_all(*, progress: Callable[[int, int], None], limit: int = UREN_PER_KEER) -> int:
    """Compute all roll-ups again from the records; ``progress(done, total)`` after each batch.

    Each batch is a transaction of its own, and what is still to be done are marks: interrupted, it
    goes on by itself (beat) or with the next call. Returns the number of hours.
    """
    mark_all_hours_dirty()
    totaal = count_dirty_hours()
    progress(0, totaal)
    while recompute_dirty_hours(limit=limit):
        progress(max(totaal - count_dirty_hours(), 0), totaal)
    progress(totaal, totaal)
    return totaal
