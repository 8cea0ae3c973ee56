"""Reading calendars from real servers on loopback; only free or busy is kept."""

import base64
import http.server
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import time_machine
from django.db import connection
from pytest_django.fixtures import Settings

from kcc.ophalen import Vraag
from organisatie import agenda, services, tasks
from organisatie.agenda import AgendaFout, Agendatoegang, Blok, merge, read_agenda
from organisatie.geheim import Unreadable, decrypt, encrypt
from organisatie.models import Agendablok, Agendakoppeling, Medewerker
from tests.factories import WOENSDAG, MedewerkerFactory, moment

ONDERWERP = "Gesprek over reorganisatie"
PLEK = "Kamer bij de wethouder"
GAST = "geheime.gast@voorbeeld.test"
WACHTWOORD = "sesam-open-u"


def event(begin: str, eind: str, *regels: str, uid: str = "een") -> str:
    """A VEVENT with things in it that are nobody's business."""
    return "\r\n".join(
        [
            "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"DTSTART{begin}",
            f"DTEND{eind}", f"SUMMARY:{ONDERWERP}", f"LOCATION:{PLEK}",
            f"ATTENDEE;CN={GAST}:mailto:{GAST}", *regels, "END:VEVENT",
        ]
    )  # fmt: skip


def kalender(*delen: str) -> str:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//NL", *delen, "END:VCALENDAR", ""]
    )


class Dienst(http.server.BaseHTTPRequestHandler):
    """A web server with one file, which may also be slow or large."""

    inhoud = ""
    vragen: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        type(self).vragen.append((self.path, self.headers["Authorization"]))
        try:
            if self.path == "/traag.ics":
                self.connection.recv(1)  # until the client hangs up
                return
            if self.path == "/groot.ics":
                self.send_response(200)
                self.end_headers()
                for _ in range(320):
                    self.wfile.write(b"X-VULLING:" + b"x" * 65526)
                return
            status = {"/dicht.ics": 401, "/stuk.ics": 500, "/agenda.ics": 200}.get(self.path, 404)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(type(self).inhoud.encode())
        except OSError:
            return  # the client had enough

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def web(settings: Settings) -> Iterator[str]:
    """The address of a plain web server."""
    settings.OPHALEN_TOEGESTAAN = ["127.0.0.1"]
    Dienst.inhoud, Dienst.vragen = "", []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Dienst) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Stil(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def radicale(tmp_path: Path, settings: Settings) -> Iterator[str]:
    """The address of a collection on a real CalDAV server, of somebody with a password."""
    from radicale import config
    from radicale.app import Application

    settings.OPHALEN_TOEGESTAAN = ["127.0.0.1"]
    (tmp_path / "wie").write_text(f"karin:{WACHTWOORD}\n")
    ingesteld = config.load()
    ingesteld.update(
        {
            "auth": {
                "type": "htpasswd", "htpasswd_filename": str(tmp_path / "wie"),
                "htpasswd_encryption": "plain", "delay": "0",
            },
            "storage": {"filesystem_folder": str(tmp_path / "agendas")},
            "logging": {"level": "critical"},
        },
        "test",
    )  # fmt: skip
    with make_server("127.0.0.1", 0, Application(ingesteld), WSGIServer, _Stil) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        adres = f"http://127.0.0.1:{server.server_port}/karin/werk/"
        ask("MKCALENDAR", adres)
        yield adres
        server.shutdown()


def ask(methode: str, adres: str, inhoud: str = "") -> None:
    """What a calendar program of the owner does."""
    sleutel = base64.b64encode(f"karin:{WACHTWOORD}".encode()).decode()
    vraag = Request(adres, inhoud.encode() or None, method=methode)  # noqa: S310
    vraag.add_header("Authorization", f"Basic {sleutel}")
    vraag.add_header("Content-Type", "text/calendar; charset=utf-8")
    with urlopen(vraag) as antwoord:  # noqa: S310
        assert antwoord.status in {200, 201}


def blokken(web: str, *delen: str, at: datetime = WOENSDAG) -> list[tuple[str, str, bool]]:
    """Read a calendar with these parts: blocks in local time, and whether away."""
    Dienst.inhoud = kalender(*delen)
    gevonden = read_agenda(Agendatoegang("ics", f"{web}/agenda.ics", "", ""), at)
    tijd = "%m-%d %H:%M"
    zone = WOENSDAG.tzinfo
    return [
        (b.van.astimezone(zone).strftime(tijd), b.tot.astimezone(zone).strftime(tijd), b.is_afwezig)
        for b in gevonden
    ]


TIEN = (":20261119T090000Z", ":20261119T100000Z")  # from ten to eleven here, in winter
BEZET = [("11-19 10:00", "11-19 11:00", False)]


@pytest.mark.parametrize(
    ("regels", "uit"),
    [
        ((), BEZET),
        (("TRANSP:OPAQUE", "STATUS:CONFIRMED"), BEZET),
        (("STATUS:TENTATIVE",), BEZET),
        (("TRANSP:TRANSPARENT",), []),
        (("STATUS:CANCELLED",), []),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), []),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",), []),
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY",), BEZET),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), [("11-19 10:00", "11-19 11:00", True)]),
    ],
)
def test_what_takes_time(web: str, regels: tuple[str, ...], uit: list[Any]) -> None:
    assert blokken(web, event(*TIEN, *regels)) == uit


