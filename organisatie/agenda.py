"""Reading somebody's calendar: when he is busy or away, and nothing else.

Subjects, places and names go through memory while a calendar is read, and nowhere else. So nothing
here logs, and no error carries a part of what was read: neither in its text nor as its cause.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from kcc.ophalen import OphalenMislukt, Reden, Vraag, fetch
from organisatie.models import Agendakoppeling
from organisatie.werkkalender import AMSTERDAM

SECONDEN = 20.0
MAX_BYTES = 5_000_000
TERUG, VOORUIT = timedelta(days=1), timedelta(days=14)

# Of these there is no end in two weeks, and no appointment repeats like it.
TE_VAAK = {"SECONDLY", "MINUTELY", "HOURLY"}

# X-MICROSOFT-CDO-BUSYSTATUS, which Outlook sends along: who works elsewhere can be reached.
OUTLOOK_VRIJ = {"FREE", "WORKINGELSEWHERE"}
OUTLOOK_WEG = "OOF"

FREEBUSY = """<?xml version="1.0" encoding="utf-8"?>
<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">\
<C:time-range start="{van:%Y%m%dT%H%M%SZ}" end="{tot:%Y%m%dT%H%M%SZ}"/></C:free-busy-query>"""


class AgendaFout(Exception):
    """No calendar came; the Dutch text says why without a word of what is in it."""


@dataclass(frozen=True)
class Agendatoegang:
    """Where a calendar is and how we get in. Not in a log: an address may be the key itself."""

    soort: str
    adres: str = field(repr=False)
    gebruikersnaam: str = field(repr=False)
    wachtwoord: str = field(repr=False)


@dataclass(frozen=True, order=True)
class Blok:
    """A time at which the owner is busy, or away."""

    van: datetime
    tot: datetime
    is_afwezig: bool = False


def read_agenda(toegang: Agendatoegang, at: datetime) -> list[Blok]:
    """When the owner is busy from a day before this moment to two weeks after it, in order.

    Raises AgendaFout.
    """
    van, tot = at.astimezone(UTC) - TERUG, at.astimezone(UTC) + VOORUIT
    inhoud = _fetch(toegang, van, tot)
    try:
        blokken = list(_read(inhoud, van, tot))
    except AgendaFout:
        raise
    except Exception:  # a library names the line that it chokes on, and that may be a subject
        blokken = None
    if blokken is None:
        raise AgendaFout("Op dit adres staat geen agenda die wij kunnen lezen.")
    return merge(blokken, van, tot)


def _fetch(toegang: Agendatoegang, van: datetime, tot: datetime) -> bytes:
    naam, wachtwoord = toegang.gebruikersnaam, toegang.wachtwoord
    vraag = Vraag(naam=naam, wachtwoord=wachtwoord)
    if toegang.soort == Agendakoppeling.Soort.CALDAV:
        vraag = Vraag(
            methode="REPORT",
            inhoud=FREEBUSY.format(van=van, tot=tot).encode(),
            koppen={"Depth": "1", "Content-Type": "application/xml; charset=utf-8"},
            naam=naam,
            wachtwoord=wachtwoord,
        )
    try:
        antwoord = fetch(toegang.adres, max_bytes=MAX_BYTES, timeout=SECONDEN, vraag=vraag)
    except OphalenMislukt as exc:
        raise AgendaFout(_sentence(exc.reden)) from None
    if antwoord.status in {401, 403}:
        raise AgendaFout("De server laat ons niet binnen. Controleer naam en wachtwoord.")
    if antwoord.status in {404, 410}:
        raise AgendaFout("Op dit adres is geen agenda. Controleer het adres.")
    if antwoord.status != 200:
        raise AgendaFout(f"De server van de agenda geeft een fout ({antwoord.status}).")
    return antwoord.inhoud


