"""Outgoing mail: once, in order, under one name, whatever the mail server does."""

import asyncio
import email
import email.policy
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from kcc import outbox
from kcc.models import UitgaandBericht
from kcc.outbox import queue_mail, send_due
from kcc.tasks import verzend_berichten
from tests.conftest import HTMX, KccClient
from tests.proces import free_port

NU = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STRAKS = NU + timedelta(hours=5)  # after every wait for a second attempt
Stand = UitgaandBericht.Stand


class Mailserver:
    """A mail server that does as the test says: a reply per address, or nothing any more."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.antwoord: dict[str, str] = {}  # what to say to RCPT, per address
        self.na_data = "250 2.0.0 OK"
        self.afzender = "250 2.1.0 OK"
        self.sterft = False  # takes the mail, and dies before it says so
        self.verbindingen = 0
        self.slot = threading.Lock()

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.verbindingen += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.afzender

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        antwoord = self.antwoord.get(address, "250 2.1.5 OK")
        if antwoord.startswith("250"):
            envelope.rcpt_tos.append(address)
        return antwoord

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        with self.slot:
            self.mails.append(mail)
        if self.sterft:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.na_data

    @property
    def onderwerpen(self) -> list[str]:
        return [mail["Subject"] for mail in self.mails]


@pytest.fixture
def mailserver(settings: Any) -> Iterator[Mailserver]:
    """A real one, on loopback, and our settings point at it."""
    bus = Mailserver()
    controller = Controller(bus, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.MAIL_DOMEIN = "kcc.voorbeeld.nl"
    yield bus
    controller.stop()


@pytest.fixture(autouse=True)
def fresh_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a server that another test took away."""
    monkeypatch.setattr(outbox, "_door", outbox._Door())


def queue(sleutel: str, **velden: Any) -> UitgaandBericht:
    """A message in a transaction of its own."""
    standaard: dict[str, Any] = {
        "aan": "inwoner@voorbeeld.nl",
        "onderwerp": sleutel,
        "tekst": "Dag",
        "at": NU,
    }
    with transaction.atomic():
        return queue_mail(sleutel=sleutel, **(standaard | velden))


def stand(sleutel: str) -> UitgaandBericht:
    return UitgaandBericht.objects.get(sleutel=sleutel)


