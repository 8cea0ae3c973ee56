"""Each figure against a set that was counted by hand."""

from datetime import timedelta

import pytest

from contacts.models import Gesprek, Gespreksresultaat
from rapportage.models import UurDoorlooptijd, UurTaken, UurTelling
from rapportage.rollup import NIET_ZELF, OPGELOST, VERBROKEN
from tests.factories import AfdelingFactory, PartijFactory, ProductFactory, moment
from tests.rapportage.records import DAG, change, compute, contact, sums, taak

pytestmark = pytest.mark.django_db


def test_contacten_are_all_closed_ones_and_no_concepts() -> None:
    contact()
    contact(resultaat="verbinding_verbroken")
    change(contact(), afgerond_op=None)
    compute()
    assert sums("contacten") == (2,)


def test_fcr_a_is_self_and_after_consultation_of_those_with_a_question() -> None:
    for resultaat in Gespreksresultaat.values:
        contact(resultaat=resultaat)
    compute()
    # Nine results; only a broken line is without a question.
    assert sums("met_vraag", "fcr_a") == (8, 2)


def test_a_broken_line_with_a_question_written_down_still_has_no_question_that_counts() -> None:
    contact(resultaat="verbinding_verbroken", onderwerp="Over mijn pas")
    compute()
    assert sums("contacten", "met_vraag", "behandeld") == (1, 0, 0)


def test_fcr_b_leaves_out_transfers_referrals_and_hand_offs() -> None:
    for resultaat in Gespreksresultaat.values:
        contact(resultaat=resultaat)
    compute()
    # Handled: nine without the broken line. Not at once: two transfers, a referral, a hand-off.
    assert sums("behandeld", "fcr_b") == (8, 4)


def test_fcr_b_counts_no_contact_that_has_a_taak_whatever_its_result() -> None:
    taak(klantcontact=contact())
    contact()
    compute()
    assert sums("behandeld", "fcr_b") == (2, 1)


def test_every_result_has_its_place_in_the_definitions() -> None:
    overig = {"klant_belt_terug", "neemt_opnieuw_contact_op"}
    assert {*NIET_ZELF, *OPGELOST, VERBROKEN, *overig} == set(Gespreksresultaat.values)


@pytest.mark.parametrize(
    ("later", "herhaald"),
    [
        (timedelta(seconds=1), True),
        (timedelta(days=3), True),
        (timedelta(days=7), True),
        (timedelta(days=7, microseconds=1), False),
        (timedelta(0), False),
    ],
    ids=["een tel", "drie dagen", "precies zeven dagen", "net langer", "tegelijk"],
)
def test_fcr_c_counts_who_came_back_within_seven_days(later: timedelta, herhaald: bool) -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    contact(DAG, partij=partij, product=product)
    contact(DAG + later, partij=partij, product=product)
    compute()
    assert sums("herkenbaar", "fcr_c") == (2, 1 if herhaald else 2)


def test_fcr_c_looks_across_channels_and_at_contacts_of_any_result() -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    contact(DAG, partij=partij, product=product, kanaal="telefoon")
    contact(DAG + timedelta(days=1), partij=partij, product=product, kanaal="balie")
    contact(DAG + timedelta(days=2), "verbinding_verbroken", partij=partij, product=product)
    compute()
    # The broken line is no question of its own, but it does show that the citizen came back.
    assert sums("herkenbaar", "fcr_c") == (2, 0)


def test_fcr_c_is_not_spoiled_by_another_product_another_person_or_a_concept() -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    contact(DAG, partij=partij, product=product)
    contact(DAG + timedelta(days=1), partij=partij, product=ProductFactory.create(naam="rijbewijs"))
    contact(DAG + timedelta(days=1), partij=PartijFactory.create(), product=product)
    change(contact(DAG + timedelta(days=1), partij=partij, product=product), afgerond_op=None)
    compute()
    assert sums("herkenbaar", "fcr_c") == (3, 3)


def test_fcr_c_says_nothing_about_the_anonymous_or_without_a_product() -> None:
    product = ProductFactory.create()
    contact(is_anoniem=True, product=product)
    contact(is_anoniem=True, product=product, op=DAG + timedelta(days=1))
    contact(partij=PartijFactory.create())
    compute()
    assert sums("met_vraag", "herkenbaar", "fcr_c") == (3, 0, 0)


