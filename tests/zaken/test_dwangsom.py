"""Art. 4:17 and 4:18 Awb, in days and euros."""

from datetime import date, timedelta

import pytest

from zaken.dwangsom import MAX_BEDRAG, MAX_DAGEN, amount_after, compute_dwangsom

# By hand: 14 × 23 = 322, + 14 × 35 = 812, + 14 × 45 = 1442.
BEDRAGEN = [
    (0, 0),
    (1, 23),
    (14, 322),
    (15, 357),
    (28, 812),
    (29, 857),
    (41, 1397),
    (42, 1442),
    (43, 1442),
    (400, 1442),
]


@pytest.mark.parametrize(("dagen", "euro"), BEDRAGEN)
def test_the_amount(dagen: int, euro: int) -> None:
    assert amount_after(dagen) == euro


def test_the_maximum_is_that_of_the_law() -> None:
    assert (MAX_DAGEN, MAX_BEDRAG) == (42, 1442)


def test_no_days_below_zero() -> None:
    with pytest.raises(ValueError, match="less"):
        amount_after(-1)


TERMIJN = date(2026, 9, 1)
BRIEF = date(2026, 9, 9)  # Wednesday; the two weeks end on Wednesday 23 September


@pytest.mark.parametrize(
    ("dag", "dagen", "euro"),
    [
        (date(2026, 9, 9), 0, 0),
        (date(2026, 9, 23), 0, 0),
        (date(2026, 9, 24), 1, 23),
        (date(2026, 10, 7), 14, 322),
        (date(2026, 10, 8), 15, 357),
        (date(2026, 11, 4), 42, 1442),
        (date(2027, 1, 1), 42, 1442),
    ],
)
def test_the_days_run_two_weeks_after_the_letter(dag: date, dagen: int, euro: int) -> None:
    som = compute_dwangsom(einde_termijn=TERMIJN, ingebrekestelling=BRIEF, peildatum=dag)
    assert (som.eerste_dag, som.laatste_dag) == (date(2026, 9, 24), date(2026, 11, 4))
    assert (som.dagen, som.bedrag, som.is_vol) == (dagen, euro, dagen == 42)
    assert som.besluit_voor == date(2026, 11, 18)


def test_the_two_weeks_follow_the_termijnenwet_and_the_42_days_do_not() -> None:
    # Friday 11 December + two weeks is Christmas; the next day that is none is Monday the 28th.
    som = compute_dwangsom(
        einde_termijn=TERMIJN, ingebrekestelling=date(2026, 12, 11), peildatum=date(2027, 3, 1)
    )
    assert som.eerste_dag == date(2026, 12, 29)
    assert som.laatste_dag == som.eerste_dag + timedelta(days=41)
    # Also the 42 days are counted through a weekend: the last one is Monday 8 February.


@pytest.mark.parametrize(
    ("besluit", "dagen"),
    [
        (date(2026, 9, 20), 0),
        (date(2026, 9, 24), 0),
        (date(2026, 9, 25), 1),
        (date(2026, 9, 30), 6),
    ],
)
def test_a_decision_ends_it(besluit: date, dagen: int) -> None:
    som = compute_dwangsom(
        einde_termijn=TERMIJN,
        ingebrekestelling=BRIEF,
        peildatum=date(2027, 1, 1),
        besluit=besluit,
    )
    assert (som.dagen, som.bedrag) == (dagen, dagen * 23)


def test_a_letter_before_the_end_of_the_term_counts_from_that_end() -> None:
    som = compute_dwangsom(
        einde_termijn=date(2026, 9, 30), ingebrekestelling=BRIEF, peildatum=date(2026, 10, 1)
    )
    assert som.eerste_dag == date(2026, 10, 15)
