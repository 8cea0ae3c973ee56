"""The calendars against a slow, obvious reference: is this one minute open, is this one day free?

Hypothesis makes up the weeks, the special days and the departments, around the nights in which the
clock changes and around feestdagen.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisatie.models import Afdeling, BijzondereDag, Openingstijd
from organisatie.werkkalender import (
    AMSTERDAM,
    NoOpeningstijden,
    add_werkseconden,
    add_werktijd,
    feestdagen,
    laad_werkkalender,
    opgeschorte_dagen,
    werkseconden_tussen,
    wettelijke_einddatum,
)

DAGEN = 6
# Spring, autumn, Easter, Christmas and New Year, Koningsdag to 5 mei, and nothing special.
BEGIN = [date(2026, 3, 26), date(2026, 10, 22), date(2026, 4, 1), date(2026, 12, 24),
         date(2027, 4, 26), date(2026, 11, 16)]  # fmt: skip
# Edges outside the hour that the clock skips or repeats: there a wall clock says nothing.
KWARTIEREN = [time(u, m) for u in (0, 1, *range(4, 24)) for m in (0, 15, 30, 45)]

blok = st.lists(st.sampled_from(KWARTIEREN), min_size=2, max_size=2, unique=True).map(sorted)
ver = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def gemeente(draw: st.DrawFn) -> tuple[date, list[dict[str, Any]], list[dict[str, Any]]]:
    """A first day, rows of opening hours and rows of special days; "eigen" is a department."""
    begin = draw(st.sampled_from(BEGIN))
    dag = st.integers(0, DAGEN - 1).map(lambda n: begin + timedelta(n))
    uren = []
    for _ in range(draw(st.integers(1, 9))):
        van, tot = draw(blok)
        eerste, laatste = sorted([draw(dag), draw(dag)])
        uren.append(
            {
                "eigen": draw(st.booleans()),
                "weekdag": draw(st.integers(1, 7)),
                "van": van,
                "tot": tot,
                "geldig_vanaf": draw(st.sampled_from([None, None, eerste])),
                "geldig_tot": draw(st.sampled_from([None, None, laatste])),
            }
        )
    bijzonder = []
    for _ in range(draw(st.integers(0, 4))):
        open_van, open_tot = draw(st.one_of(st.just((None, None)), blok.map(tuple)))
        bijzonder.append(
            {"eigen": draw(st.booleans()), "datum": draw(dag), "van": open_van, "tot": open_tot}
        )
    return begin, uren, bijzonder


class Traag:
    """Each minute of the days by itself, straight from the rows."""

    def __init__(
        self, begin: date, uren: list[dict[str, Any]], bijzonder: list[dict[str, Any]], *,
        eigen: bool,
    ) -> None:  # fmt: skip
        self.uren, self.bijzonder, self.eigen = uren, bijzonder, eigen
        self.per_dag: dict[date, list[tuple[time, time]]] = {}
        nul = datetime.combine(begin, time(), AMSTERDAM).astimezone(UTC)
        eind = datetime.combine(begin + timedelta(DAGEN), time(), AMSTERDAM).astimezone(UTC)
        aantal = int((eind - nul).total_seconds()) // 60
        self.momenten = [nul + timedelta(minutes=n) for n in range(aantal)]
        self.open = [self.is_open(moment.astimezone(AMSTERDAM)) for moment in self.momenten]

    def is_open(self, moment: datetime) -> bool:
        dag = moment.date()
        if dag not in self.per_dag:
            self.per_dag[dag] = list(self.blokken(dag))
        return any(van <= moment.time() < tot for van, tot in self.per_dag[dag])

    def blokken(self, dag: date) -> Iterator[tuple[time, time]]:
        for van_wie in (True, False) if self.eigen else (False,):
            for rij in self.bijzonder:
                if rij["datum"] == dag and rij["eigen"] == van_wie:
                    if rij["van"]:
                        yield rij["van"], rij["tot"]
                    return
        if dag in feestdagen(dag.year):
            return
        gelden = [
            rij for rij in self.uren
            if (rij["geldig_vanaf"] is None or rij["geldig_vanaf"] <= dag)
            and (rij["geldig_tot"] is None or dag <= rij["geldig_tot"])
        ]  # fmt: skip
        van_zichzelf = self.eigen and any(rij["eigen"] for rij in gelden)
        for rij in gelden:
            if rij["weekdag"] == dag.isoweekday() and rij["eigen"] == van_zichzelf:
                yield rij["van"], rij["tot"]


@pytest.fixture
def afdeling(db: None) -> Afdeling:
    return Afdeling.objects.create(identificatie="sociaal", naam="Sociaal")


def store(afdeling: Afdeling, uren: list[dict[str, Any]], bijzonder: list[dict[str, Any]]) -> None:
    """Put the rows in the database, once for each combination that may be there once."""
    Openingstijd.objects.all().delete()
    BijzondereDag.objects.all().delete()
    for rij in uren:
        velden = {k: w for k, w in rij.items() if k != "eigen"}
        Openingstijd.objects.create(afdeling=afdeling if rij["eigen"] else None, **velden)
    for rij in bijzonder:
        velden = {k: w for k, w in rij.items() if k != "eigen"}
        BijzondereDag.objects.create(
            afdeling=afdeling if rij["eigen"] else None, omschrijving="Anders", **velden
        )


def uniek(rijen: list[dict[str, Any]], *velden: str) -> list[dict[str, Any]]:
    """The first of each, as the database would have it."""
    gezien: dict[tuple[Any, ...], dict[str, Any]] = {}
    for rij in rijen:
        if rij.get("geldig_vanaf") and rij.get("geldig_tot", date.max) is not None:
            rij["geldig_tot"] = max(rij["geldig_vanaf"], rij["geldig_tot"])
        gezien.setdefault(tuple(rij[veld] for veld in velden), rij)
    return list(gezien.values())


@ver
@given(wat=gemeente(), eigen=st.booleans(), data=st.data())
def test_working_time_equals_the_minutes_counted_one_by_one(
    afdeling: Afdeling, wat: Any, eigen: bool, data: st.DataObject
) -> None:
    begin, uren, bijzonder = wat
    uren = uniek(uren, "eigen", "weekdag", "van", "geldig_vanaf")
    bijzonder = uniek(bijzonder, "eigen", "datum")
    store(afdeling, uren, bijzonder)
    kalender = laad_werkkalender(afdeling if eigen else None)
    traag = Traag(begin, uren, bijzonder, eigen=eigen)
    plek = st.integers(0, len(traag.momenten) - 1)
    i, j = data.draw(plek), data.draw(plek)
    van, tot = traag.momenten[i], traag.momenten[j]
    assert werkseconden_tussen(van, tot, kalender=kalender) == sum(traag.open[i:j]) * 60

    minuten = data.draw(st.integers(1, 40)) * 60
    open_na = [n for n in range(i, len(traag.open)) if traag.open[n]]
    if len(open_na) >= minuten:  # the term ends with the minute that uses it up
        eind = traag.momenten[open_na[minuten - 1]] + timedelta(minutes=1)
        aantal = minuten // 60
        gekregen = add_werktijd(van, aantal=aantal, eenheid="werkuren", kalender=kalender)
        assert gekregen == eind
        assert add_werkseconden(van, seconden=minuten * 60, kalender=kalender) == eind
        assert werkseconden_tussen(van, eind, kalender=kalender) == minuten * 60

    # A werkdag is a later day with an open minute; the term ends with the last of them.
    per_dag: dict[date, datetime] = {}
    for moment, is_open in zip(traag.momenten, traag.open, strict=True):
        lokaal = moment.astimezone(AMSTERDAM)
        if is_open and lokaal.date() > van.astimezone(AMSTERDAM).date():
            per_dag[lokaal.date()] = moment + timedelta(minutes=1)
    for aantal, dag in enumerate(sorted(per_dag), start=1):
        gekregen = add_werktijd(van, aantal=aantal, eenheid="werkdagen", kalender=kalender)
        assert gekregen == per_dag[dag]


@ver
@given(wat=gemeente())
def test_hours_that_begin_later_change_nothing_before_their_first_day(
    afdeling: Afdeling, wat: Any
) -> None:
    begin, uren, _ = wat
    uren = uniek(uren, "eigen", "weekdag", "van", "geldig_vanaf")
    store(afdeling, uren, [])
    grens = begin + timedelta(3)
    voor = [laad_werkkalender(afdeling).uren(begin + timedelta(n)) for n in range(3)]
    for weekdag in range(1, 8):
        Openingstijd.objects.create(
            afdeling=afdeling, weekdag=weekdag, van=time(2, 20), tot=time(3, 50),
            geldig_vanaf=grens,
        )  # fmt: skip
    na = laad_werkkalender(afdeling)
    assert [na.uren(begin + timedelta(n)) for n in range(3)] == voor


def is_vrij(dag: date) -> bool:
    return dag.isoweekday() in (6, 7) or dag in feestdagen(dag.year)


dagen = st.dates(date(2025, 1, 1), date(2031, 12, 31))


@settings(max_examples=300, deadline=None)
@given(start=dagen, dagen=st.integers(1, 130), stil=st.integers(0, 60), uitstel=st.integers(0, 12))
def test_a_statutory_term_equals_the_days_counted_one_by_one(
    start: date, dagen: int, stil: int, uitstel: int
) -> None:
    eind = wettelijke_einddatum(start, dagen=dagen, opgeschort=stil, verdaagd_weken=uitstel)
    kaal = start + timedelta(dagen + stil + 7 * uitstel)
    if dagen > 90:
        assert eind == kaal
        return
    assert eind >= kaal
    assert not is_vrij(eind)
    termijn = [start + timedelta(n) for n in range(1, (eind - start).days + 1)]
    werk = [dag for dag in termijn if not is_vrij(dag)]
    if dagen >= 3:
        assert len(werk) >= 2
    # And not a day longer than that takes.
    korter = eind - timedelta(1)
    assert korter < kaal or is_vrij(korter) or (dagen >= 3 and len(werk) == 2)


@given(st.lists(st.tuples(dagen, st.integers(0, 40)), max_size=6))
def test_days_that_a_term_stood_still_count_once(perioden: list[tuple[date, int]]) -> None:
    paren = [(van, van + timedelta(n)) for van, n in perioden]
    alle = [date(2024, 12, 1) + timedelta(n) for n in range(2700)]
    assert opgeschorte_dagen(paren) == sum(
        any(van < dag < tot for van, tot in paren) for dag in alle
    )


@pytest.mark.parametrize(
    ("start", "term", "eind"),
    [
        # Awb 4:13 with 4:15: eight weeks, and asked on 2 November what came in on 12 November:
        # nine days, the 3rd up to and including the 11th.
        ("2026-10-01", {"weken": 8, "opgeschort": 9}, "2026-12-07"),  # 5 December is a Saturday
        # Awb 7:10: six weeks put off by six.
        ("2026-09-01", {"weken": 6, "verdaagd_weken": 6}, "2026-11-24"),
        # Awb 9:11: a complaint, six weeks put off by four; New Year's Day moves to Monday.
        ("2026-10-23", {"weken": 6, "verdaagd_weken": 4}, "2027-01-04"),
        # Woo 4.4: four weeks and two; between them the term is not moved twice.
        ("2026-11-27", {"weken": 4}, "2026-12-28"),
        ("2026-11-27", {"weken": 4, "verdaagd_weken": 2}, "2027-01-08"),
        # AVG: a month, and two more are days or months of its own law, not of the Atw.
        ("2026-01-31", {"maanden": 1, "verdaagd_dagen": 91}, "2026-05-30"),
    ],
)
def test_a_statutory_term_stands_still_and_is_put_off(
    start: str, term: dict[str, Any], eind: str
) -> None:
    assert str(wettelijke_einddatum(date.fromisoformat(start), **term)) == eind


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        opgeschorte_dagen([(date(2026, 5, 2), date(2026, 5, 1))])


def test_asked_and_answered_on_one_day_is_no_day_at_all() -> None:
    dag = date(2026, 5, 1)
    assert opgeschorte_dagen([(dag, dag), (dag, dag + timedelta(1))]) == 0


def test_a_department_that_never_opens_is_refused_by_name(
    afdeling: Afdeling, openingstijden: None
) -> None:
    Openingstijd.objects.create(
        afdeling=afdeling, weekdag=1, van=time(9), tot=time(10), geldig_tot=date(2026, 1, 5)
    )
    kalender = laad_werkkalender(afdeling)
    start = datetime(2026, 1, 5, 8, tzinfo=AMSTERDAM)
    # After its last own day the general week holds again, so this ends.
    eind = add_werktijd(start, aantal=2, eenheid="werkuren", kalender=kalender)
    assert eind == datetime(2026, 1, 6, 10, tzinfo=AMSTERDAM)
    Openingstijd.objects.filter(afdeling=None).delete()
    with pytest.raises(NoOpeningstijden):
        add_werktijd(start, aantal=2, eenheid="werkuren", kalender=laad_werkkalender(afdeling))
