"""Messages to the outside: a row first, sent after commit, once."""

from datetime import datetime

from django.db import transaction

from kcc.celery import nudge
from kcc.models import UitgaandBericht


def queue_mail(
    *,
    aan: str,
    onderwerp: str,
    tekst: str,
    sleutel: str,
    at: datetime,
    reeks: str = "",
    kopregels: dict[str, str] | None = None,
) -> UitgaandBericht:
    """Store a mail to be sent; call it in the transaction of what it tells about.

    ``sleutel`` says what it is, such as ``melding-beantwoord:<uuid>``: the same key again gives the
    row that is there already. ``reeks``: messages of one series leave in their order. Plain text
    only; no personal data in ``sleutel`` or ``reeks``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Een bericht ontstaat in de transactie zelf.")
    bericht, is_nieuw = UitgaandBericht.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "reeks": reeks,
            "aan": aan,
            "onderwerp": " ".join(onderwerp.split())[:200],
            "tekst": tekst,
            "kopregels": kopregels or {},
            "aangemaakt_op": at,
            "niet_voor": at,
        },
    )
    if is_nieuw:
        nudge("kcc.tasks.verzend_berichten")
    return bericht
