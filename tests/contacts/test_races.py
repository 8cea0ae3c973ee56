"""Two at once, over two real connections."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils.timezone import now

from contacts import services
from contacts.models import Klantcontact
from kcc.models import VuilUur
from tests.factories import MedewerkerFactory


def together(*functions: Callable[[], None]) -> list[Exception]:
    """Run these at the same moment, each on a connection of its own; the errors they raised."""
    start = threading.Barrier(len(functions))
    fouten: list[Exception] = []

    def run(function: Callable[[], None]) -> None:
        try:
            start.wait(timeout=10)
            function()
        except Exception as exc:
            fouten.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[f]) for f in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return fouten


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_close_stores_once() -> None:
    agent = MedewerkerFactory.create()
    contact = services.start_gesprek(kanaal="telefoon", by=agent, at=now())
    services.save_concept(klantcontact=contact, versie=1, velden={"onderwerp": "x"}, at=now())

    def sluit() -> None:
        services.close_klantcontact(
            klantcontact=contact, gespreksresultaat="zelfstandig_afgehandeld", by=agent, at=now()
        )

    fouten = together(sluit, sluit)
    assert [type(f) for f in fouten] == [services.KlantcontactAlreadyClosed]
    assert VuilUur.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_save_at_once_one_is_told() -> None:
    agent = MedewerkerFactory.create()
    contact = services.start_gesprek(kanaal="telefoon", by=agent, at=now())

    def bewaar(tekst: str) -> Callable[[], None]:
        def run() -> None:
            services.save_concept(
                klantcontact=contact, versie=1, velden={"onderwerp": tekst}, at=now()
            )

        return run

    fouten = together(bewaar("een"), bewaar("twee"))
    assert [type(f) for f in fouten] == [services.ConceptChangedElsewhere]
    assert Klantcontact.objects.get().versie == 2
