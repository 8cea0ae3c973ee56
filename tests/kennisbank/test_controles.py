"""Advice beside the editor, and what in the whole kennisbank does not fit (S1-4)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from kcc.ophalen import Antwoord, OphalenMislukt, Reden
from kennisbank import controles, services
from kennisbank.models import Kennisartikel, Linkcontrole
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, ProductFactory

Publiceer = Callable[..., Kennisartikel]
VANDAAG = date(2026, 11, 22)


def teksten(opmerkingen: list[controles.Opmerking]) -> str:
    return "\n".join(een.tekst for een in opmerkingen)


# --- readable ----------------------------------------------------------------------------------


def test_plain_dutch_gets_no_remarks() -> None:
    html = "<p>U vraagt een paspoort aan bij de gemeente.</p><ul><li>Neem een foto mee.</li></ul>"
    assert controles.check_readable("Ja, dat kan. U betaalt met uw pinpas.", html) == []


def test_long_sentences_hard_words_and_nobody_who_acts() -> None:
    lang = "Dit is een zin die maar doorgaat " + "en doorgaat " * 12 + "tot niemand meer luistert."
    lijdend = "De aanvraag wordt door ons beoordeeld. Het besluit wordt per post verzonden. "
    uit = teksten(
        controles.check_readable(f"{lang} {lijdend} Er wordt dan gebeld.", "<p>Indien u wilt.</p>")
    )
    assert "Lange zin (3" in uit
    assert "gemiddeld" in uit
    assert "Moeilijk woord: “indien”. Gewoner is: als." in uit
    assert "3 van de 4 zinnen zeggen niet wie iets doet" in uit


def test_a_list_is_no_long_sentence() -> None:
    html = "<ul>" + "<li>Een foto van uw gezicht</li>" * 12 + "</ul>"
    assert controles.check_readable("", html) == []


def test_every_line_of_the_word_list_has_two_words() -> None:
    assert len(controles.jargon()) > 80
    assert all(woord and gewoon for _, woord, gewoon in controles.jargon())


# --- whole -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_missing_or_fits_badly_is_told() -> None:
    burgerzaken = AfdelingFactory.create()
    wmo = AfdelingFactory.create(identificatie="wmo", is_actief=False)
    product = ProductFactory.create(afdeling=burgerzaken, doelgroep="eu-burger")
    waarden: dict[str, Any] = {
        "afdeling": wmo, "doelgroep": "eu-bedrijf", "product": product, "kort_antwoord": "Ja.",
        "uitleg": "![](afbeelding:x) ![y](https://kwaad.test/y.png)", "herzien_op": VANDAAG,
    }  # fmt: skip
    uit = teksten(controles.check_concept(waarden, vandaag=VANDAAG))
    assert "niet wat erop te zien is" in uit
    assert "van een ander adres komt niet mee" in uit
    assert "voor ondernemers, maar “paspoort” is voor inwoners" in uit
    assert "Eigenaar is Wmo, maar “paspoort” hoort bij Burgerzaken" in uit
    assert "bestaat niet meer als afdeling" in uit
    assert "is al voorbij" in uit
    assert "van de redactie" in uit
    niets = controles.check_concept({"kort_antwoord": "Ja."}, vandaag=VANDAAG)
    assert "nog geen afdeling" in teksten(niets)


def test_amounts_and_terms_are_read_as_numbers() -> None:
    bron = (
        "<p>Het kost € 1.234,50. Het kost 77,85 euro.</p><p>Binnen twee weken of 5 werkdagen.</p>"
        "<ul><li>Wacht 14 dagen</li><li>In 2026 gaf 3 mensen hier advies</li></ul>"
    )
    gevonden = [(f.soort, [str(w) for w in f.waarden]) for f in controles.facts_of(bron)]
    assert gevonden == [
        ("bedrag", ["1234.50"]),
        ("bedrag", ["77.85"]),
        ("dagen", ["14"]),
        ("werkdagen", ["5"]),
        ("dagen", ["14"]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("een", "ander", "is_conflict"),
    [
        ("Een paspoort kost 77,85 euro.", "Een nieuw paspoort kost € 83,87.", True),
        ("Een paspoort kost 77,85 euro.", "Het paspoort kost € 77,85.", False),
        ("Uw paspoort ligt na 5 werkdagen klaar.", "Een paspoort ligt na 7 werkdagen klaar.", True),
        ("Reactie op uw bezwaar binnen 2 weken.", "Reactie op uw bezwaar binnen 14 dagen.", False),
        ("Een paspoort kost 77,85 euro.", "Betaal de boete van 200 euro aan de balie.", False),
    ],
)
def test_a_conflict_with_another_article_of_the_product_is_told(
    publiceer: Publiceer, een: str, ander: str, is_conflict: bool
) -> None:
    stuk = publiceer(titel="Het andere stuk", uitleg_html=f"<p>{ander}</p>")
    waarden = {"product": stuk.product, "afdeling": stuk.afdeling, "uitleg": een}
    gevonden = teksten(controles.check_concept(waarden, vandaag=VANDAAG))
    assert ("Het andere stuk" in gevonden) is is_conflict
    zelf = controles.check_concept(waarden | {"artikel": stuk}, vandaag=VANDAAG)
    assert "Het andere stuk" not in teksten(zelf)


def test_the_page_reports_seeded_conflicts(
    client_as: Callable[..., Any], publiceer: Publiceer
) -> None:
    eerste = publiceer(titel="Paspoort aanvragen", uitleg_html="<p>Een paspoort kost 70 euro.</p>")
    publiceer(
        titel="Paspoort verlengen", product=eerste.product,
        uitleg_html="<p>Uw paspoort kost 80 euro.</p>",
    )  # fmt: skip
    publiceer(titel="Over tijd", herzien_op=localdate() - timedelta(days=9), product="x")
    publiceer(titel="Zonder product", product=None, afdeling=AfdelingFactory.create())
    publiceer(titel="Verkeerde groep", product="terras", doelgroep="eu-bedrijf")
    client = client_as("kennisredacteur")
    pagina = client.get(reverse("kennisbank:samenhang")).content.decode()
    assert "“Een paspoort kost 70 euro.” en “Uw paspoort kost 80 euro.”" in pagina
    assert "Had 9 dagen geleden nagekeken moeten zijn." in pagina
    assert "hoort nog bij geen product" in pagina
    assert "voor ondernemers, maar “terras” is voor inwoners" in pagina
    verlopen = client.get(reverse("kennisbank:samenhang"), {"soort": "verlopen"}).content.decode()
    assert "Over tijd" in verlopen
    assert "kost 70 euro" not in verlopen
    elders = client.get(reverse("kennisbank:samenhang"), {"afdeling": "wmo"}).content.decode()
    assert "kost 70 euro" not in elders


def test_coherence_is_for_editors_and_team_leaders(client_as: Callable[..., Any]) -> None:
    assert client_as("teamleider").get(reverse("kennisbank:samenhang")).status_code == 200
    assert client_as("kcc_medewerker").get(reverse("kennisbank:samenhang")).status_code == 403
    assert client_as("kennisredacteur").post(reverse("kennisbank:samenhang")).status_code == 405


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_page_costs_the_same_for_every_length(
    client_as: Callable[..., Any],
    publiceer: Publiceer,
    aantal: int,
    django_assert_num_queries: Any,
) -> None:
    for nummer in range(aantal):
        publiceer(titel=f"Stuk {nummer}", product=f"product {nummer}")
    client = client_as("kennisredacteur")
    client.get(reverse("kennisbank:samenhang"))
    with django_assert_num_queries(4):  # session, user, articles, departments
        client.get(reverse("kennisbank:samenhang"))


# --- links -------------------------------------------------------------------------------------

WEG, GOED, TRAAG = "https://weg.test/a", "https://goed.test/b", "https://traag.test/c"


def antwoord(url: str, **kwargs: Any) -> Antwoord:
    if url == TRAAG:
        raise OphalenMislukt(Reden.TE_LAAT)
    if url == "https://bestaat-niet.test/":
        raise OphalenMislukt(Reden.GEEN_VERBINDING)
    return Antwoord(404 if url == WEG else 200, b"", "text/html", url)


@pytest.mark.django_db
def test_dead_links_are_found_once_a_week_and_told(publiceer: Publiceer) -> None:
    publiceer(
        uitleg_html=f'<p><a href="{WEG}#deel">x</a> <a href="{GOED}">y</a></p>',
        werkinstructie_html=f'<p><a href="{TRAAG}">z</a> <a href="mailto:a@b.nl">m</a> '
        '<a href="https://bestaat-niet.test/">n</a></p>',
    )
    Linkcontrole.objects.create(url="https://nergens-meer.test/", is_dood=True)
    with patch("kennisbank.services.links.fetch", side_effect=antwoord) as fetch:
        assert services.check_links(at=WOENSDAG) == 4
        assert services.check_links(at=WOENSDAG + timedelta(days=1)) == 0
        assert services.check_links(at=WOENSDAG + timedelta(days=7)) == 4
    assert fetch.call_count == 8
    dood = Linkcontrole.objects.filter(is_dood=True).values_list("url", flat=True)
    assert sorted(dood) == ["https://bestaat-niet.test/", WEG]
    uit = controles.check_concept({"uitleg": f"[x]({WEG}) [y]({GOED})"}, vandaag=VANDAAG)
    assert f"Deze link werkt niet: {WEG} (antwoord 404)" in teksten(uit)
    assert GOED not in teksten(uit)


@pytest.mark.django_db
def test_a_run_stops_in_time_and_goes_on_later(publiceer: Publiceer) -> None:
    publiceer(uitleg_html=f'<p><a href="{WEG}">x</a> <a href="{GOED}">y</a></p>')
    with (
        patch("kennisbank.services.links.fetch", side_effect=antwoord),
        patch("kennisbank.services.links.HOOGSTENS", -1),
    ):
        assert services.check_links(at=now()) == 0
    with patch("kennisbank.services.links.fetch", side_effect=antwoord):
        assert services.check_links(at=now()) == 2


def test_nobody_s_name_is_needed(client_as: Callable[..., Any]) -> None:
    """An editor's page of an empty kennisbank."""
    MedewerkerFactory.create()
    pagina = client_as("kennisredacteur").get(reverse("kennisbank:samenhang")).content.decode()
    assert "Alles past bij elkaar" in pagina