def test_a_whole_day_goes_from_midnight_to_midnight_here(web: str) -> None:
    dag = event(";VALUE=DATE:20261120", ";VALUE=DATE:20261122")
    assert blokken(web, dag) == [("11-20 00:00", "11-22 00:00", False)]


@pytest.mark.parametrize(
    "zone", [";TZID=Europe/Amsterdam", ";TZID=W. Europe Standard Time", "", ";TZID=/x/Europe/Paris"]
)
def test_times_with_a_zone_of_outlook_of_the_world_or_none(web: str, zone: str) -> None:
    assert blokken(web, event(f"{zone}:20261119T100000", f"{zone}:20261119T110000")) == BEZET


def test_a_zone_elsewhere(web: str) -> None:
    zone = ";TZID=America/New_York"
    assert blokken(web, event(f"{zone}:20261119T040000", f"{zone}:20261119T050000")) == BEZET


def test_what_comes_back_keeps_its_hour_when_the_clock_changes(web: str) -> None:
    """Every Friday at nine since July; on 25 October 2026 the clock goes back."""
    zone = ";TZID=Europe/Amsterdam"
    reeks = event(f"{zone}:20260703T090000", f"{zone}:20260703T093000", "RRULE:FREQ=WEEKLY")
    assert blokken(web, reeks, at=moment("2026-10-20 12:00")) == [
        ("10-23 09:00", "10-23 09:30", False),
        ("10-30 09:00", "10-30 09:30", False),
    ]


def test_one_of_a_series_is_skipped_moved_or_cancelled(web: str) -> None:
    zone = ";TZID=Europe/Amsterdam"
    reeks = event(
        f"{zone}:20261102T090000", f"{zone}:20261102T093000", "RRULE:FREQ=DAILY;COUNT=22",
        f"EXDATE{zone}:20261119T090000",
    )  # fmt: skip
    verzet = event(
        f"{zone}:20261120T140000", f"{zone}:20261120T143000",
        f"RECURRENCE-ID{zone}:20261120T090000",
    )  # fmt: skip
    vervalt = event(
        f"{zone}:20261121T090000", f"{zone}:20261121T093000",
        f"RECURRENCE-ID{zone}:20261121T090000", "STATUS:CANCELLED",
    )  # fmt: skip
    assert blokken(web, reeks, verzet, vervalt) == [
        ("11-18 09:00", "11-18 09:30", False),
        ("11-20 14:00", "11-20 14:30", False),
        ("11-22 09:00", "11-22 09:30", False),
        ("11-23 09:00", "11-23 09:30", False),
    ]


def test_only_yesterday_to_two_weeks_ahead_and_overlap_becomes_one(web: str) -> None:
    delen = [
        event(":20261110T090000Z", ":20261110T100000Z", uid="oud"),
        event(":20261203T090000Z", ":20261203T100000Z", uid="later"),
        event(*TIEN, uid="a"),
        event(":20261119T093000Z", ":20261119T103000Z", uid="b"),
        event(":20261119T103000Z", ":20261119T110000Z", uid="c"),
        event(":20261119T150000Z", ":20261119T150000Z", uid="niets"),
        event(":20261101T000000Z", ":20261117T140000Z", uid="begon eerder"),
    ]
    assert blokken(web, *delen) == [
        ("11-17 14:00", "11-17 15:00", False),
        ("11-19 10:00", "11-19 12:00", False),
    ]


