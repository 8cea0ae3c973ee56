"""Numbers that are spoken and typed over."""

import pytest

from contacts.numbers import make_nummer, parse_nummer, speakable


def test_a_number_survives_being_spoken_and_typed() -> None:
    nummer = make_nummer("K", 10000001)
    assert len(nummer) == 10
    assert speakable(nummer).split(" ")[0] == "K"
    assert parse_nummer(speakable(nummer).lower()) == nummer
    assert parse_nummer(nummer.replace("K", "k-")) == nummer


def test_every_single_wrong_digit_is_noticed() -> None:
    nummer = make_nummer("T", 10000042)
    for plaats in range(1, 10):
        for cijfer in "0123456789":
            if cijfer != nummer[plaats]:
                fout = nummer[:plaats] + cijfer + nummer[plaats + 1 :]
                assert parse_nummer(fout) is None, fout


def test_every_swap_of_two_neighbours_is_noticed() -> None:
    nummer = make_nummer("T", 12345678)
    for plaats in range(1, 9):
        a, b = nummer[plaats], nummer[plaats + 1]
        if a != b:
            fout = nummer[:plaats] + b + a + nummer[plaats + 2 :]
            assert parse_nummer(fout) is None, fout


@pytest.mark.parametrize("tekst", ["", "K", "123", "K1234567890123", "'; drop table", "KK00000001"])
def test_anything_else_is_no_number(tekst: str) -> None:
    assert parse_nummer(tekst) is None
