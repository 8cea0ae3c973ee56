"""The list of work: whose taken, in what order, and at what cost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from contacts.numbers import make_nummer, speakable
from organisatie.models import Afdeling
from tests.conftest import HTMX, KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    PartijFactory,
)
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("openingstijden")
LIJST = "/werkvoorraad/"


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def client(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("vakspecialist")


@pytest.fixture
def burgerzaken() -> Afdeling:
    return AfdelingFactory.create()


def taak(wat: str, uren: int = 24, **velden: Any) -> InterneTaak:
    return InterneTaakFactory.create(
        gevraagde_handeling=wat, termijn_op=WOENSDAG + timedelta(hours=uren), **velden
    )


def klaar(wat: str, **velden: Any) -> InterneTaak:
    wie = velden.pop("door", None) or MedewerkerFactory.create()
    return taak(
        wat, status="afgehandeld", afgehandeld_op=WOENSDAG, afgehandeld_door=wie, werkminuten=0,
        **velden,
    )  # fmt: skip


def onderwerpen(client: KccClient, **params: str) -> list[str]:
    html = client.get(LIJST, params).content.decode()
    return re.findall(r'tabel__hoofd"[^>]*>([^<]+)<', html)


def tabs(client: KccClient) -> list[tuple[str, int]]:
    html = client.get(LIJST).content.decode()
    gevonden = re.findall(r'tabs__tab"[^>]*>([^<]+) <span class="nl-number-badge">(\d+)', html)
    return [(naam, int(aantal)) for naam, aantal in gevonden]


class TestTabs:
    def test_a_vakspecialist_has_his_own_and_his_departments(
        self, client: KccClient, burgerzaken: Afdeling
    ) -> None:
        taak("van niemand")
        taak("van mij", toegewezen_aan=client.medewerker)
        taak("van een ander", toegewezen_aan=MedewerkerFactory.create())
        klaar("klaar", toegewezen_aan=client.medewerker)
        taak("elders", afdeling=AfdelingFactory.create(identificatie="wmo"))
        assert tabs(client) == [("Mijn", 1), ("Burgerzaken", 3), ("Vandaag van het KCC", 3)]
        assert onderwerpen(client, tab="mijn") == ["van mij"]
        assert set(onderwerpen(client, tab="burgerzaken")) == {
            "van niemand", "van mij", "van een ander",
        }  # fmt: skip

    def test_the_kcc_also_has_what_came_back_and_what_it_handed_off(
        self, client_as: Callable[..., KccClient], burgerzaken: Afdeling
    ) -> None:
        agent = client_as("kcc_medewerker")
        kcc = agent.medewerker.afdelingen.get()
        taak("terug", afdeling=kcc, terug_van=burgerzaken, reden_terug="anders")
        taak("eigen werk", afdeling=kcc)
        taak("uitgezet", aangemaakt_door=agent.medewerker)
        taak("van een ander")
        assert tabs(agent) == [
            ("Mijn", 0), ("Kcc", 2), ("Terug van afdelingen", 1), ("Uitgezet door mij", 1),
            ("Alle afdelingen", 4),
        ]  # fmt: skip
        assert onderwerpen(agent, tab="terug") == ["terug"]
        assert onderwerpen(agent, tab="uitgezet") == ["uitgezet"]

    def test_a_teamleider_sees_all_departments_and_narrows_them(
        self, client_as: Callable[..., KccClient]
    ) -> None:
        leider = client_as("teamleider")
        taak("bij burgerzaken")
        taak("bij wmo", afdeling=AfdelingFactory.create(identificatie="wmo"))
        assert tabs(leider) == [("Alle afdelingen", 2)]
        assert onderwerpen(leider, afdeling="wmo") == ["bij wmo"]
        assert len(onderwerpen(leider, afdeling="bestaat-niet")) == 2

    def test_somebody_elses_tab_shows_ones_own_list(self, client: KccClient) -> None:
        taak("elders", afdeling=AfdelingFactory.create(identificatie="wmo"))
        taak("hier")
        for vreemd in ("wmo", "alle", "terug", "uitgezet", "x" * 500):
            assert onderwerpen(client, tab=vreemd) == ["hier"]

    def test_the_first_list_that_holds_work_opens(self, client: KccClient) -> None:
        taak("van niemand")
        assert onderwerpen(client) == ["van niemand"]
        taak("van mij", toegewezen_aan=client.medewerker)
        assert onderwerpen(client) == ["van mij"]

    def test_an_empty_list_says_what_will_come_here(self, client: KccClient) -> None:
        assert "Neem een taak uit de lijst van uw afdeling" in client.get(LIJST).content.decode()

    @pytest.mark.parametrize("rol", ["kennisredacteur", "beheerder"])
    def test_other_roles_have_no_werkvoorraad(
        self, client_as: Callable[..., KccClient], rol: str
    ) -> None:
        assert client_as(rol).get(LIJST).status_code == 403


class TestOrder:
    def test_what_is_due_first_stands_on_top(self, client: KccClient) -> None:
        taak("later", 24)
        taak("te laat", 0)
        taak("nu", 1)
        assert onderwerpen(client) == ["te laat", "nu", "later"]
        assert onderwerpen(client, sorteer="-termijn") == ["later", "nu", "te laat"]

    @pytest.mark.parametrize(
        "sleutel", ["termijn", "onderwerp", "klant", "van", "bij", "stand", "afgehandeld"]
    )
    def test_every_column_orders_both_ways(self, client: KccClient, sleutel: str) -> None:
        taak("a")
        taak("b", toegewezen_aan=client.medewerker)
        params = {"tab": "burgerzaken"}
        assert len(onderwerpen(client, sorteer=sleutel, **params)) == 2
        assert len(onderwerpen(client, sorteer=f"-{sleutel}", **params)) == 2

    @pytest.mark.parametrize(
        "sleutel",
        [
            "aangemaakt_door__password",
            "--termijn",
            "?",
            "klantcontact__partij__geboortedatum",
            "\0",
        ],
    )
    def test_only_columns_that_we_name_order_the_list(
        self, client: KccClient, sleutel: str
    ) -> None:
        taak("later", 24)
        taak("eerder", 1)
        assert onderwerpen(client, sorteer=sleutel) == ["eerder", "later"]


class TestFilter:
    def test_finished_unclaimed_and_overdue(self, client: KccClient) -> None:
        taak("open", toegewezen_aan=MedewerkerFactory.create())
        taak("vrij")
        klaar("klaar")
        InterneTaak.objects.filter(gevraagde_handeling="vrij").update(
            aangemaakt_op=WOENSDAG - timedelta(days=3), termijn_op=WOENSDAG - timedelta(days=1)
        )
        assert set(onderwerpen(client)) == {"open", "vrij"}
        assert onderwerpen(client, stand="vrij", tab="burgerzaken") == ["vrij"]
        assert onderwerpen(client, stand="te_laat", tab="burgerzaken") == ["vrij"]
        assert onderwerpen(client, stand="afgehandeld", tab="burgerzaken") == ["klaar"]
        assert set(onderwerpen(client, stand="onzin")) == {"open", "vrij"}

    def test_twenty_to_a_page_and_no_page_that_is_not_there(self, client: KccClient) -> None:
        for nummer in range(21):
            taak(f"taak {nummer:02}", nummer + 1)
        assert len(onderwerpen(client)) == 20
        assert onderwerpen(client, pagina="2") == ["taak 20"]
        for raar in ("999999", "-1", "x", "1e9", ""):
            assert client.get(LIJST, {"pagina": raar}).status_code == 200


class TestSearch:
    def search(self, client: KccClient, tekst: str) -> Any:
        return client.post(reverse("zaken:zoeken") + "?tab=burgerzaken", {"q": tekst}, follow=True)

    @pytest.mark.parametrize("tekst", ["rijbewijs", "RIJB", "vries", "Maria spoed", "van Drôme"])
    def test_by_subject_and_by_name(self, client: KccClient, tekst: str) -> None:
        partij = PartijFactory.create(achternaam="Vries-van Drome")
        taak("spoed met rijbewijs", klantcontact__partij=partij)
        taak("iets anders")
        antwoord = self.search(client, tekst)
        html = antwoord.content.decode()
        assert "spoed met rijbewijs" in html
        assert "iets anders" not in html
        assert "1 gevonden voor" in html

    def test_what_is_searched_for_stands_in_no_address(self, client: KccClient) -> None:
        taak("iets")
        antwoord = self.search(client, "de Vries")
        adressen = [adres for adres, _ in antwoord.redirect_chain]
        assert adressen
        assert not any("ries" in adres for adres in adressen)
        assert "ries" not in " ".join(re.findall(r'href="([^"]*)"', antwoord.content.decode()))

    def test_a_search_lasts_while_one_works_through_what_it_found(self, client: KccClient) -> None:
        gezocht = taak("rijbewijs")
        taak("iets anders")
        adres = self.search(client, "rijbewijs").redirect_chain[-1][0]
        pad = reverse("zaken:taak", args=[gezocht.uuid])
        html = client.get(f"{pad}?{adres.partition('?')[2]}").content.decode()
        assert "iets anders" not in html

    def test_a_number_as_it_is_spoken_opens_the_taak(self, client: KccClient) -> None:
        gezocht = taak("paspoort", nummer=make_nummer("T", 10000001))
        antwoord = self.search(client, speakable(gezocht.nummer).lower())
        assert antwoord.redirect_chain[-1][0].startswith(reverse("zaken:taak", args=[gezocht.uuid]))

    def test_another_departments_number_finds_nothing(self, client: KccClient) -> None:
        taak(
            "geheim",
            nummer=make_nummer("T", 10000001),
            afdeling=AfdelingFactory.create(identificatie="wmo"),
        )
        html = self.search(client, make_nummer("T", 10000001)).content.decode()
        assert "Niets gevonden" in html
        assert "geheim" not in html

    @pytest.mark.parametrize("tekst", ["", " ", "%", "_", "\0", "'; --", "x" * 5000])
    def test_anything_may_be_typed(self, client: KccClient, tekst: str) -> None:
        taak("iets")
        assert self.search(client, tekst).status_code == 200

    def test_a_link_to_somebody_elses_search_shows_the_whole_list(self, client: KccClient) -> None:
        taak("iets")
        assert onderwerpen(client, zoek="verzonnen") == ["iets"]

    def test_by_get_it_is_refused(self, client: KccClient) -> None:
        assert client.get(reverse("zaken:zoeken")).status_code == 405


class TestCost:
    @pytest.mark.parametrize("rijen", [1, 20])
    def test_the_list_costs_the_same_for_every_length(
        self, client: KccClient, rijen: int, django_assert_num_queries: Any
    ) -> None:
        for nummer in range(rijen):
            taak(
                f"taak {nummer}",
                klantcontact__partij=PartijFactory.create(),
                toegewezen_aan=MedewerkerFactory.create(),
            )
        client.get(LIJST)
        # session, user, departments, groups, live, all counts, keys, rows, calendar (2), onlookers,
        # log, views
        with django_assert_num_queries(13):
            client.get(LIJST, {"tab": "burgerzaken"}, headers=HTMX)

    @pytest.mark.parametrize("rijen", [1, 20])
    def test_the_kcc_too(
        self, client_as: Callable[..., KccClient], rijen: int, django_assert_num_queries: Any
    ) -> None:
        agent = client_as("kcc_medewerker")
        for nummer in range(rijen):
            taak(f"taak {nummer}", klantcontact__partij=PartijFactory.create())
        agent.get(LIJST)
        with django_assert_num_queries(14):  # as above, and the departments to choose from
            agent.get(LIJST, {"tab": "alle"}, headers=HTMX)


class TestBeside:
    def test_the_taak_opens_beside_the_list(self, client: KccClient) -> None:
        een, twee, drie = taak("een", 1), taak("twee", 2), taak("drie", 3)
        pad = reverse("zaken:taak", args=[twee.uuid])
        pagina = client.get(pad, {"tab": "burgerzaken"}).content.decode()
        assert len(re.findall(r'tabel__hoofd"', pagina)) == 3
        assert pagina.count('aria-current="true"') == 1
        fragment = client.get(pad, {"tab": "burgerzaken"}, headers=HTMX).content.decode()
        assert "tabel__hoofd" not in fragment
        assert str(een.uuid) in fragment  # previous, key k
        assert str(drie.uuid) in fragment  # next, key j

    def test_the_page_varies_on_who_asks(self, client: KccClient) -> None:
        assert "HX-Request" in client.get(LIJST)["Vary"]


class TestOfPartij:
    def test_open_and_recently_finished(self, client_as: Callable[..., KccClient]) -> None:
        partij = PartijFactory.create()
        taak("nog open", klantcontact__partij=partij)
        klaar("al klaar", klantcontact__partij=partij)
        taak("van iemand anders", klantcontact__partij=PartijFactory.create())
        pad = reverse("zaken:taken_van_partij", args=[partij.uuid])
        html = client_as("kcc_medewerker").get(pad, headers=HTMX).content.decode()
        assert "<html" not in html
        assert "nog open" in html
        assert "al klaar" in html
        assert "van iemand anders" not in html

    def test_none_is_said(self, client_as: Callable[..., KccClient]) -> None:
        pad = reverse("zaken:taken_van_partij", args=[PartijFactory.create().uuid])
        assert "Geen taken" in client_as("kcc_medewerker").get(pad).content.decode()

    def test_a_department_sees_its_own_and_knows_nobody_else(self, client: KccClient) -> None:
        partij, onbekend = PartijFactory.create(), PartijFactory.create()
        taak("hier", klantcontact__partij=partij)
        wmo = AfdelingFactory.create(identificatie="wmo")
        taak("elders", klantcontact__partij=partij, afdeling=wmo)
        taak("ook elders", klantcontact__partij=onbekend, afdeling=wmo)
        html = client.get(reverse("zaken:taken_van_partij", args=[partij.uuid])).content.decode()
        assert "hier" in html
        assert "elders" not in html
        assert (
            client.get(reverse("zaken:taken_van_partij", args=[onbekend.uuid])).status_code == 404
        )

    @pytest.mark.parametrize("rijen", [1, 20])
    def test_it_costs_the_same_for_every_length(
        self, client_as: Callable[..., KccClient], rijen: int, django_assert_num_queries: Any
    ) -> None:
        partij = PartijFactory.create()
        for nummer in range(rijen):
            taak(f"taak {nummer}", klantcontact__partij=partij)
        agent = client_as("kcc_medewerker")
        pad = reverse("zaken:taken_van_partij", args=[partij.uuid])
        agent.get(pad)
        with django_assert_num_queries(8):
            agent.get(pad, headers=HTMX)
