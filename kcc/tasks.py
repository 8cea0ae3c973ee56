"""Jobs of the project itself."""

from typing import Any

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now

from kcc import outbox, services


@shared_task
def slaan(**kwargs: Any) -> None:
    """Beat sent it and a worker ran it: both live."""
    services.beat_heart(naam="werker", at=now())


@shared_task
def ruim_zittingen_op(**kwargs: Any) -> None:
    """Remove sessions that have ended."""
    SessionStore.clear_expired()


@shared_task
def verzend_berichten(**kwargs: Any) -> None:
    """Send what waits. Nudged when a message is queued; beat sweeps up what a lost nudge left."""
    outbox.send_due(now())
