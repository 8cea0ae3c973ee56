"""Messages to the outside: a row first, sent after commit, in order.

A mail server can die between taking a message and saying so; then nobody knows whether it went out.
So a message may leave twice, but always under the same Message-ID, which is made of its
``sleutel``. How and why: docs/besluiten/berichten.md.
"""

import hashlib
import logging
import random
import re
import smtplib
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection as database
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kcc.celery import nudge
from kcc.models import UitgaandBericht

if TYPE_CHECKING:
    from organisatie.models import Medewerker

Stand = UitgaandBericht.Stand
OPEN = (Stand.WACHT, Stand.BEZIG)

BEURT = 5.0  # seconds of sending in one go: figures and heartbeat share these workers
MAX_POGINGEN = 20  # with the waits below: two days
MAX_WACHT = timedelta(hours=4)
MAX_PAUZE = 300.0  # seconds between two knocks on the door of a server that is away
ACHTER_NA = timedelta(minutes=15)  # that a message may wait before somebody should look

# What a caller may add to a message. The rest is ours, or would be a way to reach other people.
KOPREGELS = {"Reply-To", "In-Reply-To", "References"}
VASTE_KOPREGELS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

AFGEBROKEN = "Het verzenden werd afgebroken."

logger = logging.getLogger(__name__)
_chance = random.SystemRandom()
_clock = time.monotonic


class BerichtNietMislukt(Exception):
    """Only what failed can be tried again."""

    def __init__(self) -> None:
        super().__init__("Dit bericht is niet mislukt, of het is intussen opnieuw aangeboden.")


class _ServerGone(Exception):
    """The mail server cannot be reached, or will not have us: no message is to blame."""


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
    only; no personal data in ``sleutel`` or ``reeks``. ``kopregels``: see KOPREGELS. Raises
    ValidationError for an address that is not exactly one, and for a line break where none may be.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Een bericht ontstaat in de transactie zelf.")
    check_address(aan)
    for waarde in (onderwerp, sleutel, reeks):
        _check_line(waarde)
    for naam, waarde in (kopregels or {}).items():
        if naam not in KOPREGELS:
            raise ValidationError(f"De kopregel {naam!r} mag niet in een bericht.")
        _check_line(waarde)
        if naam == "Reply-To":
            check_address(waarde)
    if reeks:
        # Until this commits, nobody else numbers a message of this series: order of commit it is.
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [reeks])
    bericht, is_nieuw = UitgaandBericht.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "reeks": reeks,
            "aan": aan,
            "onderwerp": onderwerp[:200],
            "tekst": tekst,
            "kopregels": kopregels or {},
            "aangemaakt_op": at,
            "niet_voor": at,
        },
    )
    if is_nieuw:
        nudge("kcc.tasks.verzend_berichten")
    return bericht


def check_address(adres: str) -> None:
    """Exactly one bare address. Raises ValidationError, without the address in its text."""
    _check_line(adres)
    # The standard allows quotes, and between quotes nearly everything; no citizen has that.
    if len(adres) > 254 or re.search(r"[\s,;:<>()\"\\]", adres):
        raise ValidationError("Dit is geen geldig e-mailadres.")
    validate_email(adres)


def _check_line(waarde: str) -> None:
    """No control character, no line break of any kind: each could begin a header of its own."""
    if any(unicodedata.category(teken) in {"Cc", "Zl", "Zp"} for teken in waarde):
        raise ValidationError("Een regel van een bericht heeft geen regeleinde of stuurteken.")


def message_id(sleutel: str) -> str:
    """The name under which this message leaves, now and at every later attempt."""
    kern = hashlib.sha256(sleutel.encode()).hexdigest()[:40]
    return f"<{kern}@{settings.MAIL_DOMEIN}>"


def send_due(at: datetime) -> int:
    """Send what is due, for about ``BEURT`` seconds; returns how many went out.

    Any number of workers may do this at once. Each message is claimed, sent outside any transaction
    and marked. Without a mail server, or while it is away, everything keeps waiting.
    """
    if not settings.EMAIL_HOST or _door.is_closed() or not _due(at).exists():
        return 0
    aantal, einde = 0, _clock() + BEURT
    try:
        with _server() as server:
            while bericht := _claim(at):
                if _send(bericht, server, at):
                    aantal += 1
                    _door.open()
                if _clock() > einde:
                    nudge("kcc.tasks.verzend_berichten")  # the rest, after who else is waiting
                    break
    except _ServerGone as exc:
        _door.close()
        logger.warning("mailserver: %s", exc)
    return aantal


