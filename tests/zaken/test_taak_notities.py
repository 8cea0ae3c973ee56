"""Internal notes, and the colleagues who are named in them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from kcc.models import UitgaandBericht
from organisatie.models import Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import AfdelingFactory, MedewerkerFactory
from tests.zaken.hulp import LATER, geschiedenis, url
from zaken import services
from zaken.models import InterneTaak, Vermelding

pytestmark = pytest.mark.usefixtures("later")

GENOEMD = "zaken:genoemd"


@pytest.fixture
def bekende(collega: Medewerker) -> Medewerker:
    collega.email = "a.bouali@gemeente.test"
    collega.save()
    return collega


def test_a_note_is_added_and_who_is_named_is_told_without_a_word_of_it(
    vakspecialist: KccClient, taak: InterneTaak, bekende: Medewerker
) -> None:
    velden = {"tekst": "Kun jij kijken, mevrouw De Vries wacht?", "genoemd": [bekende.pk]}
    antwoord = vakspecialist.post(url("notitie", taak), velden | {"versie": 1})
    assert antwoord.status_code == 302
    assert geschiedenis(taak) == [("notitie", "Kun jij kijken, mevrouw De Vries wacht?")]
    assert Vermelding.objects.get().medewerker == bekende
    bericht = UitgaandBericht.objects.get()
    assert bericht.aan == bekende.email
    assert taak.nummer in bericht.onderwerp
    assert str(taak.uuid) in bericht.tekst
    assert "Vries" not in bericht.tekst + bericht.onderwerp


def test_named_is_a_list_with_a_count_until_it_is_opened(
    client_as: Callable[..., KccClient], vakspecialist: KccClient, taak: InterneTaak
) -> None:
    ander = client_as("vakspecialist")
    teller = reverse("zaken:genoemd_teller")
    assert "nl-number-badge" not in ander.get(teller).content.decode()
    services.add_notitie(
        taak=taak, tekst="Weet jij dit?", genoemd=[ander.medewerker],
        by=vakspecialist.medewerker, at=LATER,
    )  # fmt: skip
    assert ">1<" in ander.get(teller).content.decode()
    html = ander.get(reverse(GENOEMD)).content.decode()
    assert "Weet jij dit?" in html
    assert "Ongelezen" in html
    vermelding = Vermelding.objects.get()
    open_url = reverse("zaken:genoemd_openen", args=[vermelding.pk])
    assert ander.get(open_url).status_code == 405
    assert vakspecialist.post(open_url).status_code == 404  # of somebody else
    assert ander.post(open_url)["Location"] == reverse("zaken:taak", args=[taak.uuid])
    vermelding.refresh_from_db()
    assert vermelding.gelezen_op == LATER
    assert "nl-number-badge" not in ander.get(teller).content.decode()


def test_a_note_on_a_taak_that_left_is_not_read_there_any_more(
    client_as: Callable[..., KccClient], vakspecialist: KccClient, taak: InterneTaak
) -> None:
    ander = client_as("vakspecialist")
    by = vakspecialist.medewerker
    services.add_notitie(taak=taak, tekst="Geheim.", genoemd=[ander.medewerker], by=by, at=LATER)
    wmo = AfdelingFactory.create(identificatie="wmo")
    services.forward_interne_taak(taak=taak, afdeling=wmo, reden="Wmo.", by=by, at=LATER)
    assert "Geheim." not in ander.get(reverse(GENOEMD)).content.decode()
    open_url = reverse("zaken:genoemd_openen", args=[Vermelding.objects.get().pk])
    assert ander.post(open_url).status_code == 404


def test_who_cannot_see_the_taak_is_not_named(vakspecialist: KccClient, taak: InterneTaak) -> None:
    elders = MedewerkerFactory.create(
        rollen=["vakspecialist"], afdelingen=[AfdelingFactory.create(identificatie="wmo")]
    )
    velden = {"tekst": "Kijk eens.", "genoemd": [elders.pk], "versie": 1}
    antwoord = vakspecialist.post(url("notitie", taak), velden, headers=HTMX)
    assert antwoord.status_code == 422
    assert "Kijk eens." in antwoord.content.decode()
    with pytest.raises(services.CannotMention):
        services.add_notitie(
            taak=taak, tekst="x", genoemd=[elders], by=vakspecialist.medewerker, at=LATER
        )
    assert not taak.gebeurtenissen.exists()


def test_an_empty_note_is_refused(vakspecialist: KccClient, taak: InterneTaak) -> None:
    velden = {"tekst": "  ", "versie": 1}
    assert vakspecialist.post(url("notitie", taak), velden).status_code == 422


def test_the_kcc_writes_a_note_with_a_department_and_an_old_screen_is_welcome(
    client_as: Callable[..., KccClient], vakspecialist: KccClient, taak: InterneTaak
) -> None:
    services.claim_interne_taak(taak=taak, by=vakspecialist.medewerker, at=LATER)
    agent = client_as("kcc_medewerker")
    html = agent.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
    assert "U leest mee" in html
    assert url("notitie", taak) in html
    velden = {"tekst": "De klant belde weer.", "versie": 1}
    assert agent.post(url("notitie", taak), velden).status_code == 302
    assert geschiedenis(taak)[-1] == ("notitie", "De klant belde weer.")


def test_of_another_department_and_without_the_right(
    client_as: Callable[..., KccClient], taak: InterneTaak
) -> None:
    velden = {"tekst": "x", "versie": 1}
    vreemd = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="wmo")])
    assert vreemd.get(url("notitie", taak)).status_code == 404
    assert vreemd.post(url("notitie", taak), velden).status_code == 404
    assert client_as("teamleider").post(url("notitie", taak), velden).status_code == 403


@pytest.mark.parametrize("rijen", [1, 20])
def test_the_list_costs_the_same_for_every_length(
    vakspecialist: KccClient,
    taak: InterneTaak,
    collega: Medewerker,
    rijen: int,
    django_assert_num_queries: Any,
) -> None:
    for nummer in range(rijen):
        services.add_notitie(
            taak=taak, tekst=f"Nr {nummer}", genoemd=[vakspecialist.medewerker],
            by=collega, at=LATER,
        )  # fmt: skip
    vakspecialist.get(reverse(GENOEMD))
    with django_assert_num_queries(4):  # session, user, count, rows
        vakspecialist.get(reverse(GENOEMD), headers=HTMX)
