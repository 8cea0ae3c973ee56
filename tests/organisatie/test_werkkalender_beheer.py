"""Opening hours as the beheerder keeps them: what held in the past stays as it was."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from organisatie.models import Afdeling, BijzondereDag, Openingstijd
from organisatie.werkkalender import laad_werkkalender
from rapportage.services import recompute_dirty_hours
from tests.conftest import KccClient
from tests.factories import WOENSDAG, AfdelingFactory, InterneTaakFactory, MedewerkerFactory, moment
from zaken import services


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def beheerder(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("beheerder")


def velden(**anders: Any) -> dict[str, Any]:
    return {"afdeling": "", "weekdag": 3, "van": "09:00", "tot": "17:00", "geldig_vanaf": "",
            "geldig_tot": "", **anders}  # fmt: skip


def change(rij: Openingstijd) -> str:
    return reverse("admin:organisatie_openingstijd_change", args=[rij.pk])


@pytest.fixture
def rij(db: None) -> Openingstijd:
    return Openingstijd.objects.create(weekdag=3, van=time(9), tot=time(17))


def test_hours_that_hold_already_only_end(beheerder: KccClient, rij: Openingstijd) -> None:
    antwoord = beheerder.post(change(rij), velden(tot="16:00"))
    assert antwoord.status_code == 200
    assert "Deze uren gelden al." in antwoord.content.decode()
    assert beheerder.post(change(rij), velden(geldig_tot="17-11-2026")).status_code == 200
    assert beheerder.post(change(rij), velden(geldig_tot="24-11-2026")).status_code == 302
    rij.refresh_from_db()
    assert (rij.tot, rij.geldig_tot) == (time(17), date(2026, 11, 24))
    weg = reverse("admin:organisatie_openingstijd_delete", args=[rij.pk])
    assert beheerder.post(weg, {"post": "yes"}).status_code == 403


def test_hours_that_have_yet_to_begin_change_and_go(
    beheerder: KccClient, rij: Openingstijd
) -> None:
    Openingstijd.objects.update(geldig_vanaf=date(2026, 12, 1))
    straks = velden(tot="16:00", geldig_vanaf="01-12-2026")
    assert beheerder.post(change(rij), straks).status_code == 302
    weg = reverse("admin:organisatie_openingstijd_delete", args=[rij.pk])
    assert beheerder.post(weg, {"post": "yes"}).status_code == 302
    assert not Openingstijd.objects.exists()


def test_a_department_has_its_own_day_and_no_feestdag_of_its_own(
    beheerder: KccClient, rij: Openingstijd
) -> None:
    afdeling: Afdeling = AfdelingFactory.create()
    url = reverse("admin:organisatie_bijzonderedag_add")
    dag = {"datum": "25-11-2026", "omschrijving": "Studiedag", "van": "", "tot": "",
           "afdeling": afdeling.pk}  # fmt: skip
    assert beheerder.post(url, {**dag, "is_feestdag": "on"}).status_code == 200
    assert beheerder.post(url, dag).status_code == 302
    assert beheerder.post(url, dag).status_code == 200  # the same day again
    assert beheerder.post(url, {**dag, "afdeling": ""}).status_code == 302
    BijzondereDag.objects.filter(afdeling=None).update(van=time(10), tot=time(12))
    assert laad_werkkalender().uren(date(2026, 11, 25)) == ((time(10), time(12)),)
    assert laad_werkkalender(afdeling).uren(date(2026, 11, 25)) == ()


def test_the_page_names_departments_with_hours_of_their_own(
    beheerder: KccClient, rij: Openingstijd
) -> None:
    afdeling = AfdelingFactory.create(naam="Sociaal domein")
    Openingstijd.objects.create(
        afdeling=afdeling, weekdag=1, van=time(7), tot=time(8), geldig_vanaf=date(2026, 11, 18)
    )
    html = beheerder.get(reverse("organisatie:beheer")).content.decode()
    assert f"?van={afdeling.pk}" in html
    assert "07:00" not in html  # the general week is shown


def test_the_figures_still_agree_after_the_hours_changed(
    openingstijden: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of the taak lies before the change, half after; a department has its own hours too."""
    taak = InterneTaakFactory.create(aangemaakt_op=moment("2026-11-17 14:00"))
    wie = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[taak.afdeling])
    Openingstijd.objects.update(geldig_tot=date(2026, 11, 17))
    for weekdag in range(1, 6):
        Openingstijd.objects.create(
            weekdag=weekdag, van=time(10), tot=time(12), geldig_vanaf=date(2026, 11, 18)
        )
        Openingstijd.objects.create(
            afdeling=taak.afdeling, weekdag=weekdag, van=time(6), tot=time(22)
        )
    BijzondereDag.objects.create(
        afdeling=taak.afdeling, datum=date(2026, 11, 18), omschrijving="Dicht"
    )
    services.finish_interne_taak(
        taak=taak, antwoord="Ja.", terugkoppeling="gebeld", by=wie, at=moment("2026-11-18 11:00")
    )
    taak.refresh_from_db()
    assert taak.werkminuten == 3 * 60 + 60
    while recompute_dirty_hours():
        pass
    call_command("kpi_controle")
    assert "Geen verschillen." in capsys.readouterr().out