def test_a_calendar_that_shares_free_and_busy_only(web: str) -> None:
    vrij = "\r\n".join(
        [
            "BEGIN:VFREEBUSY", "UID:x", "DTSTAMP:20261101T000000Z",
            "FREEBUSY:20261119T090000Z/20261119T093000Z,20261119T093000Z/PT30M",
            "FREEBUSY;FBTYPE=FREE:20261119T120000Z/20261119T130000Z",
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261120T090000Z/20261120T100000Z", "END:VFREEBUSY",
        ]
    )  # fmt: skip
    assert blokken(web, vrij) == [*BEZET, ("11-20 10:00", "11-20 11:00", True)]


def test_merging_keeps_busy_and_away_apart() -> None:
    uur = timedelta(hours=1)
    bezet, weg = Blok(WOENSDAG, WOENSDAG + 3 * uur), Blok(WOENSDAG + uur, WOENSDAG + 2 * uur, True)
    assert merge([weg, bezet], WOENSDAG, WOENSDAG + 2 * uur) == [
        Blok(WOENSDAG, WOENSDAG + 2 * uur),
        weg,
    ]


@pytest.mark.parametrize(
    ("pad", "zin"),
    [
        ("/weg.ics", "Op dit adres is geen agenda"),
        ("/dicht.ics", "laat ons niet binnen"),
        ("/stuk.ics", "geeft een fout"),
        ("/groot.ics", "te groot"),
    ],
)
def test_why_no_calendar_came(web: str, pad: str, zin: str) -> None:
    with pytest.raises(AgendaFout, match=zin):
        read_agenda(Agendatoegang("ics", web + pad, "", ""), WOENSDAG)


def test_a_slow_server_has_its_own_limit(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "SECONDEN", 0.2)
    with pytest.raises(AgendaFout, match="antwoordt niet op tijd"):
        read_agenda(Agendatoegang("ics", f"{web}/traag.ics", "", ""), WOENSDAG)


def test_our_own_network_is_out_of_reach_unless_listed(web: str, settings: Settings) -> None:
    settings.OPHALEN_TOEGESTAAN = []
    Dienst.inhoud = kalender(event(*TIEN))
    with pytest.raises(AgendaFout, match="niet te bereiken"):
        read_agenda(
            Agendatoegang(
                "ics", f"{web}/agenda.ics".replace(":" + web.rsplit(":")[-1], ""), "", ""
            ),
            WOENSDAG,
        )
    assert Dienst.vragen == []


@pytest.mark.parametrize("keer", ["SECONDLY", "HOURLY"])
def test_what_comes_back_without_end_is_refused(web: str, keer: str) -> None:
    with pytest.raises(AgendaFout, match="elk uur"):
        blokken(web, event(*TIEN, f"RRULE:FREQ={keer}"))


