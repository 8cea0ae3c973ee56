"""Van het kastje naar de muur: two transfers, and the question is on the list (S2-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Partij
from kennisbank.models import Product
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    ProductFactory,
    moment,
)
from zaken import services
from zaken.bewaking.doorgestuurd import passed_on
from zaken.models import InterneTaak
from zaken.services.stap import add_gebeurtenis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]

NU = moment("2026-11-19 10:00")
URL = "/werkvoorraad/bewaking/doorgestuurd/"


@pytest.fixture(autouse=True)
def donderdag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def teamleider(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("teamleider")


def overdracht(partij: Partij, product: Product, dagen_geleden: int = 0) -> InterneTaak:
    """A contact of this person about this product, handed over."""
    op = NU - timedelta(days=dagen_geleden, hours=1)
    contact = KlantcontactFactory.create(
        afgerond=True,
        gespreksresultaat="overgedragen",
        partij=partij,
        product=product,
        plaatsgevonden_op=op,
    )
    taak = InterneTaakFactory.create(
        klantcontact=contact, aangemaakt_op=op, termijn_op=NU + timedelta(days=1)
    )
    add_gebeurtenis(
        taak=taak, soort="overgedragen", by=contact.medewerker, at=op, afdeling=taak.afdeling
    )
    return taak


def lijst(client: KccClient) -> list[tuple[str, int]]:
    return [(rij.taak.nummer, rij.keer) for rij in client.get(URL).context["lijst"].rijen]


def test_a_question_that_is_passed_on_is_on_the_list_at_once(teamleider: KccClient) -> None:
    """From the KCC to Burgerzaken, and from there to Wonen: two transfers."""
    taak = overdracht(PartijFactory.create(), ProductFactory.create())
    assert lijst(teamleider) == []
    wie = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[taak.afdeling])
    coor = MedewerkerFactory.create(achternaam="Bakker")
    wonen = AfdelingFactory.create(identificatie="wonen", coordinator=coor)
    services.forward_interne_taak(taak=taak, afdeling=wonen, reden="Gaat over huur.", by=wie, at=NU)
    assert lijst(teamleider) == [(taak.nummer, 2)]
    pagina = teamleider.get(URL).content.decode()
    assert "Overgedragen aan Burgerzaken" in pagina
    assert "Doorgestuurd naar Wonen" in pagina
    assert "Gaat over huur." in pagina
    assert "Aan zet: A. Bakker" in pagina


def test_who_calls_again_about_the_same_and_is_handed_over_again(teamleider: KccClient) -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    eerste = overdracht(partij, product, dagen_geleden=13)
    InterneTaak.objects.filter(pk=eerste.pk).update(
        status="afgehandeld", afgehandeld_op=NU, afgehandeld_door=eerste.aangemaakt_door,
        werkminuten=1,
    )  # fmt: skip
    tweede = overdracht(partij, product)
    assert lijst(teamleider) == [(tweede.nummer, 2)]
    assert "Eerder contact" in teamleider.get(URL).content.decode()


@pytest.mark.parametrize(
    "anders",
    [
        {"partij": PartijFactory},
        {"product": lambda: ProductFactory.create(naam="rijbewijs")},
        {"dagen_geleden": 15},
    ],
    ids=["iemand anders", "een ander product", "te lang geleden"],
)
def test_another_person_product_or_month_is_another_question(
    teamleider: KccClient, anders: dict[str, Any]
) -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    velden: dict[str, Any] = {"partij": partij, "product": product, "dagen_geleden": 3}
    for sleutel, waarde in anders.items():
        velden[sleutel] = waarde() if callable(waarde) else waarde
    overdracht(**velden)
    overdracht(partij, product)
    assert lijst(teamleider) == []


def test_what_is_finished_is_off_the_list(teamleider: KccClient) -> None:
    taak = overdracht(PartijFactory.create(), ProductFactory.create())
    InterneTaak.objects.update(aantal_overdrachten=3)
    assert lijst(teamleider) == [(taak.nummer, 3)]
    InterneTaak.objects.update(
        status="afgehandeld", afgehandeld_op=NU, afgehandeld_door=taak.aangemaakt_door,
        werkminuten=1,
    )  # fmt: skip
    assert lijst(teamleider) == []


def test_a_coordinator_sees_his_departments_only(client_as: Callable[..., KccClient]) -> None:
    taak = overdracht(PartijFactory.create(), ProductFactory.create())
    InterneTaak.objects.update(aantal_overdrachten=2)
    eigen = client_as("coordinator", afdelingen=[taak.afdeling])
    ander = client_as("coordinator", afdelingen=[AfdelingFactory.create(identificatie="wonen")])
    assert lijst(eigen) == [(taak.nummer, 2)]
    assert lijst(ander) == []
    assert passed_on(ander.medewerker, NU).count() == 0
    for rol in ("kcc_medewerker", "vakspecialist", "beheerder"):
        assert client_as(rol).get(URL).status_code == 403


def test_the_list_costs_the_same_for_every_length(teamleider: KccClient) -> None:
    product = ProductFactory.create()
    kosten = []
    teamleider.get(URL)
    for erbij in (1, 19):
        for _ in range(erbij):
            partij = PartijFactory.create()
            overdracht(partij, product, dagen_geleden=2)
            overdracht(partij, product)
        with CaptureQueriesContext(connection) as vragen:
            assert teamleider.get(URL, headers=HTMX).status_code == 200
        kosten.append(len(vragen))
    assert kosten[0] == kosten[1] < 20
    assert reverse("zaken:doorgestuurd") == URL
