"""The life of an article: proposed, edited, approved by its owner, published."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from kcc.models import UitgaandBericht
from kennisbank import services, tasks
from kennisbank.models import (
    ArtikelVersie,
    Concept,
    ConceptGebeurtenis,
    ConceptStand,
    Kennisartikel,
    Melding,
)
from tests.conftest import HTMX
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, ProductFactory
from tests.kennisbank.conftest import AANVALLEN, gevaren

Publiceer = Callable[..., Kennisartikel]
Client = Callable[..., Any]

VOORSTEL = {
    "titel": "Paspoort met spoed",
    "kort_antwoord": "Ja, dat kan.",
    "uitleg": "Neem mee:\r\n\r\n- een **foto**\r\n- uw pas",
    "vraag_door": "",
    "werkinstructie": "1. Plan een afspraak.",
    "toelichting": "Bellers vragen hier elke dag naar.",
}


def van(concept: Concept, naam: str) -> str:
    return reverse(f"kennisbank:{naam}", args=[concept.uuid])


def velden(response: Any) -> dict[str, str]:
    """What the editor's form holds, as a browser would send it again."""
    formulier = BeautifulSoup(response.content, "html.parser").select_one("#concept-formulier")
    assert formulier is not None
    waarden = {
        str(v["name"]): str(v.get("value", ""))
        for v in formulier.select("input")
        if v.get("type") not in ("checkbox", "radio") or v.has_attr("checked")
    }
    for keuze in formulier.select("select"):
        gekozen = keuze.select_one("option[selected]")
        waarden[str(keuze["name"])] = str(gekozen["value"]) if gekozen else ""
    teksten = {
        str(v["name"]): v.get_text().removeprefix("\n") for v in formulier.select("textarea")
    }
    waarden.pop("csrfmiddlewaretoken", None)
    teksten.pop("reden", None)
    return waarden | teksten


def begin(client: Any, stuk: Kennisartikel) -> Concept:
    """An editor starts on an article."""
    client.post(reverse("kennisbank:artikel_bewerken", args=[stuk.uuid]))
    return Concept.objects.get(artikel=stuk, stand=ConceptStand.BEWERKING)


def ter_goedkeuring(client: Any, stuk: Kennisartikel, **anders: str) -> Concept:
    """An editor changed something and sent it to the owner."""
    concept = begin(client, stuk)
    invoer = velden(client.get(van(concept, "concept_bewerken")))
    invoer |= {"uitleg": "Nieuwe uitleg."} | anders | {"ter_goedkeuring": "1"}
    response = client.post(van(concept, "concept_bewerken"), invoer)
    assert response.status_code == 302, response.content.decode()
    concept.refresh_from_db()
    return concept


def soorten(concept: Concept) -> list[str]:
    return [stap.soort for stap in concept.gebeurtenissen.all()]


# --- the whole road ----------------------------------------------------------------------------


def test_from_a_proposal_to_a_new_version(client_as: Client, publiceer: Publiceer) -> None:
    stuk = publiceer()
    agent = client_as("kcc_medewerker", email="agent@voorbeeld.test")
    redacteur = client_as("kennisredacteur", email="redacteur@voorbeeld.test")
    eigenaar = client_as("vakspecialist", email="eigenaar@voorbeeld.test")
    pagina = agent.get(reverse("kennisbank:artikel", args=[stuk.uuid])).content.decode()
    adres = f"{reverse('kennisbank:voorstellen')}?artikel={stuk.uuid}"
    assert adres in pagina
    assert "Neem uw oude paspoort mee." in agent.get(adres).content.decode()
    agent.post(adres, VOORSTEL)
    concept = Concept.objects.get()
    assert (concept.stand, concept.ingediend_door) == ("voorstel", agent.medewerker)

    redacteur.post(van(concept, "concept_oppakken"))
    invoer = velden(redacteur.get(van(concept, "concept_bewerken")))
    invoer |= {"kort_antwoord": "Ja, dat kan de volgende werkdag.", "ter_goedkeuring": "1"}
    redacteur.post(van(concept, "concept_bewerken"), invoer)
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.GOEDKEURING
    brief = UitgaandBericht.objects.get(aan="eigenaar@voorbeeld.test")
    assert van(concept, "concept") in brief.tekst
    assert "Paspoort" not in brief.tekst + brief.onderwerp

    eigenaar.post(van(concept, "concept_goedkeuren"), {"versie": concept.versie})
    concept.refresh_from_db()
    stuk.refresh_from_db()
    versie = stuk.huidige_versie
    assert versie is not None
    assert concept.gepubliceerde_versie == versie
    assert (versie.nummer, versie.titel) == (2, "Paspoort met spoed")
    assert (versie.auteur, versie.goedgekeurd_door) == (redacteur.medewerker, eigenaar.medewerker)
    assert "<strong>foto</strong>" in versie.uitleg_html
    assert soorten(concept) == [
        "voorgesteld", "begonnen", "bewerkt", "ter_goedkeuring", "goedgekeurd", "gepubliceerd",
    ]  # fmt: skip
    assert UitgaandBericht.objects.filter(aan="agent@voorbeeld.test").count() == 1
    assert "gepubliceerd" in agent.get(van(concept, "concept")).content.decode()


