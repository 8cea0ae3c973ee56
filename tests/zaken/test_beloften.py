"""Every open promise has an owner, and is listed before it is broken (S1-5, S3-8)."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kcc.models import Verwerkingslogregel
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    GroepFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    moment,
)
from zaken import services
from zaken.bewaking.beloften import owner_of
from zaken.models import InterneTaak
from zaken.services.bewaking import run_guard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]

URL = "/werkvoorraad/bewaking/beloften/"


@pytest.fixture(autouse=True)
def donderdag() -> Any:
    """Thursday morning: the term of the factory is tomorrow at closing time."""
    with time_machine.travel(moment("2026-11-19 10:00"), tick=False):
        yield


@pytest.fixture
def teamleider(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("teamleider")


def toont(client: KccClient, **vraag: str) -> list[str]:
    """The numbers in the list, in order."""
    lijst = client.get(URL, vraag).context["lijst"]
    return [rij.taak.nummer for rij in lijst.rijen]


# --- nobody is nobody's ---


@pytest.mark.parametrize("aanwezig", list(itertools.product([True, False], repeat=4)), ids=str)
def test_an_open_taak_always_has_an_owner(
    aanwezig: tuple[bool, ...], teamleider: KccClient
) -> None:
    persoon, groep, coordinator, hoofd = aanwezig
    afdeling = AfdelingFactory.create(
        coordinator=MedewerkerFactory.create(achternaam="Coor") if coordinator else None,
        hoofd=MedewerkerFactory.create(achternaam="Hoofd") if hoofd else None,
    )
    taak = InterneTaakFactory.create(
        afdeling=afdeling,
        toegewezen_aan=MedewerkerFactory.create(achternaam="Smit") if persoon else None,
        groep=GroepFactory.create(afdeling=afdeling, naam="Team Reizen") if groep else None,
    )
    verwacht = next(
        naam
        for is_er, naam in [
            (persoon, "A. Smit"),
            (groep, "Team Reizen"),
            (coordinator, "A. Coor"),
            (hoofd, "A. Hoofd"),
            (True, "Teamleiders KCC"),
        ]
        if is_er
    )
    assert owner_of(taak).naam == verwacht
    assert verwacht in teamleider.get(URL).content.decode()


def test_who_no_longer_works_here_owns_nothing() -> None:
    afdeling = AfdelingFactory.create(
        coordinator=MedewerkerFactory.create(is_active=False),
        hoofd=MedewerkerFactory.create(achternaam="Hoofd"),
    )
    groep = GroepFactory.create(afdeling=afdeling, is_actief=False)
    assert owner_of(InterneTaakFactory.create(afdeling=afdeling, groep=groep)).naam == "A. Hoofd"


def test_it_stays_in_the_list_until_the_citizen_was_told(teamleider: KccClient) -> None:
    wie = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[AfdelingFactory.create()])
    taak = InterneTaakFactory.create(toegewezen_aan=wie, status="in_behandeling")
    services.save_antwoord(taak=taak, antwoord="Ja.", by=wie, at=moment("2026-11-19 10:00"))
    assert toont(teamleider) == [taak.nummer]
    services.finish_interne_taak(
        taak=taak, antwoord="Ja.", terugkoppeling="gebeld", by=wie, at=moment("2026-11-19 10:00")
    )
    assert toont(teamleider) == []


# --- before it is broken ---


def test_a_promise_is_listed_before_it_is_broken(teamleider: KccClient) -> None:
    """Four werkuren before the term, as the guard has it; and not any more once it is late."""
    taak = InterneTaakFactory.create()
    for op, dreigt, laat in (
        ("2026-11-20 12:59", [], []),
        ("2026-11-20 13:00", [taak.nummer], []),
        ("2026-11-20 16:59", [taak.nummer], []),
        ("2026-11-20 17:01", [], [taak.nummer]),
    ):
        with time_machine.travel(moment(op), tick=False):
            teamleider.force_login(
                teamleider.medewerker, backend="organisatie.backends.MedewerkerBackend"
            )
            assert (toont(teamleider, stand="dreigt"), toont(teamleider, stand="te_laat")) == (
                dreigt,
                laat,
            ), op


def test_a_call_back_threatens_while_its_window_runs(teamleider: KccClient) -> None:
    velden = {
        "terugbellen_van": moment("2026-11-19 09:30"),
        "terugbellen_tot": moment("2026-11-19 11:00"),
        "termijn_op": moment("2026-11-27 17:00"),
    }
    taak, gebeld = InterneTaakFactory.create_batch(2, **velden)
    wie = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[gebeld.afdeling])
    services.log_contactpoging(
        taak=gebeld, resultaat="geen_gehoor", notitie="", by=wie, at=moment("2026-11-19 09:45")
    )
    assert toont(teamleider, stand="dreigt") == [taak.nummer]
    assert len(toont(teamleider, stand="terugbellen")) == 2
    InterneTaak.objects.update(terugbellen_tot=moment("2026-11-19 09:50"))
    assert toont(teamleider, stand="te_laat") == [taak.nummer]


def test_the_step_of_the_guard_is_shown_and_filtered_on(teamleider: KccClient) -> None:
    laat = InterneTaakFactory.create(termijn_op=moment("2026-11-18 17:00"))
    InterneTaakFactory.create()
    run_guard(at=moment("2026-11-19 10:00"))
    assert toont(teamleider, stand="geescaleerd") == [laat.nummer]
    assert "naar de coördinator" in teamleider.get(URL).content.decode()


# --- who sees what ---


def test_each_sees_his_own(client_as: Callable[..., KccClient], teamleider: KccClient) -> None:
    agent, collega = client_as("kcc_medewerker"), client_as("kcc_medewerker")
    specialist = client_as("vakspecialist")
    taak = InterneTaakFactory.create(
        klantcontact=KlantcontactFactory.create(
            afgerond=True, gespreksresultaat="overgedragen", medewerker=agent.medewerker
        )
    )
    eigen = client_as("coordinator", afdelingen=[taak.afdeling])
    ander = client_as("coordinator", afdelingen=[AfdelingFactory.create(identificatie="wonen")])
    for client, ziet in (
        (agent, True),
        (collega, False),
        (teamleider, True),
        (eigen, True),
        (ander, False),
        (specialist, False),
    ):
        assert (toont(client) == [taak.nummer]) is ziet, client.medewerker.rollen
    InterneTaak.objects.update(toegewezen_aan=specialist.medewerker)
    assert toont(specialist) == [taak.nummer]
    assert client_as("beheerder").get(URL).status_code == 403


def test_the_names_in_the_list_are_noted(teamleider: KccClient) -> None:
    InterneTaakFactory.create(
        klantcontact=KlantcontactFactory.create(
            afgerond=True, gespreksresultaat="overgedragen", partij=PartijFactory.create()
        )
    )
    teamleider.get(URL)
    assert Verwerkingslogregel.objects.filter(doel="beloften").count() == 1


# --- filter and order ---


def test_filter_and_order_by_what_is_allowed(teamleider: KccClient) -> None:
    wonen = AfdelingFactory.create(identificatie="wonen")
    eerste = InterneTaakFactory.create(termijn_op=moment("2026-11-19 12:00"))
    tweede = InterneTaakFactory.create(
        afdeling=wonen, toegewezen_aan=MedewerkerFactory.create(), status="in_behandeling"
    )
    assert toont(teamleider) == [eerste.nummer, tweede.nummer]
    assert toont(teamleider, sorteer="-termijn") == [tweede.nummer, eerste.nummer]
    assert toont(teamleider, sorteer="-afdeling") == [tweede.nummer, eerste.nummer]
    assert toont(teamleider, sorteer="eigenaar") == [tweede.nummer, eerste.nummer]
    assert toont(teamleider, afdeling="wonen") == [tweede.nummer]
    assert toont(teamleider, stand="niemand") == [eerste.nummer]
    for vreemd in ("klantcontact__partij__achternaam", "toegewezen_aan__password", "-"):
        assert toont(teamleider, sorteer=vreemd) == [eerste.nummer, tweede.nummer]
    assert toont(teamleider, afdeling="bestaat-niet", stand="x") == [eerste.nummer, tweede.nummer]


def test_twenty_or_a_hundred_rows(teamleider: KccClient) -> None:
    InterneTaakFactory.create_batch(21)
    assert len(toont(teamleider)) == 20
    assert len(toont(teamleider, per="100")) == 21
    assert len(toont(teamleider, per="1000")) == 20


def test_the_list_costs_the_same_for_every_length(teamleider: KccClient) -> None:
    afdeling = AfdelingFactory.create(coordinator=MedewerkerFactory.create())
    teamleider.get(URL)
    kosten = []
    for erbij in (1, 19):
        for _ in range(erbij):
            InterneTaakFactory.create(afdeling=afdeling)
        with CaptureQueriesContext(connection) as vragen:
            assert teamleider.get(URL, headers=HTMX).status_code == 200
        kosten.append(len(vragen))
    assert kosten[0] == kosten[1] < 22


def test_the_fragment_is_the_list_only(teamleider: KccClient) -> None:
    InterneTaakFactory.create()
    antwoord = teamleider.get(URL, headers=HTMX)
    assert "<html" not in antwoord.content.decode()
    assert reverse("zaken:beloften") == URL
