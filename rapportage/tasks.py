"""Jobs of this room."""

from typing import Any

from celery import shared_task

from rapportage import services


@shared_task
def herbereken_vuile_uren(**kwargs: Any) -> None:
    """Compute dirty hours until none are left. A nudge wakes it; beat does what a lost one left."""
    while services.recompute_dirty_hours():
        pass
