"""Loading the Markdown files that come with the application."""

from pathlib import Path

import pytest
from django.contrib.postgres.search import SearchQuery

from kennisbank import services
from kennisbank.inhoud import MAP, InhoudFout, laad_artikelen, lees_bestand
from kennisbank.models import ZOEKTAAL, ArtikelVersie, Doelgroep, Kennisartikel
from tests.factories import WOENSDAG, AfdelingFactory, ProductFactory
from tests.kennisbank.conftest import TEKST

BESTAND = """---
titel: Paspoort met spoed
soort: vac
product: paspoort
afdeling: burgerzaken
doelgroep: beide
trefwoorden: spoedpaspoort, haast
herzien_op: 2027-04-15
---
## Kort antwoord
Ja, dat **kan**. Het <b>kost</b> meer.

## Uitleg
Neem mee:

- een *foto*
- uw [pas](https://voorbeeld.test)

## Vraag door
- Wanneer vertrekt u?

## Werkinstructie
1. Plan een afspraak.
"""


@pytest.fixture
def map_(tmp_path: Path, db: None) -> Path:
    """A folder with one file, and the product and department that it names."""
    ProductFactory.create(naam="paspoort", afdeling=AfdelingFactory.create())
    (tmp_path / "paspoort-met-spoed.md").write_text(BESTAND, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_published_article(map_: Path) -> None:
    assert laad_artikelen(by=None, at=WOENSDAG, map_=map_) == (1, 0, 0)
    stuk = Kennisartikel.objects.select_related("huidige_versie").get(slug="paspoort-met-spoed")
    versie = stuk.huidige_versie
    assert versie is not None
    assert str(stuk.product) == "paspoort"
    assert stuk.doelgroep == Doelgroep.BEIDE
    assert stuk.herzien_op.isoformat() == "2027-04-15"
    assert versie.kort_antwoord == "Ja, dat kan. Het <b>kost</b> meer."
    assert "<li>een <em>foto</em></li>" in versie.uitleg_html
    assert versie.werkinstructie_html == "<ol>\n<li>Plan een afspraak.</li>\n</ol>"


def test_loading_twice_changes_nothing(map_: Path) -> None:
    laad_artikelen(by=None, at=WOENSDAG, map_=map_)
    assert laad_artikelen(by=None, at=WOENSDAG, map_=map_) == (0, 0, 1)
    assert ArtikelVersie.objects.count() == 1


def test_a_changed_text_is_a_new_version_and_a_changed_keyword_is_not(map_: Path) -> None:
    laad_artikelen(by=None, at=WOENSDAG, map_=map_)
    pad = map_ / "paspoort-met-spoed.md"
    pad.write_text(BESTAND.replace("haast", "snelpas"), encoding="utf-8")
    assert laad_artikelen(by=None, at=WOENSDAG, map_=map_) == (0, 1, 0)
    assert ArtikelVersie.objects.count() == 1
    assert Kennisartikel.objects.filter(zoekvector=SearchQuery("snelpas", config=ZOEKTAAL)).exists()
    pad.write_text(BESTAND.replace("een *foto*", "twee foto's"), encoding="utf-8")
    assert laad_artikelen(by=None, at=WOENSDAG, map_=map_) == (0, 1, 0)
    assert ArtikelVersie.objects.count() == 2


def test_loading_again_does_not_undo_the_work_of_an_editor(map_: Path) -> None:
    laad_artikelen(by=None, at=WOENSDAG, map_=map_)
    stuk = Kennisartikel.objects.get()
    eigen = services.publish_versie(artikel=stuk, **TEKST, by=None, at=WOENSDAG)
    assert laad_artikelen(by=None, at=WOENSDAG, map_=map_) == (0, 0, 1)
    stuk.refresh_from_db()
    assert stuk.huidige_versie == eigen


@pytest.mark.parametrize(
    ("oud", "nieuw", "reden"),
    [
        ("product: paspoort", "product: vliegbrevet", "product vliegbrevet is er niet"),
        ("afdeling: burgerzaken", "afdeling: zee", "afdeling zee is er niet"),
        ("## Vraag door", "## Vraag verder", "precies deze koppen"),
        ("doelgroep: beide", "doelgroep: iedereen", "onbekende doelgroep"),
        ("soort: vac", "soort: gedicht", "onbekende soort"),
        ("herzien_op: 2027-04-15", "herzien_op: morgen", "Invalid isoformat"),
        ("---\n## Kort", "## Kort", "kenmerken"),
        ("trefwoorden: spoedpaspoort, haast\n", "", "precies deze kenmerken"),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_saved(
    map_: Path, oud: str, nieuw: str, reden: str
) -> None:
    (map_ / "tweede.md").write_text(BESTAND.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(InhoudFout, match=reden) as fout:
        laad_artikelen(by=None, at=WOENSDAG, map_=map_)
    assert fout.value.fouten[0].startswith("tweede.md: ")
    assert not Kennisartikel.objects.exists()


@pytest.mark.django_db
def test_our_own_articles_all_load() -> None:
    for bestand in [lees_bestand(pad) for pad in sorted(MAP.glob("*.md"))]:
        AfdelingFactory.create(identificatie=bestand.kenmerken["afdeling"])
        if bestand.kenmerken["product"]:
            ProductFactory.create(naam=bestand.kenmerken["product"])
    nieuw, gewijzigd, ongewijzigd = laad_artikelen(by=None, at=WOENSDAG)
    assert nieuw >= 60
    assert (gewijzigd, ongewijzigd) == (0, 0)
    assert not Kennisartikel.objects.filter(huidige_versie__kort_antwoord="").exists()
    assert laad_artikelen(by=None, at=WOENSDAG) == (0, 0, nieuw)
