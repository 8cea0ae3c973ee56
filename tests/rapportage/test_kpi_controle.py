"""The control finds a difference where one is, and none where there is none."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import BijzondereDag
from organisatie.werkkalender import laad_werkkalender, werkseconden_tussen
from rapportage.kpis import KPIS
from rapportage.models import UurDoorlooptijd, UurTaken, UurTelling
from tests.factories import AfdelingFactory, PartijFactory, ProductFactory, moment
from tests.rapportage.records import DAG, NU, change, compute, contact, taak
from zaken.models import InterneTaak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nu", "openingstijden")]


def worked(begin: str, eind: str) -> InterneTaak:
    """A taak that took as long as the werkkalender says."""
    van, tot = moment(begin), moment(eind)
    seconden = werkseconden_tussen(van, tot, kalender=laad_werkkalender())
    return taak(van, afgehandeld_op=tot, werkminuten=seconden // 60)


@pytest.fixture
def gemeente() -> None:
    """Something of everything, on both sides of every edge of a definition."""
    partij, product = PartijFactory.create(), ProductFactory.create()
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    for uur, resultaat in enumerate(
        ["zelfstandig_afgehandeld", "na_ruggespraak", "klant_belt_terug", "doorverbonden_afdeling",
         "doorverbonden_collega", "neemt_opnieuw_contact_op", "verbinding_verbroken", "verwezen"]
    ):  # fmt: skip
        contact(DAG + timedelta(hours=uur), resultaat, partij=partij, product=product)
        contact(DAG + timedelta(hours=uur), resultaat, kanaal="balie", afdeling=parkeren)
    contact(DAG + timedelta(days=7), partij=partij, product=product)
    contact(DAG + timedelta(days=14, microseconds=1), partij=partij, product=product)
    contact(moment("2026-10-25 02:30"))
    contact(moment("2026-10-25 02:30").replace(fold=1))
    contact(NU - timedelta(days=2), partij=PartijFactory.create(), product=product)
    taak(klantcontact=contact())
    taak(NU - timedelta(hours=1), termijn_op=NU + timedelta(days=1))
    # Weekend, feestdag, new year, the clock, one second, and no open time at all.
    for begin, eind in (
        ("2026-10-23 16:30", "2026-10-26 09:20"),
        ("2025-12-24 16:00", "2026-01-02 10:07"),
        ("2026-04-24 12:00", "2026-04-28 12:00"),
        ("2026-11-04 09:00:00", "2026-11-04 09:00:59"),
        ("2026-11-07 10:00", "2026-11-07 23:00"),
    ):
        worked(begin, eind)


def control() -> None:
    """Run the command for the default period."""
    call_command("kpi_controle")


def test_clean_data_has_no_differences(gemeente: None, capsys: pytest.CaptureFixture[str]) -> None:
    compute()
    control()
    uit = capsys.readouterr().out
    assert "Geen verschillen." in uit
    # One line for each of the figures.
    assert uit.count(" 0\n") == len(KPIS)


def test_dirty_hours_are_computed_first_and_it_says_so(
    gemeente: None, capsys: pytest.CaptureFixture[str]
) -> None:
    compute()
    contact(DAG)
    VuilUur.objects.create(uur=whole_hour(DAG))
    control()
    uit = capsys.readouterr().out
    assert "Uren die nog wachten: 1. Die worden eerst berekend." in uit
    assert not VuilUur.objects.exists()


def test_a_contact_whose_hour_was_never_marked_is_found(
    gemeente: None, capsys: pytest.CaptureFixture[str]
) -> None:
    compute()
    contact(DAG, "verwezen")
    with pytest.raises(CommandError) as fout:
        control()
    assert fout.value.returncode == 1
    uit = capsys.readouterr().out
    assert "rapportage_uurtelling.contacten, 04-11-2026 09:00 UTC, telefoon, inwoner" in uit
    # It was handled and not at once, so these two differ and the direct answers do not.
    assert "rapportage_uurtelling.behandeld" in uit
    assert "rapportage_uurtelling.fcr_b" not in uit


@pytest.mark.parametrize(
    "veld",
    ["contacten", "met_vraag", "fcr_a", "behandeld", "fcr_b", "herkenbaar", "fcr_c",
     "gespreksseconden", "nawerkseconden"],
)  # fmt: skip
def test_tampering_with_any_count_of_contacts_is_found(
    gemeente: None, veld: str, capsys: pytest.CaptureFixture[str]
) -> None:
    compute()
    rij = UurTelling.objects.order_by("uur").first()
    assert rij is not None
    setattr(rij, veld, getattr(rij, veld) + 1)
    rij.save(update_fields=[veld])
    with pytest.raises(CommandError, match=r"verschillen: 1\."):
        control()
    assert f"rapportage_uurtelling.{veld}, " in capsys.readouterr().out


@pytest.mark.parametrize("veld", ["overgedragen", "verschuldigd", "binnen_termijn", "afgehandeld"])
def test_tampering_with_any_count_of_taken_is_found(gemeente: None, veld: str) -> None:
    compute()
    rij = UurTaken.objects.order_by("uur").first()
    assert rij is not None
    setattr(rij, veld, getattr(rij, veld) + 1)
    rij.save(update_fields=[veld])
    with pytest.raises(CommandError, match=r"verschillen: 1\."):
        control()


def test_a_shifted_duration_in_the_histogram_is_found(gemeente: None) -> None:
    compute()
    rij = UurDoorlooptijd.objects.order_by("uur").first()
    assert rij is not None
    rij.werkminuten += 1
    rij.save(update_fields=["werkminuten"])
    # One cell too many, and one too few.
    with pytest.raises(CommandError, match=r"verschillen: 2\."):
        control()


def test_a_missing_row_is_found(gemeente: None) -> None:
    compute()
    UurTelling.objects.order_by("uur")[0].delete()
    with pytest.raises(CommandError, match="verschillen"):
        control()


def test_working_minutes_that_do_not_follow_from_the_opening_hours_are_found(
    gemeente: None, capsys: pytest.CaptureFixture[str]
) -> None:
    fout = worked("2026-11-09 10:00", "2026-11-10 10:00")
    InterneTaak.objects.filter(pk=fout.pk).update(werkminuten=24 * 60)
    compute()
    with pytest.raises(CommandError, match=r"verschillen: 1\."):
        control()
    assert f"werkminuten, {fout.nummer}: rapportage 1440, bron 480" in capsys.readouterr().out


def test_special_days_go_before_weekday_and_feestdag(capsys: pytest.CaptureFixture[str]) -> None:
    BijzondereDag.objects.create(datum="2026-11-10", omschrijving="studiedag")
    BijzondereDag.objects.create(
        datum="2026-04-27", omschrijving="toch open", van="10:00", tot="12:00"
    )
    een = worked("2026-11-09 16:00", "2026-11-11 10:00")
    twee = worked("2026-04-24 16:00", "2026-04-28 10:00")
    assert (een.werkminuten, twee.werkminuten) == (120, 240)
    compute()
    control()
    assert "Geen verschillen." in capsys.readouterr().out


def test_a_period_can_be_asked_for(gemeente: None, capsys: pytest.CaptureFixture[str]) -> None:
    compute()
    call_command("kpi_controle", "--van=2026-10-25", "--tot=2026-10-25")
    regel = next(r for r in capsys.readouterr().out.splitlines() if r.startswith("Contacten"))
    assert regel.split() == ["Contacten", "2", "2", "0"]


def test_a_difference_in_the_period_shows_in_its_line(
    gemeente: None, capsys: pytest.CaptureFixture[str]
) -> None:
    compute()
    een = contact(DAG, "verwezen")
    change(een, kanaal="chat")
    with pytest.raises(CommandError):
        control()
    regel = next(r for r in capsys.readouterr().out.splitlines() if r.startswith("Direct"))
    assert regel.split()[-1] == "+0/-1"