def test_a_new_article_gets_its_own_address_and_kenmerken(client_as: Client) -> None:
    product = ProductFactory.create()
    assert product.afdeling is not None
    for _ in range(2):
        client_as("kcc_medewerker").post(
            reverse("kennisbank:voorstellen"), VOORSTEL | {"product": product.pk, "soort": "vac"}
        )
        concept = Concept.objects.open().get()
        assert concept.afdeling == product.afdeling
        redacteur, eigenaar = client_as("kennisredacteur"), client_as("vakspecialist")
        invoer = velden(redacteur.get(van(concept, "concept_bewerken")))
        invoer |= {"trefwoorden": "haast", "herzien_op": "", "ter_goedkeuring": "1"}
        redacteur.post(van(concept, "concept_bewerken"), invoer)
        concept.refresh_from_db()
        eigenaar.post(van(concept, "concept_goedkeuren"), {"versie": concept.versie})
    stukken = list(Kennisartikel.objects.order_by("pk"))
    assert [s.slug for s in stukken] == ["paspoort-met-spoed", "paspoort-met-spoed-2"]
    assert stukken[0].product == product
    assert stukken[0].trefwoorden == "haast"
    assert stukken[0].redacteur is not None
    assert stukken[0].herzien_op == localdate() + timedelta(days=365)


def test_kenmerken_of_an_article_change_with_its_publication(
    client_as: Client, publiceer: Publiceer
) -> None:
    stuk, ander = publiceer(), publiceer(titel="Rijbewijs verlengen")
    extra = ProductFactory.create(naam="noodpaspoort")
    concept = ter_goedkeuring(
        client_as("kennisredacteur"), stuk, soort="werkinstructie", alleen_intern="on",
        andere_producten="Noodpaspoort", zie_ook="rijbewijs verlengen",
        herzien_op=str(localdate() + timedelta(days=30)),
    )  # fmt: skip
    stuk.refresh_from_db()
    assert stuk.soort == "vac"  # not before it is approved
    eigenaar = client_as("vakspecialist")
    assert eigenaar.post(
        van(concept, "concept_goedkeuren"), {"versie": concept.versie}
    ).status_code == 302  # fmt: skip
    stuk.refresh_from_db()
    assert (stuk.soort, stuk.alleen_intern) == ("werkinstructie", True)
    assert stuk.herzien_op == localdate() + timedelta(days=30)
    assert list(stuk.andere_producten.all()) == [extra]
    assert list(stuk.zie_ook.all()) == [ander]


# --- proposing ---------------------------------------------------------------------------------


def test_a_proposal_without_what_is_needed_comes_back(client_as: Client) -> None:
    client = client_as("kcc_medewerker")
    response = client.post(reverse("kennisbank:voorstellen"), VOORSTEL | {"titel": ""})
    tekst = response.content.decode()
    assert response.status_code == 422
    assert "Vul een titel in." in tekst
    assert "Kies welke afdeling eigenaar wordt." in tekst
    assert "Plan een afspraak." in tekst
    assert not Concept.objects.exists()