@pytest.mark.parametrize(
    "inhoud",
    [
        f"<html>{ONDERWERP}</html>",
        f"BEGIN:VCALENDAR\r\n{ONDERWERP}\r\nEND:VCALENDAR",
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{ONDERWERP}",
        f"BEGIN:VEVENT\r\nDTSTART:{ONDERWERP}\r\nEND:VEVENT",
        "",
    ],
)
def test_what_is_no_calendar_leaves_no_trace_of_itself(
    web: str, inhoud: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Dienst.inhoud = inhoud
    with pytest.raises(AgendaFout, match="geen agenda die wij kunnen lezen") as gevangen:
        read_agenda(Agendatoegang("ics", f"{web}/agenda.ics", "", ""), WOENSDAG)
    assert gevangen.value.__cause__ is None
    assert gevangen.value.__context__ is None
    assert ONDERWERP not in caplog.text


def test_a_password_goes_to_its_own_server_only() -> None:
    vraag = Vraag(naam="karin", wachtwoord=WACHTWOORD)
    assert "authorization" in vraag.headers(is_eigen_server=True)
    assert vraag.headers(is_eigen_server=False) == {}
    toegang = Agendatoegang("ics", "https://a.test/geheim", "karin", WACHTWOORD)
    for tekst in (repr(vraag), repr(toegang)):
        assert WACHTWOORD not in tekst
        assert "geheim" not in tekst


# --- a calendar of somebody ---------------------------------------------------------------------


def connect(wie: Medewerker, adres: str, **anders: str) -> Agendakoppeling:
    velden = {"soort": "ics", "gebruikersnaam": "", "wachtwoord": ""} | anders
    return services.connect_agenda(adres=adres, by=wie, at=WOENSDAG, **velden)


def whole_database() -> str:
    """Every row of every table, as text."""
    uit: list[str] = []
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{tabel}" t')  # noqa: S608
            uit += [rij for (rij,) in cursor.fetchall()]
    return "\n".join(uit)


@pytest.mark.django_db
def test_caldav_gives_free_and_busy_and_nothing_else_is_kept(
    radicale: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wie = MedewerkerFactory.create()
    ask("PUT", f"{radicale}een.ics", kalender(event(*TIEN)))
    ask(
        "PUT",
        f"{radicale}vrij.ics",
        kalender(event(":20261119T120000Z", ":20261119T130000Z", "TRANSP:TRANSPARENT", uid="vrij")),
    )
    zone = ";TZID=Europe/Amsterdam"
    reeks = (f"{zone}:20261102T090000", f"{zone}:20261102T093000", "RRULE:FREQ=WEEKLY")
    ask("PUT", f"{radicale}reeks.ics", kalender(event(*reeks, uid="reeks")))
    koppeling = connect(
        wie, radicale, soort="caldav", gebruikersnaam="karin", wachtwoord=WACHTWOORD
    )
    assert services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    assert list(Agendablok.objects.values_list("van", "tot")) == [
        (moment("2026-11-19 10:00"), moment("2026-11-19 11:00")),
        (moment("2026-11-23 09:00"), moment("2026-11-23 09:30")),
        (moment("2026-11-30 09:00"), moment("2026-11-30 09:30")),
    ]
    bewaard = whole_database()
    for geheim in (ONDERWERP, PLEK, GAST, WACHTWOORD, radicale):
        assert geheim not in bewaard
        assert geheim not in caplog.text.replace("MKCALENDAR", "")


@pytest.mark.django_db
def test_caldav_with_a_wrong_password_says_so(radicale: str) -> None:
    wie = MedewerkerFactory.create()
    koppeling = connect(wie, radicale, soort="caldav", gebruikersnaam="karin", wachtwoord="fout")
    assert not services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    koppeling.refresh_from_db()
    assert koppeling.fout == "De server laat ons niet binnen. Controleer naam en wachtwoord."


@pytest.mark.django_db
def test_an_ics_file_of_a_caldav_server(radicale: str) -> None:
    """Radicale gives a whole collection as one file, behind the same password."""
    wie = MedewerkerFactory.create()
    ask("PUT", f"{radicale}een.ics", kalender(event(*TIEN)))
    koppeling = connect(wie, radicale, gebruikersnaam="karin", wachtwoord=WACHTWOORD)
    assert services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    assert [b.van for b in Agendablok.objects.all()] == [moment("2026-11-19 10:00")]


@pytest.mark.django_db
def test_a_feed_that_fails_keeps_what_it_had_until_that_is_over(web: str) -> None:
    wie = MedewerkerFactory.create()
    Dienst.inhoud = kalender(
        event(*TIEN, uid="a"), event(":20261120T090000Z", ":20261120T100000Z", uid="b")
    )
    koppeling = connect(wie, f"{web}/agenda.ics")
    services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    Dienst.inhoud = "kapot"
    later = moment("2026-11-19 12:00")
    assert not services.refresh_agenda(koppeling=koppeling, at=later)
    koppeling.refresh_from_db()
    assert koppeling.opgehaald_op == WOENSDAG
    assert koppeling.geprobeerd_op == later
    assert koppeling.fout
    assert [b.van for b in Agendablok.objects.all()] == [moment("2026-11-20 10:00")]
    Dienst.inhoud = kalender()
    assert services.refresh_agenda(koppeling=koppeling, at=later)
    koppeling.refresh_from_db()
    assert (koppeling.fout, koppeling.opgehaald_op) == ("", later)
    assert not Agendablok.objects.exists()


@pytest.mark.django_db
def test_who_disconnects_while_we_fetch_keeps_nothing(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wie = MedewerkerFactory.create()
    koppeling = connect(wie, f"{web}/agenda.ics")

    def meanwhile(toegang: Agendatoegang, at: datetime) -> list[Blok]:
        services.disconnect_agenda(by=wie, at=at)
        return [Blok(at, at + timedelta(hours=1))]

    monkeypatch.setattr("organisatie.services.agenda.read_agenda", meanwhile)
    assert not services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    assert not Agendablok.objects.exists()
    assert not Agendakoppeling.objects.exists()


@pytest.mark.django_db
def test_each_calendar_has_its_turn_once_and_a_failed_one_less_often(web: str) -> None:
    goed, stuk = (connect(MedewerkerFactory.create(), f"{web}/agenda.ics") for _ in range(2))
    vertrokken = connect(MedewerkerFactory.create(is_active=False), f"{web}/agenda.ics")
    assert set(services.claim_due_agendas(at=WOENSDAG)) == {goed.pk, stuk.pk} != {vertrokken.pk}
    Agendakoppeling.objects.filter(pk=stuk.pk).update(fout="Stuk.")
    assert services.claim_due_agendas(at=WOENSDAG + timedelta(minutes=4)) == []
    assert services.claim_due_agendas(at=WOENSDAG + timedelta(minutes=5)) == [goed.pk]
    na_kwartier = services.claim_due_agendas(at=WOENSDAG + timedelta(minutes=15))
    assert set(na_kwartier) == {goed.pk, stuk.pk}


@pytest.mark.django_db
def test_beat_asks_for_each_and_the_job_fetches_it(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Dienst.inhoud = kalender(event(*TIEN))
    koppeling = connect(MedewerkerFactory.create(), f"{web}/agenda.ics")
    gevraagd: list[int] = []
    monkeypatch.setattr(
        tasks.haal_agenda_op, "delay", lambda *, koppeling_id: gevraagd.append(koppeling_id)
    )
    with time_machine.travel(WOENSDAG, tick=False):
        tasks.haal_agendas_op()
        tasks.haal_agendas_op()
        assert gevraagd == [koppeling.pk]
        tasks.haal_agenda_op(koppeling_id=koppeling.pk, iets_nieuws=1)
    assert Agendablok.objects.count() == 1
    tasks.haal_agenda_op(koppeling_id=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adres", "wachtwoord", "zin"),
    [
        ("agenda.test/x", "", "begint met https"),
        ("file:///etc/passwd", "", "begint met https"),
        ("https://[", "", "begint met https"),
        ("https://karin:x@agenda.test/x", "", "niet in het adres"),
        ("http://agenda.test/x", "geheim", "alleen over een beveiligd adres"),
    ],
)
def test_an_address_that_we_do_not_take(adres: str, wachtwoord: str, zin: str) -> None:
    with pytest.raises(services.AgendaRefused, match=zin):
        connect(MedewerkerFactory.create(), adres, wachtwoord=wachtwoord)
    assert not Agendakoppeling.objects.exists()


@pytest.mark.django_db
def test_an_address_to_subscribe_to_is_fetched_over_https() -> None:
    koppeling = connect(MedewerkerFactory.create(), " webcal://agenda.test/geheim/basic.ics ")
    assert koppeling.host == "agenda.test"
    assert decrypt(koppeling.geheim)["adres"] == "https://agenda.test/geheim/basic.ics"


@pytest.mark.django_db
def test_another_secret_key_reads_nothing_and_says_what_to_do(web: str, settings: Settings) -> None:
    oud = settings.SECRET_KEY
    koppeling = connect(MedewerkerFactory.create(), f"{web}/agenda.ics")
    Dienst.inhoud = kalender()
    settings.SECRET_KEY = "anders" * 10
    with pytest.raises(Unreadable):
        decrypt(koppeling.geheim)
    assert not services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)
    koppeling.refresh_from_db()
    assert "Koppel de agenda opnieuw" in koppeling.fout
    settings.SECRET_KEY_FALLBACKS = [oud]
    assert services.refresh_agenda(koppeling=koppeling, at=WOENSDAG)


def test_the_same_text_looks_different_every_time() -> None:
    gegevens = {"wachtwoord": WACHTWOORD}
    assert encrypt(gegevens) != encrypt(gegevens)
    assert decrypt(encrypt(gegevens)) == gegevens
