"""Jobs of this room."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from organisatie import services
from organisatie.models import Agendakoppeling

# Seconds for one calendar, fetching and working out together; the soft limit becomes a sentence.
ZACHT, HARD = 60, 90


@shared_task
def haal_agendas_op(**kwargs: Any) -> None:
    """Beat: a task for each calendar whose turn it is, so that a slow one holds up no other."""
    for pk in services.claim_due_agendas(at=now()):
        haal_agenda_op.delay(koppeling_id=pk)


@shared_task(soft_time_limit=ZACHT, time_limit=HARD, ignore_result=True)
def haal_agenda_op(*, koppeling_id: int, **kwargs: Any) -> None:
    """Fetch one calendar. A lost one comes back with the next beat."""
    koppeling = Agendakoppeling.objects.filter(pk=koppeling_id).first()
    if koppeling is not None:
        services.refresh_agenda(koppeling=koppeling, at=now())