class _Door:
    """How long this process leaves a server alone that did not answer: ever longer."""

    def __init__(self) -> None:
        self.keren, self.tot = 0, 0.0

    def is_closed(self) -> bool:
        return _clock() < self.tot

    def close(self) -> None:
        self.tot = _clock() + min(2.0**self.keren, MAX_PAUZE)
        self.keren = min(self.keren + 1, 10)

    def open(self) -> None:
        self.keren, self.tot = 0, 0.0


_door = _Door()


def _due(at: datetime) -> QuerySet[UitgaandBericht]:
    """What may be sent now: it waits, or who was sending it is gone; and it is the first of its
    series that is still open.
    """
    verlaten = at - timedelta(seconds=settings.BERICHT_BEZIG_SECONDEN)
    eerder = UitgaandBericht.objects.filter(
        reeks=OuterRef("reeks"), pk__lt=OuterRef("pk"), stand__in=OPEN
    ).exclude(reeks="")
    return UitgaandBericht.objects.filter(
        Q(stand=Stand.WACHT) | Q(stand=Stand.BEZIG, bezig_sinds__lte=verlaten),
        ~Exists(eerder),
        stand__in=OPEN,  # says nothing new, but is how the index is found
        niet_voor__lte=at,
    ).order_by("niet_voor", "pk")


@transaction.atomic
def _claim(at: datetime) -> UitgaandBericht | None:
    """Take one message: the row is ours until BERICHT_BEZIG_SECONDEN have gone by."""
    bericht = _due(at).select_for_update(skip_locked=True).first()
    if bericht is None:
        return None
    if bericht.pogingen >= MAX_POGINGEN:  # every worker that had it died
        UitgaandBericht.objects.filter(pk=bericht.pk).update(stand=Stand.MISLUKT, fout=AFGEBROKEN)
        return _claim(at)
    bericht.stand, bericht.bezig_sinds = Stand.BEZIG, at
    bericht.pogingen += 1
    bericht.save(update_fields=["stand", "bezig_sinds", "pogingen"])
    return bericht


def _send(bericht: UitgaandBericht, server: BaseEmailBackend, at: datetime) -> bool:
    """Hand one claimed message over and mark what came of it. Raises _ServerGone."""
    try:
        server.send_messages([_mail(bericht)])
    except smtplib.SMTPResponseException as exc:
        # A sender that is refused is our own setting, unless the message is too big for them.
        ons = isinstance(exc, smtplib.SMTPSenderRefused) and exc.smtp_code != 552
        code = exc.smtp_code
        _failed(bericht, code, exc.smtp_error, at, for_good=code >= 500 and not ons)
        if ons or code == 421:
            raise _ServerGone(f"code {code}") from None
        return False
    except smtplib.SMTPRecipientsRefused as exc:
        ((code, zin),) = exc.recipients.values()
        _failed(bericht, code, zin, at, for_good=code >= 500)
        if code == 421:
            raise _ServerGone(f"code {code}") from None
        return False
    except (smtplib.SMTPException, OSError) as exc:
        # It may have arrived. That is what the Message-ID is for.
        _failed(bericht, 0, b"", at, for_good=False)
        raise _ServerGone(type(exc).__name__) from None
    except Exception as exc:
        # A message that cannot be written down must not stand in the way of the others.
        logger.error("bericht %s is niet te maken: %s", bericht.uuid, type(exc).__name__)
        _mark_failed(bericht, "Dit bericht is niet goed opgesteld.")
        return False
    # Whoever holds it by now: it went out, and that is what counts.
    UitgaandBericht.objects.filter(pk=bericht.pk, stand__in=OPEN).update(
        stand=Stand.VERZONDEN, verzonden_op=at, bezig_sinds=None, fout=""
    )
    return True


def _mail(bericht: UitgaandBericht) -> EmailMessage:
    kopregels = bericht.kopregels | VASTE_KOPREGELS | {"Message-ID": message_id(bericht.sleutel)}
    return EmailMessage(
        subject=bericht.onderwerp, body=bericht.tekst, to=[bericht.aan], headers=kopregels
    )


