"""Taken of an absent colleague that cannot wait: offered to the team, and counted."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from organisatie.models import Afwezigheid, EigenStand, Groep, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    moment,
)
from tests.zaken.hulp import geschiedenis
from zaken.models import InterneTaak, Waarneming

TERUG = moment("2026-11-24 00:00")


@pytest.fixture(autouse=True)
def nu(openingstijden: None) -> Iterator[None]:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def groep() -> Groep:
    return GroepFactory.create(is_ophaalgroep=True, naam="Reisdocumenten")


@pytest.fixture
def karin(client_as: Callable[..., KccClient], groep: Groep) -> KccClient:
    client = client_as("vakspecialist", voornaam="Karin", achternaam="Smit")
    client.medewerker.groepen.add(groep)
    return client


@pytest.fixture
def ahmed(groep: Groep) -> Medewerker:
    """On leave until Tuesday."""
    ahmed: Medewerker = MedewerkerFactory.create(
        rollen=["vakspecialist"],
        voornaam="Ahmed",
        achternaam="Bouali",
        afdelingen=[AfdelingFactory.create()],
    )
    ahmed.groepen.add(groep)
    Afwezigheid.objects.create(medewerker=ahmed, van=moment("2026-11-17 00:00"), tot=TERUG)
    return ahmed


@pytest.fixture
def taak(ahmed: Medewerker) -> InterneTaak:
    """His, with a term on Friday."""
    return InterneTaakFactory.create(
        toegewezen_aan=ahmed, toegewezen_op=WOENSDAG, status="in_behandeling"
    )


def offered(client: KccClient) -> list[str]:
    antwoord = client.get(reverse("zaken:waarnemen"))
    assert antwoord.status_code == 200
    links = BeautifulSoup(antwoord.content, "html.parser").select("a.tabel__hoofd")
    return [str(link["href"]).split("/")[-2] for link in links]


def tally(client: KccClient) -> list[str]:
    pagina = BeautifulSoup(client.get(reverse("zaken:waarnemen")).content, "html.parser")
    rij = pagina.select_one("section[aria-labelledby=kop-telling] tbody tr")
    assert rij is not None
    return [vak.get_text().strip() for vak in rij.select("th, td")]


def take(client: KccClient, taak: InterneTaak, **anders: Any) -> Any:
    return client.post(reverse("zaken:waarnemen_neem", args=[taak.uuid]), **anders)


def test_what_cannot_wait_is_offered_and_taken_over_with_one_click(
    karin: KccClient, ahmed: Medewerker, taak: InterneTaak
) -> None:
    assert offered(karin) == [str(taak.uuid)]
    assert tally(karin) == ["Reisdocumenten", "1", "0", "0", "–"]
    antwoord = take(karin, taak)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("zaken:taak", args=[taak.uuid])
    taak.refresh_from_db()
    assert (taak.toegewezen_aan, taak.status, taak.versie) == (
        karin.medewerker,
        "in_behandeling",
        2,
    )
    assert taak.aantal_overdrachten == 2
    assert geschiedenis(taak) == [("genomen", "Waargenomen voor A. Bouali.")]
    assert offered(karin) == []
    assert tally(karin) == ["Reisdocumenten", "0", "1", "0", "100%"]


def test_it_works_under_htmx_too(karin: KccClient, taak: InterneTaak) -> None:
    antwoord = take(karin, taak, headers=HTMX)
    assert antwoord.status_code == 204
    assert antwoord["HX-Redirect"] == reverse("zaken:taak", args=[taak.uuid])
    assert Waarneming.objects.count() == 1


@pytest.mark.parametrize(
    "anders",
    [
        {"termijn_op": TERUG},  # he is back by then
        {"gepauzeerd_op": WOENSDAG, "reden_pauze": "wacht op stukken"},
        {"toegewezen_aan": None, "status": "nieuw"},  # in the common list already
    ],
)
def test_what_can_wait_is_not_offered(
    karin: KccClient, taak: InterneTaak, anders: dict[str, Any]
) -> None:
    InterneTaak.objects.filter(pk=taak.pk).update(**anders)
    assert offered(karin) == []
    antwoord = take(karin, taak)
    assert antwoord.status_code == 422
    assert not Waarneming.objects.exists()


def test_who_is_back_keeps_his_own(karin: KccClient, taak: InterneTaak) -> None:
    Afwezigheid.objects.all().delete()
    assert offered(karin) == []
    antwoord = take(karin, taak)
    assert antwoord.status_code == 422
    assert "Deze taak is van A. Bouali" in antwoord.content.decode()


def test_of_two_who_take_over_the_second_is_told(
    karin: KccClient, taak: InterneTaak, groep: Groep, client_as: Callable[..., KccClient]
) -> None:
    take(karin, taak)
    tweede = client_as("vakspecialist")
    tweede.medewerker.groepen.add(groep)
    antwoord = take(tweede, taak)
    assert antwoord.status_code == 422
    assert "Deze taak is van K. Smit" in antwoord.content.decode()
    assert Waarneming.objects.count() == 1


def test_nobody_knows_until_when_so_it_cannot_wait(
    karin: KccClient, ahmed: Medewerker, taak: InterneTaak
) -> None:
    Afwezigheid.objects.all().delete()
    EigenStand.objects.create(medewerker=ahmed, stand="afwezig", sinds=WOENSDAG)
    InterneTaak.objects.update(termijn_op=moment("2027-03-01 12:00"))
    assert offered(karin) == [str(taak.uuid)]


def test_another_team_or_one_that_does_not_take_over_sees_nothing(
    karin: KccClient, taak: InterneTaak, groep: Groep
) -> None:
    Groep.objects.filter(pk=groep.pk).update(is_ophaalgroep=False)
    assert "nemen niet voor elkaar waar" in karin.get(reverse("zaken:waarnemen")).content.decode()
    assert take(karin, taak).status_code == 422
    Groep.objects.filter(pk=groep.pk).update(is_ophaalgroep=True)
    karin.medewerker.groepen.set([GroepFactory.create(is_ophaalgroep=True)])
    assert offered(karin) == []
    assert take(karin, taak).status_code == 422
    assert not Waarneming.objects.exists()


def test_of_another_department_it_is_not_found_and_without_the_right_refused(
    taak: InterneTaak, client_as: Callable[..., KccClient]
) -> None:
    elders = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="wonen")])
    assert take(elders, taak).status_code == 404
    teamleider = client_as("teamleider")
    assert take(teamleider, taak).status_code == 403
    assert teamleider.get(reverse("zaken:waarnemen")).status_code == 403


def test_a_link_takes_nothing_over(karin: KccClient, taak: InterneTaak) -> None:
    adres = reverse("zaken:waarnemen_neem", args=[taak.uuid])
    assert karin.get(adres).status_code == 405


def test_what_was_left_lying_counts_against_the_team(
    karin: KccClient, ahmed: Medewerker, taak: InterneTaak
) -> None:
    """Three whose term was yesterday, in his leave: one late, one in time, one still open. And one
    from before his leave.
    """
    gisteren = moment("2026-11-17 17:00")
    klaar = {"status": "afgehandeld", "afgehandeld_door": ahmed, "werkminuten": 1}
    velden = {"toegewezen_aan": ahmed, "aangemaakt_op": moment("2026-11-10 09:00")}
    InterneTaakFactory.create(
        termijn_op=gisteren, afgehandeld_op=moment("2026-11-18 09:00"), **klaar, **velden
    )
    InterneTaakFactory.create(
        termijn_op=gisteren, afgehandeld_op=moment("2026-11-17 09:00"), **klaar, **velden
    )
    open_te_laat = InterneTaakFactory.create(termijn_op=gisteren, **velden)
    InterneTaakFactory.create(termijn_op=moment("2026-11-16 12:00"), **velden)
    take(karin, taak)
    assert tally(karin) == ["Reisdocumenten", "2", "1", "2", "33%"]
    take(karin, open_te_laat)
    assert tally(karin)[1:] == ["1", "2", "1", "67%"]


@pytest.mark.parametrize("aantal", [1, 20])
def test_it_costs_the_same_for_every_length(
    karin: KccClient,
    ahmed: Medewerker,
    aantal: int,
    django_assert_num_queries: Any,
) -> None:
    InterneTaakFactory.create_batch(aantal, toegewezen_aan=ahmed)
    karin.get(reverse("zaken:waarnemen"))  # the session is written once a while
    with django_assert_num_queries(10):
        karin.get(reverse("zaken:waarnemen"), headers=HTMX)
