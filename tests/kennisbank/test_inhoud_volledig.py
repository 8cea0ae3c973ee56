"""The articles that come with the application, held against what the editors agreed on."""

import re
from collections import Counter
from statistics import mean

import pytest

from kennisbank.inhoud import MAP, laad_artikelen, lees_bestand
from kennisbank.inhoud.producten import BESTAND, laad_producten
from kennisbank.models import ArtikelSoort, Kennisartikel
from kennisbank.opmaak import markdown_to_plain
from organisatie.inhoud import laad_organisatie, lees_csv
from tests.factories import WOENSDAG

ARTIKELEN = {pad.stem: lees_bestand(pad) for pad in sorted(MAP.glob("*.md"))}
# Amounts that a law sets, the same in every municipality: (article, amount). Awb 4:17, Burgerlijk
# Wetboek boek 5 artikel 5, Wet BRP 4.17. Every other amount is out of date within a year.
BEDRAGEN_UIT_DE_WET = {
    ("ingebrekestelling-herkennen-en-doorzetten", "€ 23"),
    ("ingebrekestelling-herkennen-en-doorzetten", "€ 35"),
    ("ingebrekestelling-herkennen-en-doorzetten", "€ 45"),
    ("ingebrekestelling-herkennen-en-doorzetten", "€ 1.442"),
    ("gevonden-of-verloren-voorwerp", "€ 450"),
    ("verhuizing-doorgeven", "€ 325"),
}
BEDRAG = re.compile(r"€ ?\d[\d.,]*\d|€ ?\d|\b\d[\d.,]* euro\b", re.IGNORECASE)
# Sentences end here; the bold label of a paragraph and each row of a list count as their own.
EINDE = re.compile(r"(?<=[.!?])\s+")
# "… gebruik "Titel van een artikel"": what an agent goes and looks for.
VERWIJZING = re.compile(r"[Gg]ebruik[^.\n\"]*\"([^\"]+)\"")


def _bron(slug: str) -> str:
    return (MAP / f"{slug}.md").read_text(encoding="utf-8")


def _zinnen(markdown: str) -> list[str]:
    return [zin for regel in markdown_to_plain(markdown).splitlines() for zin in EINDE.split(regel)]


def _deel(slug: str, kop: str) -> str:
    """The Markdown below one heading, up to the next."""
    return _bron(slug).split(f"\n## {kop}\n")[1].split("\n## ")[0]


def _zinslengte(slug: str) -> float:
    """Words per sentence of what a citizen gets to hear: the short answer and the explanation."""
    zinnen = _zinnen(_deel(slug, "Kort antwoord")) + _zinnen(_deel(slug, "Uitleg"))
    return mean(len(zin.split()) for zin in zinnen)


@pytest.fixture
def geladen(db: None) -> None:
    """The departments, products and articles of the demo, as ``laad_demo`` loads them."""
    laad_organisatie(vandaag=WOENSDAG.date())
    laad_producten()
    laad_artikelen(by=None, at=WOENSDAG)


@pytest.mark.usefixtures("geladen")
def test_all_articles_load_with_the_products_and_departments_of_the_demo() -> None:
    assert Kennisartikel.objects.filter(huidige_versie__isnull=False).count() == len(ARTIKELEN)
    assert len(ARTIKELEN) >= 150


def test_every_product_that_people_ask_about_has_an_article() -> None:
    beschreven = {bestand.kenmerken["product"] for bestand in ARTIKELEN.values()}
    assert [rij["naam"] for rij in lees_csv(BESTAND) if rij["naam"] not in beschreven] == []


def test_there_are_answers_and_products_for_citizens_and_instructions_for_the_desk() -> None:
    soorten = Counter(bestand.kenmerken["soort"] for bestand in ARTIKELEN.values())
    assert soorten[ArtikelSoort.VAC] > soorten[ArtikelSoort.PRODUCT] > 30
    assert soorten[ArtikelSoort.WERKINSTRUCTIE] >= 16


def test_only_an_instruction_for_the_desk_may_be_about_no_product() -> None:
    zonder = {slug: b for slug, b in ARTIKELEN.items() if not b.kenmerken["product"]}
    assert {b.kenmerken["soort"] for b in zonder.values()} <= {ArtikelSoort.WERKINSTRUCTIE}


def test_no_title_is_used_twice() -> None:
    titels = Counter(bestand.tekst["titel"].casefold() for bestand in ARTIKELEN.values())
    assert [titel for titel, aantal in titels.items() if aantal > 1] == []


def test_the_short_answer_can_be_read_aloud_in_one_breath() -> None:
    te_lang = [
        slug
        for slug, bestand in ARTIKELEN.items()
        for kort in [bestand.tekst["kort_antwoord"]]
        if not 2 <= len(_zinnen(kort)) <= 4 or len(kort) > 400 or "\n" in kort
    ]
    assert te_lang == []


def test_the_citizens_part_is_in_short_sentences() -> None:
    lengtes = {slug: round(_zinslengte(slug), 1) for slug in ARTIKELEN}
    assert {slug: lengte for slug, lengte in lengtes.items() if lengte > 15} == {}


def test_questions_and_steps_fit_beside_a_conversation() -> None:
    anders = []
    for slug in ARTIKELEN:
        vragen = _deel(slug, "Vraag door").strip().splitlines()
        stappen = _deel(slug, "Werkinstructie").strip().splitlines()
        nummers = [regel.partition(". ")[0] for regel in stappen]
        goed = 3 <= len(vragen) <= 6 and 4 <= len(stappen) <= 8
        goed &= all(regel.startswith("- ") and "?" in regel for regel in vragen)
        goed &= nummers == [str(nummer) for nummer in range(1, len(stappen) + 1)]
        if not goed:
            anders.append(slug)
    assert anders == []


def test_no_amount_is_named_that_changes_by_year_or_municipality() -> None:
    gevonden = {
        (slug, bedrag.rstrip(".,")) for slug in ARTIKELEN for bedrag in BEDRAG.findall(_bron(slug))
    }
    assert gevonden - BEDRAGEN_UIT_DE_WET == set()
    assert BEDRAGEN_UIT_DE_WET - gevonden == set()  # what is no longer there, goes from the list


def test_every_article_that_an_instruction_sends_to_exists() -> None:
    titels = {bestand.tekst["titel"] for bestand in ARTIKELEN.values()}
    doelen = [
        (slug, titel)
        for slug in ARTIKELEN
        for titel in VERWIJZING.findall(_deel(slug, "Werkinstructie"))
    ]
    assert len(doelen) > 80
    assert [doel for doel in doelen if doel[1] not in titels] == []