def test_seven_days_are_168_hours_also_over_the_night_that_the_clock_goes_back() -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    eerst = moment("2026-10-21 10:00")
    # A week later at the same time on the clock is 169 hours later.
    contact(eerst, partij=partij, product=product)
    contact(moment("2026-10-28 10:00"), partij=partij, product=product)
    compute()
    assert sums("fcr_c") == (2,)
    contact(moment("2026-10-28 09:00"), partij=partij, product=product)
    compute()
    # Now the first was repeated, and so was the one of nine o'clock.
    assert sums("herkenbaar", "fcr_c") == (3, 1)


def test_talk_and_wrap_up_count_once_per_conversation() -> None:
    gesprek = Gesprek.objects.create(
        kanaal="telefoon",
        medewerker=contact().medewerker,
        gestart_op=DAG,
        opgehangen_op=DAG + timedelta(seconds=240),
        afgerond_op=DAG + timedelta(seconds=310),
    )
    contact(DAG, gesprek=gesprek)
    contact(DAG + timedelta(hours=1), gesprek=gesprek)
    compute()
    assert sums("contacten", "gespreksseconden", "nawerkseconden") == (3, 240, 70)


def test_an_hour_is_split_by_kanaal_doelgroep_afdeling_and_product() -> None:
    afdeling, product = AfdelingFactory.create(), ProductFactory.create()
    for velden in (
        {},
        {"kanaal": "balie"},
        {"doelgroep": "ondernemer"},
        {"afdeling": afdeling},
        {"product": product},
    ):
        contact(**velden)
        contact(**velden)
    compute()
    assert sorted(UurTelling.objects.values_list("contacten", flat=True)) == [2, 2, 2, 2, 2]
    assert UurTelling.objects.filter(afdeling=None, product=None).count() == 3


def test_the_hour_shown_twice_in_october_is_two_hours() -> None:
    zomer = moment("2026-10-25 02:30")
    winter = zomer.replace(fold=1)
    contact(zomer)
    contact(winter)
    contact(winter)
    compute()
    uren = list(UurTelling.objects.order_by("uur").values_list("uur", "contacten"))
    assert [f"{uur:%H:%M} {aantal}" for uur, aantal in uren] == ["00:00 1", "01:00 2"]


def test_a_taak_counts_when_handed_off_when_due_and_when_finished() -> None:
    taak(
        moment("2026-11-04 10:15"),
        termijn_op=moment("2026-11-06 17:00"),
        afgehandeld_op=moment("2026-11-05 11:59"),
    )
    compute()
    rijen = UurTaken.objects.order_by("uur").values_list(
        "uur", "overgedragen", "verschuldigd", "binnen_termijn", "afgehandeld"
    )
    assert [(f"{uur:%d %H}", *tellers) for uur, *tellers in rijen] == [
        ("04 09", 1, 0, 0, 0),
        ("05 10", 0, 0, 0, 1),
        ("06 16", 0, 1, 1, 0),
    ]


@pytest.mark.parametrize(
    ("klaar", "op_tijd"),
    [("2026-11-06 17:00:00", 1), ("2026-11-06 17:00:01", 0), (None, 0)],
    ids=["precies op tijd", "een tel te laat", "nog open"],
)
def test_within_term_is_finished_at_the_term_at_the_latest(klaar: str | None, op_tijd: int) -> None:
    taak(termijn_op=moment("2026-11-06 17:00"), afgehandeld_op=moment(klaar) if klaar else None)
    compute()
    rij = UurTaken.objects.get(verschuldigd=1)
    assert rij.binnen_termijn == op_tijd


def test_a_taak_counts_with_the_afdeling_that_has_it_and_the_rest_of_its_contact() -> None:
    kcc, parkeren = (AfdelingFactory.create(identificatie=naam) for naam in ("kcc", "parkeren"))
    vraag = contact(resultaat="overgedragen", kanaal="balie", doelgroep="ondernemer", afdeling=kcc)
    taak(klantcontact=vraag, afdeling=parkeren)
    compute()
    assert set(UurTaken.objects.values_list("kanaal", "doelgroep", "afdeling__naam")) == {
        ("balie", "ondernemer", "Parkeren")
    }


def test_durations_are_kept_as_a_histogram_of_minutes() -> None:
    afdeling = AfdelingFactory.create()
    for minuten in (90, 90, 15):
        taak(afgehandeld_op=DAG + timedelta(hours=3), werkminuten=minuten, afdeling=afdeling)
    compute()
    rijen = UurDoorlooptijd.objects.order_by("werkminuten").values_list("werkminuten", "aantal")
    assert list(rijen) == [(15, 1), (90, 2)]
