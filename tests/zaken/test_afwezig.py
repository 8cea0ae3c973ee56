"""Who is away gets no new taken: assigning and handing off refuse, and name the replacement."""

from typing import Any

import pytest
from django.urls import reverse

from organisatie.models import Afwezigheid, Medewerker
from tests.conftest import KccClient
from tests.factories import WOENSDAG, moment
from zaken import services
from zaken.models import InterneTaak
from zaken.services import overdracht

pytestmark = pytest.mark.django_db


@pytest.fixture
def vervanger(collega: Medewerker, vakspecialist: KccClient) -> Medewerker:
    """The colleague is on leave; Karin Smit takes over."""
    Afwezigheid.objects.create(
        medewerker=collega,
        van=WOENSDAG,
        tot=moment("2026-11-24 00:00"),
        vervanger=vakspecialist.medewerker,
    )
    return vakspecialist.medewerker


def test_assigning_refuses_and_names_the_replacement(
    later: Any, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker, vervanger: Any
) -> None:
    velden = {"medewerker": collega.pk, "versie": taak.versie}
    antwoord = vakspecialist.post(reverse("zaken:taak_toewijzen", args=[taak.uuid]), velden)
    assert antwoord.status_code == 422
    assert "A. Bouali is afwezig" in antwoord.content.decode()
    assert "K. Smit" in antwoord.content.decode()
    taak.refresh_from_db()
    assert taak.toegewezen_aan is None


def test_the_hand_off_refuses_and_names_the_replacement(
    collega: Medewerker, vervanger: Medewerker
) -> None:
    with pytest.raises(services.MedewerkerAbsent, match="Bouali is afwezig") as gevangen:
        overdracht.must_be_present(collega, at=WOENSDAG)
    assert gevangen.value.vervanger == vervanger
    assert "K. Smit" in str(gevangen.value)


def test_back_he_gets_them_again(
    later: Any, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker, vervanger: Any
) -> None:
    Afwezigheid.objects.update(tot=moment("2026-11-18 15:00"))
    velden = {"medewerker": collega.pk, "versie": taak.versie}
    antwoord = vakspecialist.post(reverse("zaken:taak_toewijzen", args=[taak.uuid]), velden)
    assert antwoord.status_code == 302
    taak.refresh_from_db()
    assert taak.toegewezen_aan == collega