def _sentence(reden: Reden) -> str:
    """Not which of our own servers exist: the address is somebody's own choice."""
    return {
        Reden.TE_LAAT: "De server van de agenda antwoordt niet op tijd.",
        Reden.TE_GROOT: "De agenda is te groot. Deel alleen vrij of bezet, of minder maanden.",
        Reden.AFGEBROKEN: "De agenda kwam niet helemaal binnen.",
    }.get(reden, "De agenda is niet te bereiken. Controleer het adres.")


def _read(inhoud: bytes, van: datetime, tot: datetime) -> Iterator[Blok]:
    kalender = Calendar.from_ical(inhoud)
    if not isinstance(kalender, Calendar):
        raise TypeError
    for vrij_bezet in kalender.walk("VFREEBUSY"):
        yield from _of_freebusy(vrij_bezet)
    kalender.subcomponents = [
        deel for deel in kalender.subcomponents if _may_matter(deel, van, tot)
    ]
    vraag = recurring_ical_events.of(kalender, skip_bad_series=True)
    for afspraak in vraag.between(van, tot):
        if (blok := _of_event(afspraak)) is not None:
            yield blok


def _of_freebusy(deel: Any) -> Iterator[Blok]:
    regels = deel.get("FREEBUSY", [])
    for regel in regels if isinstance(regels, list) else [regels]:
        soort = str(regel.params.get("FBTYPE", "BUSY")).upper()
        if soort != "FREE":
            begin, eind = regel.dt
            einde = begin + eind if isinstance(eind, timedelta) else eind
            yield Blok(_moment(begin), _moment(einde), soort == "BUSY-UNAVAILABLE")


def _may_matter(deel: Any, van: datetime, tot: datetime) -> bool:
    """False for an event outside the window that does not come back. Most of a calendar is past,
    and working out recurrences is slow.
    """
    if not isinstance(deel, Event):
        return True
    regels = deel.get("RRULE", [])
    for regel in regels if isinstance(regels, list) else [regels]:
        if TE_VAAK & {str(keer).upper() for keer in regel.get("FREQ", [])}:
            raise AgendaFout("In de agenda staat iets dat elk uur of vaker terugkomt.")
    if any(naam in deel for naam in ("RRULE", "RDATE", "RECURRENCE-ID")):
        return True
    return "DTSTART" in deel and _moment(deel.end) > van and _moment(deel.start) < tot


def _of_event(afspraak: Any) -> Blok | None:
    """None for what takes no time: free, cancelled, or without a length."""
    outlook = str(afspraak.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    vrij = str(afspraak.get("TRANSP", "")).upper() == "TRANSPARENT" and outlook != OUTLOOK_WEG
    if vrij or outlook in OUTLOOK_VRIJ or str(afspraak.get("STATUS", "")).upper() == "CANCELLED":
        return None
    van, tot = _moment(afspraak.start), _moment(afspraak.end)
    return Blok(van, tot, outlook == OUTLOOK_WEG) if van < tot else None


def _moment(wanneer: date | datetime) -> datetime:
    """A day begins at midnight here, and a time without a zone is one on our wall."""
    if not isinstance(wanneer, datetime):
        wanneer = datetime.combine(wanneer, time(), tzinfo=AMSTERDAM)
    return (wanneer if wanneer.tzinfo else wanneer.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def merge(blokken: Iterable[Blok], van: datetime, tot: datetime) -> list[Blok]:
    """The blocks within the window; what touches or overlaps and is of one kind becomes one."""
    uit: list[Blok] = []
    for is_afwezig in (False, True):
        samen: list[Blok] = []
        for blok in sorted(b for b in blokken if b.is_afwezig == is_afwezig):
            begin, eind = max(blok.van, van), min(blok.tot, tot)
            if begin >= eind:
                continue
            if samen and begin <= samen[-1].tot:
                samen[-1] = Blok(samen[-1].van, max(samen[-1].tot, eind), is_afwezig)
            else:
                samen.append(Blok(begin, eind, is_afwezig))
        uit += samen
    return sorted(uit)
