"""What leaves: round trips, nothing that runs, valid SC 4.0, and the KCC's part only when asked."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kennisbank.invoer.pakket import fingerprint
from kennisbank.models import Concept, Kennisartikel, Product, Synoniem
from tests.factories import AfdelingFactory, ProductFactory
from tests.kennisbank.invoerhulp import bied_aan, lees_in

PAGINA = reverse("kennisbank:uitvoer")
BESTAND = reverse("kennisbank:uitvoer_bestand")
GEHEIM = "ALLEEN-VOOR-HET-KCC"


@pytest.fixture
def redacteur(client_as: Callable[..., Any], publiceer: Callable[..., Kennisartikel]) -> Any:
    AfdelingFactory.create(identificatie="kcc")
    publiceer(
        slug="paspoort", soort="product", product="paspoort", titel="=1+1 Paspoort",
        kort_antwoord="+31 20 1234567\n=HYPERLINK(1)", trefwoorden="-reispas, @pas",
        uitleg_html="<ul><li>foto</li><li>oude pas</li></ul><p>'s Middags &amp; <b>vlot</b>.</p>",
        vraag_door_html=f"<p>{GEHEIM} 1</p>", werkinstructie_html=f"<p>{GEHEIM} 2</p>",
    )  # fmt: skip
    publiceer(
        slug="reispas-kwijt", soort="vac", product="paspoort", titel="Kwijt",
        werkinstructie_html=f"<p>{GEHEIM} 3</p>",
    )  # fmt: skip
    publiceer(
        slug="intern", soort="werkinstructie", product="verklaring", titel=f"{GEHEIM} 4",
        kort_antwoord=f"{GEHEIM} 5",
    )  # fmt: skip
    publiceer(
        slug="niet-openbaar", product="woz", titel=f"{GEHEIM} 6", kort_antwoord=f"{GEHEIM} 7",
        alleen_intern=True,
    )  # fmt: skip
    publiceer(
        slug="nieuws", soort="nieuws", product="id-kaart", titel=f"{GEHEIM} 8",
        geldig_van=date(2026, 1, 1), geldig_tot=date(2026, 2, 1),
    )  # fmt: skip
    return client_as("kennisredacteur")


def haal(client: Any, **keuze: str) -> bytes:
    antwoord = client.get(BESTAND, keuze)
    assert antwoord.status_code == 200, antwoord.content.decode()[:1000]
    assert antwoord.streaming
    assert antwoord["Content-Disposition"].startswith("attachment")
    return b"".join(antwoord.streaming_content)


def cellen(inhoud: bytes, vorm: str) -> list[list[str]]:
    if vorm == "csv":
        assert inhoud.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))
    blad = load_workbook(io.BytesIO(inhoud)).worksheets[0]
    soorten = {cel.data_type for rij in blad for cel in rij if cel.value is not None}
    assert soorten <= {"s", "inlineStr"}  # never "f"
    return [["" if cel is None else str(cel) for cel in rij] for rij in blad.values]


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
@pytest.mark.parametrize("wat", ["artikelen", "producten", "synoniemen"])
def test_round_trip_changes_nothing(redacteur: Any, wat: str, vorm: str) -> None:
    Synoniem.objects.create(woord="=kliko", woorden="@container, +bak")
    Product.objects.filter(naam="woz").update(trefwoorden="=SUM(A1), belasting")
    uit = haal(redacteur, wat=wat, vorm=vorm)
    een = bied_aan(redacteur, wat, uit, f"{wat}.{vorm}")
    assert een.stand == "gecontroleerd", een.fouten
    assert een.verslag == []
    assert een.totaal == {"artikelen": 5, "producten": 4, "synoniemen": 1}[wat]
    assert een.ongewijzigd == een.totaal


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_one_changed_cell_changes_one_field(redacteur: Any, vorm: str) -> None:
    rijen = cellen(haal(redacteur, wat="artikelen", vorm=vorm), vorm)
    kop, paspoort = rijen[0], next(rij for rij in rijen if rij[0] == "paspoort")
    paspoort[kop.index("trefwoorden")] = "reispas"
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=";").writerows(rijen)
    een = lees_in(redacteur, "artikelen", uit.getvalue().encode())
    assert (een.gewijzigd, een.ongewijzigd) == (1, 4)
    artikel = Kennisartikel.objects.get(slug="paspoort")
    assert (artikel.trefwoorden, artikel.versies.count()) == ("reispas", 1)


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_no_cell_runs_as_a_formula(redacteur: Any, vorm: str) -> None:
    Synoniem.objects.create(woord="\t=cmd|' /C calc'!A0", woorden='"=1')
    for wat in ("artikelen", "synoniemen"):
        alle = cellen(haal(redacteur, wat=wat, vorm=vorm), vorm)
        assert any("'" in cel for rij in alle for cel in rij)
        for cel in (cel for rij in alle for cel in rij):
            for regel in [cel, *re.split(r"[\r\n]", cel)]:
                assert not regel.lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r")), cel


def test_selection_of_articles(redacteur: Any) -> None:
    paspoort = Product.objects.get(naam="paspoort")
    rijen = cellen(haal(redacteur, wat="artikelen", vorm="csv", product=str(paspoort.pk)), "csv")
    assert [rij[0] for rij in rijen] == ["kenmerk", "paspoort", "reispas-kwijt"]
    rijen = cellen(haal(redacteur, wat="artikelen", vorm="csv", soort="nieuws"), "csv")
    assert [rij[0] for rij in rijen] == ["kenmerk", "nieuws"]


def test_withdrawn_articles_do_not_leave(redacteur: Any) -> None:
    Kennisartikel.objects.filter(slug="paspoort").update(is_actief=False)
    for keuze in ({"wat": "artikelen", "vorm": "csv"}, {"wat": "pakket"}, {"wat": "catalogus"}):
        assert b"1+1 Paspoort" not in haal(redacteur, **keuze)


# --- Samenwerkende Catalogi 4.0 ------------------------------------------------------------------

P, OV, D = (
    "{http://standaarden.overheid.nl/product/terms/}",
    "{http://standaarden.overheid.nl/owms/terms/}",
    "{http://purl.org/dc/terms/}",
)
# Element → its parts in order: name, how often at least and at most, required attributes.
VORM: dict[str, list[tuple[str, int, int, dict[str, str]]]] = {
    f"{P}scproducten": [(f"{P}scproduct", 0, 9999, {"owms-version": r"4\.0"})],
    f"{P}scproduct": [(f"{P}meta", 1, 1, {}), (f"{P}body", 1, 1, {})],
    f"{P}meta": [
        (f"{P}owmskern", 1, 1, {}),
        (f"{P}owmsmantel", 1, 1, {}),
        (f"{P}scmeta", 1, 1, {}),
    ],
    f"{P}owmskern": [
        (f"{D}identifier", 1, 1, {}),
        (f"{D}title", 1, 1, {}),
        (f"{D}language", 1, 1, {}),
        (f"{D}type", 1, 1, {"scheme": "overheid:Informatietype"}),
        (f"{D}modified", 1, 1, {}),
        (
            f"{D}spatial",
            1,
            1,
            {"scheme": "overheid:Gemeente", "resourceIdentifier": r"http://standaarden\..+"},
        ),
        (
            f"{OV}authority",
            1,
            1,
            {"scheme": "overheid:Gemeente", "resourceIdentifier": r"http://standaarden\..+"},
        ),
    ],
    f"{P}owmsmantel": [
        (f"{D}audience", 1, 2, {"scheme": "overheid:Doelgroep"}),
        (f"{D}abstract", 1, 1, {}),
    ],
    f"{P}scmeta": [
        (f"{P}productID", 1, 1, {}),
        (f"{P}onlineAanvragen", 1, 1, {}),
        (
            f"{P}uniformeProductnaam",
            0,
            1,
            {"scheme": "overheid:UniformeProductnaam", "resourceIdentifier": r"https?://.+"},
        ),
    ],
    f"{P}body": [],
}
INHOUD = {
    f"{D}identifier": r"http://127\.0\.0\.1:8000/antwoorden/[a-z0-9-]+/",
    f"{D}title": r".+",
    f"{D}language": r"nl",
    f"{D}type": r"productbeschrijving",
    f"{D}modified": r"\d{4}-\d\d-\d\d",
    f"{D}spatial": r"Voorbeeldstad",
    f"{OV}authority": r"Voorbeeldstad",
    f"{D}audience": r"particulier|ondernemer",
    f"{D}abstract": r".+",
    f"{P}productID": r"\d+",
    f"{P}onlineAanvragen": r"ja|nee|digid",
    f"{P}uniformeProductnaam": r".+",
}


def gebreken(element: Any) -> list[str]:
    """Where this element does not have the structure of SC 4.0 (DOMEIN §3)."""
    fout: list[str] = []
    if element.tag in INHOUD:
        if not re.fullmatch(INHOUD[element.tag], element.text or ""):
            fout.append(f"{element.tag}: {element.text}")
        return fout + [f"{element.tag} heeft delen" for _ in element]
    if element.tag not in VORM:
        return [f"onbekend: {element.tag}"]
    rest = list(element)
    for naam, minstens, hoogstens, attributen in VORM[element.tag]:
        aantal = 0
        while rest and rest[0].tag == naam:
            deel, aantal = rest.pop(0), aantal + 1
            fout += gebreken(deel)
            if set(deel.attrib) != set(attributen) or not all(
                re.fullmatch(vorm, deel.attrib[k]) for k, vorm in attributen.items()
            ):
                fout.append(f"{naam}: {deel.attrib}")
        if not minstens <= aantal <= hoogstens:
            fout.append(f"{naam}: {aantal} keer")
    return fout + [f"te veel: {deel.tag}" for deel in rest]


def test_catalogue_has_the_structure_of_sc_4(
    redacteur: Any, publiceer: Callable[..., Kennisartikel]
) -> None:
    publiceer(slug="tuin", product="tuin & <erf>", titel="Tuin \x01& <erf>", kort_antwoord="A & B")
    uit = haal(redacteur, wat="catalogus")
    assert uit.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    wortel = fromstring(uit)
    assert wortel.tag == f"{P}scproducten"
    plek = wortel.attrib["{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"]
    assert plek.endswith("/sc/4.0/xsd/sc.xsd")
    assert gebreken(wortel) == []
    # One per product with a public article, and the product description before an answer.
    assert [e.text for e in wortel.iter(f"{D}title")] == ["=1+1 Paspoort", "Tuin & <erf>"]
    assert wortel.find(f".//{D}identifier").text.endswith("/antwoorden/paspoort/")


def test_the_check_of_the_structure_can_fail(redacteur: Any) -> None:
    uit = haal(redacteur, wat="catalogus").decode()
    for oud, nieuw in (
        ("dcterms:title", "dcterms:titel"),
        ("<overheidproduct:body/>", ""),
        (">nee<", ">misschien<"),
        (' scheme="overheid:Doelgroep"', ""),
        ('owms-version="4.0"', 'owms-version="3.0"'),
    ):
        assert oud in uit
        assert gebreken(fromstring(uit.replace(oud, nieuw).encode())), oud


def test_our_own_feed_can_be_read_by_another(redacteur: Any) -> None:
    uit = haal(redacteur, wat="catalogus")
    een = lees_in(redacteur, "sc", uit, "sc.xml")
    assert een.nieuw == 1
    assert Concept.objects.get().product == Product.objects.get(naam="paspoort")


# --- what is only for the KCC --------------------------------------------------------------------


def test_the_kcc_part_never_leaves_in_the_catalogue(redacteur: Any) -> None:
    assert GEHEIM.encode() not in haal(redacteur, wat="catalogus", met_kcc="on")


def test_the_kcc_part_leaves_in_a_pack_only_when_asked(redacteur: Any) -> None:
    zonder = haal(redacteur, wat="pakket")
    assert GEHEIM.encode() not in zonder
    data = json.loads(zonder)
    assert (data["bron"], data["met_kcc_deel"]) == ("Voorbeeldstad", False)
    assert [a["soort"] for a in data["artikelen"]] == ["product", "vac"]
    for artikel in data["artikelen"]:
        assert not {"vraag_door", "werkinstructie"} & set(artikel)
        assert artikel["vingerafdruk"] == fingerprint(artikel)
    met = json.loads(haal(redacteur, wat="pakket", met_kcc="on"))
    tekst = json.dumps(met)
    for nummer in (1, 2, 3, 4, 5, 6, 7):
        assert f"{GEHEIM} {nummer}" in tekst
    assert f"{GEHEIM} 8" not in tekst  # news is about one house
    intern = {a["titel"]: a["alleen_intern"] for a in met["artikelen"]}
    assert intern == {
        "=1+1 Paspoort": False, "Kwijt": False, f"{GEHEIM} 4": True, f"{GEHEIM} 6": True,
    }  # fmt: skip


def test_a_pack_arrives_at_another_municipality(redacteur: Any) -> None:
    uit = haal(redacteur, wat="pakket")
    with override_settings(GEMEENTE_NAAM="Elders"):
        een = lees_in(redacteur, "pakket", uit, "pakket.json")
    assert (een.stand, een.nieuw) == ("klaar", 2)
    concept = Concept.objects.get(titel="=1+1 Paspoort")
    assert "Bron: Voorbeeldstad, versie 1." in concept.toelichting
    assert concept.uitleg.startswith("- foto\n- oude pas")
    assert (concept.vraag_door, concept.werkinstructie) == ("", "")


def test_an_empty_pack_is_valid(redacteur: Any) -> None:
    leeg = AfdelingFactory.create(identificatie="leeg")
    data = json.loads(haal(redacteur, wat="pakket", afdeling=str(leeg.pk)))
    assert data["artikelen"] == []


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider", "beheerder"])
def test_who_may_not(client_as: Callable[..., Any], rol: str) -> None:
    client = client_as(rol)
    assert client.get(PAGINA).status_code == 403
    assert client.get(BESTAND, {"wat": "artikelen", "vorm": "csv"}).status_code == 403


def test_the_page_and_what_is_wrong_with_a_choice(redacteur: Any) -> None:
    pagina = BeautifulSoup(redacteur.get(PAGINA).content, "html.parser")
    assert pagina.select_one('input[name="met_kcc"]:not([checked])') is not None
    for keuze in ({}, {"wat": "alles"}, {"wat": "artikelen"}, {"wat": "pakket", "soort": "x"}):
        assert redacteur.get(BESTAND, keuze).status_code == 422
    assert redacteur.post(BESTAND).status_code == 405


@pytest.mark.parametrize("wat", ["artikelen", "pakket", "catalogus", "producten"])
def test_an_export_costs_the_same_for_every_length(
    redacteur: Any, publiceer: Callable[..., Kennisartikel], wat: str
) -> None:
    keuze = {"wat": wat, "vorm": "csv"}
    haal(redacteur, **keuze)  # the first request of a session also writes it
    with CaptureQueriesContext(connection) as weinig:
        haal(redacteur, **keuze)
    for nummer in range(20):
        publiceer(product=f"product {nummer}", titel=f"Titel {nummer}")
    ProductFactory.create(naam="nog een")
    with CaptureQueriesContext(connection) as veel:
        haal(redacteur, **keuze)
    assert len(veel) == len(weinig)
