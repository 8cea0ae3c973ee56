"""Fixtures for all tests: who is logged in, and what the municipality looks like."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisatie.models import Medewerker
from tests.factories import AfdelingFactory, MedewerkerFactory, gewone_openingstijden

HTMX = {"HX-Request": "true"}


class KccClient(Client):
    """A browser of somebody: ``client.medewerker`` is who."""

    medewerker: Medewerker


@pytest.fixture
def client_as(db: None) -> Callable[..., KccClient]:
    """``client_as("vakspecialist", afdelingen=[…])``: a client that is logged in with this role.

    A kcc_medewerker works at the KCC, a vakspecialist at Burgerzaken, unless told otherwise.
    """

    def make(rol: str, **velden: Any) -> KccClient:
        standaard = {
            "kcc_medewerker": "kcc",
            "vakspecialist": "burgerzaken",
            "coordinator": "burgerzaken",
            "buitendienst": "burgerzaken",
        }.get(rol)
        if standaard:
            velden.setdefault("afdelingen", [AfdelingFactory.create(identificatie=standaard)])
        client = KccClient()
        client.medewerker = MedewerkerFactory.create(rollen=[rol], **velden)
        client.force_login(client.medewerker, backend="organisatie.backends.MedewerkerBackend")
        return client

    return make


@pytest.fixture
def openingstijden(db: None) -> None:
    """Open from Monday to Friday, 9 to 17."""
    gewone_openingstijden()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with real transactions last: they empty the tables, also of what migrations put in."""

    def empties(item: pytest.Item) -> bool:
        mark = item.get_closest_marker("django_db")
        return bool(mark and mark.kwargs.get("transaction"))

    items.sort(key=empties)
