"""Jobs of this room."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from zaken.services import bewaking, dagbericht, fold_tellers, forget_kijkers


@shared_task
def bewaak_termijnen(**kwargs: Any) -> None:
    """Warn of what is due. May run twice at once, and may be cut short anywhere."""
    bewaking.run_guard(at=now())


@shared_task
def stuur_dagberichten(**kwargs: Any) -> None:
    """The mails of the morning. May run again: one per person and day."""
    dagbericht.send_dagberichten(at=now())


@shared_task
def ruim_kijkers_op(**kwargs: Any) -> None:
    """Forget who looked at a taak and went away."""
    forget_kijkers(at=now())


@shared_task
def vouw_tellers(**kwargs: Any) -> None:
    """Make one row of the rows that count the open taken."""
    fold_tellers()
