""" "Give me the next": the most urgent one, and never the same for two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from organisatie.models import Medewerker
from tests.conftest import HTMX, KccClient
from tests.contacts.test_races import together
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    InterneTaakFactory,
    MedewerkerFactory,
)
from tests.zaken.hulp import LATER
from zaken import services
from zaken.models import InterneTaak

PAD = "/werkvoorraad/volgende/"


def taak(wat: str, uren: int, **velden: Any) -> InterneTaak:
    return InterneTaakFactory.create(
        gevraagde_handeling=wat, termijn_op=WOENSDAG + timedelta(hours=uren), **velden
    )


@pytest.mark.usefixtures("later")
class TestWhich:
    def order(self, wie: Medewerker) -> list[str]:
        genomen = []
        while True:
            try:
                genomen.append(services.claim_next(by=wie, at=LATER).gevraagde_handeling)
            except services.NothingToTake:
                return genomen

    def test_by_term_then_priority(self, vakspecialist: KccClient) -> None:
        taak("later, hoog", 9, prioriteit=1)
        taak("eerst, gewoon", 5)
        taak("eerst, hoog", 5, prioriteit=1)
        assert self.order(vakspecialist.medewerker) == [
            "eerst, hoog", "eerst, gewoon", "later, hoog",
        ]  # fmt: skip

    def test_ones_group_goes_before_the_department(self, vakspecialist: KccClient) -> None:
        groep = GroepFactory.create()
        vakspecialist.medewerker.groepen.add(groep)
        taak("afdeling", 1)
        taak("groep", 9, groep=groep)
        assert self.order(vakspecialist.medewerker) == ["groep", "afdeling"]

    def test_not_what_is_somebody_elses_or_stands_still_or_is_for_later(
        self, vakspecialist: KccClient
    ) -> None:
        taak("van een ander", 1, toegewezen_aan=MedewerkerFactory.create())
        taak("stil", 1, gepauzeerd_op=LATER, reden_pauze="wacht")
        straks = LATER + timedelta(hours=1)
        taak("straks", 1, terugbellen_van=straks, terugbellen_tot=straks + timedelta(hours=1))
        taak("elders", 1, afdeling=AfdelingFactory.create(identificatie="wmo"))
        taak("nu bellen", 1, terugbellen_van=LATER, terugbellen_tot=straks)
        assert self.order(vakspecialist.medewerker) == ["nu bellen"]

    def test_field_crew_gets_only_what_is_given_to_it(
        self, client_as: Callable[..., KccClient]
    ) -> None:
        buiten = client_as("buitendienst")
        taak("van de afdeling", 1)
        assert self.order(buiten.medewerker) == []
        html = buiten.get("/werkvoorraad/").content.decode()
        assert "van de afdeling" not in html


@pytest.mark.usefixtures("later")
class TestPage:
    @pytest.mark.parametrize("koppen", [{}, HTMX])
    def test_it_opens_and_is_mine(self, vakspecialist: KccClient, koppen: dict[str, str]) -> None:
        eerste = taak("eerst", 1)
        antwoord = vakspecialist.post(f"{PAD}?tab=burgerzaken", headers=koppen)
        assert antwoord["Location"].startswith(reverse("zaken:taak", args=[eerste.uuid]))
        eerste.refresh_from_db()
        assert eerste.toegewezen_aan == vakspecialist.medewerker
        assert list(eerste.gebeurtenissen.values_list("soort", flat=True)) == ["genomen"]

    def test_nothing_left_is_said(self, vakspecialist: KccClient) -> None:
        html = vakspecialist.post(PAD, follow=True).content.decode()
        assert "Er is nu niets dat u kunt nemen" in html

    def test_get_and_a_missing_right_are_refused(
        self, vakspecialist: KccClient, client_as: Callable[..., KccClient]
    ) -> None:
        assert vakspecialist.get(PAD).status_code == 405
        assert client_as("teamleider").post(PAD).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_nobody_gets_the_same() -> None:
    burgerzaken = AfdelingFactory.create()
    wie = MedewerkerFactory.create_batch(6, rollen=["vakspecialist"])
    for medewerker in wie:
        medewerker.afdelingen.add(burgerzaken)
    for nummer in range(4):
        taak(f"taak {nummer}", nummer + 1)

    def neem(medewerker: Medewerker) -> Callable[[], None]:
        return lambda: void(services.claim_next(by=medewerker, at=LATER))

    fouten = together(*(neem(medewerker) for medewerker in wie))
    assert [type(fout) for fout in fouten] == [services.NothingToTake] * 2
    eigenaren = InterneTaak.objects.values_list("toegewezen_aan", flat=True)
    assert len(set(eigenaren)) == 4
    assert None not in eigenaren
    assert {t.gebeurtenissen.count() for t in InterneTaak.objects.all()} == {1}


def void(_: object) -> None:
    """For a callable whose answer nobody wants."""
