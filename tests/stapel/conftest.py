"""The whole application with an empty year in it, and who will work on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.proces import Stapel
from tests.stapel.drukte import Agent, Drukte, Medewerker, Schrijf, Specialist

KLANTEN = ("Jansen", "De Vries", "Bakker")


@pytest.fixture(scope="session")
def stapel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stapel]:
    """The demo's departments, people, products and articles; no contacts yet."""
    with Stapel(tmp_path_factory.mktemp("stapel")) as draaiend:
        draaiend.manage("laad_demo", "--zonder-klantcontacten")
        yield draaiend


def rows(stapel: Stapel, sql: str) -> list[tuple[object, ...]]:
    """What the database says."""
    with stapel.database() as verbinding:
        return verbinding.execute(sql.encode()).fetchall()


@pytest.fixture(scope="session")
def klanten(stapel: Stapel) -> list[str]:
    """A few citizens who call again and again, so that questions are repeated (FCR-C)."""
    agent = Agent(stapel, "agent")
    agent.log_in()
    for naam in KLANTEN:
        gesprek = agent.send("/werkplek/gesprek/", {"kanaal": "telefoon"}).naar
        nieuw = {"nieuw-soort_partij": "persoon", "nieuw-achternaam": naam, "nieuwe_klant": "1"}
        agent.send(gesprek, nieuw, goed=200)
        agent.send(gesprek, {"annuleren": "1"})
    gevonden = [str(uuid) for (uuid,) in rows(stapel, "SELECT uuid FROM contacts_partij")]
    assert len(gevonden) == len(KLANTEN)
    return gevonden


@pytest.fixture(scope="session")
def logboek() -> list[Schrijf]:
    """Every write of everybody since the stack began."""
    return []


@pytest.fixture
def drukte(
    stapel: Stapel, klanten: list[str], logboek: list[Schrijf]
) -> Iterator[Callable[[], Drukte]]:
    """A busy minute: three agents, and a specialist in each of two departments."""
    mensen: list[Medewerker] = []
    producten = "SELECT naam FROM kennisbank_product ORDER BY naam LIMIT 2"
    afdelingen = "SELECT id FROM organisatie_afdeling WHERE identificatie = ANY"
    gegevens: dict[str, Any] = {
        "klanten": klanten,
        "producten": [str(naam) for (naam,) in rows(stapel, producten)],
        "afdelingen": [
            str(pk) for (pk,) in rows(stapel, f"{afdelingen}('{{burgerzaken,parkeren}}')")
        ],
    }

    def make() -> Drukte:
        mensen.extend(Agent(stapel, naam, **gegevens) for naam in ("agent", "agent", "agent2"))
        mensen.extend(Specialist(stapel, naam) for naam in ("burgerzaken", "parkeren"))
        return Drukte(mensen)

    yield make
    for mens in mensen:
        logboek.extend(mens.schrift)