def test_of_one_article_there_is_one_draft(client_as: Client, publiceer: Publiceer) -> None:
    stuk, client = publiceer(), client_as("kcc_medewerker")
    adres = f"{reverse('kennisbank:voorstellen')}?artikel={stuk.uuid}"
    assert client.post(adres, VOORSTEL).status_code == 302
    tweede = client_as("vakspecialist").post(adres, VOORSTEL | {"titel": "Een andere titel"})
    assert tweede.status_code == 422
    assert "Een andere titel" in tweede.content.decode()
    assert "al een concept" in tweede.content.decode()
    assert Concept.objects.count() == 1


def test_who_may_not_propose_and_what_is_not_there(client_as: Client, publiceer: Publiceer) -> None:
    adres = reverse("kennisbank:voorstellen")
    assert client_as("beheerder").post(adres, VOORSTEL).status_code == 403
    client = client_as("kcc_medewerker")
    for verkeerd in (str(uuid4()), "x", str(publiceer(is_actief=False).uuid)):
        assert client.post(f"{adres}?artikel={verkeerd}", VOORSTEL).status_code == 404


# --- editing -----------------------------------------------------------------------------------


def test_starting_is_a_post_and_finds_the_open_draft(
    client_as: Client, publiceer: Publiceer
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    adres = reverse("kennisbank:artikel_bewerken", args=[stuk.uuid])
    assert client.get(adres).status_code == 200
    assert not Concept.objects.exists()
    for _ in range(2):
        response = client.post(adres)
        concept = Concept.objects.get()
        assert response["Location"] == van(concept, "concept_bewerken")
    assert concept.titel == "Paspoort aanvragen"
    assert concept.uitleg == "Neem uw oude paspoort mee."
    assert (concept.basis, concept.stand) == (1, "bewerking")


def test_typing_is_saved(client_as: Client, publiceer: Publiceer) -> None:
    client = client_as("kennisredacteur")
    concept = begin(client, publiceer())
    adres = van(concept, "concept_bewerken")
    invoer = velden(client.get(adres)) | {"uitleg": "Half getyp"}
    # A date and a product beside the text that are not finished do not keep the text back.
    invoer |= {"herzien_op": "2026-1", "andere_producten": "noodpas"}
    response = client.post(adres, invoer, headers={"X-Autosave": "1"})
    assert response.status_code == 200
    assert response.json()["versie"] == concept.versie + 1
    concept.refresh_from_db()
    assert concept.uitleg == "Half getyp"
    assert soorten(concept) == ["begonnen", "bewerkt"]
    client.post(adres, invoer | {"versie": concept.versie, "uitleg": "Half getypt"},
                headers={"X-Autosave": "1"})  # fmt: skip
    assert soorten(concept) == ["begonnen", "bewerkt"]
    te_lang = client.post(adres, invoer | {"uitleg": "x" * 20_001}, headers={"X-Autosave": "1"})
    assert te_lang.status_code == 422
    assert "20000" in te_lang.json()["melding"]


def test_the_second_of_two_editors_loses_nothing(client_as: Client, publiceer: Publiceer) -> None:
    een, twee = client_as("kennisredacteur"), client_as("kennisredacteur")
    concept = begin(een, publiceer())
    adres = van(concept, "concept_bewerken")
    invoer = velden(twee.get(adres))
    een.post(adres, velden(een.get(adres)) | {"uitleg": "Van de eerste.", "bewaar": "1"})
    mijn = invoer | {"uitleg": "Van de tweede."}
    stil = twee.post(adres, mijn, headers={"X-Autosave": "1"})
    assert stil.status_code == 409
    assert "intussen bewaard" in stil.json()["melding"]
    response = twee.post(adres, mijn | {"bewaar": "1"})
    assert response.status_code == 422
    pagina = BeautifulSoup(response.content, "html.parser")
    assert velden(response)["uitleg"] == "Van de tweede."
    assert [d.get_text() for d in pagina.select("del.verschil__weg")]
    assert "eerste" in " ".join(d.get_text() for d in pagina.select("del.verschil__weg"))
    assert "tweede" in " ".join(d.get_text() for d in pagina.select("ins.verschil__erbij"))
    concept.refresh_from_db()
    assert concept.uitleg == "Van de eerste."
    # He has seen it now: saving again is his decision.
    assert twee.post(adres, velden(response) | {"bewaar": "1"}).status_code == 302
    concept.refresh_from_db()
    assert concept.uitleg == "Van de tweede."


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"kort_antwoord": ""}, "Vul een kort antwoord in"),
        ({"uitleg": "![](afbeelding:00000000-0000-4000-8000-000000000000)"}, "wat erop staat"),
        ({"titel": ""}, "Vul een titel in."),
        ({"herzien_op": "2099-01-01"}, "binnen twaalf maanden"),
        ({"andere_producten": "bestaat niet"}, "Er is geen product"),
        ({"zie_ook": "bestaat niet"}, "Er is geen artikel"),
        ({"geldig_tot": "2026-01-01", "geldig_van": "2026-02-01"}, "niet voor de eerste"),
        ({"telefoonnummer": "<b>"}, "telefoonnummer"),
        ({}, "U heeft nog niets veranderd"),
    ],
)
def test_what_is_not_ready_is_not_sent(
    client_as: Client, publiceer: Publiceer, anders: dict[str, str], zin: str
) -> None:
    client = client_as("kennisredacteur")
    concept = begin(client, publiceer())
    adres = van(concept, "concept_bewerken")
    response = client.post(adres, velden(client.get(adres)) | anders | {"ter_goedkeuring": "1"})
    assert response.status_code == 422
    assert zin in response.content.decode()
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.BEWERKING


