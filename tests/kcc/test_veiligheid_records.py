"""Whose record it is, what may be changed of it, and what is remembered of who looked."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from contacts import services
from contacts.models import Klantcontact
from contacts.numbers import make_nummer, speakable
from kcc.models import Verwerkingslogregel
from kennisbank.models import Product
from organisatie.models import Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    ArtikelVersieFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    artikel,
)
from zaken.models import InterneTaak

pytestmark = pytest.mark.django_db

KWAAD = "<img src=x onerror=alert(1)><script>alert(1)</script>\"'{{ 7 }}"


@pytest.fixture
def agent(client_as: Any) -> KccClient:
    client: KccClient = client_as("kcc_medewerker")
    return client


@pytest.fixture
def contact(agent: KccClient) -> Klantcontact:
    """An open conversation of the agent."""
    return services.start_gesprek(kanaal="telefoon", by=agent.medewerker, at=now())


def desk(contact: Klantcontact) -> str:
    return reverse("contacts:gesprek", args=[contact.gesprek.uuid])


def taak_van(partij: Any, **velden: Any) -> InterneTaak:
    """A taak about the question of this person."""
    return InterneTaakFactory.create(
        klantcontact=KlantcontactFactory.create(
            afgerond=True, gespreksresultaat="overgedragen", partij=partij
        ),
        **velden,
    )


def logged() -> list[tuple[str, str]]:
    return sorted((str(r.partij_uuid), r.doel) for r in Verwerkingslogregel.objects.all())


# --- who looked at whom ------------------------------------------------------------------------


@pytest.mark.parametrize("koppen", [{}, HTMX])
def test_every_name_in_a_list_of_taken_is_logged_once(
    client_as: Any, openingstijden: None, koppen: dict[str, str]
) -> None:
    een, twee, elders = PartijFactory.create_batch(3)
    taak_van(een)
    taak_van(een)
    taak_van(twee)
    taak_van(None)
    taak_van(elders, afdeling=AfdelingFactory.create(identificatie="wmo"))
    client_as("vakspecialist").get(reverse("zaken:werkvoorraad"), headers=koppen)
    assert logged() == sorted((str(p.uuid), "werkvoorraad") for p in (een, twee))


def test_what_is_done_for_somebody_is_not_looked_up_unnoticed(
    agent: KccClient, openingstijden: None
) -> None:
    partij = PartijFactory.create()
    agent.get(reverse("zaken:taken_van_partij", args=[partij.uuid]), headers=HTMX)
    assert logged() == [(str(partij.uuid), "klantbeeld")]


def test_a_look_up_that_is_refused_shows_nobody_and_logs_nobody(
    client_as: Any, openingstijden: None
) -> None:
    partij = PartijFactory.create()
    taak_van(partij, afdeling=AfdelingFactory.create(identificatie="wmo"))
    vreemd = client_as("vakspecialist")
    pad = reverse("zaken:taken_van_partij", args=[partij.uuid])
    assert vreemd.get(pad).status_code == 404
    assert client_as("kennisredacteur").get(pad).status_code == 403
    assert logged() == []


@pytest.mark.parametrize("einde", ["afronden", "annuleren"])
def test_nobody_is_looked_up_for_a_question_that_is_done(
    agent: KccClient, contact: Klantcontact, einde: str
) -> None:
    PartijFactory.create(achternaam="Terpstra")
    velden = {"onderwerp": "vraag", einde: "na_ruggespraak"}
    assert agent.post(desk(contact), velden).status_code == 302
    zoek = {"klant": "Terpstra", "zoek_klant": "1"}
    antwoord = agent.post(desk(contact), zoek, headers=HTMX)
    assert antwoord.status_code == 409
    assert "Terpstra" not in antwoord.text
    assert logged() == []


@pytest.mark.parametrize("stap", ["update", "delete"])
def test_the_processing_log_is_only_added_to(agent: KccClient, stap: str) -> None:
    services.open_partij(
        partijen=[PartijFactory.create()], doel="K1", by=agent.medewerker, at=now()
    )
    regels = Verwerkingslogregel.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        regels.update(doel="iets anders") if stap == "update" else regels.delete()
    assert regels.get().doel == "K1"


# --- names and numbers where they do not belong ---------------------------------------------------


def test_no_name_stands_in_a_title_that_a_browser_remembers(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create(achternaam="Terpstra")
    services.link_partij(klantcontact=contact, partij=partij, by=agent.medewerker, at=now())
    pagina = BeautifulSoup(agent.get(desk(contact)).content, "html.parser")
    assert "Terpstra" in pagina.get_text()
    assert pagina.title is not None
    assert "Terpstra" not in pagina.title.get_text()


def test_a_contact_is_looked_up_without_its_number_or_a_name_in_the_address(
    agent: KccClient,
) -> None:
    werkplek = reverse("contacts:werkplek")
    formulier = BeautifulSoup(agent.get(werkplek).content, "html.parser").select_one(
        'form[aria-label="Contact opzoeken"]'
    )
    assert formulier is not None
    assert formulier["method"] == "post"
    assert formulier.select_one("[name=csrfmiddlewaretoken]") is not None
    klaar = KlantcontactFactory.create(afgerond=True, nummer=make_nummer("K", 10000001))
    gevonden = agent.post(werkplek, {"nummer": speakable(klaar.nummer).lower()})
    assert gevonden["Location"] == reverse("contacts:klantcontact", args=[klaar.uuid])
    assert agent.get(werkplek, {"nummer": klaar.nummer}).status_code == 200
    mis = agent.post(werkplek, {"nummer": "Terpstra 123456782"})
    assert "“Terpstra 123456782” bestaat niet" in mis.text


# --- another's record --------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["heropenen", "concept", "gesprek"])
def test_a_colleagues_conversation_is_not_there(
    client_as: Any, contact: Klantcontact, route: str
) -> None:
    uuid = contact.uuid if route == "heropenen" else contact.gesprek.uuid
    pad = reverse(f"contacts:{route}", args=[uuid])
    velden = {"onderwerp": "gekaapt", "annuleren": "1", "afronden": "na_ruggespraak"}
    assert client_as("kcc_medewerker").post(pad, velden).status_code == 404
    contact.refresh_from_db()
    assert (contact.onderwerp, contact.versie) == ("", 1)


@pytest.mark.parametrize("route", ["overdragen", "overdragen_keuze"])
def test_a_colleagues_question_cannot_be_handed_off(
    client_as: Any, contact: Klantcontact, openingstijden: None, route: str
) -> None:
    pad = reverse(f"zaken:{route}", args=[contact.uuid])
    ander = client_as("kcc_medewerker")
    velden = {"afdeling": AfdelingFactory.create().pk, "gevraagde_handeling": "Bel terug."}
    # The fragment is asked by POST only: what was answered so far stands in no address.
    assert ander.get(pad).status_code == (404 if route == "overdragen" else 405)
    assert ander.post(pad, velden).status_code == 404
    assert not InterneTaak.objects.exists()


def test_the_number_of_another_departments_taak_opens_nothing(
    client_as: Any, openingstijden: None
) -> None:
    elders = InterneTaakFactory.create(
        nummer=make_nummer("T", 10000001), afdeling=AfdelingFactory.create(identificatie="wmo")
    )
    zoeken = reverse("zaken:zoeken")
    agent = client_as("kcc_medewerker")
    assert str(elders.uuid) in agent.post(zoeken, {"q": elders.nummer})["Location"]
    zoek = client_as("vakspecialist").post(zoeken, {"q": elders.nummer}, follow=True)
    assert str(elders.uuid) not in zoek.text
    assert elders.gevraagde_handeling not in zoek.text


def test_an_open_concept_of_a_colleague_is_not_found_by_its_number(
    client_as: Any, contact: Klantcontact
) -> None:
    ander = client_as("kcc_medewerker")
    antwoord = ander.post(reverse("contacts:werkplek"), {"nummer": contact.nummer})
    assert antwoord.status_code == 200
    assert "bestaat niet" in antwoord.text
    assert client_as("teamleider").get(
        reverse("contacts:klantcontact", args=[contact.uuid])
    ).status_code == 404  # fmt: skip


# --- extra keys --------------------------------------------------------------------------------


def test_keys_that_no_form_knows_change_nothing(agent: KccClient, contact: Klantcontact) -> None:
    ander = MedewerkerFactory.create()
    partij = PartijFactory.create()
    extra = {
        "medewerker": ander.pk,
        "medewerker_id": ander.pk,
        "partij": partij.pk,
        "partij_id": partij.pk,
        "gespreksresultaat": "overgedragen",
        "afgerond_op": "2020-01-01",
        "plaatsgevonden_op": "2020-01-01",
        "nummer": "K000000000",
        "concept": '{"x": 1}',
        "afdeling": "1",
    }
    url = reverse("contacts:concept", args=[contact.gesprek.uuid])
    assert agent.post(url, extra | {"onderwerp": "vraag"}).status_code == 200
    vers = Klantcontact.objects.get(pk=contact.pk)
    assert vers.onderwerp == "vraag"
    assert vers.medewerker == agent.medewerker
    assert (vers.partij, vers.afgerond_op, vers.afdeling) == (None, None, None)
    assert (vers.nummer, vers.gespreksresultaat) == (contact.nummer, "")
    assert vers.plaatsgevonden_op == contact.plaatsgevonden_op


def test_only_a_hand_off_says_handed_off(agent: KccClient, contact: Klantcontact) -> None:
    velden = {"onderwerp": "vraag", "afronden": "overgedragen"}
    assert agent.post(desk(contact), velden).status_code == 422
    contact.refresh_from_db()
    assert contact.afgerond_op is None


def test_the_admin_takes_no_field_that_it_does_not_show(client_as: Any) -> None:
    client = client_as("beheerder")
    wie = MedewerkerFactory.create(gebruikersnaam="wie", rollen=["teamleider"])
    url = reverse("admin:organisatie_medewerker_change", args=[wie.pk])
    velden = {
        "gebruikersnaam": "wie", "voornaam": "A", "achternaam": "B", "rollen": ["teamleider"],
        "is_active": "on", "is_demo": "on", "password": "plat", "uuid": "1", "last_login_0": "x",
    }  # fmt: skip
    assert client.post(url, velden).status_code == 302
    vers = Medewerker.objects.get(pk=wie.pk)
    assert (vers.is_demo, vers.uuid, vers.password) == (False, wie.uuid, wie.password)


# --- scripts -----------------------------------------------------------------------------------


def test_an_article_on_the_desk_is_sanitised_whatever_its_row_holds(
    agent: KccClient, contact: Klantcontact
) -> None:
    stuk = artikel()
    stuk.huidige_versie = ArtikelVersieFactory.create(
        artikel=stuk,
        nummer=2,
        uitleg_html=f"<p>uitleg</p>{KWAAD}",
        vraag_door_html=f'<a href="javascript:alert(1)">vraag</a>{KWAAD}',
        werkinstructie_html=f"<form action=//kwaad.example><p>stap</p></form>{KWAAD}",
    )
    stuk.save()
    for koppen in ({}, HTMX):
        html = agent.post(
            desk(contact), {"open_artikel": str(stuk.uuid)}, headers=koppen
        ).content.decode()
        deel = html[html.index('id="artikel-kop"') :]
        assert "uitleg" in deel
        for teken in ("onerror", "alert(1)", "javascript:", "kwaad.example"):
            assert teken not in deel


def test_names_subjects_and_notes_come_back_as_text(
    agent: KccClient, contact: Klantcontact, openingstijden: None
) -> None:
    partij = PartijFactory.create(achternaam=KWAAD)
    services.link_partij(klantcontact=contact, partij=partij, by=agent.medewerker, at=now())
    velden = {"onderwerp": KWAAD, "inhoud": KWAAD, "reactie": KWAAD, "afronden": "na_ruggespraak"}
    agent.post(desk(contact), velden)
    taak = taak_van(partij, gevraagde_handeling=KWAAD, toelichting=KWAAD, antwoord=KWAAD)
    paden = [
        reverse("contacts:klantcontact", args=[contact.uuid]),
        reverse("contacts:werkplek"),
        reverse("zaken:taak", args=[taak.uuid]) + "?tab=alle",
        reverse("zaken:taken_van_partij", args=[partij.uuid]),
    ]
    for pad in paden:
        html = agent.get(pad).content.decode()
        assert "&lt;img src=x" in html, pad
        assert "<img src=x" not in html, pad
        assert "<script>alert" not in html, pad


@pytest.mark.parametrize("adres", ["javascript:alert(1)", "data:text/html,x", "geen adres"])
def test_the_address_of_a_product_is_a_web_address(client_as: Any, adres: str) -> None:
    client: Client = client_as("beheerder")
    url = reverse("admin:kennisbank_product_add")
    velden = {"naam": "eigen product", "doelgroep": "", "trefwoorden": "", "is_actief": "on"}
    antwoord = client.post(url, velden | {"upn_uri": adres})
    assert "Vul een webadres in" in antwoord.text
    assert not Product.objects.exists()
    assert client.post(url, velden | {"upn_uri": "https://voorbeeld.test/x"}).status_code == 302


# --- too much, and another order ---------------------------------------------------------------


@pytest.mark.parametrize(
    "vraag",
    [
        {"sorteer": "toegewezen_aan__password"},
        {"sorteer": "-klantcontact__partij__identificatoren__object_id"},
        {"sorteer": "--termijn"},
        {"pagina": "1000000000"},
        {"pagina": "-1"},
        {"pagina": "9" * 5000},
        {"afdeling__medewerkers__password__startswith": "a"},
    ],
)
def test_a_list_sorts_and_pages_by_what_it_knows_only(
    client_as: Any, openingstijden: None, vraag: dict[str, str]
) -> None:
    taak_van(PartijFactory.create())
    antwoord = client_as("vakspecialist").get(reverse("zaken:werkvoorraad"), vraag)
    assert antwoord.status_code == 200
    assert antwoord.text.count('class="nl-link tabel__hoofd"') == 1


@pytest.mark.parametrize("tekst", ["a " * 2500, "%_\\" * 1600, "(" * 5000, "é" * 5000])
def test_a_search_of_five_thousand_signs_is_cut_and_answered(
    agent: KccClient, contact: Klantcontact, openingstijden: None, tekst: str
) -> None:
    assert agent.get(reverse("kennisbank:zoeken"), {"q": tekst}).status_code == 200
    assert agent.post(reverse("zaken:zoeken"), {"q": tekst}, follow=True).status_code == 200
    assert agent.post(reverse("contacts:werkplek"), {"nummer": tekst}).status_code == 200
    velden = {"klant": tekst, "zoek_klant": "1"}
    assert agent.post(desk(contact), velden, headers=HTMX).status_code == 422


def test_a_thousand_fields_are_refused(agent: KccClient) -> None:
    velden = {f"veld{n}": "x" for n in range(1000)}
    assert agent.post(reverse("contacts:gesprek_start"), velden).status_code == 400
    assert agent.get(reverse("kennisbank:zoeken"), velden).status_code == 400
