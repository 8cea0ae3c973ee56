"""When we are open, and when a term ends.

Two calendars, not to be mixed up. A *servicenorm* that we set ourselves runs on our opening hours:
``add_werktijd`` and ``werkseconden_tussen``. A *statutory* term runs on the Algemene termijnenwet:
``wettelijke_einddatum``, with ``opgeschorte_dagen`` for the days that it stood still.

All durations are computed in UTC: in the two nights that the clock changes, local time would give
an hour too many or too few.
"""

import calendar
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays
from django.db.models import F, Q

from organisatie.models import Afdeling, BijzondereDag, Openingstijd

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
Week = Mapping[int, Uren]
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
    """Opening hours. Immutable; make it once per job or request and pass it on.

    ``openingstijden``: per weekday (1 is Monday) the blocks in local time. ``bijzondere_dagen``:
    the blocks of one date, which go before weekday and feestdag; no blocks means closed.
    ``extra_feestdagen``: days that a royal decree puts on a par with a feestdag, for statutory
    terms. ``vanaf``: weeks that came later, each with the day from which it holds, in order;
    before the first of them the week of ``openingstijden`` holds.
    """

    openingstijden: Week
    bijzondere_dagen: Mapping[date, Uren] = field(default_factory=dict)
    extra_feestdagen: frozenset[date] = frozenset()
    vanaf: tuple[tuple[date, Week], ...] = ()
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
        return self.gewone_uren(dag)

    def gewone_uren(self, dag: date) -> Uren:
        """What the weekday says that holds on this date, feestdag or not."""
        return self._week(dag).get(dag.isoweekday(), ())

    def _week(self, dag: date) -> Week:
        plek = bisect_right(self.vanaf, dag, key=lambda periode: periode[0])
        return self.vanaf[plek - 1][1] if plek else self.openingstijden

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


@dataclass(frozen=True)
class _Regel:
    """One row of opening hours."""

    eigen: bool
    weekdag: int
    uren: tuple[time, time]
    vanaf: date
    tot: date

    def holds_on(self, dag: date) -> bool:
        return self.vanaf <= dag <= self.tot


def laad_werkkalender(afdeling: Afdeling | int | None = None) -> Werkkalender:
    """The calendar of a department (or its primary key), or the general one; two queries.

    On a day on which a department has hours of its own, those hold and nothing of the general week;
    on any other day the general week does. A bijzondere dag of everybody holds for a department
    too, unless it has one of its own on that date. Feestdagen hold for all.
    """
    pk = afdeling.pk if isinstance(afdeling, Afdeling) else afdeling
    van_wie = Q(afdeling=None) if pk is None else Q(afdeling=None) | Q(afdeling=pk)
    regels = [
        _Regel(van is not None, weekdag, (begin, eind), vanaf or date.min, tot or date.max)
        for van, weekdag, begin, eind, vanaf, tot in Openingstijd.objects.filter(
            van_wie
        ).values_list("afdeling", "weekdag", "van", "tot", "geldig_vanaf", "geldig_tot")
    ]
    grenzen = {regel.vanaf for regel in regels} | {
        regel.tot + EEN_DAG for regel in regels if regel.tot < date.max
    }
    grenzen.discard(date.min)
    bijzonder: dict[date, Uren] = {}
    extra: set[date] = set()
    # A department's own day comes after that of everybody, and so takes its place.
    for dag in BijzondereDag.objects.filter(van_wie).order_by(F("afdeling").asc(nulls_first=True)):
        bijzonder[dag.datum] = ((dag.van, dag.tot),) if dag.van and dag.tot else ()
        if dag.is_feestdag:
            extra.add(dag.datum)
    return Werkkalender(
        openingstijden=_week_on(regels, date.min),
        bijzondere_dagen=bijzonder,
        extra_feestdagen=frozenset(extra),
        vanaf=tuple((dag, _week_on(regels, dag)) for dag in sorted(grenzen)),
    )