def test_a_newer_version_is_told_and_has_to_be_worked_in(
    client_as: Client, publiceer: Publiceer
) -> None:
    stuk, client = publiceer(), client_as("kennisredacteur")
    concept = begin(client, stuk)
    services.publish_versie(
        artikel=stuk, titel="Tussendoor", kort_antwoord="x", uitleg_html="<p>Ander.</p>",
        vraag_door_html="", werkinstructie_html="", by=None, at=now(),
    )  # fmt: skip
    adres = van(concept, "concept_bewerken")
    pagina = client.get(adres)
    assert "Versie 2 is gepubliceerd nadat dit concept begon" in pagina.content.decode()
    invoer = velden(pagina) | {"uitleg": "Mijn tekst.", "ter_goedkeuring": "1"}
    response = client.post(adres, invoer)
    assert response.status_code == 422
    assert "vergelijk de teksten" in response.content.decode()
    assert client.post(adres, velden(response) | {"verwerkt": "1"}).status_code == 302
    opnieuw = velden(client.get(adres)) | {"verwerkt": "2", "ter_goedkeuring": "1"}
    assert client.post(adres, opnieuw).status_code == 302
    concept.refresh_from_db()
    assert (concept.stand, concept.basis) == ("goedkeuring", 2)


@pytest.mark.parametrize("aanval", [*AANVALLEN, "[klik](javascript:alert(1))", "![x](x onerror=1)"])
def test_no_field_carries_an_attack_to_a_reader(
    client_as: Client, publiceer: Publiceer, aanval: str
) -> None:
    client, stuk = client_as("kennisredacteur"), publiceer()
    concept = begin(client, stuk)
    adres = van(concept, "concept_bewerken")
    tekst = ("titel", "kort_antwoord", "uitleg", "vraag_door", "werkinstructie")
    invoer = velden(client.get(adres)) | dict.fromkeys(tekst, aanval)
    voorbeeld = client.post(van(concept, "concept_voorbeeld"), invoer, headers=HTMX)
    assert voorbeeld.status_code == 200
    client.post(adres, invoer | {"reden": aanval, "rechtzetten": "1"})
    stuk.refresh_from_db()
    assert stuk.huidige_versie is not None
    assert stuk.huidige_versie.nummer == 2
    paginas = [
        voorbeeld,
        client.get(van(concept, "concept")),
        client.get(reverse("kennisbank:artikel", args=[stuk.uuid])),
        client.get(reverse("kennisbank:artikel_vergelijken", args=[stuk.uuid])),
        client.get(reverse("kennisbank:concepten") + "?tab=klaar"),
    ]
    for response in paginas:
        pagina = BeautifulSoup(response.content, "html.parser")
        for blok in pagina.select(".proza"):
            assert gevaren(blok.decode_contents()) == []
        for blok in pagina.select(".verschil__tekst"):
            assert {t.name for t in blok.find_all(True)} <= {"ins", "del", "span"}
        for kop in pagina.select("h1, .antwoord__kort, .tabel__hoofd"):
            assert kop.find(lambda tag: tag.name not in ("br", "svg", "use")) is None
        assert pagina.select("[onerror], [onclick], [onload], [onmouseover]") == []


