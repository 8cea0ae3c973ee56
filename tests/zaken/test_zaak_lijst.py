"""The list of zaken: who sees what, filter, search, order and cost."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.conftest import HTMX, KccClient
from tests.factories import AfdelingFactory, MedewerkerFactory, PartijFactory, moment
from tests.zaken.zaakhulp import zaak, zaaktype
from zaken.services import zaak as services

NU = moment("2026-11-18 14:00")


@pytest.fixture(autouse=True)
def nu(openingstijden: None) -> Any:
    with time_machine.travel(NU, tick=False):
        yield


def lijst(client: KccClient, **params: Any) -> str:
    return client.get(reverse("zaken:zaken"), params, headers=HTMX).text


def test_who_sees_what(client_as: Callable[..., KccClient]) -> None:
    eigen, wmo = zaaktype(), zaaktype(AfdelingFactory.create(identificatie="wmo"))
    zaak(eigen, omschrijving="Van ons")
    ander = zaak(wmo, omschrijving="Van de Wmo")
    specialist = client_as("vakspecialist")
    assert "Van ons" in lijst(specialist)
    assert "Van de Wmo" not in lijst(specialist)
    for rol in ("kcc_medewerker", "teamleider"):
        tekst = lijst(client_as(rol))
        assert "Van ons" in tekst
        assert "Van de Wmo" in tekst
    ander.behandelaar = specialist.medewerker
    ander.save()
    assert "Van de Wmo" in lijst(specialist)
    for rol in ("buitendienst", "kennisredacteur", "beheerder"):
        assert client_as(rol).get(reverse("zaken:zaken")).status_code == 403


def test_filters(client_as: Callable[..., KccClient]) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    wmo = zaaktype(AfdelingFactory.create(identificatie="wmo"), omschrijving="Hulp thuis")
    zaak(soort, omschrijving="Gewoon")
    zaak(wmo, omschrijving="Traplift")
    zaak(soort, omschrijving="Oud", startdatum=moment("2026-08-01 10:00").date())
    wie = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[soort.afdeling])
    stil = zaak(soort, omschrijving="Wacht")
    services.suspend_zaak(zaak=stil, reden="papieren", by=wie, at=NU)
    klaar = zaak(soort, omschrijving="Gedaan")
    resultaat = soort.resultaattypen.all()[0]
    services.close_zaak(zaak=klaar, resultaat=resultaat, by=wie, at=NU)
    namen = {"Gewoon", "Traplift", "Oud", "Wacht", "Gedaan"}

    def shown(**params: str) -> set[str]:
        tekst = lijst(agent, **params)
        return {naam for naam in namen if f">{naam}<" in tekst}

    assert shown() == namen - {"Gedaan"}
    assert shown(stand="te_laat") == {"Oud"}
    assert shown(stand="stil") == {"Wacht"}
    assert shown(stand="afgerond") == {"Gedaan"}
    assert shown(stand="mijn") == set()
    assert shown(afdeling="wmo") == {"Traplift"}
    assert shown(soort=wmo.identificatie) == {"Traplift"}
    # What is not on the list of names is as if it was not there.
    assert shown(stand="x", afdeling="x", soort="x", sorteer="aangemaakt_door__password") == shown()


def test_order(client_as: Callable[..., KccClient]) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    for dag, naam in ((3, "Bb"), (1, "Cc"), (2, "Aa")):
        start = moment(f"2026-10-0{dag} 10:00").date()
        zaak(soort, omschrijving=naam, startdatum=start)

    def order(**params: str) -> list[str]:
        tekst = lijst(agent, **params)
        return sorted(("Aa", "Bb", "Cc"), key=lambda naam: tekst.index(f">{naam}<"))

    assert order() == ["Cc", "Aa", "Bb"]
    assert order(sorteer="zaak") == ["Aa", "Bb", "Cc"]
    assert order(sorteer="-zaak") == ["Cc", "Bb", "Aa"]


def test_search_by_number_goes_to_the_zaak(client_as: Callable[..., KccClient]) -> None:
    agent, dit = client_as("kcc_medewerker"), zaak()
    pad = reverse("zaken:zaken_zoeken")
    antwoord = agent.post(pad, {"q": dit.identificatie.lower().replace("-", " ")})
    assert antwoord["Location"] == reverse("zaken:zaak", args=[dit.uuid])
    assert agent.get(pad).status_code == 405


def test_search_by_name_or_words_keeps_them_out_of_the_address(
    client_as: Callable[..., KccClient],
) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    zaak(soort, omschrijving="Dakkapel", partij=PartijFactory.create(achternaam="Zeldzaam"))
    zaak(soort, omschrijving="Schuur")
    for tekst in ("zeldzaam", "DAKKAP", "vergunning dakkapel"):
        antwoord = agent.post(reverse("zaken:zaken_zoeken"), {"q": tekst})
        assert tekst not in antwoord["Location"]
        pagina = agent.get(antwoord["Location"]).text
        assert "1 gevonden" in pagina
        assert "Dakkapel" in pagina
        assert ">Schuur<" not in pagina


def test_another_departments_number_is_not_found(client_as: Callable[..., KccClient]) -> None:
    vreemd = zaak(zaaktype(AfdelingFactory.create(identificatie="wmo")))
    specialist = client_as("vakspecialist")
    antwoord = specialist.post(reverse("zaken:zaken_zoeken"), {"q": vreemd.identificatie})
    assert str(vreemd.uuid) not in antwoord["Location"]


def test_costs_the_same_for_every_length(
    client_as: Callable[..., KccClient], django_assert_max_num_queries: Any
) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    agent.get(reverse("zaken:zaken"))  # what is looked up once, such as the session, is over
    kosten = []
    for hoeveel in (1, 19):
        for _ in range(hoeveel):
            zaak(soort, partij=PartijFactory.create())
        with django_assert_max_num_queries(14) as gemeten:
            assert agent.get(reverse("zaken:zaken"), headers=HTMX).status_code == 200
        kosten.append(len(gemeten))
    assert kosten[0] == kosten[1]


def test_twenty_or_a_hundred_rows(client_as: Callable[..., KccClient]) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    for _ in range(21):
        zaak(soort, omschrijving="Rij")
    assert lijst(agent).count(">Rij<") == 20
    assert lijst(agent, aantal="100").count(">Rij<") == 21
    assert lijst(agent, aantal="5000").count(">Rij<") == 20


def test_the_werkvoorraad_leads_here(client_as: Callable[..., KccClient]) -> None:
    adres = reverse("zaken:zaken")
    assert f'href="{adres}"' in client_as("vakspecialist").get(reverse("zaken:werkvoorraad")).text
    buiten = client_as("buitendienst").get(reverse("zaken:werkvoorraad"))
    assert f'href="{adres}"' not in buiten.text
