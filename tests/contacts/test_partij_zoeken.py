"""Who is this? One box for whatever a caller gives."""

import pytest

from contacts.models import DigitaalAdres, Partij, PartijIdentificator
from contacts.search import find_partijen
from organisatie.models import Medewerker
from tests.factories import KlantcontactFactory, MedewerkerFactory, PartijFactory


@pytest.fixture
def agent(db: None) -> Medewerker:
    return MedewerkerFactory.create()


@pytest.fixture
def vries(agent: Medewerker) -> Partij:
    partij = PartijFactory.create(postcode="1234 AB", huisnummer=7, huisletter="b")
    DigitaalAdres.objects.create(partij=partij, soort="telefoonnummer", adres="+31612345678")
    DigitaalAdres.objects.create(partij=partij, soort="email", adres="maria@voorbeeld.nl")
    PartijIdentificator.objects.create(
        partij=partij, code_soort_object_id="bsn", object_id="999993653"
    )
    PartijFactory.create(voornaam="Piet", voorvoegsel_achternaam="", achternaam="Bakker")
    return partij


@pytest.mark.parametrize(
    "tekst",
    [
        "06 12 34 56 78",
        "+31612345678",
        "612345678",
        "maria@voorbeeld.nl",
        "MARIA@VOORBEELD.NL",
        "1234AB 7",
        "1234 ab 7b",
        "1234 AB, 7",
        "999993653",
        "9999.93.653",
        "de vries",
        "Vries Maria",
        "maria de vries",
        "Vreis Maria",
    ],
)
def test_found_by(tekst: str, agent: Medewerker, vries: Partij) -> None:
    assert find_partijen(tekst, medewerker=agent) == [vries]


@pytest.mark.parametrize(
    ("naam", "tekst"),
    [
        ("Abbasoğlu", "abbasoglu"),
        ("Núñez", "nunez"),
        ("O'Neill", "o'neill"),
        ("Jansen", "jans"),
        ("Aït-Ali", "ait-ali"),
    ],
)
def test_diacritics_and_apostrophes(naam: str, tekst: str, agent: Medewerker) -> None:
    partij = PartijFactory.create(achternaam=naam)
    assert find_partijen(tekst, medewerker=agent) == [partij]


def test_organisation_by_kvk_and_name(agent: Medewerker) -> None:
    bakker = PartijFactory.create(
        soort_partij="organisatie",
        organisatienaam="Bakkerij 't Stoepje",
        voornaam="",
        achternaam="",
        voorvoegsel_achternaam="",
    )
    PartijIdentificator.objects.create(
        partij=bakker, code_soort_object_id="kvk_nummer", object_id="68750110"
    )
    assert find_partijen("68750110", medewerker=agent) == [bakker]
    assert find_partijen("stoepje", medewerker=agent) == [bakker]


def test_by_the_number_of_an_earlier_contact(agent: Medewerker, vries: Partij) -> None:
    contact = KlantcontactFactory.create(afgerond=True, partij=vries, nummer="K100000016")
    from contacts.numbers import make_nummer

    contact.nummer = make_nummer("K", 10000001)
    contact.save(update_fields=["nummer"])
    assert find_partijen(contact.nummer.lower(), medewerker=agent) == [vries]


@pytest.mark.parametrize(
    "tekst", ["", "d", "de", "%%%", "___", "\x00abc", "xyzzy", "'; --", "000000000"]
)
def test_nothing_for_what_says_nothing(tekst: str, agent: Medewerker, vries: Partij) -> None:
    assert find_partijen(tekst, medewerker=agent) == []


def test_who_may_not_see_people_finds_nobody(vries: Partij) -> None:
    assert find_partijen("vries", medewerker=MedewerkerFactory.create(rollen=["teamleider"])) == []


def test_at_most_eight_and_the_same_number_of_queries(
    agent: Medewerker, django_assert_num_queries: object
) -> None:
    for _ in range(20):
        PartijFactory.create()
    with django_assert_num_queries(3):  # type: ignore[operator]  # partijen, addresses, numbers
        assert len(find_partijen("vries", medewerker=agent)) == 8
