"""The pages: my presence, who is there, and the line in the bar."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from organisatie.geheim import encrypt
from organisatie.models import (
    Afdeling,
    Afwezigheid,
    Agendablok,
    Agendakoppeling,
    EigenStand,
    Medewerker,
    VasteVervanger,
    Werkdagdeel,
)
from tests.conftest import HTMX, KccClient
from tests.factories import WOENSDAG, AfdelingFactory, GroepFactory, MedewerkerFactory, moment

ClientAs = Callable[..., KccClient]


@pytest.fixture(autouse=True)
def nu() -> Iterator[None]:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def karin(client_as: ClientAs) -> KccClient:
    return client_as("vakspecialist", voornaam="Karin", achternaam="Smit")


@pytest.fixture
def ahmed(karin: KccClient) -> Medewerker:
    return MedewerkerFactory.create(
        voornaam="Ahmed",
        achternaam="Bouali",
        telefoonnummer="0199 50 10 29",
        afdelingen=[Afdeling.objects.get(identificatie="burgerzaken")],
    )


def adres(actie: str, wie: Medewerker, *rest: Any) -> str:
    return reverse(f"organisatie:{actie}", args=[wie.uuid, *rest])


def tekst(antwoord: Any) -> str:
    return " ".join(BeautifulSoup(antwoord.content, "html.parser").get_text(" ").split())


VERLOF = {"van_datum": "2026-11-23", "terug_datum": "2026-11-26"}
GOED: list[tuple[str, dict[str, Any]]] = [
    ("stand", {"stand": "bezet", "tot": "2026-11-18T15:00"}),
    ("rooster", {"dagdelen": ["1-ochtend", "3-middag"]}),
    ("weg", VERLOF),
]


def stored() -> list[Any]:
    return [
        *EigenStand.objects.values_list("medewerker", "stand", "tot"),
        *Werkdagdeel.objects.values_list("medewerker", "weekdag", "dagdeel"),
        *Afwezigheid.objects.values_list("medewerker", "van", "tot"),
    ]


@pytest.mark.parametrize(("actie", "velden"), GOED)
def test_everybody_for_himself(karin: KccClient, actie: str, velden: dict[str, Any]) -> None:
    wie = karin.medewerker
    antwoord = karin.post(adres(actie, wie), velden)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("organisatie:aanwezigheid")
    verwacht = {
        "stand": [(wie.pk, "bezet", moment("2026-11-18 15:00"))],
        "rooster": [(wie.pk, 1, "ochtend"), (wie.pk, 3, "middag")],
        "weg": [(wie.pk, moment("2026-11-23 00:00"), moment("2026-11-26 00:00"))],
    }
    assert stored() == verwacht[actie]


@pytest.mark.parametrize(("actie", "velden"), GOED)
def test_not_for_a_colleague(
    karin: KccClient, ahmed: Medewerker, actie: str, velden: dict[str, Any]
) -> None:
    assert karin.post(adres(actie, ahmed), velden).status_code == 404
    assert stored() == []
    assert karin.get(adres("aanwezigheid_van", ahmed)).status_code == 404


@pytest.mark.parametrize(("actie", "velden"), GOED)
def test_a_coordinator_for_the_people_of_his_department(
    client_as: ClientAs, ahmed: Medewerker, actie: str, velden: dict[str, Any]
) -> None:
    elders = client_as("coordinator", afdelingen=[AfdelingFactory.create(identificatie="wonen")])
    assert elders.post(adres(actie, ahmed), velden).status_code == 404
    assert stored() == []
    hier = client_as("coordinator")
    antwoord = hier.post(adres(actie, ahmed), velden)
    assert antwoord["Location"] == adres("aanwezigheid_van", ahmed)
    assert {rij[0] for rij in stored()} == {ahmed.pk}
    assert "Aanwezigheid van Ahmed Bouali" in tekst(hier.get(antwoord["Location"]))


@pytest.mark.parametrize(
    ("actie", "velden", "zin"),
    [
        ("stand", {}, "Kies beschikbaar, bezet of afwezig."),
        ("stand", {"stand": "ziek"}, "Selecteer een geldige keuze"),
        ("stand", {"stand": "bezet", "tot": "2026-11-18T13:00"}, "al voorbij"),
        ("rooster", {"dagdelen": ["9-ochtend"]}, "geldige keuze"),
        ("rooster", {"vervanger": "0"}, "geldige keuze"),
        ("weg", {}, "Vul de eerste dag in."),
        ("weg", {"van_datum": "2026-11-23", "terug_datum": "2026-11-23"}, "terug na het begin"),
        ("weg", {"van_datum": "2026-11-10", "terug_datum": "2026-11-12"}, "al voorbij"),
        ("weg", {"van_datum": "gisteren", "terug_datum": "x"}, "Vul een datum in."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    karin: KccClient, actie: str, velden: dict[str, Any], zin: str
) -> None:
    antwoord = karin.post(adres(actie, karin.medewerker), velden)
    assert antwoord.status_code == 422
    assert zin in tekst(antwoord)
    assert stored() == []


def test_a_replacement_who_is_away_himself_is_refused(karin: KccClient, ahmed: Medewerker) -> None:
    Afwezigheid.objects.create(
        medewerker=ahmed, van=moment("2026-11-25 00:00"), tot=moment("2026-11-27 00:00")
    )
    antwoord = karin.post(adres("weg", karin.medewerker), {**VERLOF, "vervanger": ahmed.pk})
    assert antwoord.status_code == 422
    assert "A. Bouali is zelf afwezig" in tekst(antwoord)


@pytest.mark.parametrize("actie", ["stand", "rooster"])
def test_a_link_changes_nothing(karin: KccClient, actie: str) -> None:
    assert karin.get(adres(actie, karin.medewerker)).status_code == 405


def test_leave_is_changed_and_ended(karin: KccClient, ahmed: Medewerker) -> None:
    wie = karin.medewerker
    weg = Afwezigheid.objects.create(
        medewerker=wie, van=moment("2026-11-17 13:00"), tot=moment("2026-11-26 00:00")
    )
    pagina = karin.get(adres("weg_wijzigen", wie, weg.pk))
    assert 'value="13:00"' in pagina.content.decode()
    velden = {**VERLOF, "terug_tijd": "12:30", "vervanger": ahmed.pk}
    assert karin.post(adres("weg_wijzigen", wie, weg.pk), velden).status_code == 302
    weg.refresh_from_db()
    assert (weg.van, weg.tot, weg.vervanger) == (
        moment("2026-11-23 00:00"),
        moment("2026-11-26 12:30"),
        ahmed,
    )
    assert karin.get(adres("weg_terug", wie, weg.pk)).status_code == 405
    assert karin.post(adres("weg_terug", wie, weg.pk)).status_code == 302
    assert not Afwezigheid.objects.exists()
    assert karin.post(adres("weg_terug", wie, weg.pk)).status_code == 404


def test_leave_that_is_over_does_not_change(karin: KccClient) -> None:
    wie = karin.medewerker
    weg = Afwezigheid.objects.create(
        medewerker=wie, van=moment("2026-11-10 00:00"), tot=moment("2026-11-12 00:00")
    )
    assert karin.post(adres("weg_wijzigen", wie, weg.pk), VERLOF).status_code == 422
    antwoord = karin.post(adres("weg_terug", wie, weg.pk))
    assert antwoord.status_code == 422
    assert "is voorbij" in tekst(antwoord)


def test_leave_of_another_is_not_found(karin: KccClient, ahmed: Medewerker) -> None:
    weg = Afwezigheid.objects.create(medewerker=ahmed, van=WOENSDAG, tot=moment("2026-11-26 00:00"))
    for actie in ("weg_wijzigen", "weg_terug"):
        assert karin.post(adres(actie, karin.medewerker, weg.pk), VERLOF).status_code == 404
        assert karin.post(adres(actie, ahmed, weg.pk), VERLOF).status_code == 404
    assert Afwezigheid.objects.get().tot == moment("2026-11-26 00:00")


def test_the_page_shows_whom_i_replace_and_my_roster(karin: KccClient, ahmed: Medewerker) -> None:
    wie = karin.medewerker
    Afwezigheid.objects.create(
        medewerker=ahmed, van=WOENSDAG, tot=moment("2026-11-26 00:00"), vervanger=wie
    )
    Werkdagdeel.objects.create(medewerker=wie, weekdag=3, dagdeel="middag")
    VasteVervanger.objects.create(medewerker=wie, vervanger=ahmed)
    antwoord = karin.get(reverse("organisatie:aanwezigheid"))
    assert "U neemt waar voor Ahmed Bouali : 14:00 uur – do 26 november" in tekst(antwoord)
    soep = BeautifulSoup(antwoord.content, "html.parser")
    aan = [vak["value"] for vak in soep.select('input[name="dagdelen"][checked]')]
    assert aan == ["3-middag"]
    gekozen = soep.select_one("#rooster_vervanger option[selected]")
    assert gekozen is not None
    assert gekozen.get_text() == "A. Bouali"


# --- the line in the bar ------------------------------------------------------------------------


def test_the_bar_asks_for_it_and_pays_four_queries(
    karin: KccClient, ahmed: Medewerker, django_assert_max_num_queries: Any
) -> None:
    VasteVervanger.objects.create(medewerker=karin.medewerker, vervanger=ahmed)
    pagina = karin.get(reverse("organisatie:wie_is_er")).content.decode()
    assert f'hx-get="{reverse("organisatie:aanwezig")}"' in pagina
    with django_assert_max_num_queries(4):
        antwoord = karin.get(reverse("organisatie:aanwezig"), headers=HTMX)
    assert tekst(antwoord) == "Beschikbaar"
    assert "aanwezig--beschikbaar" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"stand": "bezet", "duur": "30"}, "Bezet tot 14:30 uur"),
        ({"stand": "bezet", "duur": "60"}, "Bezet tot 15:00 uur"),
        ({"stand": "afwezig", "duur": "dag"}, "Afwezig, terug morgen"),
        ({"stand": "beschikbaar"}, "Beschikbaar tot morgen"),
    ],
)
def test_the_menu_changes_it_in_place(karin: KccClient, velden: dict[str, str], zin: str) -> None:
    antwoord = karin.post(reverse("organisatie:mijn_stand"), velden, headers=HTMX)
    assert antwoord.status_code == 204
    assert "aanwezigheid-gewijzigd" in antwoord["HX-Trigger"]
    assert tekst(karin.get(reverse("organisatie:aanwezig"), headers=HTMX)) == zin


def test_the_menu_works_without_scripts(karin: KccClient) -> None:
    antwoord = karin.post(reverse("organisatie:mijn_stand"), {"stand": "bezet", "duur": "30"})
    assert antwoord["Location"] == reverse("organisatie:aanwezigheid")
    assert "U bent bezet tot 14:30 uur." in tekst(karin.get(antwoord["Location"]))
    assert karin.get(reverse("organisatie:mijn_stand")).status_code == 405


def test_the_menu_says_what_cannot_be(karin: KccClient) -> None:
    Afwezigheid.objects.create(
        medewerker=karin.medewerker, van=WOENSDAG, tot=moment("2026-11-26 00:00")
    )
    antwoord = karin.post(
        reverse("organisatie:mijn_stand"), {"stand": "bezet", "duur": "30"}, headers=HTMX
    )
    assert antwoord.status_code == 409
    assert antwoord["Content-Type"].startswith("text/plain")
    assert "Kies eerst Beschikbaar" in antwoord.content.decode()


# --- the calendar -------------------------------------------------------------------------------

AGENDA = {
    "soort": "caldav",
    "adres": "https://agenda.test/karin/",
    "gebruikersnaam": "karin",
    "wachtwoord": "sesam-open-u",
}


def test_a_calendar_is_connected_and_disconnected(karin: KccClient) -> None:
    antwoord = karin.post(reverse("organisatie:agenda"), AGENDA)
    assert antwoord.status_code == 302
    pagina = karin.get(reverse("organisatie:aanwezigheid"))
    assert "CalDAV bij agenda.test" in tekst(pagina)
    for geheim in ("sesam-open-u", "agenda.test/karin"):
        assert geheim not in pagina.content.decode()
    Agendablok.objects.create(
        medewerker=karin.medewerker, van=WOENSDAG, tot=moment("2026-11-18 15:00")
    )
    assert karin.get(reverse("organisatie:agenda_weg")).status_code == 405
    assert karin.post(reverse("organisatie:agenda_weg")).status_code == 302
    assert not Agendakoppeling.objects.exists()
    assert not Agendablok.objects.exists()


def test_a_wrong_address_comes_back_without_the_password(karin: KccClient) -> None:
    antwoord = karin.post(reverse("organisatie:agenda"), {**AGENDA, "adres": "agenda"})
    assert antwoord.status_code == 422
    assert "begint met https://" in tekst(antwoord)
    assert "sesam-open-u" not in antwoord.content.decode()
    assert karin.get(reverse("organisatie:agenda")).status_code == 405


def test_a_feed_that_fails_says_since_when(karin: KccClient) -> None:
    Agendakoppeling.objects.create(
        medewerker=karin.medewerker,
        host="agenda.test",
        geheim=encrypt({"adres": "https://agenda.test/"}),
        opgehaald_op=moment("2026-11-18 09:05"),
        geprobeerd_op=WOENSDAG,
        fout="De server van de agenda antwoordt niet op tijd.",
    )
    antwoord = tekst(karin.get(reverse("organisatie:aanwezigheid")))
    assert "Agenda niet opgehaald sinds 09:05 uur. De server van de agenda antwoordt" in antwoord


# --- who is there -------------------------------------------------------------------------------


def rows(client: KccClient, **vraag: str) -> list[str]:
    antwoord = client.get(reverse("organisatie:wie_is_er"), vraag)
    rijen = BeautifulSoup(antwoord.content, "html.parser").select("tbody tr")
    return [" ".join(rij.get_text(" ").split()) for rij in rijen]


def test_it_shows_my_department_who_is_back_when_and_who_takes_over(
    karin: KccClient, ahmed: Medewerker
) -> None:
    ahmed.groepen.add(GroepFactory.create(naam="Reisdocumenten"))
    ander = MedewerkerFactory.create(
        voornaam="Yara", achternaam="Zwart", afdelingen=list(ahmed.afdelingen.all())
    )
    Afwezigheid.objects.create(
        medewerker=ander, van=WOENSDAG, tot=moment("2026-11-24 00:00"), vervanger=ahmed
    )
    EigenStand.objects.create(
        medewerker=ahmed, stand="bezet", sinds=WOENSDAG, tot=moment("2026-11-18 15:00")
    )
    assert rows(karin) == [
        "Ahmed Bouali Reisdocumenten bezet tot 15:00 uur 0199 50 10 29 –",
        "Karin Smit beschikbaar onbekend –",
        "Yara Zwart afwezig, terug di 24 november onbekend Ahmed Bouali 0199 50 10 29",
    ]
    antwoord = karin.get(reverse("organisatie:wie_is_er"))
    assert 'href="tel:0199501029"' in antwoord.content.decode()
    assert "1 van 3 beschikbaar" in tekst(antwoord)


def test_any_department_can_be_looked_at_and_only_ones_own_be_changed(
    client_as: ClientAs, ahmed: Medewerker
) -> None:
    agent = client_as("kcc_medewerker")
    assert rows(agent, afdeling="burgerzaken")[0].startswith("Ahmed Bouali")
    assert rows(agent, afdeling="bestaat-niet") == rows(agent)
    link = adres("aanwezigheid_van", ahmed)
    vraag = {"afdeling": "burgerzaken"}
    assert link not in agent.get(reverse("organisatie:wie_is_er"), vraag).content.decode()
    coordinator = client_as("coordinator")
    assert link in coordinator.get(reverse("organisatie:wie_is_er"), vraag).content.decode()


def test_without_any_department_there_is_a_page(client_as: ClientAs) -> None:
    Afdeling.objects.all().delete()
    antwoord = client_as("beheerder").get(reverse("organisatie:wie_is_er"))
    assert "Hier werkt nog niemand" in tekst(antwoord)


@pytest.mark.parametrize("aantal", [1, 20])
def test_it_costs_the_same_for_every_length(
    client_as: ClientAs, aantal: int, django_assert_num_queries: Any
) -> None:
    agent = client_as("kcc_medewerker")
    afdeling = AfdelingFactory.create()
    vervanger = MedewerkerFactory.create()
    for iemand in MedewerkerFactory.create_batch(aantal, afdelingen=[afdeling]):
        Afwezigheid.objects.create(
            medewerker=iemand, van=WOENSDAG, tot=moment("2026-11-24 00:00"), vervanger=vervanger
        )
    agent.get(reverse("organisatie:wie_is_er"))  # the session is written once a while
    with django_assert_num_queries(8):  # session, user, departments, mine, people, teams, nu 2
        agent.get(reverse("organisatie:wie_is_er"), {"afdeling": "burgerzaken"}, headers=HTMX)


def test_an_unknown_person_is_not_found(karin: KccClient) -> None:
    assert karin.get(reverse("organisatie:aanwezigheid_van", args=[uuid4()])).status_code == 404
