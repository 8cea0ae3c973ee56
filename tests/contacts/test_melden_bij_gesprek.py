"""From the desk: say that an article is wrong, without leaving the question."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import now

from contacts import services
from contacts.models import Klantcontact
from kennisbank.models import Gebruik, Kennisartikel, Melding
from tests.conftest import HTMX, KccClient
from tests.factories import ProductFactory, artikel

MELDEN = reverse("kennisbank:melden")


@pytest.fixture
def agent(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("kcc_medewerker")


@pytest.fixture
def contact(agent: KccClient) -> Klantcontact:
    return services.start_gesprek(kanaal="telefoon", by=agent.medewerker, at=now())


@pytest.fixture
def stuk(agent: KccClient) -> Kennisartikel:
    return artikel()


def pagina(contact: Klantcontact) -> str:
    return reverse("contacts:gesprek", args=[contact.gesprek.uuid])


def open_artikel(agent: KccClient, contact: Klantcontact, stuk: Kennisartikel) -> BeautifulSoup:
    velden = {"onderwerp": "Mijn vraag", "open_artikel": str(stuk.uuid)}
    antwoord = agent.post(pagina(contact), velden, headers=HTMX)
    return BeautifulSoup(antwoord.content, "html.parser")


def test_the_open_article_has_the_three_keys_outside_the_form_of_the_gesprek(
    agent: KccClient, contact: Klantcontact, stuk: Kennisartikel
) -> None:
    agent.post(pagina(contact), {"open_artikel": str(stuk.uuid)}, headers=HTMX)
    paneel = open_artikel(agent, contact, stuk)
    knoppen = {k["data-toets"]: k for k in paneel.select("button[name=meld]")}
    assert set(knoppen) == {"h", "k", "m"}
    for knop in knoppen.values():
        assert knop["form"] == "gesprek-form"
        assert not knop.find_parent("form")
    # What unfolds is asked of the kennisbank itself, and the question is not in the address.
    adres = str(knoppen["k"]["hx-get"])
    assert "Mijn" not in adres
    headers = {**HTMX, "HX-Target": "melden"}
    formulier = BeautifulSoup(agent.get(adres, headers=headers).content, "html.parser")
    assert formulier.select_one("html") is None
    velden = {v["name"]: v.get("value", "") for v in formulier.select("form input[type=hidden]")}
    assert velden["klantcontact"] == str(contact.uuid)
    assert formulier.select_one("form")["hx-include"].startswith("#id_onderwerp")  # type: ignore[index,union-attr]
    # The browser sends along what stands in the field of the question.
    del velden["csrfmiddlewaretoken"]
    velden |= {"toelichting": "De prijs is oud.", "onderwerp": "Prijs van paspoort 0612345678"}
    assert agent.post(MELDEN, velden, headers=headers).status_code == 200
    melding = Melding.objects.get()
    assert (melding.klantcontact_uuid, melding.zoekvraag) == (contact.uuid, "prijs van paspoort")
    assert (melding.artikel, melding.artikelversie) == (stuk, stuk.huidige_versie)


def test_helpt_is_one_click_and_once_per_contact(
    agent: KccClient, contact: Klantcontact, stuk: Kennisartikel
) -> None:
    velden = {"soort": "helpt", "artikel": str(stuk.uuid), "versie": "1"}
    for _ in range(2):
        agent.post(MELDEN, {**velden, "klantcontact": str(contact.uuid)}, headers=HTMX)
    assert Melding.objects.get().soort == "helpt"
    assert not Gebruik.objects.exists()  # "gebruik als antwoord" counts here


def test_without_javascript_the_gesprek_is_saved_first(
    agent: KccClient, contact: Klantcontact, stuk: Kennisartikel
) -> None:
    velden = {
        "onderwerp": "Wat kost een paspoort?",
        "inhoud": "Half getypt",
        "versie": contact.versie,
        "meld": f"klopt_niet:{stuk.uuid}:1",
    }
    antwoord = agent.post(pagina(contact), velden)
    assert antwoord.status_code == 302
    contact.refresh_from_db()
    assert (contact.onderwerp, contact.inhoud) == ("Wat kost een paspoort?", "Half getypt")
    adres = urlsplit(antwoord["Location"])
    assert adres.path == MELDEN
    assert "kost" not in adres.query
    assert parse_qs(adres.query)["terug"] == [pagina(contact)]
    eigen = BeautifulSoup(agent.get(antwoord["Location"]).content, "html.parser")
    formulier = eigen.select_one("main form.formulier")
    assert formulier is not None
    over = {v["name"]: v.get("value", "") for v in formulier.select("input[type=hidden]")}
    antwoord = agent.post(MELDEN, {**over, "toelichting": "De prijs is oud."})
    assert antwoord["Location"] == pagina(contact)
    assert Melding.objects.get().klantcontact_uuid == contact.uuid


@pytest.mark.parametrize("meld", ["", "x", "klopt_niet", "mist:x:y:z", ":::"])
def test_an_odd_button_is_no_error(agent: KccClient, contact: Klantcontact, meld: str) -> None:
    antwoord = agent.post(pagina(contact), {"onderwerp": "Vraag", "meld": meld}, follow=True)
    assert antwoord.status_code == 200
    assert not Melding.objects.exists()


def test_nothing_found_can_be_reported_with_the_product(
    agent: KccClient, contact: Klantcontact
) -> None:
    leeg = agent.post(pagina(contact), {"onderwerp": "", "antwoorden": "1"}, headers=HTMX)
    assert 'id="meld-niets"' not in leeg.text
    product = ProductFactory.create(naam="standplaats")
    agent.post(pagina(contact), {"kies_product": str(product.uuid)}, headers=HTMX)
    velden = {"onderwerp": "zxqwvk", "antwoorden": "1"}
    tekst = agent.post(pagina(contact), velden, headers=HTMX).text
    knop = BeautifulSoup(tekst, "html.parser").select_one("#meld-niets")
    assert knop is not None
    assert "Geen artikel gevonden" in tekst
    vraag = parse_qs(urlsplit(str(knop["hx-get"])).query)
    assert vraag["product"] == [str(product.uuid)]
    velden = {"soort": "mist", "product": str(product.uuid), "onderwerp": "zxqwvk"}
    velden["klantcontact"] = str(contact.uuid)
    antwoord = agent.post(MELDEN, velden, headers={**HTMX, "HX-Target": "uitvouw"})
    assert "#meld-niets" in antwoord["HX-Trigger-After-Settle"]
    melding = Melding.objects.get()
    assert (melding.product, melding.zoekvraag) == (product, "zxqwvk")


def test_opened_and_used_are_counted_once_per_question(
    agent: KccClient, contact: Klantcontact, stuk: Kennisartikel
) -> None:
    for _ in range(2):
        open_artikel(agent, contact, stuk)
    for _ in range(2):
        agent.post(pagina(contact), {"gebruik_artikel": str(stuk.uuid)}, headers=HTMX)
    soorten = Gebruik.objects.values_list("artikelversie", "soort").order_by("pk")
    versie = stuk.huidige_versie_id
    assert list(soorten) == [(versie, "geopend"), (versie, "gebruikt")]


def test_the_desk_tells_what_was_searched(agent: KccClient, contact: Klantcontact) -> None:
    velden = {"onderwerp": "zxqwvk", "antwoorden": "1"}
    tekst = agent.post(pagina(contact), velden, headers=HTMX).text
    regel = BeautifulSoup(tekst, "html.parser").select_one("[data-zoekactie]")
    assert regel is not None
    assert (regel["data-zoekactie"], regel["data-aantal"]) == ("zxqwvk", "0")
