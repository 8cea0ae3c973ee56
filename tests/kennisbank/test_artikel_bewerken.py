"""Editing an article: a new version, and nobody's words lost."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from kennisbank import services
from kennisbank.models import ArtikelVersie, Kennisartikel
from tests.conftest import HTMX
from tests.factories import WOENSDAG, MedewerkerFactory
from tests.kennisbank.conftest import AANVALLEN, TEKST, gevaren

Publiceer = Callable[..., Kennisartikel]

INVOER = {
    "basis": "1",
    "titel": "Paspoort met spoed",
    "kort_antwoord": "Ja, dat kan.\r\nDe volgende werkdag.",
    "uitleg": "Neem mee:\r\n\r\n- een **foto**\r\n- uw pas",
    "vraag_door": "",
    "werkinstructie": "1. Plan een afspraak.",
}


def adres(stuk: Kennisartikel) -> str:
    return reverse("kennisbank:artikel_bewerken", args=[stuk.uuid])


def velden(response: Any) -> dict[str, str]:
    """What the form holds after this answer, as a browser would send it again."""
    formulier = BeautifulSoup(response.content, "html.parser").select_one(
        "main form, #bewerken form"
    )
    assert formulier is not None
    waarden = {str(v["name"]): str(v.get("value", "")) for v in formulier.select("input")}
    # A browser drops the first line break of a textarea; Django's template begins with one.
    teksten = {
        str(v["name"]): v.get_text().removeprefix("\n") for v in formulier.select("textarea")
    }
    waarden.pop("csrfmiddlewaretoken", None)
    return waarden | teksten


def test_the_form_holds_the_text_as_markdown(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    response = client_as("kennisredacteur").get(adres(publiceer()))
    assert velden(response) == {
        "basis": "1",
        "titel": TEKST["titel"],
        "kort_antwoord": TEKST["kort_antwoord"],
        "uitleg": "Neem uw oude paspoort mee.",
        "vraag_door": "- Heeft u haast?",
        "werkinstructie": "Plan een afspraak.",
    }


def test_saving_publishes_a_new_version(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    response = client.post(adres(stuk), INVOER, follow=True)
    assert response.redirect_chain == [(reverse("kennisbank:artikel", args=[stuk.uuid]), 302)]
    assert "Versie 2 is gepubliceerd." in response.content.decode()
    stuk.refresh_from_db()
    versie = stuk.huidige_versie
    assert versie is not None
    assert (versie.nummer, versie.titel) == (2, "Paspoort met spoed")
    assert versie.auteur == client.medewerker
    assert versie.kort_antwoord == "Ja, dat kan.\nDe volgende werkdag."
    assert "<li>een <strong>foto</strong></li>" in versie.uitleg_html
    assert versie.vraag_door_html == ""
    assert stuk.versies.count() == 2


def test_under_htmx_saving_is_an_event(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    response = client_as("kennisredacteur").post(adres(publiceer()), INVOER, headers=HTMX)
    assert response.status_code == 204
    assert "artikel-gepubliceerd" in response["HX-Trigger"]


@pytest.mark.parametrize(
    ("anders", "veld", "reden"),
    [
        ({"titel": ""}, "titel", "verplicht"),
        ({"titel": "x" * 201}, "titel", "200"),
        ({"kort_antwoord": "   "}, "kort_antwoord", "verplicht"),
        ({"uitleg": "x" * 20_001}, "uitleg", "20000"),
        ({"uitleg": "woord\x00"}, "uitleg", "ull"),
        ({"basis": "x"}, "basis", "geheel getal"),
        ({"basis": ""}, "basis", "verplicht"),
    ],
)
def test_bad_input_comes_back_with_a_sentence(
    client_as: Callable[..., Any],
    publiceer: Publiceer,
    anders: dict[str, str],
    veld: str,
    reden: str,
) -> None:
    response = client_as("kennisredacteur").post(adres(publiceer()), INVOER | anders)
    assert response.status_code == 422
    assert reden in " ".join(response.context["form"].errors[veld])
    assert velden(response)["werkinstructie"] == INVOER["werkinstructie"]
    assert ArtikelVersie.objects.count() == 1


def test_the_second_of_two_editors_is_told_and_keeps_his_text(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    services.publish_versie(
        artikel=stuk,
        **TEKST | {"titel": "Van een ander", "uitleg_html": "<p>Nieuwe regels.</p>"},
        by=MedewerkerFactory.create(voornaam="Bram", achternaam="Bos"),
        at=WOENSDAG,
    )
    response = client.post(adres(stuk), INVOER)
    tekst = response.content.decode()
    assert response.status_code == 422
    assert "B. Bos heeft intussen versie 2 gepubliceerd" in tekst
    assert "Van een ander" in tekst
    assert "Nieuwe regels." in tekst
    getypt = velden(response)
    assert getypt["titel"] == INVOER["titel"]
    assert getypt["uitleg"].split() == INVOER["uitleg"].split()
    assert stuk.versies.count() == 2
    # He has seen it now: publishing again is his decision.
    assert getypt["basis"] == "2"
    assert client.post(adres(stuk), getypt).status_code == 302
    stuk.refresh_from_db()
    assert stuk.huidige_versie is not None
    assert (stuk.huidige_versie.nummer, stuk.huidige_versie.titel) == (3, INVOER["titel"])


def test_publishing_without_a_change_makes_no_version(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    response = client.post(adres(stuk), velden(client.get(adres(stuk))))
    assert response.status_code == 422
    assert "U heeft nog niets veranderd" in response.content.decode()
    assert stuk.versies.count() == 1


@pytest.mark.parametrize("aanval", [*AANVALLEN, "[klik](javascript:alert(1))", "![x](x onerror=1)"])
def test_no_field_carries_an_attack_to_a_reader(
    client_as: Callable[..., Any], publiceer: Publiceer, aanval: str
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    overal = {veld: aanval for veld in INVOER if veld != "basis"}
    assert client.post(adres(stuk), INVOER | overal).status_code == 302
    pagina = BeautifulSoup(
        client.get(reverse("kennisbank:artikel", args=[stuk.uuid])).content, "html.parser"
    )
    for blok in pagina.select("#artikel .proza"):
        assert gevaren(blok.decode_contents()) == []
    for kop in pagina.select("h1, .antwoord__kort"):
        assert kop.find(lambda tag: tag.name != "br") is None


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider", "beheerder"])
def test_only_an_editor_edits(
    client_as: Callable[..., Any], publiceer: Publiceer, rol: str
) -> None:
    stuk, client = publiceer(), client_as(rol)
    assert client.get(adres(stuk)).status_code == 403
    assert client.post(adres(stuk), INVOER).status_code == 403
    assert stuk.versies.count() == 1


def test_what_is_not_there_is_404_and_put_is_refused(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    client = client_as("kennisredacteur")
    assert client.get(reverse("kennisbank:artikel_bewerken", args=[uuid4()])).status_code == 404
    weg = publiceer(is_actief=False)
    assert client.post(adres(weg), INVOER).status_code == 404
    assert client.put(adres(publiceer())).status_code == 405


def test_extra_keys_change_nothing(client_as: Callable[..., Any], publiceer: Publiceer) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    meer = {"afdeling": "999", "auteur": "1", "nummer": "7", "is_actief": "", "product": ""}
    assert client.post(adres(stuk), INVOER | meer).status_code == 302
    na = Kennisartikel.objects.select_related("huidige_versie").get(pk=stuk.pk)
    assert (na.afdeling_id, na.product_id, na.is_actief) == (
        stuk.afdeling_id,
        stuk.product_id,
        True,
    )
    assert na.huidige_versie is not None
    assert na.huidige_versie.nummer == 2
