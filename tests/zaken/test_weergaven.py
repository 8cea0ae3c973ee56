"""Saved views: one's own and a department's, and nothing in them that an address may not hold."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from organisatie.models import Medewerker
from tests.conftest import KccClient
from tests.factories import WOENSDAG, AfdelingFactory, InterneTaakFactory, ProductFactory
from tests.zaken.hulp import LATER
from zaken.models import Weergave
from zaken.werkvoorraad import Keuze

pytestmark = pytest.mark.usefixtures("later", "taak")
PAD = "/werkvoorraad/weergaven/"
FILTER = "?tab=burgerzaken&stand=te_laat&prioriteit=hoog&sorteer=-klant&rijen=100"


def bewaar(client: KccClient, query: str = FILTER, **velden: Any) -> Any:
    return client.post(PAD + query, {"naam": "Spoed", **velden})


def open_weergave(client: KccClient, weergave: Weergave) -> Any:
    return client.get(reverse("zaken:weergave", args=[weergave.uuid]))


def test_what_is_kept_comes_back(vakspecialist: KccClient) -> None:
    assert bewaar(vakspecialist).status_code == 302
    weergave = Weergave.objects.get()
    assert weergave.keuze == {
        "tab": "burgerzaken", "stand": "te_laat", "prioriteit": "hoog", "sorteer": "-klant",
        "rijen": "100",
    }  # fmt: skip
    adres = open_weergave(vakspecialist, weergave)["Location"]
    assert vakspecialist.get(adres).status_code == 200
    assert "prioriteit=hoog" in adres
    assert "Spoed" in vakspecialist.get("/werkvoorraad/").content.decode()


def test_a_search_and_a_page_are_not_kept(vakspecialist: KccClient) -> None:
    zoek = vakspecialist.post("/werkvoorraad/zoeken/?tab=burgerzaken", {"q": "spoedpaspoort"})
    bewaar(vakspecialist, "?" + zoek["Location"].partition("?")[2] + "&pagina=3")
    assert Weergave.objects.get().keuze == {"tab": "burgerzaken"}


def test_shared_with_ones_department_and_no_other(
    vakspecialist: KccClient, client_as: Callable[..., KccClient]
) -> None:
    burgerzaken = vakspecialist.medewerker.afdelingen.get()
    bewaar(vakspecialist, afdeling=burgerzaken.pk)
    weergave = Weergave.objects.get()
    assert open_weergave(client_as("vakspecialist"), weergave).status_code == 302
    wmo = AfdelingFactory.create(identificatie="wmo")
    vreemd = client_as("vakspecialist", afdelingen=[wmo])
    assert open_weergave(vreemd, weergave).status_code == 404
    antwoord = bewaar(vakspecialist, afdeling=wmo.pk, naam="Anders")
    assert antwoord.status_code == 422
    assert "Kies een afdeling waar u werkt" in antwoord.content.decode()


def test_ones_own_is_nobody_elses(
    vakspecialist: KccClient, client_as: Callable[..., KccClient]
) -> None:
    bewaar(vakspecialist)
    weergave = Weergave.objects.get()
    ander = client_as("vakspecialist")
    assert open_weergave(ander, weergave).status_code == 404
    weg = reverse("zaken:weergave_weg", args=[weergave.uuid])
    assert ander.post(weg).status_code == 404
    assert Weergave.objects.exists()


def test_the_same_name_takes_the_place_of_the_old(vakspecialist: KccClient) -> None:
    bewaar(vakspecialist)
    bewaar(vakspecialist, "?tab=mijn")
    assert Weergave.objects.get().keuze == {"tab": "mijn"}


@pytest.mark.parametrize("rol", ["vakspecialist", "coordinator"])
def test_a_shared_one_is_removed_by_its_owner_or_the_coordinator(
    vakspecialist: KccClient, client_as: Callable[..., KccClient], rol: str
) -> None:
    bewaar(vakspecialist, afdeling=vakspecialist.medewerker.afdelingen.get().pk)
    weg = reverse("zaken:weergave_weg", args=[Weergave.objects.get().uuid])
    assert vakspecialist.get(weg).status_code == 405
    client_as(rol).post(weg)
    assert Weergave.objects.exists() == (rol == "vakspecialist")
    vakspecialist.post(weg)
    assert not Weergave.objects.exists()


def test_a_name_is_needed(vakspecialist: KccClient) -> None:
    antwoord = bewaar(vakspecialist, naam=" ")
    assert antwoord.status_code == 422
    assert "Geef de weergave een naam." in antwoord.content.decode()


def test_no_more_than_fifty(vakspecialist: KccClient) -> None:
    for nummer in range(50):
        Weergave.objects.create(
            naam=str(nummer), eigenaar=vakspecialist.medewerker, aangemaakt_op=LATER
        )
    assert bewaar(vakspecialist).status_code == 422
    assert bewaar(vakspecialist, naam="7").status_code == 302


@pytest.mark.parametrize(
    "kwaad",
    [
        {"sorteer": "aangemaakt_door__password"},
        {"toegewezen_aan__password__startswith": "a"},
        {"tab": "wmo"},
        {"van": "1 OR 1=1"},
        {"product": "%' OR 1=1"},
        {"rijen": "1000000", "pagina": "-1"},
        {"stand": ["open"], "kanaal": {"x": 1}},
    ],
)
def test_what_was_put_in_the_row_by_other_means_is_checked_again(
    vakspecialist: KccClient, kwaad: dict[str, Any]
) -> None:
    elders = InterneTaakFactory.create(
        afdeling=AfdelingFactory.create(identificatie="wmo"), gevraagde_handeling="geheim"
    )
    weergave = Weergave.objects.create(
        naam="x", eigenaar=vakspecialist.medewerker, aangemaakt_op=LATER, keuze=kwaad
    )
    antwoord = vakspecialist.get(open_weergave(vakspecialist, weergave)["Location"])
    assert antwoord.status_code == 200
    assert elders.gevraagde_handeling not in antwoord.content.decode()
    assert "password" not in Keuze.read(kwaad).query()


def test_the_filters(vakspecialist: KccClient, collega: Medewerker) -> None:
    """Each leaves only what fits."""
    op = WOENSDAG + timedelta(hours=1)
    InterneTaakFactory.create(
        gevraagde_handeling="deze", prioriteit=1, klantcontact__kanaal="brief",
        klantcontact__product=ProductFactory.create(naam="rijbewijs"), terugbellen_van=op,
        terugbellen_tot=op + timedelta(hours=1), gepauzeerd_op=op, reden_pauze="wacht",
    )  # fmt: skip
    for params in (
        {"prioriteit": "hoog"}, {"kanaal": "brief"}, {"product": "RIJBEW"},
        {"bijzonder": "terugbellen"}, {"bijzonder": "stil"},
    ):  # fmt: skip
        html = vakspecialist.get("/werkvoorraad/", {"tab": "burgerzaken", **params}).content
        assert html.count(b"tabel__hoofd") == 1, params
        assert b">deze<" in html
    for params in ({"prioriteit": "laag"}, {"product": "bestaat niet"}):
        html = vakspecialist.get("/werkvoorraad/", {"tab": "burgerzaken", **params}).content
        assert "Geen taken met dit filter" in html.decode()
