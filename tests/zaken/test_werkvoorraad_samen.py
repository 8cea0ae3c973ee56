"""One step with many taken: each has its own result, and its own rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from organisatie.models import Afdeling, Medewerker
from tests.conftest import KccClient
from tests.factories import AfdelingFactory, InterneTaakFactory
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("later")
PAD = "/werkvoorraad/samen/"


@pytest.fixture
def coordinator(client_as: Callable[..., KccClient], taak: InterneTaak) -> KccClient:
    return client_as("coordinator")


@pytest.fixture
def wmo() -> Afdeling:
    return AfdelingFactory.create(identificatie="wmo")


def post(client: KccClient, actie: str, taken: list[InterneTaak], **velden: Any) -> Any:
    return client.post(PAD, {"actie": actie, "taak": [str(t.uuid) for t in taken], **velden})


def goed(actie: str, collega: Medewerker, wmo: Afdeling) -> dict[str, Any]:
    velden: dict[str, dict[str, Any]] = {
        "toewijzen": {"medewerker": collega.pk},
        "doorsturen": {"afdeling": wmo.pk, "reden": "Hoort daar."},
        "prioriteit": {"prioriteit": 1},
        "loslaten": {},
    }
    return velden[actie] | {"zeker": "1"}


@pytest.mark.parametrize("actie", ["toewijzen", "doorsturen", "prioriteit", "loslaten"])
class TestEach:
    def test_first_it_asks_then_it_does(
        self, coordinator: KccClient, collega: Medewerker, wmo: Afdeling, actie: str
    ) -> None:
        taken = InterneTaakFactory.create_batch(2, toegewezen_aan=coordinator.medewerker)
        vraag = post(coordinator, actie, taken)
        assert vraag.status_code == 200
        assert "(2)" in vraag.content.decode()
        assert {t.versie for t in InterneTaak.objects.all()} == {1}
        klaar = post(coordinator, actie, taken, **goed(actie, collega, wmo))
        assert "2 taken zijn" in klaar.content.decode()
        for taak in taken:
            taak.refresh_from_db()
            assert taak.versie == 2
            assert taak.gebeurtenissen.count() == 1

    def test_of_another_department_nothing_happens_and_nothing_is_told(
        self, coordinator: KccClient, collega: Medewerker, wmo: Afdeling, actie: str
    ) -> None:
        eigen = InterneTaakFactory.create(toegewezen_aan=coordinator.medewerker)
        elders = InterneTaakFactory.create(afdeling=wmo, gevraagde_handeling="geheim van wmo")
        html = post(
            coordinator, actie, [elders, eigen], **goed(actie, collega, wmo)
        ).content.decode()
        assert "1 taak is" in html
        assert "ligt niet (meer) bij u" in html
        assert "geheim" not in html
        assert "geheim" not in post(coordinator, actie, [elders]).content.decode()
        elders.refresh_from_db()
        assert elders.versie == 1

    def test_a_closed_one_does_not_hold_back_the_rest(
        self, coordinator: KccClient, collega: Medewerker, wmo: Afdeling, actie: str
    ) -> None:
        open_taak = InterneTaakFactory.create(toegewezen_aan=coordinator.medewerker)
        klaar = InterneTaakFactory.create(
            status="afgehandeld", afgehandeld_op=open_taak.aangemaakt_op,
            afgehandeld_door=collega, werkminuten=0,
        )  # fmt: skip
        html = post(
            coordinator, actie, [klaar, open_taak], **goed(actie, collega, wmo)
        ).content.decode()
        assert "1 taak is" in html
        assert "intussen afgehandeld" in html

    def test_get_and_a_missing_right_are_refused(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, actie: str
    ) -> None:
        assert client_as("vakspecialist").get(PAD).status_code == 405
        assert post(client_as("teamleider"), actie, [taak]).status_code == 403


def test_somebody_elses_taak_is_given_away_only_by_who_may(
    vakspecialist: KccClient, collega: Medewerker
) -> None:
    taak = InterneTaakFactory.create(toegewezen_aan=collega)
    velden = {"medewerker": vakspecialist.medewerker.pk, "zeker": "1"}
    html = post(vakspecialist, "toewijzen", [taak], **velden).content.decode()
    assert "Niet alles is gelukt" in html
    taak.refresh_from_db()
    assert taak.toegewezen_aan == collega


@pytest.mark.parametrize(
    ("actie", "velden", "zin"),
    [
        ("toewijzen", {}, "Kies een collega."),
        ("doorsturen", {"afdeling": ""}, "Kies een afdeling."),
        ("prioriteit", {"prioriteit": "9"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_is_missing_is_asked_with_422(
    vakspecialist: KccClient, taak: InterneTaak, actie: str, velden: dict[str, str], zin: str
) -> None:
    antwoord = post(vakspecialist, actie, [taak], zeker="1", **velden)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()


def test_a_hundred_and_no_more(vakspecialist: KccClient, taak: InterneTaak) -> None:
    taken = InterneTaakFactory.create_batch(101)
    antwoord = post(vakspecialist, "prioriteit", taken, prioriteit="1", zeker="1")
    assert antwoord.status_code == 422
    assert "hoogstens 100" in antwoord.content.decode()
    assert not InterneTaak.objects.filter(prioriteit=1).exists()


@pytest.mark.parametrize("velden", [{}, {"actie": "verwijder"}, {"actie": "loslaten", "taak": "x"}])
def test_nonsense_goes_back_to_the_list(vakspecialist: KccClient, velden: dict[str, str]) -> None:
    assert vakspecialist.post(PAD, velden)["Location"].startswith(reverse("zaken:werkvoorraad"))
