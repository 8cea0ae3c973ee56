"""Jobs of this room."""

from typing import Any

from celery import shared_task
from django.utils.timezone import localdate, now

from kennisbank import services
from kennisbank.services import invoer


@shared_task
def tel_gebruik(**kwargs: Any) -> None:
    """How often each article was used, for search and for the editors; and forget what is old."""
    services.count_gebruik(at=now())
    services.forget_old(at=now())


@shared_task
def herinner_aan_herzien(**kwargs: Any) -> None:
    """Mail owners about articles to look at. May run again: one mail per owner and day."""
    services.remind_owners(vandaag=localdate(), at=now())


@shared_task
def werk_invoer(*, invoer_id: int, **kwargs: Any) -> None:
    """Check a file, or read in one that was confirmed, from where it was left."""
    invoer.work_on(invoer_id=invoer_id)


@shared_task
def veeg_invoer(**kwargs: Any) -> None:
    """Have files taken up whose nudge was lost or whose worker died."""
    invoer.sweep_invoer(at=now())


@shared_task
def publiceer_geplande(**kwargs: Any) -> None:
    """Publish every planned draft whose moment has come, also those of an outage. Each in its own
    transaction, which looks again: two workers at once publish it once.
    """
    for concept in services.due_concepten(now()):
        services.publish_due_concept(concept=concept, at=now())


@shared_task
def controleer_links(**kwargs: Any) -> None:
    """Try the addresses that articles link to, each once a week."""
    services.check_links(at=now())