@pytest.mark.django_db
def test_a_message_arrives_as_it_was_written(mailserver: Mailserver, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Gemeente Voorbeeldstad <kcc@voorbeeld.nl>"
    tekst = "Beste mevrouw,\n.\nUw vraag is beantwoord: één pas.\n"
    queue("een", onderwerp="Antwoord op úw vraag", tekst=tekst, kopregels={"Reply-To": "a@b.nl"})

    assert send_due(NU) == 1

    (mail,) = mailserver.mails
    assert mail["Subject"] == "Antwoord op úw vraag"
    assert mail["To"] == "inwoner@voorbeeld.nl"
    assert mail["From"] == "Gemeente Voorbeeldstad <kcc@voorbeeld.nl>"
    assert mail["Reply-To"] == "a@b.nl"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Message-ID"].endswith("@kcc.voorbeeld.nl>")
    assert mail.get_content().replace("\r\n", "\n") == tekst
    assert (stand("een").stand, stand("een").verzonden_op) == (Stand.VERZONDEN, NU)


@pytest.mark.django_db
def test_the_same_key_is_one_message(mailserver: Mailserver) -> None:
    lang_geleden = NU - timedelta(days=300)
    assert queue("een", at=lang_geleden) == queue("een", onderwerp="anders")
    verzend_berichten()
    verzend_berichten()

    assert mailserver.onderwerpen == ["een"]


@pytest.mark.django_db
def test_a_batch_takes_one_connection(mailserver: Mailserver) -> None:
    for nummer in range(5):
        queue(f"bericht {nummer}")

    assert send_due(NU) == 5
    assert mailserver.verbindingen == 1


@pytest.mark.django_db
def test_a_turn_ends_and_asks_for_another(
    mailserver: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue("een")
    queue("twee")
    gepord: list[str] = []
    monkeypatch.setattr(outbox, "nudge", gepord.append)
    monkeypatch.setattr(outbox, "BEURT", -1)

    assert send_due(NU) == 1
    assert gepord == ["kcc.tasks.verzend_berichten"]


@pytest.mark.django_db
def test_what_is_for_later_waits(mailserver: Mailserver) -> None:
    queue("morgen", at=NU + timedelta(days=1))

    assert send_due(NU) == 0
    assert mailserver.verbindingen == 0
    assert send_due(NU + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_without_a_mail_server_everything_waits(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    queue("een")

    assert send_due(NU) == 0
    assert stand("een").stand == Stand.WACHT


@pytest.mark.django_db
@pytest.mark.parametrize("wanneer", ["rcpt", "data"])
def test_refused_for_good_fails_at_once(
    mailserver: Mailserver, caplog: pytest.LogCaptureFixture, wanneer: str
) -> None:
    caplog.set_level(logging.DEBUG)
    zin = "550 5.1.1 inwoner@voorbeeld.nl bestaat niet"
    if wanneer == "rcpt":
        mailserver.antwoord["inwoner@voorbeeld.nl"] = zin
    else:
        mailserver.na_data = zin
    queue("een", tekst="geheim")
    queue("twee", aan="ander@voorbeeld.nl")
    send_due(NU)

    assert (stand("een").stand, stand("een").pogingen) == (Stand.MISLUKT, 1)
    assert stand("een").fout == "De mailserver weigert dit bericht (code 550 5.1.1)."
    assert (stand("twee").stand == Stand.VERZONDEN) == (wanneer == "rcpt")
    ons = "".join(r.getMessage() for r in caplog.records if r.name != "mail.log")  # the server's
    assert "voorbeeld.nl" not in ons
    assert "geheim" not in ons
    assert str(stand("een").uuid) in ons


@pytest.mark.django_db
def test_refused_for_now_is_tried_again_later(mailserver: Mailserver) -> None:
    mailserver.antwoord["inwoner@voorbeeld.nl"] = "451 4.7.1 greylisted"
    queue("een")
    send_due(NU)

    bericht = stand("een")
    assert (bericht.stand, bericht.pogingen) == (Stand.WACHT, 1)
    assert timedelta(seconds=45) <= bericht.niet_voor - NU <= timedelta(seconds=75)
    mailserver.antwoord.clear()
    assert send_due(NU + timedelta(seconds=44)) == 0
    assert send_due(NU + timedelta(seconds=76)) == 1
    assert stand("een").fout == ""


@pytest.mark.django_db
def test_after_two_days_of_trying_it_has_failed(mailserver: Mailserver) -> None:
    mailserver.antwoord["inwoner@voorbeeld.nl"] = "451 4.7.1 greylisted"
    queue("een")
    moment = NU
    while stand("een").stand == Stand.WACHT:
        moment = stand("een").niet_voor
        send_due(moment)

    assert stand("een").stand == Stand.MISLUKT
    assert stand("een").pogingen == outbox.MAX_POGINGEN
    assert timedelta(days=1.5) < moment - NU < timedelta(days=2.5)


@pytest.mark.django_db
def test_a_server_that_is_away_is_nobodys_fault(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    queue("een")

    assert send_due(NU) == 0
    assert (stand("een").stand, stand("een").pogingen) == (Stand.WACHT, 0)
    assert outbox._door.is_closed()  # and it is left alone for a moment


@pytest.mark.django_db
def test_a_server_is_left_alone_ever_longer_until_it_takes_a_message(
    mailserver: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    nu = [1000.0]
    monkeypatch.setattr(outbox, "_clock", lambda: nu[0])
    mailserver.afzender = "451 4.3.0 later"
    pauzes = []
    for nummer in range(12):
        queue(f"{nummer}")
        send_due(NU)
        pauzes.append(outbox._door.tot - nu[0])
        nu[0] = outbox._door.tot
    assert pauzes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]

    # One that takes a message and then dies begins at the shortest pause again.
    mailserver.afzender, mailserver.sterft = "250 OK", False
    send_due(STRAKS)
    mailserver.sterft = True
    queue("laatste")
    send_due(STRAKS)
    assert outbox._door.tot - nu[0] == 1


@pytest.mark.django_db
def test_our_own_wrong_sender_does_not_fail_all_mail(mailserver: Mailserver) -> None:
    mailserver.afzender = "550 5.7.1 not allowed"
    queue("een")
    queue("twee")
    send_due(NU)

    assert [stand(s).stand for s in ("een", "twee")] == [Stand.WACHT, Stand.WACHT]
    assert stand("twee").pogingen == 0


@pytest.mark.django_db
def test_a_server_that_takes_it_and_dies_gets_it_again_under_the_same_name(
    mailserver: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailserver.sterft = True
    queue("een", reeks="r")
    queue("twee", reeks="r")
    send_due(NU)
    assert mailserver.onderwerpen == ["een"]
    assert stand("een").stand == Stand.WACHT

    mailserver.sterft = False
    monkeypatch.setattr(outbox, "_door", outbox._Door())
    send_due(STRAKS)

    assert mailserver.onderwerpen == ["een", "een", "twee"]
    assert len({mail["Message-ID"] for mail in mailserver.mails}) == 2
    assert mailserver.mails[0]["Message-ID"] == mailserver.mails[1]["Message-ID"]


@pytest.mark.django_db
def test_a_series_keeps_its_order_and_others_go_on(mailserver: Mailserver) -> None:
    mailserver.antwoord["vol@voorbeeld.nl"] = "452 4.2.2 mailbox full"
    queue("een", reeks="taak 1", aan="vol@voorbeeld.nl")
    queue("twee", reeks="taak 1")
    queue("ander", reeks="taak 2")
    queue("los")
    send_due(NU)
    assert mailserver.onderwerpen == ["ander", "los"]

    mailserver.antwoord.clear()
    send_due(STRAKS)
    assert mailserver.onderwerpen == ["ander", "los", "een", "twee"]


@pytest.mark.django_db
def test_what_failed_for_good_does_not_block_its_series(mailserver: Mailserver) -> None:
    mailserver.antwoord["weg@voorbeeld.nl"] = "550 5.1.1 unknown"
    queue("een", reeks="taak 1", aan="weg@voorbeeld.nl")
    queue("twee", reeks="taak 1")
    send_due(NU)

    assert mailserver.onderwerpen == ["twee"]


@pytest.mark.django_db
@pytest.mark.parametrize(("minuten", "komt"), [(4, False), (6, True)])
def test_what_a_dead_worker_held_is_taken_over(
    mailserver: Mailserver, minuten: int, komt: bool
) -> None:
    queue("een", reeks="r")
    queue("twee", reeks="r")
    assert outbox._claim(NU) == stand("een")  # and then it died
    send_due(NU + timedelta(minutes=minuten))

    assert mailserver.onderwerpen == (["een", "twee"] if komt else [])


@pytest.mark.django_db
def test_a_message_that_kills_every_worker_is_given_up(mailserver: Mailserver) -> None:
    queue("een")
    moment = NU
    for _ in range(outbox.MAX_POGINGEN):
        assert outbox._claim(moment)
        moment += timedelta(minutes=6)

    assert outbox._claim(moment) is None
    assert stand("een").stand == Stand.MISLUKT


@pytest.mark.django_db
def test_who_lost_its_message_does_not_spoil_it_for_the_next(mailserver: Mailserver) -> None:
    queue("een")
    traag = outbox._claim(NU)
    vlot = outbox._claim(NU + timedelta(minutes=6))
    assert traag is not None
    assert vlot is not None
    outbox._failed(traag, 550, b"5.0.0 nee", NU, for_good=True)

    assert (stand("een").stand, stand("een").bezig_sinds) == (Stand.BEZIG, vlot.bezig_sinds)


@pytest.mark.django_db
def test_a_message_that_cannot_be_made_does_not_stop_the_rest(
    mailserver: Mailserver, caplog: pytest.LogCaptureFixture
) -> None:
    queue("stuk")
    UitgaandBericht.objects.update(kopregels={"Reply-To": "a@b.nl\nBcc: c@d.nl"})
    queue("goed")
    send_due(NU)

    assert mailserver.onderwerpen == ["goed"]
    assert stand("stuk").stand == Stand.MISLUKT
    assert "c@d.nl" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once_and_outside_a_transaction(
    mailserver: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nummer in range(60):
        queue(f"{nummer:02}", reeks=f"reeks {nummer % 5}" if nummer % 2 else "")
    binnen: list[bool] = []
    maak = outbox._mail

    def mail(bericht: UitgaandBericht) -> Any:
        binnen.append(connection.in_atomic_block)
        return maak(bericht)

    monkeypatch.setattr(outbox, "_mail", mail)
    monkeypatch.setattr(outbox, "BEURT", 60)
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        send_due(NU)
        connections.close_all()

    draden = [threading.Thread(target=work) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    send_due(NU)  # a series that somebody held at the moment that the others looked

    assert Counter(mailserver.onderwerpen) == Counter({f"{n:02}": 1 for n in range(60)})
    assert not any(binnen)
    for reeks in range(5):
        van_reeks = [s for s in mailserver.onderwerpen if int(s) % 2 and int(s) % 5 == reeks]
        assert van_reeks == sorted(van_reeks)


@pytest.mark.django_db(transaction=True)
def test_a_series_is_numbered_in_the_order_of_its_commits() -> None:
    """Who queues second may not get ahead by committing first."""
    eerste_staat, klaar = threading.Event(), threading.Event()

    def second() -> None:
        eerste_staat.wait(10)
        queue("twee", reeks="r")
        klaar.set()
        connections.close_all()

    draad = threading.Thread(target=second)
    draad.start()
    with transaction.atomic():
        queue_mail(aan="a@b.nl", onderwerp="x", tekst="x", sleutel="een", at=NU, reeks="r")
        eerste_staat.set()
        with connections["default"].cursor() as cursor:
            while not klaar.is_set():
                cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                if cursor.fetchone():
                    break
        assert not klaar.is_set()
    draad.join(10)

    assert stand("een").pk < stand("twee").pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "velden",
    [
        {"aan": "a@b.nl\r\nBcc: c@d.nl"},
        {"aan": "a@b.nl\n"},
        {"aan": "a@b.nl,c@d.nl"},
        {"aan": "a@b.nl, c@d.nl"},
        {"aan": "a@b.nl;c@d.nl"},
        {"aan": '"a,c"@b.nl'},
        {"aan": "Piet <a@b.nl>"},
        {"aan": "a b@c.nl"},
        {"aan": "a"},
        {"aan": ""},
        {"aan": f"{'a' * 60}@{'b.' * 100}nl"},
        {"onderwerp": "Dag\r\nBcc: c@d.nl"},
        {"onderwerp": "Dag\nBcc: c@d.nl"},
        {"onderwerp": "Dag\rBcc: c@d.nl"},
        {"onderwerp": "Dag\u2028Bcc: c@d.nl"},
        {"onderwerp": "Dag\x0bBcc: c@d.nl"},
        {"kopregels": {"Bcc": "c@d.nl"}},
        {"kopregels": {"Message-ID": "<x@y>"}},
        {"kopregels": {"Reply-To\r\nBcc": "c@d.nl"}},
        {"kopregels": {"Reply-To": "a@b.nl, c@d.nl"}},
        {"kopregels": {"References": "<x@y>\r\nBcc: c@d.nl"}},
        {"reeks": "a\nb"},
    ],
)
def test_nobody_smuggles_in_a_header_or_a_recipient(velden: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        queue("een", **velden)
    assert not UitgaandBericht.objects.exists()


@pytest.mark.django_db
def test_a_comma_in_a_subject_is_just_a_comma(mailserver: Mailserver) -> None:
    queue("een", onderwerp="Paspoort, rijbewijs: uw vraag")
    send_due(NU)
    assert mailserver.onderwerpen == ["Paspoort, rijbewijs: uw vraag"]


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        queue_mail(aan="a@b.nl", onderwerp="x", tekst="x", sleutel="x", at=NU)


# --- /gezond/ and the page of the beheerder ---


def failed(sleutel: str = "melding-beantwoord:1", **velden: Any) -> UitgaandBericht:
    """A message that failed."""
    bericht = queue(sleutel, aan="inwoner@voorbeeld.nl", onderwerp="Onderwerp", tekst="Inhoud")
    UitgaandBericht.objects.filter(pk=bericht.pk).update(
        **{"stand": Stand.MISLUKT, "fout": "Weigert (code 550).", "pogingen": 3} | velden
    )
    return bericht


@pytest.mark.django_db
def test_health_tells_how_long_the_oldest_message_waits(time_machine: Any) -> None:
    time_machine.move_to(NU + timedelta(minutes=20), tick=False)
    assert Client().get("/gezond/").json()["oudste_bericht_seconden"] is None
    queue("een", at=NU)
    queue("twee", at=NU + timedelta(minutes=5))
    antwoord = Client().get("/gezond/").json()

    assert (antwoord["mail"], antwoord["oudste_bericht_seconden"]) == ("loopt achter", 1200)


@pytest.mark.django_db
def test_the_page_tells_what_failed_and_not_what_was_in_it(
    client_as: Callable[..., KccClient],
) -> None:
    failed()
    queue("wachtend")
    pagina = client_as("beheerder").get(reverse("berichten")).text

    assert "melding-beantwoord:1" in pagina
    assert "Weigert (code 550)." in pagina
    assert "wachtend" not in pagina
    for geheim in ("voorbeeld.nl", "Onderwerp", "Inhoud"):
        assert geheim not in pagina


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 20])
def test_the_page_costs_the_same_for_every_length(
    client_as: Callable[..., KccClient], django_assert_num_queries: Any, aantal: int
) -> None:
    for nummer in range(aantal):
        failed(f"bericht {nummer}")
    client = client_as("beheerder")
    client.get(reverse("berichten"))  # the first one moves the end of the session along
    with django_assert_num_queries(6):  # session, user, counts, oldest, count of failed, failed
        client.get(reverse("berichten"))


@pytest.mark.django_db
@pytest.mark.parametrize("alle", [True, False])
@pytest.mark.parametrize("htmx", [True, False])
def test_the_beheerder_tries_again(
    client_as: Callable[..., KccClient], mailserver: Mailserver, alle: bool, htmx: bool
) -> None:
    bericht = failed()
    pad = reverse("berichten_opnieuw" if alle else "bericht_opnieuw", args=[bericht.uuid][alle:])
    client = client_as("beheerder")
    antwoord = client.post(pad, headers=HTMX if htmx else {})

    if htmx:
        assert antwoord.status_code == 204
        assert "berichten-gewijzigd" in antwoord["HX-Trigger"]
    else:
        assert antwoord["Location"] == reverse("berichten")
    opnieuw = stand(bericht.sleutel)
    assert (opnieuw.stand, opnieuw.pogingen, opnieuw.fout) == (Stand.WACHT, 0, "")
    assert send_due(opnieuw.niet_voor) == 1


@pytest.mark.django_db
def test_trying_again_what_did_not_fail_is_said(client_as: Callable[..., KccClient]) -> None:
    bericht = queue("een")
    antwoord = client_as("beheerder").post(reverse("bericht_opnieuw", args=[bericht.uuid]))

    assert antwoord.status_code == 422
    assert "Dit bericht is niet mislukt" in antwoord.text


@pytest.mark.django_db
def test_only_the_beheerder_and_only_by_post(client_as: Callable[..., KccClient]) -> None:
    bericht = failed()
    een, alle = reverse("bericht_opnieuw", args=[bericht.uuid]), reverse("berichten_opnieuw")
    teamleider, beheerder = client_as("teamleider"), client_as("beheerder")

    assert teamleider.get(reverse("berichten")).status_code == 403
    for pad in (een, alle):
        assert teamleider.post(pad).status_code == 403
        assert beheerder.get(pad).status_code == 405
    weg = een.replace(str(bericht.uuid), "00000000-0000-4000-8000-000000000000")
    assert beheerder.post(weg).status_code == 404
    assert stand(bericht.sleutel).stand == Stand.MISLUKT