def test_the_preview_stores_nothing_and_shows_both_parts(
    client_as: Client, publiceer: Publiceer
) -> None:
    client = client_as("kennisredacteur")
    concept = begin(client, publiceer())
    invoer = velden(client.get(van(concept, "concept_bewerken")))
    invoer |= {"uitleg": "**Vet** nieuws", "werkinstructie": "Bel eerst.", "titel": ""}
    response = client.post(van(concept, "concept_voorbeeld"), invoer, headers=HTMX)
    pagina = BeautifulSoup(response.content, "html.parser")
    assert b"<html" not in response.content
    burger, kcc = pagina.select_one(".antwoord"), pagina.select_one(".alleen-kcc")
    assert burger is not None and kcc is not None
    assert "Vet nieuws" in burger.get_text()
    assert "Bel eerst." not in burger.get_text()
    assert "Bel eerst." in kcc.get_text()
    concept.refresh_from_db()
    assert concept.versie == 1
    assert client.get(van(concept, "concept_voorbeeld")).status_code == 405


# --- approving ---------------------------------------------------------------------------------


def test_four_eyes_and_the_owner_only(client_as: Client, publiceer: Publiceer) -> None:
    stuk = publiceer()
    eigenaar = client_as("vakspecialist")
    concept = services.propose_concept(artikel=stuk, by=eigenaar.medewerker, at=WOENSDAG, titel="N")
    redacteur = client_as("kennisredacteur")
    services.take_up_concept(concept=concept, by=redacteur.medewerker, at=WOENSDAG)
    concept.refresh_from_db()
    services.send_for_approval(
        concept=concept, versie=concept.versie, by=redacteur.medewerker, at=WOENSDAG
    )
    concept.refresh_from_db()
    keur = {"versie": concept.versie}
    zelf = eigenaar.post(van(concept, "concept_goedkeuren"), keur)
    assert zelf.status_code == 422
    assert "Een collega van de afdeling moet haar goedkeuren" in zelf.content.decode()
    elders = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="wmo")])
    assert elders.post(van(concept, "concept_goedkeuren"), keur).status_code == 404
    assert redacteur.post(van(concept, "concept_goedkeuren"), keur).status_code == 403
    assert ArtikelVersie.objects.count() == 1
    collega = client_as("vakspecialist")
    assert collega.post(van(concept, "concept_goedkeuren"), keur).status_code == 302
    assert ArtikelVersie.objects.count() == 2


def test_a_proposer_of_elsewhere_does_not_approve(client_as: Client, publiceer: Publiceer) -> None:
    """He sees his own proposal, but the text belongs to another department."""
    elders = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="wmo")])
    concept = services.propose_concept(
        artikel=publiceer(), by=elders.medewerker, at=WOENSDAG, titel="N"
    )
    redacteur = MedewerkerFactory.create(rollen=["kennisredacteur"])
    concept = services.save_concept(
        concept=concept, versie=1, velden={"uitleg": "x"}, by=redacteur, at=WOENSDAG
    )
    concept = services.send_for_approval(
        concept=concept, versie=concept.versie, by=redacteur, at=WOENSDAG
    )
    for naam, invoer in (
        ("concept_goedkeuren", {"versie": concept.versie}),
        ("concept_terugsturen", {"terug-reden": "nee"}),
    ):
        response = elders.post(van(concept, naam), invoer)
        assert response.status_code == 422
        assert "Alleen Burgerzaken kan deze tekst" in response.content.decode()


