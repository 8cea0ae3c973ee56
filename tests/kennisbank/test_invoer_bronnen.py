"""Texts of other sources (SDG, Samenwerkende Catalogi, packs): proposed, followed, never forced."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from kennisbank import services as kennis
from kennisbank.invoer.pakket import fingerprint
from kennisbank.models import ArtikelVersie, Concept, Herkomst, Kennisartikel
from tests.factories import WOENSDAG, AfdelingFactory, ProductFactory
from tests.kennisbank.conftest import BESTANDEN
from tests.kennisbank.invoerhulp import bied_aan, lees_in, tekst_van, zinnen, zip_van

SDG = (BESTANDEN / "sdg-klein.json").read_bytes()
SC = (BESTANDEN / "sc-klein.xml").read_bytes()
ECHT = Path(__file__).parents[3] / "shared" / "data" / "sdg-producten.json"


@pytest.fixture
def redacteur(client_as: Callable[..., Any]) -> Any:
    AfdelingFactory.create(identificatie="kcc")
    ProductFactory.create(naam="terrasvergunning", upn_uri="https://voorbeeld.test/upl/terras")
    return client_as("kennisredacteur")


def pakket(*artikelen: dict[str, Any], **kop: Any) -> bytes:
    """A pack of Elders."""
    basis = {
        "kenmerk": "abc",
        "versie": 1,
        "soort": "vac",
        "titel": "Parkeren",
        "kort_antwoord": "Parkeren kost geld.",
        "uitleg": "Betaal bij de *automaat*.",
        "product": {"naam": "terrasvergunning", "upn_uri": ""},
        "afdeling": "Burgerzaken",
    }
    lijst = [basis | artikel for artikel in artikelen]
    for artikel in lijst:
        artikel.setdefault("vingerafdruk", fingerprint(artikel))
    data = {"soort": "kcc-kennispakket", "vorm": 1, "bron": "Elders", "artikelen": lijst} | kop
    return json.dumps(data).encode()


def publiceer(artikel: Kennisartikel, by: Any) -> None:
    """Publish the open proposal of an article as it is."""
    concept = Concept.objects.open().get(artikel=artikel)
    from kennisbank.opmaak import markdown_to_html

    kennis.publish_versie(
        artikel=artikel, titel=concept.titel, kort_antwoord=concept.kort_antwoord,
        uitleg_html=markdown_to_html(concept.uitleg),
        vraag_door_html=markdown_to_html(concept.vraag_door),
        werkinstructie_html=markdown_to_html(concept.werkinstructie), by=by, at=WOENSDAG,
    )  # fmt: skip
    versie = artikel.versies.first()
    Concept.objects.filter(pk=concept.pk).update(stand="gepubliceerd", gepubliceerde_versie=versie)


def test_sdg_texts_become_proposals(redacteur: Any) -> None:
    een = lees_in(redacteur, "sdg", SDG, "sdg.json")
    assert (een.stand, een.totaal, een.nieuw) == ("klaar", 2, 2)
    terras, markt = Concept.objects.order_by("-titel")
    assert (terras.stand, terras.soort, terras.titel) == ("voorstel", "product", "Terras")
    assert terras.product is not None and terras.product.naam == "terrasvergunning"
    assert terras.afdeling == terras.product.afdeling
    assert terras.kort_antwoord == "Wilt u een terras? Dan heeft u een vergunning nodig."
    assert "[Regels](<https://voorbeeld.test/regels>)" in terras.uitleg
    assert "javascript" not in terras.uitleg
    assert "### Kosten en betalen\n\nU betaalt 50 euro." in markt.uitleg
    assert markt.product is None and markt.afdeling.is_kcc
    herkomst = Herkomst.objects.get(artikel=terras.artikel)
    assert (herkomst.bron, herkomst.kenmerk) == ("SDG sdg.voorbeeld.test", "1111")
    assert herkomst.inhoud["titel"] == "Terras"
    # Nobody sees an article that has no text yet.
    assert not Kennisartikel.objects.visible_to(redacteur.medewerker).exists()
    assert not ArtikelVersie.objects.exists()
    assert terras.gebeurtenissen.get().soort == "voorgesteld"


def test_the_same_file_again_brings_nothing(redacteur: Any) -> None:
    lees_in(redacteur, "sdg", SDG, "sdg.json")
    een = bied_aan(redacteur, "sdg", SDG, "sdg.json")
    assert (een.nieuw, een.gewijzigd, een.ongewijzigd) == (0, 0, 2)
    assert Concept.objects.count() == 2


# One page of the real API where it is present; everywhere else our own small one.
GROOT = [(ECHT, 9, "11 teksten zijn")] if ECHT.exists() else []


@pytest.mark.parametrize(
    ("bestand", "aantal", "zin"), [(BESTANDEN / "sdg-klein.json", 2, "Eén tekst is"), *GROOT]
)
def test_an_answer_of_the_api(redacteur: Any, bestand: Path, aantal: int, zin: str) -> None:
    een = lees_in(redacteur, "sdg", bestand.read_bytes(), "sdg.json")
    assert (een.stand, een.nieuw) == ("klaar", aantal)
    assert f"{zin} in een andere taal" in tekst_van(redacteur, een)
    assert all(c.kort_antwoord and c.uitleg for c in Concept.objects.all())


def test_catalogue_feed_and_search_answer(redacteur: Any) -> None:
    een = lees_in(redacteur, "sc", SC, "sc.xml")
    assert (een.stand, een.nieuw) == ("klaar", 2)
    terras = Concept.objects.get(titel="Terras plaatsen")
    assert terras.product is not None and terras.product.naam == "terrasvergunning"
    assert terras.doelgroep == "eu-bedrijf"
    assert terras.kort_antwoord == "Voor een terras is een vergunning nodig."
    assert "[Lees verder bij Elders](<https://elders.test/terras>)" in terras.uitleg
    lang = Concept.objects.get(titel="Standplaats")
    assert "**Vraag** het aan." in lang.uitleg
    assert "script" not in lang.uitleg
    assert lang.doelgroep == "eu-burger-bedrijf"
    assert Herkomst.objects.get(artikel=lang.artikel).versie == "2026-03-01"


def test_an_update_of_an_untouched_text_is_published(redacteur: Any) -> None:
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    artikel = Kennisartikel.objects.get()
    publiceer(artikel, redacteur.medewerker)
    een = lees_in(redacteur, "pakket", pakket({"kort_antwoord": "Gratis.", "versie": 2}), "p.json")
    assert (een.gewijzigd, een.verslag[0]["velden"]) == (
        1, [["kort antwoord", "Parkeren kost geld.", "Gratis.", "Parkeren kost geld."]],
    )  # fmt: skip
    assert [v.kort_antwoord for v in artikel.versies.all()] == ["Gratis.", "Parkeren kost geld."]
    assert not Concept.objects.open().exists()
    herkomst = Herkomst.objects.get()
    assert (herkomst.versie, herkomst.inhoud["kort_antwoord"]) == ("2", "Gratis.")


def test_an_update_of_a_text_that_was_edited_here_is_a_proposal_with_the_difference(
    redacteur: Any,
) -> None:
    """S1-22: an import keeps its source; an update shows what changed there and what is ours."""
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    artikel = Kennisartikel.objects.get()
    publiceer(artikel, redacteur.medewerker)
    kennis.publish_versie(
        artikel=artikel, titel="Parkeren", kort_antwoord="Bij ons is het gratis.",
        uitleg_html="<p>Betaal bij de <em>automaat</em>.</p>", vraag_door_html="",
        werkinstructie_html="<p>Kijk in het systeem.</p>", by=None, at=WOENSDAG,
    )  # fmt: skip
    nieuw = pakket({"kort_antwoord": "Parkeren kost 2 euro.", "versie": 2})
    een = bied_aan(redacteur, "pakket", nieuw, "p.json")
    assert een.verslag[0]["velden"] == [
        ["kort antwoord", "Parkeren kost geld.", "Parkeren kost 2 euro.", "Bij ons is het gratis."]
    ]
    pagina = tekst_van(redacteur, een)
    assert "bron was Parkeren kost geld." in pagina
    assert "bron wordt Parkeren kost 2 euro." in pagina
    assert "bij ons Bij ons is het gratis." in pagina
    assert "Het wordt een voorstel aan de redactie." in pagina
    lees_in(redacteur, "pakket", nieuw, "p.json")
    artikel.refresh_from_db()
    assert artikel.huidige_versie is not None
    assert artikel.huidige_versie.kort_antwoord == "Bij ons is het gratis."
    concept = Concept.objects.open().get()
    assert (concept.artikel, concept.basis, concept.stand) == (artikel, 2, "voorstel")
    assert concept.kort_antwoord == "Parkeren kost 2 euro."
    assert concept.werkinstructie == "Kijk in het systeem."  # the source has no say in it
    assert "Bron: Elders, versie 2." in concept.toelichting
    assert "- Parkeren kost geld." in concept.toelichting
    assert "+ Parkeren kost 2 euro." in concept.toelichting
    herkomst = Herkomst.objects.get()
    assert (herkomst.bron, herkomst.kenmerk, herkomst.versie) == ("Elders", "abc", "2")


def test_a_proposal_that_nobody_touched_follows_its_source(redacteur: Any) -> None:
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    een = lees_in(redacteur, "pakket", pakket({"titel": "Parkeren in het centrum"}), "p.json")
    assert een.gewijzigd == 1
    assert Concept.objects.get().titel == "Parkeren in het centrum"


def test_a_proposal_in_somebodys_hands_is_left_alone(redacteur: Any) -> None:
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    Concept.objects.update(stand="bewerking", kort_antwoord="Ik ben bezig.")
    een = bied_aan(redacteur, "pakket", pakket({"titel": "Anders"}), "p.json")
    assert (een.nieuw, een.gewijzigd, een.ongewijzigd, een.totaal) == (0, 0, 0, 1)
    assert "een concept in bewerking" in tekst_van(redacteur, een)
    assert Herkomst.objects.get().inhoud["titel"] == "Parkeren"  # so the next time tells it again


def test_what_was_withdrawn_here_stays_so(redacteur: Any) -> None:
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    publiceer(Kennisartikel.objects.get(), redacteur.medewerker)
    Kennisartikel.objects.update(is_actief=False)
    een = bied_aan(redacteur, "pakket", pakket({"titel": "Anders"}), "p.json")
    assert een.gewijzigd == 0
    assert "hier ingetrokken" in tekst_van(redacteur, een)


def test_a_pack_in_a_zip(redacteur: Any) -> None:
    een = lees_in(redacteur, "pakket", zip_van({"pakket.json": pakket({})}), "p.zip")
    assert een.nieuw == 1


def test_what_a_pack_may_not_hold(redacteur: Any) -> None:
    een = bied_aan(
        redacteur, "pakket",
        pakket({"vingerafdruk": "0" * 64}, {"kenmerk": "b", "soort": "nieuws"},
               {"kenmerk": "c", "titel": "x" * 300}, {"kenmerk": "d", "product": [1]},
               {"kenmerk": "e"}, {"kenmerk": "e"}),
        "p.json",
    )  # fmt: skip
    fouten = zinnen(een)
    assert "1 vingerafdruk: De tekst is veranderd nadat het pakket werd gemaakt." in fouten
    assert "2 soort: Deze soort artikel hoort niet in een pakket." in fouten
    assert "3 titel: Dit is langer dan 200 tekens." in fouten
    assert "4 product: Hier hoort een naam en een adres te staan." in fouten
    assert "6 : Dit staat ook in rij 5. Laat er één staan." in fouten
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    ("kop", "zin"),
    [
        ({"vorm": 2}, "nieuwere versie"),
        ({"bron": "voorbeeldstad"}, "komt van voorbeeldstad zelf"),
        ({"bron": ""}, "geen kennispakket"),
        ({"artikelen": {}}, "geen kennispakket"),
    ],
)
def test_packs_that_are_none(redacteur: Any, kop: dict[str, Any], zin: str) -> None:
    assert zin in zinnen(bied_aan(redacteur, "pakket", pakket({}, **kop), "p.json"))


def test_markup_of_a_source_is_sanitised_when_it_is_published(redacteur: Any) -> None:
    kwaad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    lees_in(redacteur, "pakket", pakket({}), "p.json")
    artikel = Kennisartikel.objects.get()
    publiceer(artikel, redacteur.medewerker)
    een = lees_in(redacteur, "pakket", pakket({"uitleg": kwaad, "titel": kwaad}), "p.json")
    artikel.refresh_from_db()
    assert artikel.huidige_versie is not None
    html = artikel.huidige_versie.uitleg_html
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html
    for adres in ("kennisbank:invoer_een", "kennisbank:artikel"):
        van = een if adres.endswith("een") else artikel
        pagina = redacteur.get(reverse(adres, args=[van.uuid])).content
        assert b"<script>alert" not in pagina and b"<img src=x" not in pagina


def test_two_texts_with_one_title_get_addresses_of_their_own(redacteur: Any) -> None:
    lees_in(redacteur, "pakket", pakket({"kenmerk": "a"}, {"kenmerk": "b"}), "p.json")
    with override_settings(GEMEENTE_NAAM="Nog een andere"):
        lees_in(redacteur, "pakket", pakket({"kenmerk": "c"}, bron="Ginds"), "p.json")
    slugs = Kennisartikel.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["parkeren", "parkeren-2", "parkeren-3"]
