"""Opening hours, terms in working time, and statutory terms."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from organisatie.models import BijzondereDag, Openingstijd
from organisatie.werkkalender import (
    AMSTERDAM,
    NoOpeningstijden,
    Werkkalender,
    add_werktijd,
    feestdagen,
    laad_werkkalender,
    werkseconden_tussen,
    wettelijke_einddatum,
)

DOORDEWEEKS = {dag: ((time(9), time(17)),) for dag in range(1, 6)}
# As the demo: half past eight to five, on Thursday a second block until eight in the evening.
MET_AVOND = {
    **{dag: ((time(8, 30), time(17)),) for dag in range(1, 6)},
    4: ((time(8, 30), time(17)), (time(18), time(20))),
}
ALTIJD = {dag: ((time(0), time(23, 59)),) for dag in range(1, 8)}


def lokaal(tekst: str) -> datetime:
    """A moment in Amsterdam, from ``2026-11-16 20:00``."""
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


def na(start: str, aantal: int, eenheid: str, kalender: Werkkalender) -> str:
    """The end of a term, as wall-clock time."""
    eind = add_werktijd(lokaal(start), aantal=aantal, eenheid=eenheid, kalender=kalender)
    return f"{eind.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def uren_tussen(van: str, tot: str, kalender: Werkkalender) -> float:
    """Open time between two moments, in hours."""
    return werkseconden_tussen(lokaal(van), lokaal(tot), kalender=kalender) / 3600


# The computed part of DOMEIN §4: Goede Vrijdag, tweede paasdag, Koningsdag, Hemelvaart, Pinksteren.
VECTOREN = {
    2025: "04-18 04-21 04-26 05-29 06-09",
    2026: "04-03 04-06 04-27 05-14 05-25",
    2027: "03-26 03-29 04-27 05-06 05-17",
    2028: "04-14 04-17 04-27 05-25 06-05",
    2029: "03-30 04-02 04-27 05-10 05-21",
    2030: "04-19 04-22 04-27 05-30 06-10",
}
VAST = "01-01 05-05 12-25 12-26"


@pytest.mark.parametrize(("jaar", "dagen"), VECTOREN.items())
def test_feestdagen_are_those_of_the_law(jaar: int, dagen: str) -> None:
    verwacht = {date.fromisoformat(f"{jaar}-{dag}") for dag in f"{dagen} {VAST}".split()}
    assert set(feestdagen(jaar)) == verwacht


def test_feestdagen_have_dutch_names_in_order_of_date() -> None:
    assert list(feestdagen(2026).values()) == [
        "Nieuwjaarsdag",
        "Goede vrijdag",
        "Tweede paasdag",
        "Koningsdag",
        "Bevrijdingsdag",
        "Hemelvaartsdag",
        "Tweede pinksterdag",
        "Eerste kerstdag",
        "Tweede kerstdag",
    ]


def test_two_feestdagen_on_one_day_are_both_named() -> None:
    assert feestdagen(2016)[date(2016, 5, 5)] == "Bevrijdingsdag en Hemelvaartsdag"


def test_a_caller_cannot_spoil_the_remembered_feestdagen() -> None:
    feestdagen(2027).clear()
    assert len(feestdagen(2027)) == 9


@pytest.mark.parametrize(
    ("start", "aantal", "eind"),
    [
        ("2026-11-14 11:00", 1, "2026-11-16 17:00"),  # Saturday: Monday's closing time
        ("2026-11-16 20:00", 1, "2026-11-17 17:00"),  # Monday evening: Tuesday
        (
            "2026-11-16 07:00",
            1,
            "2026-11-17 17:00",
        ),  # before opening: the same day is still received
        ("2026-11-16 10:00", 2, "2026-11-18 17:00"),
        ("2026-11-18 10:00", 1, "2026-11-19 20:00"),  # ends at the close of Thursday's last block
        ("2026-11-20 10:00", 1, "2026-11-23 17:00"),  # over a weekend
        ("2026-04-02 10:00", 1, "2026-04-07 17:00"),  # over Good Friday, Easter and Easter Monday
        ("2026-12-31 10:00", 1, "2027-01-04 17:00"),  # into the next year
        ("2026-03-27 10:00", 1, "2026-03-30 17:00"),  # over the night that the clock goes on
        ("2026-10-23 10:00", 1, "2026-10-26 17:00"),  # over the night that the clock goes back
    ],
)
def test_werkdagen_start_the_day_after_receipt_and_end_at_closing_time(
    start: str, aantal: int, eind: str
) -> None:
    assert na(start, aantal, "werkdagen", Werkkalender(MET_AVOND)) == eind


@pytest.mark.parametrize(
    ("start", "aantal", "eind"),
    [
        ("2026-11-16 10:15", 4, "2026-11-16 14:15"),
        ("2026-11-16 09:00", 8, "2026-11-16 17:00"),  # used up at the moment we close
        ("2026-11-16 17:00", 1, "2026-11-17 10:00"),  # at the moment we close: tomorrow
        ("2026-11-16 07:00", 1, "2026-11-16 10:00"),  # before opening
        ("2026-11-16 16:00", 4, "2026-11-17 12:00"),  # the rest tomorrow
        ("2026-11-20 16:00", 2, "2026-11-23 10:00"),  # over a weekend
        ("2026-12-24 16:30", 1, "2026-12-28 09:30"),  # over Christmas
        ("2026-12-31 16:00", 2, "2027-01-04 10:00"),  # into the next year
    ],
)
def test_werkuren_use_up_open_time_only(start: str, aantal: int, eind: str) -> None:
    assert na(start, aantal, "werkuren", Werkkalender(DOORDEWEEKS)) == eind


def test_werkuren_go_on_in_the_evening_block() -> None:
    assert na("2026-11-19 16:00", 2, "werkuren", Werkkalender(MET_AVOND)) == "2026-11-19 19:00"


def test_a_start_in_another_time_zone_is_the_same_moment() -> None:
    start = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)  # already Tuesday here
    eind = add_werktijd(start, aantal=1, eenheid="werkdagen", kalender=Werkkalender(DOORDEWEEKS))
    assert eind == lokaal("2026-11-18 17:00")
    assert eind.tzinfo is UTC


def test_the_night_of_spring_has_an_hour_less() -> None:
    kalender = Werkkalender(ALTIJD)
    assert uren_tussen("2026-03-29 00:00", "2026-03-29 06:00", kalender) == 5
    assert na("2026-03-29 01:30", 2, "werkuren", kalender) == "2026-03-29 04:30"


def test_the_night_of_autumn_has_an_hour_more() -> None:
    kalender = Werkkalender(ALTIJD)
    assert uren_tussen("2026-10-25 00:00", "2026-10-25 06:00", kalender) == 7
    assert na("2026-10-25 01:30", 2, "werkuren", kalender) == "2026-10-25 02:30"
    eind = add_werktijd(lokaal("2026-10-25 01:30"), aantal=2, eenheid="werkuren", kalender=kalender)
    assert eind == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past two, the second time


def test_blocks_in_the_hour_that_spring_skips_count_no_second_twice() -> None:
    nacht = {7: ((time(1), time(2, 45)), (time(2, 45), time(4)))}
    assert uren_tussen("2026-03-29 00:00", "2026-03-29 06:00", Werkkalender(nacht)) == 2


def test_overlapping_blocks_count_once() -> None:
    dubbel = {1: ((time(9), time(13)), (time(12), time(17)))}
    assert uren_tussen("2026-11-16 00:00", "2026-11-17 00:00", Werkkalender(dubbel)) == 8


def test_a_closed_day_is_passed_over() -> None:
    kalender = Werkkalender(DOORDEWEEKS, {date(2026, 11, 17): ()})
    assert na("2026-11-16 10:00", 1, "werkdagen", kalender) == "2026-11-18 17:00"
    assert na("2026-11-16 16:00", 2, "werkuren", kalender) == "2026-11-18 10:00"


def test_a_special_opening_goes_before_weekday_and_feestdag() -> None:
    kalender = Werkkalender(
        DOORDEWEEKS,
        {
            date(2026, 11, 21): ((time(10), time(12)),),  # a Saturday
            date(2026, 5, 5): ((time(9), time(12)),),  # Bevrijdingsdag
        },
    )
    assert na("2026-11-20 10:00", 1, "werkdagen", kalender) == "2026-11-21 12:00"
    assert na("2026-05-04 10:00", 1, "werkdagen", kalender) == "2026-05-05 12:00"
    assert uren_tussen("2026-05-05 00:00", "2026-05-06 00:00", kalender) == 3


def test_a_feestdag_by_decree_is_closed_unless_it_has_hours() -> None:
    dag = date(2026, 5, 15)
    assert not Werkkalender(DOORDEWEEKS, extra_feestdagen=frozenset({dag})).is_open(dag)


@pytest.mark.parametrize("eenheid", ["werkuren", "werkdagen"])
def test_no_opening_hours_at_all_is_refused_by_name(eenheid: str) -> None:
    with pytest.raises(NoOpeningstijden, match="geen openingstijden"):
        na("2026-11-16 10:00", 1, eenheid, Werkkalender({}))


def test_no_more_opening_hours_after_the_special_days_is_refused_too() -> None:
    kalender = Werkkalender({}, {date(2026, 11, 17): ((time(9), time(12)),)})
    assert na("2026-11-16 10:00", 1, "werkdagen", kalender) == "2026-11-17 12:00"
    with pytest.raises(NoOpeningstijden):
        na("2026-11-16 10:00", 2, "werkdagen", kalender)


def test_a_long_term_of_a_desk_that_opens_once_a_week_ends() -> None:
    kalender = Werkkalender({3: ((time(9), time(12)),)})
    assert na("2026-11-16 10:00", 400, "werkdagen", kalender).endswith("12:00")


@pytest.mark.parametrize(("aantal", "eenheid"), [(0, "werkuren"), (-1, "werkdagen"), (1, "weken")])
def test_a_term_of_nothing_or_of_an_unknown_unit_is_refused(aantal: int, eenheid: str) -> None:
    with pytest.raises(ValueError, match=r"at least one|Unknown unit"):
        na("2026-11-16 10:00", aantal, eenheid, Werkkalender(DOORDEWEEKS))


def test_a_moment_without_time_zone_is_refused() -> None:
    naief = datetime(2026, 11, 16, 10)  # noqa: DTZ001
    kalender = Werkkalender(DOORDEWEEKS)
    with pytest.raises(ValueError, match="time zone"):
        add_werktijd(naief, aantal=1, eenheid="werkuren", kalender=kalender)
    with pytest.raises(ValueError, match="time zone"):
        werkseconden_tussen(naief, lokaal("2026-11-17 10:00"), kalender=kalender)


@pytest.mark.parametrize(
    ("van", "tot", "uren"),
    [
        ("2026-11-16 10:00", "2026-11-16 10:00", 0),
        ("2026-11-16 12:00", "2026-11-16 10:00", 0),  # backwards
        ("2026-11-16 10:00", "2026-11-16 10:30", 0.5),
        ("2026-11-16 07:00", "2026-11-16 23:00", 8),
        ("2026-11-16 17:00", "2026-11-17 09:00", 0),
        ("2026-11-14 10:00", "2026-11-15 10:00", 0),  # a weekend
        ("2026-11-13 16:00", "2026-11-16 10:00", 2),
        ("2026-12-31 12:00", "2027-01-04 12:00", 8),
        ("2026-01-01 00:00", "2027-01-01 00:00", 253 * 8),  # 261 weekdays, 8 feestdagen on them
    ],
)
def test_werkseconden_tussen_counts_open_time(van: str, tot: str, uren: float) -> None:
    assert uren_tussen(van, tot, Werkkalender(DOORDEWEEKS)) == uren


JAREN = range(2025, 2029)


def test_werkseconden_tussen_counts_over_several_years() -> None:
    kalender = Werkkalender(DOORDEWEEKS)
    per_jaar = [uren_tussen(f"{j}-01-01 00:00", f"{j + 1}-01-01 00:00", kalender) for j in JAREN]
    assert uren_tussen("2025-01-01 00:00", "2029-01-01 00:00", kalender) == sum(per_jaar)


class MinuutVoorMinuut:
    """The slow reference: is each single minute open? It knows nothing of sums, blocks or UTC."""

    def __init__(self, kalender: Werkkalender, van: datetime, minuten: int) -> None:
        self.momenten = [van.astimezone(UTC) + timedelta(minutes=n) for n in range(minuten)]
        self.open = [self._is_open(kalender, m.astimezone(AMSTERDAM)) for m in self.momenten]

    def _is_open(self, kalender: Werkkalender, moment: datetime) -> bool:
        dag = moment.date()
        if dag in kalender.bijzondere_dagen:
            blokken = kalender.bijzondere_dagen[dag]
        elif dag in feestdagen(dag.year):
            blokken = ()
        else:
            blokken = kalender.openingstijden.get(dag.isoweekday(), ())
        return any(van <= moment.time() < tot for van, tot in blokken)

    def minuten_tussen(self, i: int, j: int) -> int:
        """Open minutes from the i-th moment to the j-th."""
        return sum(self.open[i:j])

    def na_uren(self, i: int, uren: int) -> datetime | None:
        """The end of the minute in which the hours are used up, or None beyond what is known."""
        rest = uren * 60
        for moment, is_open in zip(self.momenten[i:], self.open[i:], strict=True):
            rest -= is_open
            if not rest:
                return moment + timedelta(minutes=1)
        return None


def willekeurige_uren(random: Random) -> tuple[tuple[time, time], ...]:
    """None, one or two blocks, with edges outside the hour that the clock skips or repeats."""
    halve_uren = [time(h, m) for h in (0, 1, *range(4, 24)) for m in (0, 30)]
    grenzen = sorted(random.sample(halve_uren, 2 * random.choice([0, 1, 1, 2])))
    return tuple(zip(grenzen[::2], grenzen[1::2], strict=True))


@pytest.mark.parametrize("begin", ["2026-03-26", "2026-10-22", "2026-12-22", "2027-04-24"])
@pytest.mark.parametrize("zaad", range(4))
def test_equals_a_minute_by_minute_reference(begin: str, zaad: int) -> None:
    random = Random(f"{begin} {zaad}")
    eerste = date.fromisoformat(begin)
    kalender = Werkkalender(
        {dag: willekeurige_uren(random) for dag in range(1, 8)},
        {eerste + timedelta(random.randrange(12)): willekeurige_uren(random) for _ in range(3)},
    )
    traag = MinuutVoorMinuut(kalender, lokaal(f"{begin} 00:00"), 12 * 24 * 60)
    for _ in range(40):
        i, j = random.randrange(len(traag.momenten)), random.randrange(len(traag.momenten))
        van, tot = traag.momenten[i], traag.momenten[j]
        assert (
            werkseconden_tussen(van, tot, kalender=kalender) == traag.minuten_tussen(i, j) * 60
        ), (van, tot)
        uren = random.randint(1, 30)
        verwacht = traag.na_uren(i, uren)
        if verwacht is not None:
            gekregen = add_werktijd(van, aantal=uren, eenheid="werkuren", kalender=kalender)
            assert gekregen == verwacht, (van, uren)
            assert werkseconden_tussen(van, gekregen, kalender=kalender) == uren * 3600


def test_the_calendar_of_the_database_takes_two_queries(
    db: None, openingstijden: None, django_assert_num_queries: object
) -> None:
    Openingstijd.objects.create(weekdag=4, van=time(18), tot=time(20))
    BijzondereDag.objects.create(datum=date(2026, 11, 17), omschrijving="Teamdag")
    BijzondereDag.objects.create(
        datum=date(2026, 5, 15), omschrijving="Dag na Hemelvaart", is_feestdag=True
    )
    BijzondereDag.objects.create(
        datum=date(2026, 11, 21), omschrijving="Open dag", van=time(10), tot=time(12)
    )
    with django_assert_num_queries(2):  # type: ignore[operator]
        kalender = laad_werkkalender()
    assert kalender.uren(date(2026, 11, 19)) == ((time(9), time(17)), (time(18), time(20)))
    assert not kalender.is_open(date(2026, 11, 17))
    assert kalender.blokken(date(2026, 11, 21)) == (
        (lokaal("2026-11-21 10:00"), lokaal("2026-11-21 12:00")),
    )
    assert kalender.extra_feestdagen == {date(2026, 5, 15)}


@pytest.mark.parametrize(
    ("start", "term", "eind"),
    [
        # Art. 1: an end on Saturday, Sunday or a feestdag moves on.
        ("2026-11-13", {"dagen": 1}, "2026-11-16"),  # Saturday
        ("2026-11-13", {"dagen": 2}, "2026-11-16"),  # Sunday
        ("2026-11-12", {"weken": 6}, "2026-12-24"),  # a Thursday: stays
        ("2026-11-13", {"weken": 6}, "2026-12-28"),  # Christmas on Friday: to Monday
        ("2026-03-03", {"maanden": 1}, "2026-04-07"),  # Goede Vrijdag: to after tweede paasdag
        ("2026-01-31", {"maanden": 1}, "2026-03-02"),  # 28 February is a Saturday
        ("2026-04-28", {"weken": 1}, "2026-05-06"),  # 5 mei, in a year that is no lustrum
        # Art. 2: three days or more hold two working days; two days need not.
        ("2026-11-13", {"dagen": 3}, "2026-11-17"),
        ("2026-04-02", {"dagen": 3}, "2026-04-08"),
        ("2026-04-02", {"dagen": 2}, "2026-04-07"),
        ("2026-11-11", {"dagen": 3}, "2026-11-16"),
        # Art. 4: long terms are not moved.
        ("2026-11-14", {"dagen": 91}, "2027-02-13"),  # a Saturday
        ("2026-11-15", {"dagen": 90}, "2027-02-15"),  # 13 February would be; 90 days move
        ("2026-08-29", {"weken": 13}, "2026-11-28"),  # a Saturday
        ("2026-08-29", {"weken": 12}, "2026-11-23"),
        ("2026-07-14", {"maanden": 4}, "2026-11-14"),  # a Saturday
        ("2026-08-14", {"maanden": 3}, "2026-11-16"),
    ],
)
def test_statutory_terms_follow_the_algemene_termijnenwet(
    start: str, term: dict[str, Any], eind: str
) -> None:
    assert str(wettelijke_einddatum(date.fromisoformat(start), **term)) == eind


def test_a_feestdag_by_decree_moves_a_statutory_term() -> None:
    brugdag = Werkkalender(DOORDEWEEKS, extra_feestdagen=frozenset({date(2026, 5, 15)}))
    assert wettelijke_einddatum(date(2026, 5, 1), weken=2) == date(2026, 5, 15)
    assert wettelijke_einddatum(date(2026, 5, 1), weken=2, kalender=brugdag) == date(2026, 5, 18)


def test_our_own_closing_does_not_move_a_statutory_term() -> None:
    dicht = Werkkalender(DOORDEWEEKS, {date(2026, 5, 15): ()})
    assert wettelijke_einddatum(date(2026, 5, 1), weken=2, kalender=dicht) == date(2026, 5, 15)


@pytest.mark.parametrize("term", [{}, {"dagen": 3, "weken": 1}, {"dagen": -3}])
def test_a_statutory_term_is_given_in_one_unit(term: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="term"):
        wettelijke_einddatum(date(2026, 5, 1), **term)