def test_what_was_read_is_what_is_approved(client_as: Client, publiceer: Publiceer) -> None:
    redacteur, eigenaar = client_as("kennisredacteur"), client_as("vakspecialist")
    concept = ter_goedkeuring(redacteur, publiceer())
    gelezen = concept.versie
    redacteur.post(van(concept, "concept_terughalen"))
    adres = van(concept, "concept_bewerken")
    redacteur.post(
        adres, velden(redacteur.get(adres)) | {"uitleg": "Stiekem.", "ter_goedkeuring": "1"}
    )
    response = eigenaar.post(van(concept, "concept_goedkeuren"), {"versie": gelezen})
    assert response.status_code == 422
    assert ArtikelVersie.objects.count() == 1


def test_sent_back_with_a_reason(client_as: Client, publiceer: Publiceer) -> None:
    redacteur = client_as("kennisredacteur", email="redacteur@voorbeeld.test")
    eigenaar = client_as("vakspecialist")
    concept = ter_goedkeuring(redacteur, publiceer())
    zonder = eigenaar.post(van(concept, "concept_terugsturen"), {"terug-reden": " "})
    assert zonder.status_code == 422
    assert "Schrijf kort op waarom." in zonder.content.decode()
    eigenaar.post(van(concept, "concept_terugsturen"), {"terug-reden": "Het tarief klopt niet."})
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.BEWERKING
    assert UitgaandBericht.objects.filter(aan="redacteur@voorbeeld.test").count() == 1
    assert "Het tarief klopt niet." in redacteur.get(van(concept, "concept")).content.decode()


def test_not_taken_over_with_a_reason(client_as: Client, publiceer: Publiceer) -> None:
    agent = client_as("kcc_medewerker", email="agent@voorbeeld.test")
    concept = services.propose_concept(
        artikel=publiceer(), by=agent.medewerker, at=WOENSDAG, titel="N"
    )
    redacteur = client_as("kennisredacteur")
    adres = van(concept, "concept_afwijzen")
    assert redacteur.post(adres, {"afwijzen-reden": ""}).status_code == 422
    assert redacteur.post(adres, {"afwijzen-reden": "Staat er al."}).status_code == 302
    assert "Staat er al." in agent.get(van(concept, "concept")).content.decode()
    assert UitgaandBericht.objects.filter(aan="agent@voorbeeld.test").count() == 1
    assert redacteur.post(adres, {"afwijzen-reden": "Nog eens."}).status_code == 422


def test_publishing_answers_the_report_that_it_came_from(
    client_as: Client, publiceer: Publiceer
) -> None:
    stuk, agent = publiceer(), MedewerkerFactory.create()
    assert stuk.huidige_versie is not None
    melding = services.report_melding(
        soort="klopt_niet", by=agent, at=WOENSDAG, artikelversie=stuk.huidige_versie,
        toelichting="Klopt niet meer.",
    )  # fmt: skip
    redacteur, eigenaar = client_as("kennisredacteur"), client_as("vakspecialist")
    concept = ter_goedkeuring(redacteur, stuk)
    Melding.objects.filter(pk=melding.pk).update(concept=concept)
    eigenaar.post(van(concept, "concept_goedkeuren"), {"versie": concept.versie})
    melding.refresh_from_db()
    assert melding.stand == "afgehandeld"
    assert "versie 2" in melding.antwoord


# --- on a date ---------------------------------------------------------------------------------


def plan(client_as: Client, publiceer: Publiceer, wanneer: str) -> tuple[Any, Concept]:
    concept = ter_goedkeuring(client_as("kennisredacteur"), publiceer())
    eigenaar = client_as("vakspecialist")
    response = eigenaar.post(
        van(concept, "concept_goedkeuren"), {"versie": concept.versie, "publiceren_op": wanneer}
    )
    concept.refresh_from_db()
    return response, concept


