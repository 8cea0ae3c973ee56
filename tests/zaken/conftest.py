"""A vakspecialist, a taak of his department, and a colleague."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from organisatie.models import Afdeling, Medewerker
from tests.conftest import KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
)
from tests.zaken.hulp import LATER
from zaken.models import InterneTaak


@pytest.fixture
def later(openingstijden: None) -> Any:
    """Wednesday afternoon, half an hour before closing time."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def vakspecialist(client_as: Callable[..., KccClient]) -> KccClient:
    """A vakspecialist of Burgerzaken."""
    return client_as("vakspecialist", voornaam="Karin", achternaam="Smit")


@pytest.fixture
def kcc() -> Afdeling:
    return AfdelingFactory.create(identificatie="kcc", naam="KCC")


@pytest.fixture
def taak(kcc: Afdeling) -> InterneTaak:
    return InterneTaakFactory.create()


@pytest.fixture
def collega(taak: InterneTaak) -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"], voornaam="Ahmed", achternaam="Bouali", afdelingen=[taak.afdeling]
    )
