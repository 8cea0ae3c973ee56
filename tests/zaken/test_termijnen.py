"""Terms in words, and the sentence that is read aloud."""

import pytest

from organisatie.werkkalender import Werkkalender, laad_werkkalender
from tests.factories import moment
from zaken.termijnen import describe_afgehandeld, describe_termijn, say_uiterlijk

# Wednesday 18 November 2026; open from Monday to Friday, 9 to 17.
VECTOREN = [
    # now, term, words, kind
    ("2026-11-18 14:00", "2026-11-18 16:59", "over 2 werkuren", "bijna"),
    ("2026-11-18 14:00", "2026-11-18 15:00", "over 1 werkuur", "bijna"),
    ("2026-11-18 14:00", "2026-11-18 14:59", "over 59 minuten", "bijna"),
    ("2026-11-18 14:00", "2026-11-18 14:01", "over 1 minuut", "bijna"),
    ("2026-11-18 14:00", "2026-11-18 14:00", "nu", "bijna"),
    ("2026-11-18 09:00", "2026-11-18 12:59", "over 3 werkuren", "bijna"),
    ("2026-11-18 09:00", "2026-11-18 13:00", "over 4 werkuren", ""),
    ("2026-11-18 14:00", "2026-11-19 13:59", "over 7 werkuren", ""),
    ("2026-11-18 14:00", "2026-11-19 17:00", "over 1 werkdag", ""),
    ("2026-11-18 14:00", "2026-11-20 17:00", "over 2 werkdagen", ""),
    # a weekend lies in between: only days on which we are open count
    ("2026-11-20 14:00", "2026-11-23 17:00", "over 1 werkdag", ""),
    ("2026-11-21 12:00", "2026-11-23 11:00", "over 2 werkuren", "bijna"),
    ("2026-11-18 14:05", "2026-11-18 14:00", "5 minuten te laat", "te-laat"),
    ("2026-11-18 16:00", "2026-11-18 14:00", "2 werkuren te laat", "te-laat"),
    ("2026-11-18 20:00", "2026-11-18 17:00", "net te laat", "te-laat"),
    ("2026-11-19 17:00", "2026-11-18 17:00", "1 dag te laat", "te-laat"),
    ("2026-11-24 10:00", "2026-11-20 17:00", "2 dagen te laat", "te-laat"),
    # Easter Monday is no day to be late on
    ("2026-04-07 17:00", "2026-04-02 17:00", "1 dag te laat", "te-laat"),
]


@pytest.fixture
def kalender(openingstijden: None) -> Werkkalender:
    return laad_werkkalender()


@pytest.mark.parametrize(("nu", "termijn", "tekst", "soort"), VECTOREN)
def test_a_term_is_said_as_people_say_it(
    kalender: Werkkalender, nu: str, termijn: str, tekst: str, soort: str
) -> None:
    assert describe_termijn(moment(termijn), moment(nu), kalender) == (tekst, soort)


def test_a_finished_taak_was_in_time_or_so_much_too_late(kalender: Werkkalender) -> None:
    termijn = moment("2026-11-18 12:00")
    assert describe_afgehandeld(termijn, termijn, kalender) == ("op tijd", "")
    laat = describe_afgehandeld(termijn, moment("2026-11-18 15:30"), kalender)
    assert laat == ("3 werkuren te laat", "te-laat")


def test_without_opening_hours_there_are_still_words(db: None) -> None:
    leeg = laad_werkkalender()
    nu, termijn = moment("2026-11-18 14:00"), moment("2026-11-20 17:00")
    assert describe_termijn(termijn, nu, leeg) == ("nu", "bijna")
    assert describe_termijn(nu, termijn, leeg) == ("net te laat", "te-laat")


@pytest.mark.parametrize(
    ("termijn", "zin"),
    [
        ("2026-11-18 17:00", "vandaag voor 17.00 uur"),
        ("2026-11-19 13:30", "morgen, donderdag 19 november, voor 13.30 uur"),
        ("2026-11-20 17:00", "vrijdag 20 november voor 17.00 uur"),
        ("2027-01-04 17:00", "maandag 4 januari 2027 voor 17.00 uur"),
    ],
)
def test_the_end_of_a_term_is_read_aloud(termijn: str, zin: str) -> None:
    assert say_uiterlijk(moment(termijn), moment("2026-11-18 14:00")) == zin