@time_machine.travel("2026-11-18 14:00+01:00", tick=False)
def test_published_on_a_date_once_also_after_an_outage(
    client_as: Client, publiceer: Publiceer
) -> None:
    response, concept = plan(client_as, publiceer, "2026-12-01T09:00")
    assert response.status_code == 302
    assert concept.stand == ConceptStand.GEPLAND
    tasks.publiceer_geplande()
    assert ArtikelVersie.objects.count() == 1
    with time_machine.travel("2026-12-03 06:00+01:00", tick=False):
        tasks.publiceer_geplande()
        tasks.publiceer_geplande()
        assert not services.publish_due_concept(concept=concept, at=now())
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.GEPUBLICEERD
    assert ArtikelVersie.objects.count() == 2
    assert concept.gepubliceerde_versie is not None
    assert concept.gepubliceerde_versie.goedgekeurd_door is not None


@time_machine.travel("2026-11-18 14:00+01:00", tick=False)
def test_a_moment_that_passed_cannot_be_planned(client_as: Client, publiceer: Publiceer) -> None:
    response, concept = plan(client_as, publiceer, "2026-11-18T13:00")
    assert response.status_code == 422
    assert "Kies een moment dat nog komt" in response.content.decode()
    assert concept.stand == ConceptStand.GOEDKEURING


@time_machine.travel("2026-11-18 14:00+01:00", tick=False)
def test_what_can_no_longer_be_published_goes_back(client_as: Client, publiceer: Publiceer) -> None:
    _, concept = plan(client_as, publiceer, "2026-12-01T09:00")
    assert concept.artikel is not None
    services.withdraw_artikel(
        artikel=concept.artikel, reden="x", by=MedewerkerFactory.create(), at=now()
    )
    with time_machine.travel("2026-12-01 09:01+01:00", tick=False):
        tasks.publiceer_geplande()
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.BEWERKING
    assert "ingetrokken" in concept.gebeurtenissen.last().tekst  # type: ignore[union-attr]
    assert ArtikelVersie.objects.count() == 1


# --- without approval --------------------------------------------------------------------------


def test_putting_right_needs_a_reason_and_is_told(client_as: Client, publiceer: Publiceer) -> None:
    client_as("vakspecialist", email="eigenaar@voorbeeld.test")
    stuk, redacteur = publiceer(), client_as("kennisredacteur")
    concept = begin(redacteur, stuk)
    adres = van(concept, "concept_bewerken")
    invoer = velden(redacteur.get(adres)) | {"uitleg": "Het bedrag is anders.", "rechtzetten": "1"}
    zonder = redacteur.post(adres, invoer | {"reden": ""})
    assert zonder.status_code == 422
    assert velden(zonder)["uitleg"] == "Het bedrag is anders."
    assert ArtikelVersie.objects.count() == 1
    assert redacteur.post(adres, invoer | {"reden": "Stond fout."}).status_code == 302
    stuk.refresh_from_db()
    assert stuk.huidige_versie is not None
    assert (stuk.huidige_versie.nummer, stuk.huidige_versie.goedgekeurd_door) == (2, None)
    pagina = redacteur.get(reverse("kennisbank:artikel", args=[stuk.uuid])).content.decode()
    assert "Rechtgezet zonder goedkeuring" in pagina
    assert "Stond fout." in pagina
    brief = UitgaandBericht.objects.get(aan="eigenaar@voorbeeld.test")
    assert "zonder goedkeuring" in brief.onderwerp
    assert "bedrag" not in brief.tekst


# --- rights, and what stays --------------------------------------------------------------------

ACTIES = {
    "concept_oppakken": {"kennisredacteur"},
    "concept_afwijzen": {"kennisredacteur"},
    "concept_terughalen": {"kennisredacteur"},
    "concept_voorbeeld": {"kennisredacteur"},
    "concept_bewerken": {"kennisredacteur"},
    "concept_goedkeuren": {"vakspecialist", "teamleider", "coordinator"},
    "concept_terugsturen": {"vakspecialist", "teamleider", "coordinator"},
}


