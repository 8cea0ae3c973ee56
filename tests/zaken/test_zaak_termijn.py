"""The two ends of a zaak: our own promise and the law's last day."""

from datetime import date, timedelta
from typing import Any

import pytest

from organisatie.werkkalender import laad_werkkalender, wettelijke_einddatum
from tests.zaken.zaakhulp import zaaktype
from zaken.services.zaak import compute_einddata

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]


def einddata(start: date, **velden: Any) -> tuple[date | None, date]:
    """Of a kind of zaak with these fields; keywords with ``z_`` are about the zaak itself."""
    van_zaak = {k.removeprefix("z_"): v for k, v in velden.items() if k.startswith("z_")}
    soort = zaaktype(**{k: v for k, v in velden.items() if not k.startswith("z_")})
    van_zaak.setdefault("termijn_vanaf", start)
    data = compute_einddata(soort, startdatum=start, kalender=laad_werkkalender(), **van_zaak)
    return data.gepland, data.uiterlijk


# The law's terms that municipalities work with most, counted by hand on a calendar.
WETTELIJK = [
    # Eight weeks (4:13 Awb) from Wednesday 2 September 2026: Wednesday 28 October.
    (date(2026, 9, 2), {}, date(2026, 10, 28)),
    # From Friday 30 October: eight weeks end on Friday 25 December, First Christmas Day; 26 is a
    # Saturday and 27 a Sunday, so Monday 28 December (art. 1 Atw).
    (date(2026, 10, 30), {}, date(2026, 12, 28)),
    # Six weeks for a klacht from Tuesday 15 December 2026: Tuesday 26 January.
    (date(2026, 12, 15), {"doorlooptijd_aantal": 6}, date(2027, 1, 26)),
    # Four weeks for Woo from Thursday 9 April 2026: 7 May. From 16 April: 14 May is Hemelvaart.
    (date(2026, 4, 9), {"doorlooptijd_aantal": 4}, date(2026, 5, 7)),
    (date(2026, 4, 16), {"doorlooptijd_aantal": 4}, date(2026, 5, 15)),
    # A month for AVG from 31 January: the last day of February, a Sunday in 2027.
    (
        date(2027, 1, 31),
        {"doorlooptijd_aantal": 1, "doorlooptijd_eenheid": "maanden"},
        date(2027, 3, 1),
    ),
    # Twelve weeks still roll over, thirteen no longer (art. 4 Atw): from Saturday 5 September.
    (date(2026, 9, 5), {"doorlooptijd_aantal": 12}, date(2026, 11, 30)),
    (date(2026, 9, 5), {"doorlooptijd_aantal": 13}, date(2026, 12, 5)),
    # 5 May is a feestdag every year, also outside lustrum years.
    (date(2026, 4, 7), {"doorlooptijd_aantal": 4}, date(2026, 5, 6)),
]


@pytest.mark.parametrize(("start", "velden", "uiterlijk"), WETTELIJK)
def test_the_last_day_by_law(start: date, velden: dict[str, Any], uiterlijk: date) -> None:
    assert einddata(start, **velden)[1] == uiterlijk


def test_bezwaar_counts_from_the_end_of_the_bezwaartermijn() -> None:
    """Art. 7:10 Awb: six weeks, twelve with a committee, from the day after the term to object."""
    velden = {"doorlooptijd_aantal": 6, "doorlooptijd_commissie": 12}
    ontvangen, einde = date(2026, 9, 1), date(2026, 9, 16)
    assert einddata(ontvangen, z_termijn_vanaf=einde, **velden)[1] == date(2026, 10, 28)
    met = einddata(ontvangen, z_termijn_vanaf=einde, z_met_commissie=True, **velden)
    assert met[1] == date(2026, 12, 9)


@pytest.mark.parametrize("stil", [0, 1, 5, 14, 40])
def test_the_term_moves_by_the_days_that_it_stood_still(stil: int) -> None:
    """Before weekends and feestdagen are looked at, and never twice."""
    start = date(2026, 9, 2)
    kaal = start + timedelta(weeks=8, days=stil)
    uiterlijk = einddata(start, z_stil=stil)[1]
    assert uiterlijk >= kaal
    assert uiterlijk == wettelijke_einddatum(start, weken=8, opgeschort=stil)
    assert (uiterlijk - kaal).days <= 4


def test_an_extension_counts_from_the_end_and_months_grow_into_months() -> None:
    verlengd = {"verlenging_mogelijk": True, "verlenging_aantal": 6}
    start = date(2026, 9, 2)
    met = einddata(start, z_verlengd=6, z_verlengd_eenheid="weken", **verlengd)
    assert met[1] == start + timedelta(weeks=14)
    maanden = {"doorlooptijd_aantal": 1, "doorlooptijd_eenheid": "maanden"}
    langer = {"verlenging_mogelijk": True, "verlenging_aantal": 2, "verlenging_eenheid": "maanden"}
    # One month from 31 December is 31 January, three are 31 March: not 31 January plus two.
    dag = einddata(
        date(2026, 12, 31), z_verlengd=2, z_verlengd_eenheid="maanden", **maanden, **langer
    )[1]
    assert dag == date(2027, 3, 31)


def test_our_promise_in_open_days_is_never_later_than_the_law() -> None:
    # Five open days after Friday 18 December: Christmas is a Friday, so Monday 28 December.
    norm = {"servicenorm_aantal": 5, "servicenorm_eenheid": "werkdagen"}
    assert einddata(date(2026, 12, 18), **norm)[0] == date(2026, 12, 28)
    lang = {"servicenorm_aantal": 20, "servicenorm_eenheid": "weken"}
    gepland, uiterlijk = einddata(date(2026, 9, 2), **lang)
    assert gepland == uiterlijk
    assert einddata(date(2026, 9, 2))[0] is None


def test_our_promise_moves_along() -> None:
    norm = {"servicenorm_aantal": 4, "servicenorm_eenheid": "weken"}
    verlengd = {"verlenging_mogelijk": True, "verlenging_aantal": 2}
    stil = einddata(date(2026, 9, 2), z_stil=7, **norm)[0]
    assert stil == date(2026, 10, 7)
    langer = einddata(
        date(2026, 9, 2), z_verlengd=2, z_verlengd_eenheid="weken", **norm, **verlengd
    )[0]
    assert langer == date(2026, 10, 14)
