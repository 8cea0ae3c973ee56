"""A list that is open: what changed in it, and who looks on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from organisatie.models import Medewerker
from tests.conftest import KccClient
from tests.factories import AfdelingFactory, InterneTaakFactory
from tests.zaken.hulp import LATER
from zaken import live, services
from zaken.models import InterneTaak, Kijker, TaakGebeurtenis

pytestmark = pytest.mark.usefixtures("later")
SINDS = "/werkvoorraad/sinds/?tab=burgerzaken"


@pytest.fixture
def client(vakspecialist: KccClient) -> KccClient:
    return vakspecialist


def ask(client: KccClient, stand: str, *getoond: InterneTaak) -> Any:
    return client.post(SINDS, {"stand": stand, "taak": [str(taak.uuid) for taak in getoond]})


def test_nothing_new_is_204_and_one_query(
    client: KccClient, taak: InterneTaak, django_assert_num_queries: Any
) -> None:
    client.get("/werkvoorraad/")
    stand = str(live.stand_now())
    with django_assert_num_queries(3):  # session, user, and ours
        antwoord = ask(client, stand, taak)
    assert antwoord.status_code == 204


def test_a_claim_by_a_colleague_comes_as_the_row(
    client: KccClient, taak: InterneTaak, collega: Medewerker
) -> None:
    stand = str(live.stand_now())
    services.claim_interne_taak(taak=taak, by=collega, at=LATER)
    nieuws = ask(client, stand, taak).json()
    assert "A. Bouali" in nieuws["rijen"][str(taak.uuid)]
    assert nieuws["nieuw"] == nieuws["weg"] == []
    assert ask(client, nieuws["stand"], taak).status_code == 204


def test_a_new_taak_is_only_announced(client: KccClient, taak: InterneTaak) -> None:
    stand = str(live.stand_now())
    nieuw = InterneTaakFactory.create()
    TaakGebeurtenis.objects.create(taak=nieuw, soort="overgedragen", op=LATER)
    nieuws = ask(client, stand, taak).json()
    assert nieuws["nieuw"] == [str(nieuw.uuid)]
    assert nieuws["rijen"] == {}


def test_what_went_elsewhere_is_told_without_what_it_is(
    client: KccClient, taak: InterneTaak, collega: Medewerker
) -> None:
    stand = str(live.stand_now())
    wmo = AfdelingFactory.create(identificatie="wmo")
    services.forward_interne_taak(taak=taak, afdeling=wmo, reden="Daar.", by=collega, at=LATER)
    nieuws = ask(client, stand, taak).json()
    assert nieuws["weg"] == [str(taak.uuid)]
    assert nieuws["rijen"] == {}
    assert taak.gevraagde_handeling not in str(nieuws)


def test_another_departments_taken_are_never_told_of(client: KccClient, taak: InterneTaak) -> None:
    wmo = AfdelingFactory.create(identificatie="wmo")
    elders = InterneTaakFactory.create(afdeling=wmo)
    stand = str(live.stand_now())
    TaakGebeurtenis.objects.create(taak=elders, soort="overgedragen", op=LATER)
    nieuws = ask(client, stand, taak).json()
    assert str(elders.uuid) not in str(nieuws)
    Kijker.objects.create(taak=elders, medewerker=client.medewerker, op=LATER)
    nieuws = ask(client, stand, elders).json()
    assert nieuws["rijen"] == nieuws["kijkers"] == {}


def test_a_step_that_was_stored_late_under_an_earlier_number_is_not_missed(
    client: KccClient, taak: InterneTaak, collega: Medewerker
) -> None:
    """Numbers are given out before a transaction ends: an earlier one may be stored later."""
    ander = InterneTaakFactory.create()
    pk = TaakGebeurtenis.objects.create(taak=ander, soort="notitie", op=LATER).pk
    laatste = TaakGebeurtenis.objects.create(pk=pk + 2, taak=ander, soort="notitie", op=LATER)
    stand = live.stand_now()
    assert stand.laatste == laatste.pk
    TaakGebeurtenis.objects.create(pk=pk + 1, taak=taak, soort="notitie", op=LATER, door=collega)
    verschil = live.since(stand=stand, getoond=[], medewerker=client.medewerker, nu=LATER)
    assert verschil is not None
    assert taak.pk in verschil.taken


@pytest.mark.parametrize("stand", ["", "x", "1-2", "9" * 30 + "-1-1", "-1-1-1"])
def test_a_stand_that_is_not_ours_asks_for_the_page_again(
    client: KccClient, taak: InterneTaak, stand: str
) -> None:
    assert ask(client, stand, taak).json() == {"opnieuw": True}


def test_by_get_it_is_refused(client: KccClient, taak: InterneTaak) -> None:
    assert client.get(SINDS).status_code == 405
    assert client.get(reverse("zaken:kijkt", args=[taak.uuid])).status_code == 405
    assert not Kijker.objects.exists()


class TestKijkers:
    def kijkt(self, client: KccClient, taak: InterneTaak) -> str:
        return client.post(reverse("zaken:kijkt", args=[taak.uuid])).content.decode()

    def test_two_see_one_another_in_page_and_list(
        self, client: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        ander = client_as("vakspecialist", voornaam="Ahmed", achternaam="Bouali")
        assert self.kijkt(client, taak) == ""
        assert self.kijkt(ander, taak) == "K. Smit kijkt nu"
        assert self.kijkt(client, taak) == "A. Bouali kijkt nu"
        assert "A. Bouali kijkt nu" in client.get("/werkvoorraad/").content.decode()
        stand = str(live.stand_now())
        nieuws = ask(client, stand, taak).json()
        assert nieuws["kijkers"] == {str(taak.uuid): "A. Bouali kijkt nu"}
        assert ask(client, nieuws["stand"], taak).status_code == 204

    def test_who_went_away_is_not_shown_and_then_forgotten(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        services.watch_taak(taak=taak, by=collega, at=LATER)
        with time_machine.travel(LATER + timedelta(seconds=26), tick=False):
            assert self.kijkt(client, taak) == ""
        assert services.forget_kijkers(at=LATER + timedelta(minutes=9)) == 0
        assert services.forget_kijkers(at=LATER + timedelta(minutes=11)) == 2

    def test_a_row_is_written_at_most_every_ten_seconds(
        self, taak: InterneTaak, collega: Medewerker
    ) -> None:
        for seconden, verwacht in ((0, 0), (5, 0), (10, 10)):
            services.watch_taak(taak=taak, by=collega, at=LATER + timedelta(seconds=seconden))
            assert Kijker.objects.get().op == LATER + timedelta(seconds=verwacht)

    def test_another_departments_taak_cannot_be_watched(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        elders = InterneTaakFactory.create(afdeling=AfdelingFactory.create(identificatie="wmo"))
        services.watch_taak(taak=elders, by=collega, at=LATER)
        antwoord = client.post(reverse("zaken:kijkt", args=[elders.uuid]))
        assert antwoord.status_code == 404
        assert Kijker.objects.count() == 1