@pytest.mark.parametrize("naam", ACTIES)
@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "kennisredacteur", "beheerder"])
def test_who_may_do_what(client_as: Client, publiceer: Publiceer, naam: str, rol: str) -> None:
    concept = services.propose_concept(
        artikel=publiceer(), by=MedewerkerFactory.create(), at=WOENSDAG, titel="N"
    )
    client = client_as(rol)
    if rol in ACTIES[naam]:
        assert client.post(reverse(f"kennisbank:{naam}", args=[uuid4()])).status_code == 404
    else:
        assert client.post(van(concept, naam)).status_code == 403
    if naam != "concept_bewerken":
        assert client.get(van(concept, naam)).status_code in (403, 405)
    concept.refresh_from_db()
    assert concept.stand == ConceptStand.VOORSTEL


def test_another_ones_proposal_is_not_there(client_as: Client, publiceer: Publiceer) -> None:
    concept = services.propose_concept(
        artikel=publiceer(), by=MedewerkerFactory.create(), at=WOENSDAG, titel="Geheim plan"
    )
    agent = client_as("kcc_medewerker")
    assert agent.get(van(concept, "concept")).status_code == 404
    for tab in ("mijn", "alle", "klaar", "goedkeuren", "x"):
        lijst = agent.get(reverse("kennisbank:concepten"), {"tab": tab})
        assert "Geheim plan" not in lijst.content.decode()


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_list_costs_the_same_for_every_length(
    client_as: Client, publiceer: Publiceer, aantal: int, django_assert_num_queries: Any
) -> None:
    redacteur = client_as("kennisredacteur")
    for nummer in range(aantal):
        services.propose_concept(
            artikel=publiceer(titel=f"Stuk {nummer}"), by=MedewerkerFactory.create(), at=WOENSDAG
        )
    adres = reverse("kennisbank:concepten") + "?tab=alle"
    redacteur.get(adres)
    with django_assert_num_queries(6):  # session, user, two counts, page count, rows
        redacteur.get(adres, headers=HTMX)


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", ["conceptgebeurtenis", "artikelgebeurtenis"])
def test_history_cannot_be_changed(publiceer: Publiceer, tabel: str) -> None:
    stuk, wie = publiceer(), MedewerkerFactory.create(rollen=["kennisredacteur"])
    services.propose_concept(artikel=stuk, by=wie, at=WOENSDAG)
    services.withdraw_artikel(artikel=stuk, reden="x", by=wie, at=WOENSDAG)
    for sql in ("UPDATE kennisbank_{} SET tekst = 'y'", "DELETE FROM kennisbank_{}"):
        with (
            pytest.raises(DatabaseError, match="alleen aangevuld"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.format(tabel))
    assert ConceptGebeurtenis.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_publishes(publiceer: Publiceer) -> None:
    redacteur = MedewerkerFactory.create(rollen=["kennisredacteur"])
    afdeling = AfdelingFactory.create()
    keurders = [
        MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[afdeling]) for _ in range(2)
    ]
    concept = services.propose_concept(artikel=publiceer(), by=redacteur, at=WOENSDAG, titel="N")
    concept = services.send_for_approval(
        concept=concept, versie=concept.versie, by=redacteur, at=WOENSDAG
    )
    start, uitkomsten = threading.Barrier(2), []

    def approve(keurder: Any) -> None:
        start.wait(timeout=10)
        try:
            services.approve_concept(
                concept=concept, versie=concept.versie, by=keurder, at=WOENSDAG
            )
            uitkomsten.append("gelukt")
        except services.ConceptNietOpen:
            uitkomsten.append("te laat")
        finally:
            connection.close()

    draden = [threading.Thread(target=approve, args=(keurder,)) for keurder in keurders]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert sorted(uitkomsten) == ["gelukt", "te laat"]
    assert ArtikelVersie.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_there_is_one_draft(publiceer: Publiceer) -> None:
    stuk = publiceer()
    mensen = [MedewerkerFactory.create(rollen=["kennisredacteur"]) for _ in range(2)]
    start, gevonden = threading.Barrier(2), []

    def begin_at_once(wie: Any) -> None:
        start.wait(timeout=10)
        try:
            gevonden.append(services.open_concept(artikel=stuk, by=wie, at=WOENSDAG).pk)
        finally:
            connection.close()

    draden = [threading.Thread(target=begin_at_once, args=(wie,)) for wie in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    assert len(gevonden) == 2
    assert len(set(gevonden)) == 1
