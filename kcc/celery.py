"""The Celery application, and the one way to nudge a task."""

import logging
import os
import time
from functools import partial
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction

from kcc import productie

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")

app = Celery("kcc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)


@worker_init.connect
@beat_init.connect
def refuse_bad_start(**kwargs: Any) -> None:
    """What the web server may not start with, worker and beat may not either.

    Raises SystemExit, since Celery swallows every Exception of a receiver.
    """
    try:
        productie.check_start()
    except ImproperlyConfigured as exc:
        raise SystemExit(str(exc)) from exc
    finally:
        connections.close_all()  # a worker's children must not share this one


PAUZE = 5.0  # seconds without nudges after one that failed; beat sweeps as often
_failed_at = float("-inf")


@worker_ready.connect
def _beat_at_once(**kwargs: Any) -> None:
    """A worker that has just started shows that it lives, before beat asks for it."""
    _send("kcc.tasks.slaan", {})


def _send(taak: str, kwargs: dict[str, Any]) -> None:
    global _failed_at
    if time.monotonic() < _failed_at + PAUZE:
        return  # a Redis that hangs costs one time-out now and then, not one at each close
    try:
        app.send_task(taak, kwargs=kwargs, retry=False, ignore_result=True)
    except Exception:
        _failed_at = time.monotonic()
        logger.warning("porren mislukt: %s", taak)


def nudge(taak: str, **kwargs: Any) -> None:
    """Ask a worker, after commit, to run ``taak`` (its full name) with these ids.

    Never fails and never waits for a broker that is away: what must happen is a row, and a beat job
    picks up what a lost nudge left behind. By name, so that a lower room can nudge a higher one.
    """
    transaction.on_commit(partial(_send, taak, kwargs), robust=True)