def _failed(
    bericht: UitgaandBericht, code: int, zin: bytes | str, at: datetime, *, for_good: bool
) -> None:
    """Wait and try again, or give up. Of what the server said only its codes are kept: its sentence
    often has the address in it.
    """
    tekst = zin.decode(errors="replace") if isinstance(zin, bytes) else zin
    nader = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", tekst)
    codes = " ".join([str(code), *([nader[0]] if nader else [])])
    fout = f"De mailserver weigert dit bericht (code {codes})." if code else AFGEBROKEN
    logger.warning("bericht %s niet verzonden: code %s", bericht.uuid, codes)
    if for_good:
        _mark_failed(bericht, fout)
    elif bericht.pogingen >= MAX_POGINGEN:
        _mark_failed(bericht, f"{fout} Dat bleef zo, {bericht.pogingen} keer.")
    else:
        _ours(bericht).update(
            stand=Stand.WACHT,
            bezig_sinds=None,
            niet_voor=at + backoff(bericht.pogingen),
            fout=fout,
        )


def _mark_failed(bericht: UitgaandBericht, fout: str) -> None:
    _ours(bericht).update(stand=Stand.MISLUKT, bezig_sinds=None, fout=fout)


def _ours(bericht: UitgaandBericht) -> QuerySet[UitgaandBericht]:
    """The row, as long as nobody took it over from us: then the outcome is theirs to tell."""
    return UitgaandBericht.objects.filter(
        pk=bericht.pk, stand=Stand.BEZIG, bezig_sinds=bericht.bezig_sinds
    )


def backoff(pogingen: int) -> timedelta:
    """How long to wait after this many attempts: doubling up to MAX_WACHT, and up to a quarter more
    or less, so that what failed together does not come back together.
    """
    eerste = timedelta(seconds=settings.BERICHT_WACHT_SECONDEN)
    wacht: timedelta = min(eerste * 2.0 ** min(pogingen - 1, 20), MAX_WACHT)
    return wacht * _chance.uniform(0.75, 1.25)


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    """One connection for a whole batch. Raises _ServerGone when there is none to be had."""
    server = get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as exc:
        raise _ServerGone(type(exc).__name__) from None
    try:
        yield server
    finally:
        try:
            server.close()
        except (smtplib.SMTPException, OSError):
            logger.info("mailserver: hing op")


@transaction.atomic
def retry(*, bericht: UitgaandBericht, by: "Medewerker", at: datetime) -> UitgaandBericht:
    """Offer a message that failed once more, with all its attempts. Raises BerichtNietMislukt."""
    bericht = UitgaandBericht.objects.select_for_update().get(pk=bericht.pk)
    if bericht.stand != Stand.MISLUKT:
        raise BerichtNietMislukt
    _retry(UitgaandBericht.objects.filter(pk=bericht.pk), by=by, at=at)
    bericht.refresh_from_db()
    return bericht


@transaction.atomic
def retry_all(*, by: "Medewerker", at: datetime) -> int:
    """Offer all that failed once more; returns how many."""
    return _retry(UitgaandBericht.objects.all(), by=by, at=at)


def _retry(berichten: QuerySet[UitgaandBericht], *, by: "Medewerker", at: datetime) -> int:
    aantal = berichten.filter(stand=Stand.MISLUKT).update(
        stand=Stand.WACHT, pogingen=0, niet_voor=at, fout=""
    )
    logger.info("%s berichten opnieuw aangeboden door medewerker %s", aantal, by.pk)
    nudge("kcc.tasks.verzend_berichten")
    return aantal


def oldest_waiting(at: datetime) -> timedelta | None:
    """How long the message that waits longest has been waiting; None when nothing waits."""
    sinds = UitgaandBericht.objects.filter(stand__in=OPEN).aggregate(sinds=Min("aangemaakt_op"))
    return at - sinds["sinds"] if sinds["sinds"] else None


def counts() -> dict[str, int]:
    """How many messages there are in each stand."""
    gevonden = dict(UitgaandBericht.objects.values_list("stand").annotate(Count("pk")).order_by())
    return {stand: gevonden.get(stand, 0) for stand in Stand.values}
