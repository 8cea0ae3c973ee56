"""Numbers that identify and reach people."""

import pytest
from django.core.exceptions import ValidationError

from contacts.validators import (
    clean_bsn,
    clean_kvk,
    clean_postcode,
    clean_telefoonnummer,
    show_telefoonnummer,
)


@pytest.mark.parametrize(
    "bsn",
    ["999993653", "999990342", "999993847", "999994669", "000000012", "123456782", "111222333"],
)
def test_bsn_that_passes_the_elfproef(bsn: str) -> None:
    assert clean_bsn(bsn) == bsn


def test_bsn_in_eight_digits_or_with_dots_is_the_same_number() -> None:
    assert clean_bsn("0000.00.012") == "000000012"
    assert clean_bsn("00000012") == "000000012"


@pytest.mark.parametrize(
    "bsn", ["999993654", "000000000", "12345678", "abcdefghi", "9999936531", ""]
)
def test_bsn_that_is_none(bsn: str) -> None:
    with pytest.raises(ValidationError, match="geen geldig BSN"):
        clean_bsn(bsn)


@pytest.mark.parametrize("kvk", ["68750110", "69599084", "90004760", "00000012"])
def test_kvk_is_eight_digits_and_keeps_its_zeros(kvk: str) -> None:
    assert clean_kvk(kvk) == kvk


@pytest.mark.parametrize("kvk", ["6875011", "687501101", "6875011a", ""])
def test_kvk_that_is_none(kvk: str) -> None:
    with pytest.raises(ValidationError):
        clean_kvk(kvk)


@pytest.mark.parametrize("tekst", ["1234AB", "1234 ab", " 1234 AB "])
def test_postcode_is_stored_with_its_space(tekst: str) -> None:
    assert clean_postcode(tekst) == "1234 AB"


@pytest.mark.parametrize("tekst", ["0234AB", "1234", "1234 SS", "1234 SA", "12345 AB"])
def test_postcode_that_is_none(tekst: str) -> None:
    with pytest.raises(ValidationError):
        clean_postcode(tekst)


@pytest.mark.parametrize(
    "tekst", ["0612345678", "06-12 34 56 78", "+31 6 12345678", "0031612345678", "+31(0)612345678"]
)
def test_phone_number_in_every_notation(tekst: str) -> None:
    assert clean_telefoonnummer(tekst) == "+31612345678"


def test_phone_number_is_shown_as_people_say_it() -> None:
    assert show_telefoonnummer("+31612345678").replace(" ", "").replace("-", "") == "0612345678"
    assert show_telefoonnummer("+3222345678").startswith("+32")


@pytest.mark.parametrize("tekst", ["0800 1234", "14 030", "12", "geen nummer", "0900-1234"])
def test_phone_number_that_no_citizen_has(tekst: str) -> None:
    with pytest.raises(ValidationError):
        clean_telefoonnummer(tekst)