def _week_on(regels: list[_Regel], dag: date) -> Week:
    """The week that holds on this day: the department's own as soon as it has any hours."""
    nu = [regel for regel in regels if regel.holds_on(dag)]
    eigen = any(regel.eigen for regel in nu)
    week: dict[int, list[tuple[time, time]]] = {}
    for regel in nu:
        if regel.eigen == eigen:
            week.setdefault(regel.weekdag, []).append(regel.uren)
    return {weekdag: tuple(sorted(uren)) for weekdag, uren in week.items()}


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
    return _spend(moment, timedelta(hours=aantal), kalender)


def add_werkseconden(start: datetime, *, seconden: int, kalender: Werkkalender) -> datetime:
    """The moment at which so much open time after ``start`` is used up; none at all is ``start``.

    Returns a moment in UTC. Raises NoOpeningstijden, and ValueError for a moment without a time
    zone or less than no time.
    """
    _must_be_aware(start)
    if seconden < 0:
        raise ValueError("Open time never counts back.")
    moment = start.astimezone(UTC)
    return _spend(moment, timedelta(seconds=seconden), kalender) if seconden else moment


def _spend(moment: datetime, rest: timedelta, kalender: Werkkalender) -> datetime:
    """Use up open time from a moment in UTC on."""
    for open_dag in kalender._open_days_from(moment.astimezone(AMSTERDAM).date()):
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
    opgeschort: int = 0,
    verdaagd_dagen: int = 0,
    verdaagd_weken: int = 0,
    kalender: Werkkalender | None = None,
) -> date:
    """The last day of a statutory term that starts the day after ``start_datum``.

    Algemene termijnenwet: a term that ends on a Saturday, Sunday or feestdag runs on to the next
    day that is none (art. 1); a term of three days or more holds at least two such days (art. 2);
    neither goes for more than 90 days, twelve weeks or three months (art. 4). Terms in hours and
    years are left out. With ``kalender`` its extra feestdagen count too (art. 3 lid 3).

    ``opgeschort``: the days that the term stood still (``opgeschorte_dagen``, art. 4:15 Awb).
    ``verdaagd_dagen`` and ``verdaagd_weken``: by how much it was put off (such as art. 7:10 lid 3
    and 9:11 Awb, art. 4.4 Woo). Both are added to the term as it was before weekends and feestdagen
    moved it, and only the end of the whole is moved: never later than the law allows. A verdaging
    is a term of its own for art. 4.

    Raises ValueError unless exactly one of dagen, weken and maanden is given.
    """
    if sum(bool(aantal) for aantal in (dagen, weken, maanden)) != 1:
        raise ValueError("A term is given in days, in weeks or in months.")
    if min(dagen, weken, maanden, opgeschort, verdaagd_dagen, verdaagd_weken) < 0:
        raise ValueError("The law's term never counts back.")
    eind = _add_months(start_datum, maanden) + timedelta(days=dagen, weeks=weken)
    eind += timedelta(days=opgeschort + verdaagd_dagen, weeks=verdaagd_weken)
    if dagen > 90 or weken > 12 or maanden > 3 or verdaagd_dagen > 90 or verdaagd_weken > 12:
        return eind
    extra = kalender.extra_feestdagen if kalender else frozenset()
    nodig = 0 if 0 < dagen < 3 else 2
    dag, geteld = start_datum, 0
    while dag < eind or geteld < nodig or not _is_werkdag_in_law(dag, extra):
        dag += EEN_DAG
        geteld += _is_werkdag_in_law(dag, extra)
    return dag


def opgeschorte_dagen(perioden: Iterable[tuple[date, date]]) -> int:
    """The days that a statutory term stood still, each counted once.

    A period is the day on which we asked for what was missing (or agreed to wait), and the day on
    which it came in or the time for it was over. Art. 4:15 Awb: the term stands still from the day
    after the first up to, and not including, the second. Raises ValueError when a period ends
    before it begins.
    """
    stil: set[date] = set()
    for gevraagd, binnen in perioden:
        if binnen < gevraagd:
            raise ValueError("What was asked for cannot have come in before.")
        stil.update(gevraagd + timedelta(n) for n in range(1, (binnen - gevraagd).days))
    return len(stil)


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
