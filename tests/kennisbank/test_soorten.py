"""What each kind of article must have."""

from datetime import date
from typing import Any

import pytest

from kennisbank.models import ArtikelSoort
from kennisbank.soorten import check_soort

VOLLEDIG: dict[str, dict[str, Any]] = {
    "product": {"kort_antwoord": "Zo."},
    "vac": {"kort_antwoord": "Zo."},
    "werkinstructie": {"werkinstructie": "<p>Doe dit.</p>"},
    "nieuws": {
        "kort_antwoord": "Let op.",
        "geldig_van": date(2026, 11, 18),
        "geldig_tot": date(2026, 11, 18),
    },
    "wie_doet_wat": {"afdeling": 1, "contactpersoon": 2, "vervanger": 3},
}


@pytest.mark.parametrize("soort", ArtikelSoort.values)
def test_what_is_whole_has_no_errors(soort: str) -> None:
    assert check_soort(soort, VOLLEDIG[soort]) == {}


@pytest.mark.parametrize(
    ("soort", "velden"),
    [
        ("product", {"kort_antwoord"}),
        ("vac", {"kort_antwoord"}),
        ("werkinstructie", {"werkinstructie"}),
        ("nieuws", {"kort_antwoord", "geldig_van", "geldig_tot"}),
        ("wie_doet_wat", {"afdeling", "contactpersoon"}),
    ],
)
def test_what_is_missing_is_told_by_field(soort: str, velden: set[str]) -> None:
    for leeg in ({}, dict.fromkeys(velden), dict.fromkeys(velden, "")):
        fouten = check_soort(soort, leeg)
        assert set(fouten) == velden
        assert all(zin.endswith((".", "?")) for zin in fouten.values())


def test_spaces_are_no_text() -> None:
    assert set(check_soort("vac", {"kort_antwoord": " \n"})) == {"kort_antwoord"}
    assert "contactpersoon" in check_soort("wie_doet_wat", {"telefoonnummer": "  "})


def test_news_ends_after_it_begins() -> None:
    omgekeerd = VOLLEDIG["nieuws"] | {"geldig_van": date(2026, 11, 19)}
    assert set(check_soort("nieuws", omgekeerd)) == {"geldig_tot"}


@pytest.mark.parametrize(
    ("waarden", "fout"),
    [
        ({"afdeling": 1, "telefoonnummer": "0199 50 20 01"}, set()),
        ({"afdeling": 1, "contactpersoon": 2, "vervanger": 2}, {"vervanger"}),
        ({"afdeling": 1, "telefoonnummer": "1234", "vervanger": 2}, {"contactpersoon"}),
    ],
)
def test_somebody_or_a_number_can_be_called(waarden: dict[str, Any], fout: set[str]) -> None:
    assert set(check_soort("wie_doet_wat", waarden)) == fout
