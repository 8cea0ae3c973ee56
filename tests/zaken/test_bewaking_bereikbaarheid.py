"""How well departments can be reached, added up, and silent about few (S2-6)."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from organisatie.models import Groep
from tests.conftest import KccClient
from tests.factories import AfdelingFactory, GroepFactory, InterneTaakFactory, moment
from zaken.bewaking.bereikbaarheid import Bereik, reachability
from zaken.models import InterneTaak
from zaken.services.stap import add_gebeurtenis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]

NU = moment("2026-11-26 10:00")


@pytest.fixture
def teamleider(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("teamleider")


def taken(aantal: int, groep: Groep | None = None, **velden: Any) -> list[InterneTaak]:
    velden = {"aangemaakt_op": moment("2026-11-20 14:00"), "termijn_op": NU, **velden}
    return InterneTaakFactory.create_batch(aantal, groep=groep, **velden)


def opgepakt(taak: InterneTaak, op: str) -> None:
    add_gebeurtenis(taak=taak, soort="genomen", by=taak.aangemaakt_door, at=moment(op))


def test_it_adds_up(teamleider: KccClient) -> None:
    """Handed over on a Friday: Monday is in time, Tuesday is not."""
    een, twee, drie, vier, vijf = taken(5)
    opgepakt(een, "2026-11-20 15:00")
    opgepakt(twee, "2026-11-23 16:59")
    opgepakt(drie, "2026-11-24 09:00")
    InterneTaak.objects.filter(pk=vier.pk).update(termijn_op=moment("2026-11-23 17:00"))
    InterneTaak.objects.filter(pk=vijf.pk).update(
        aantal_pogingen=3, status="afgehandeld", afgehandeld_op=moment("2026-11-23 10:00"),
        afgehandeld_door=vijf.aangemaakt_door, werkminuten=1,
    )  # fmt: skip
    taken(9, aangemaakt_op=moment("2026-10-01 10:00"))  # too long ago
    (rij,) = reachability(teamleider.medewerker, NU)
    assert (rij.taken, rij.opgepakt, rij.deel_opgepakt) == (5, 2, 40)
    assert (rij.pogingen, rij.te_laat, rij.zonder_antwoord) == (3, 1, 4)


def test_fewer_than_five_are_not_shown(teamleider: KccClient) -> None:
    taken(4, termijn_op=moment("2026-11-23 17:00"))
    (rij,) = reachability(teamleider.medewerker, NU)
    assert rij.is_verborgen
    with time_machine.travel(NU, tick=False):
        teamleider.force_login(
            teamleider.medewerker, backend="organisatie.backends.MedewerkerBackend"
        )
        pagina = teamleider.get(reverse("zaken:bewaking")).content.decode()
    assert "minder dan 5 taken, daarom niet getoond" in pagina
    assert "100 %" not in pagina


def test_a_small_group_cannot_be_worked_out_from_the_others(teamleider: KccClient) -> None:
    afdeling = AfdelingFactory.create()
    groot = GroepFactory.create(afdeling=afdeling, naam="A")
    klein = GroepFactory.create(afdeling=afdeling, naam="B")
    taken(6, groep=groot)
    taken(4, groep=klein)
    assert [r.is_groep for r in reachability(teamleider.medewerker, NU)] == [False]
    taken(1, groep=klein)
    rijen = reachability(teamleider.medewerker, NU)
    assert [(r.is_groep, r.taken) for r in rijen] == [(False, 11), (True, 6), (True, 5)]


def test_a_coordinator_reads_about_his_own_departments(client_as: Callable[..., KccClient]) -> None:
    taken(5)
    wonen = AfdelingFactory.create(identificatie="wonen")
    taken(6, afdeling=wonen)
    coor = client_as("coordinator", afdelingen=[wonen])
    rijen: list[Bereik] = reachability(coor.medewerker, NU)
    assert [(r.naam, r.taken) for r in rijen] == [("Wonen", 6)]
