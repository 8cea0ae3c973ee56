"""The Celery application, and the one way to nudge a task."""

import logging
import os
from functools import partial
from typing import Any

from celery import Celery
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")

app = Celery("kcc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)


def _send(taak: str, kwargs: dict[str, Any]) -> None:
    try:
        app.send_task(taak, kwargs=kwargs, retry=False, ignore_result=True)
    except Exception:
        logger.warning("porren mislukt: %s", taak)


def nudge(taak: str, **kwargs: Any) -> None:
    """Ask a worker, after commit, to run ``taak`` (its full name) with these ids.

    Never fails and never waits for a broker that is away: what must happen is a row, and a beat job
    picks up what a lost nudge left behind. By name, so that a lower room can nudge a higher one.
    """
    transaction.on_commit(partial(_send, taak, kwargs), robust=True)
