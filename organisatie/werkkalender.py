"""When we are open, and when a term ends.

Two calendars, not to be mixed up. A *servicenorm* that we set ourselves runs on our opening hours:
``add_werktijd`` and ``werkseconden_tussen``. A *statutory* term runs on the Algemene termijnenwet:
``wettelijke_einddatum``.

All durations are computed in UTC: in the two nights that the clock changes, local time would give
an hour too many or too few.
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays

from organisatie.models import BijzondereDag, Openingstijd

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WERKUREN = "werkuren"
WERKDAGEN = "werkdagen"

# The days of art. 3 Algemene termijnenwet, by the name that the package holidays gives them. Easter
# and Whit Sunday are Sundays already; Goede Vrijdag is put on a par with a feestdag.
FEESTDAGEN = frozenset(
    {
        "Nieuwjaarsdag",
        "Goede vrijdag",
        "Tweede paasdag",
        "Koningsdag",
        "Bevrijdingsdag",
        "Hemelvaartsdag",
        "Tweede pinksterdag",
        "Eerste kerstdag",
        "Tweede kerstdag",
    }
)

# More closed days in a row than this, and nobody will open any more.
MAX_DICHT = 400

NUL = timedelta()
EEN_SECONDE = timedelta(seconds=1)
EEN_DAG = timedelta(days=1)

Uren = tuple[tuple[time, time], ...]
Blok = tuple[datetime, datetime]


class NoOpeningstijden(Exception):
    """The calendar never opens, so a term would never end."""

    def __init__(self) -> None:
        super().__init__(
            "Er zijn geen openingstijden ingevuld. Vraag de beheerder om dat te doen; "
            "zonder openingstijden is er geen termijn te berekenen."
        )


@lru_cache(maxsize=64)
def _feestdagen(jaar: int) -> dict[date, str]:
    gevonden = holidays.country_holidays(
        "NL", years=jaar, categories=("public", "optional"), language="nl"
    )
    dagen: dict[date, str] = {}
    for dag in sorted(gevonden):
        # Two feestdagen may fall on one day, as Hemelvaart and Bevrijdingsdag did in 2016.
        namen = [naam for naam in gevonden.get_list(dag) if naam in FEESTDAGEN]
        if namen:
            dagen[dag] = " en ".join(namen)
    return dagen


def feestdagen(jaar: int) -> dict[date, str]:
    """The algemeen erkende feestdagen of a year, with their Dutch names, in order of date.

    Source: art. 3 Algemene termijnenwet; 5 mei every year, not only in lustrum years.
    """
    return dict(_feestdagen(jaar))


@dataclass(frozen=True, eq=False)
class Werkkalender:
    """Our opening hours. Immutable; make it once per job or request and pass it on.

    ``openingstijden``: per weekday (1 is Monday) the blocks in local time. ``bijzondere_dagen``:
    the blocks of one date, which go before weekday and feestdag; no blocks means closed.
    ``extra_feestdagen``: days that a royal decree puts on a par with a feestdag, for statutory
    terms.
    """

    openingstijden: Mapping[int, Uren]
    bijzondere_dagen: Mapping[date, Uren] = field(default_factory=dict)
    extra_feestdagen: frozenset[date] = frozenset()
    # Filled on demand: a simulation of a year asks the same days a hundred thousand times.
    _per_dag: dict[date, tuple[Blok, ...]] = field(default_factory=dict, init=False, repr=False)
    _per_jaar: dict[int, list[timedelta]] = field(default_factory=dict, init=False, repr=False)

    def blokken(self, dag: date) -> tuple[Blok, ...]:
        """The opening blocks of one day, in order, as moments in Europe/Amsterdam."""
        return tuple(
            (begin.astimezone(AMSTERDAM), eind.astimezone(AMSTERDAM))
            for begin, eind in self._blokken(dag)
        )

    def is_open(self, dag: date) -> bool:
        """True when we are open at some time of this day."""
        return bool(self._blokken(dag))

    def uren(self, dag: date) -> Uren:
        """The blocks of one day as they were filled in, in local time."""
        if dag in self.bijzondere_dagen:
            return self.bijzondere_dagen[dag]
        if dag in self.extra_feestdagen or dag in _feestdagen(dag.year):
            return ()
        return self.openingstijden.get(dag.isoweekday(), ())

    def _blokken(self, dag: date) -> tuple[Blok, ...]:
        """As ``blokken``, in UTC and remembered."""
        gevonden = self._per_dag.get(dag)
        if gevonden is None:
            gevonden = self._per_dag[dag] = tuple(self._moments(dag))
        return gevonden

    def _moments(self, dag: date) -> Iterator[Blok]:
        vorige = datetime.min.replace(tzinfo=UTC)
        for van, tot in sorted(self.uren(dag)):
            # In the hour that spring skips, and where blocks overlap, no second may count twice.
            begin = max(vorige, datetime.combine(dag, van, AMSTERDAM).astimezone(UTC))
            eind = datetime.combine(dag, tot, AMSTERDAM).astimezone(UTC)
            if begin < eind:
                yield begin, eind
                vorige = eind

    def _sums(self, jaar: int) -> list[timedelta]:
        """Open time from 1 January up to each day of the year; the last is the whole year."""
        sommen = self._per_jaar.get(jaar)
        if sommen is None:
            dagen = 366 if calendar.isleap(jaar) else 365
            eerste = date(jaar, 1, 1)
            per_dag = (
                sum((eind - begin for begin, eind in self._blokken(eerste + timedelta(n))), NUL)
                for n in range(dagen)
            )
            sommen = list(accumulate(per_dag, initial=NUL))
            self._per_jaar[jaar] = sommen
        return sommen

    def _open_on_days(self, van: date, tot: date) -> timedelta:
        """Open time of the whole days from ``van`` up to and not including ``tot``."""
        begin = self._sums(van.year)[van.timetuple().tm_yday - 1]
        eind = self._sums(tot.year)[tot.timetuple().tm_yday - 1]
        hele_jaren = sum((self._sums(jaar)[-1] for jaar in range(van.year, tot.year)), NUL)
        return hele_jaren + eind - begin

    def _open_before(self, moment: datetime, dag: date) -> timedelta:
        """Open time of ``dag`` up to ``moment``, which is UTC."""
        return sum(
            (min(eind, moment) - begin for begin, eind in self._blokken(dag) if begin < moment), NUL
        )

    def _open_days_from(self, dag: date) -> Iterator[date]:
        """The days on which we are open, from ``dag`` on. Raises NoOpeningstijden."""
        dicht = 0
        while dicht < MAX_DICHT:
            if self._blokken(dag):
                dicht = 0
                yield dag
            else:
                dicht += 1
            dag += EEN_DAG
        raise NoOpeningstijden


def laad_werkkalender() -> Werkkalender:
    """The calendar as it stands in the database; two queries."""
    weken: dict[int, list[tuple[time, time]]] = {}
    for weekdag, van, tot in Openingstijd.objects.values_list("weekdag", "van", "tot"):
        weken.setdefault(weekdag, []).append((van, tot))
    bijzonder: dict[date, Uren] = {}
    extra: set[date] = set()
    for dag in BijzondereDag.objects.only("datum", "van", "tot", "is_feestdag"):
        bijzonder[dag.datum] = ((dag.van, dag.tot),) if dag.van and dag.tot else ()
        if dag.is_feestdag:
            extra.add(dag.datum)
    return Werkkalender(
        openingstijden={weekdag: tuple(sorted(uren)) for weekdag, uren in weken.items()},
        bijzondere_dagen=bijzonder,
        extra_feestdagen=frozenset(extra),
    )


def add_werktijd(start: datetime, *, aantal: int, eenheid: str, kalender: Werkkalender) -> datetime:
    """The moment at which a term of ``aantal`` werkuren or werkdagen that begins at ``start`` ends.

    werkuren: only open time counts, and the term ends the moment it is used up. werkdagen: the day
    of receipt does not count, as in the law (art. 6:8 Awb); then ``aantal`` open days, and the term
    ends at closing time of the last. So what comes in on a Saturday has until Monday's closing time
    for one werkdag, and what comes in on Monday evening until Tuesday's.

    Returns a moment in UTC, as Django does. Raises NoOpeningstijden, and ValueError for a moment
    without a time zone, an unknown unit or an amount below one.
    """
    _must_be_aware(start)
    if aantal < 1:
        raise ValueError(f"A term is at least one, not {aantal}.")
    moment = start.astimezone(UTC)
    dag = start.astimezone(AMSTERDAM).date()
    if eenheid == WERKDAGEN:
        dagen = kalender._open_days_from(dag + EEN_DAG)
        for _ in range(aantal):
            laatste = next(dagen)
        return kalender._blokken(laatste)[-1][1]
    if eenheid != WERKUREN:
        raise ValueError(f"Unknown unit {eenheid!r}.")
    rest = timedelta(hours=aantal)
    for open_dag in kalender._open_days_from(dag):
        for begin, eind in kalender._blokken(open_dag):
            vanaf = max(begin, moment)
            if vanaf + rest <= eind:
                return vanaf + rest
            rest -= max(eind - vanaf, NUL)
    raise NoOpeningstijden  # not reached: the loop above only ends by returning or raising


def werkseconden_tussen(van: datetime, tot: datetime, *, kalender: Werkkalender) -> int:
    """Open time between two moments, in whole seconds; 0 when ``tot`` is not after ``van``.

    A handful of look-ups for any length of time: whole days come from sums per year. Raises
    ValueError for a moment without a time zone.
    """
    _must_be_aware(van)
    _must_be_aware(tot)
    if tot <= van:
        return 0
    eerste, laatste = van.astimezone(AMSTERDAM).date(), tot.astimezone(AMSTERDAM).date()
    voor = kalender._open_before(van.astimezone(UTC), eerste)
    na = kalender._open_before(tot.astimezone(UTC), laatste)
    hele_dagen = kalender._open_on_days(eerste, laatste) if eerste != laatste else NUL
    return (hele_dagen + na - voor) // EEN_SECONDE


def wettelijke_einddatum(
    start_datum: date,
    *,
    dagen: int = 0,
    weken: int = 0,
    maanden: int = 0,
    kalender: Werkkalender | None = None,
) -> date:
    """The last day of a statutory term that starts the day after ``start_datum``.

    Algemene termijnenwet: a term that ends on a Saturday, Sunday or feestdag runs on to the next
    day that is none (art. 1); a term of three days or more holds at least two such days (art. 2);
    neither goes for more than 90 days, twelve weeks or three months (art. 4). Terms in hours and
    years are left out. With ``kalender`` its extra feestdagen count too (art. 3 lid 3).
    Raises ValueError unless exactly one of dagen, weken and maanden is given.
    """
    if sum(bool(aantal) for aantal in (dagen, weken, maanden)) != 1:
        raise ValueError("A term is given in days, in weeks or in months.")
    if min(dagen, weken, maanden) < 0:
        raise ValueError("The law's term never counts back.")
    eind = _add_months(start_datum, maanden) + timedelta(days=dagen, weeks=weken)
    if dagen > 90 or weken > 12 or maanden > 3:
        return eind
    extra = kalender.extra_feestdagen if kalender else frozenset()
    nodig = 0 if 0 < dagen < 3 else 2
    dag, geteld = start_datum, 0
    while dag < eind or geteld < nodig or not _is_werkdag_in_law(dag, extra):
        dag += EEN_DAG
        geteld += _is_werkdag_in_law(dag, extra)
    return dag


def _is_werkdag_in_law(dag: date, extra: frozenset[date]) -> bool:
    vrij = dag.isoweekday() > 5 or dag in extra
    return not vrij and dag not in _feestdagen(dag.year)


def _add_months(dag: date, maanden: int) -> date:
    """The same day of a later month, or its last day when that month is shorter."""
    jaren, maand = divmod(dag.month - 1 + maanden, 12)
    jaar = dag.year + jaren
    return date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def _must_be_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
