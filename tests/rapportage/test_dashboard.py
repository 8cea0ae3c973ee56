"""The dashboard over HTTP: who may see it, what it answers, and what it costs."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from kcc.models import Hartslag, VuilUur
from kcc.services import whole_hour
from rapportage.kpis import KPIS
from tests.conftest import HTMX
from tests.factories import AfdelingFactory, ProductFactory
from tests.rapportage.records import DAG, NU, compute, contact, taak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nu", "normen")]

URL = "/rapportage/"


@pytest.fixture
def client(client_as: Callable[..., Client]) -> Client:
    """A team leader's browser."""
    return client_as("teamleider")


def spec(html: str, naam: str) -> dict[str, object]:
    """The specification of one chart in a page."""
    gevonden = re.search(rf'id="grafiek-{naam}"[^>]*data-spec="([^"]*)"', html)
    assert gevonden
    uit: dict[str, object] = json.loads(unescape(gevonden.group(1)))
    return uit


@pytest.mark.parametrize(
    ("rol", "status"),
    [
        ("teamleider", 200),
        ("kcc_medewerker", 403),
        ("vakspecialist", 403),
        ("kennisredacteur", 403),
        ("beheerder", 403),
    ],
)
def test_only_a_team_leader_sees_figures(
    client_as: Callable[..., Client], rol: str, status: int
) -> None:
    ander = client_as(rol)
    assert ander.get(URL).status_code == status
    assert ander.get(reverse("rapportage:definitie", args=["fcr-b"])).status_code == status


def test_who_is_not_logged_in_goes_to_the_login_page(db: None) -> None:
    antwoord = Client().get(URL)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen/")


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(URL).status_code == 405
    assert client.post(reverse("rapportage:definitie", args=["fcr-b"])).status_code == 405


def test_the_tiles_show_figure_verdict_and_number(client: Client) -> None:
    for _ in range(3):
        contact()
    contact(resultaat="verwezen")
    taak(afgehandeld_op=DAG + timedelta(hours=4), werkminuten=205)
    compute()
    html = client.get(URL).content.decode()
    tegel = html[html.index('id="kpi-fcr-b"') :][:900]
    # Three of five: the hand-off is the fifth.
    assert "60,0" in tegel
    assert "norm 80 %, niet gehaald" in tegel
    assert "5 behandelde contacten" in tegel
    tegel = html[html.index('id="kpi-taken-binnen-termijn"') :][:900]
    assert "100,0" in tegel
    assert "norm 90 %, gehaald" in tegel
    tegel = html[html.index('id="kpi-doorlooptijd-mediaan"') :][:900]
    assert "3,4" in tegel
    assert "1 afgehandelde taak" in tegel


def test_every_figure_links_to_a_definition_that_exists(client: Client) -> None:
    contact()
    compute()
    html = client.get(URL).content.decode()
    links = set(re.findall(r'href="(/rapportage/definitie/[^"]+)"', html))
    slugs = {link.split("/")[3] for link in links}
    assert slugs >= set(KPIS) - {"fcr-c-dekking"}
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("slug", list(KPIS))
def test_a_definition_says_formula_pitfalls_norms_and_how_to_check(
    client: Client, slug: str
) -> None:
    contact()
    compute()
    html = client.get(reverse("rapportage:definitie", args=[slug])).content.decode()
    kpi = KPIS[slug]
    assert escape(kpi.formule) in html
    assert all(escape(valkuil) in html for valkuil in kpi.valkuilen)
    assert "kpi_controle" in html


def test_a_definition_shows_the_sum_of_the_same_period(client: Client) -> None:
    contact()
    contact(resultaat="verwezen")
    contact(DAG - timedelta(days=2))
    compute()
    dag = f"{DAG:%Y-%m-%d}"
    html = client.get(f"/rapportage/definitie/fcr-b/?van={dag}&tot={dag}").content.decode()
    assert re.search(r"Contacten zonder overdracht</dt><dd class=\"getal\">1<", html)
    assert re.search(r"Gedeeld door behandelde contacten [^<]*</dt><dd class=\"getal\">2<", html)
    assert "50,0 %" in html


def test_an_unknown_figure_is_404(client: Client) -> None:
    assert client.get("/rapportage/definitie/omzet/").status_code == 404


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ("kanaal=postduif", "Kies een kanaal uit de lijst."),
        ("afdeling=1%20OR%201=1", "Kies een afdeling uit de lijst."),
        ("van=gisteren", "Vul een datum in, zoals 22-11-2026."),
        ("van=2026-11-22&tot=2026-11-21", "De einddatum ligt voor de begindatum."),
        ("tot=2026-11-23", "Kies vandaag of een dag die al geweest is."),
        ("van=2024-11-20", "Kies een periode van hoogstens twee jaar."),
        ("van=1066-10-14&tot=1066-10-15", "Kies een dag vanaf 01-01-2000."),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_a_sentence(
    client: Client, vraag: str, zin: str
) -> None:
    for headers in ({}, HTMX):
        antwoord = client.get(f"{URL}?{vraag}", headers=headers)
        assert antwoord.status_code == 422
        assert zin in antwoord.content.decode()


def test_two_years_can_be_asked_for(client: Client) -> None:
    assert client.get(f"{URL}?van=2024-11-22").status_code == 200


def test_what_was_filled_in_stays_filled_in(client: Client) -> None:
    html = client.get(f"{URL}?van=2026-11-22&tot=2026-11-21&kanaal=balie").content.decode()
    assert 'value="2026-11-21"' in html
    assert '<option value="balie" selected>' in html


def test_an_unknown_filter_on_a_definition_falls_back_to_the_default_period(client: Client) -> None:
    antwoord = client.get("/rapportage/definitie/fcr-b/?van=onzin&kanaal=postduif")
    assert antwoord.status_code == 200
    assert "24 oktober 2026" in antwoord.content.decode()


def test_filters_work_without_javascript(client: Client) -> None:
    contact(kanaal="balie")
    contact()
    compute()
    html = client.get(f"{URL}?kanaal=balie").content.decode()
    assert "<html" in html
    tegel = html[html.index('id="kpi-contacten"') :][:400]
    assert re.search(r'tegel__cijfer">1<', tegel)


def test_a_fragment_holds_the_figures_only(client: Client) -> None:
    contact()
    compute()
    antwoord = client.get(URL, headers=HTMX)
    html = antwoord.content.decode()
    assert "<html" not in html
    assert '<form class="filterbalk' not in html
    assert 'id="cijfers"' in html
    assert "HX-Request" in antwoord["Vary"]
    assert "private" in antwoord["Cache-Control"]


@pytest.mark.parametrize("rijen", [1, 20])
def test_a_dashboard_costs_the_same_for_any_amount_of_work(
    client: Client, rijen: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for nummer in range(rijen):
        afdeling = AfdelingFactory.create(identificatie=f"afdeling-{nummer}")
        product = ProductFactory.create(naam=f"product {nummer}", afdeling=afdeling)
        contact(DAG + timedelta(hours=nummer), product=product, afdeling=afdeling)
        taak(DAG, afdeling=afdeling, afgehandeld_op=DAG + timedelta(hours=nummer))
    compute()
    client.get(URL)
    # session, user, heartbeats, marks, afdelingen, contacts, taken, durations, norms, products
    with django_assert_num_queries(10):
        assert client.get(URL).status_code == 200


def test_a_dashboard_reads_no_records(client: Client) -> None:
    contact()
    compute()
    html = client.get(URL).content.decode()
    contact()
    # Its hour was not marked, so the figures do not know it; that is what kpi_controle is for.
    assert client.get(URL).content.decode().count("tegel__cijfer") == html.count("tegel__cijfer")
    tegel = client.get(URL).content.decode()
    assert re.search(r'tegel__cijfer">1<', tegel[tegel.index('id="kpi-contacten"') :][:400])


def test_polling_answers_204_until_something_changes(client: Client) -> None:
    contact()
    compute()
    html = client.get(URL).content.decode()
    poll = re.search(r'hx-get="(/rapportage/\?[^"]*stand=[^"]+)"', html)
    assert poll
    adres = poll.group(1).replace("&amp;", "&")
    antwoord = client.get(adres, headers=HTMX)
    assert (antwoord.status_code, antwoord.content) == (204, b"")
    VuilUur.objects.create(uur=whole_hour(DAG))
    antwoord = client.get(adres, headers=HTMX)
    assert antwoord.status_code == 200
    assert "1 uur wacht" in antwoord.content.decode()


def test_a_poll_costs_four_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contact()
    compute()
    poll = re.search(r'hx-get="([^"]*stand=[^"]+)"', client.get(URL).content.decode())
    assert poll
    # session, user, heartbeats, marks
    with django_assert_num_queries(4):
        client.get(poll.group(1).replace("&amp;", "&"), headers=HTMX)


def test_refreshing_can_be_stopped(client: Client) -> None:
    html = client.get(f"{URL}?stil=1").content.decode()
    assert "every 5s" not in html
    assert "Werk vanzelf bij" in html


def test_it_says_how_fresh_it_is(client: Client) -> None:
    Hartslag.objects.create(naam="cijfers", geslagen_op=NU - timedelta(minutes=1, seconds=3))
    Hartslag.objects.create(naam="werker", geslagen_op=NU - timedelta(seconds=9))
    html = re.sub(r"\s+", " ", client.get(URL).content.decode())
    assert ">14:28:57</time>; alles is verwerkt." in html
    assert "staat stil" not in html


def test_it_says_so_when_work_waits_and_no_worker_lives(client: Client) -> None:
    Hartslag.objects.create(naam="werker", geslagen_op=NU - timedelta(minutes=10))
    VuilUur.objects.create(uur=whole_hour(DAG))
    assert "De verwerking staat stil." in client.get(URL).content.decode()


def test_without_figures_it_says_what_will_come(client: Client) -> None:
    html = client.get(URL).content.decode()
    assert "Nog geen cijfers in deze periode" in html
    assert "vega-grafiek" not in html


def test_every_chart_has_its_table_and_loads_nothing_inline(client: Client) -> None:
    contact()
    taak()
    compute()
    html = client.get(URL).content.decode()
    assert html.count("<vega-grafiek") == 3
    assert html.count("Toon als tabel") == 3
    assert not re.search(r'\sstyle="', html)
    assert not re.search(r"<script(?![^>]*src=)", html)
    direct = spec(html, "direct")
    assert "Toon" not in json.dumps(direct)
    assert '"dag": "2026-11-04"' in json.dumps(direct)


def test_names_from_the_database_are_escaped(client: Client) -> None:
    afdeling = AfdelingFactory.create(identificatie="x", naam='<b>"Parkeren"</b>')
    taak(afdeling=afdeling)
    compute()
    html = client.get(URL).content.decode()
    assert "<b>" not in html
    assert '<b>\\"Parkeren\\"</b>: 0,0 %' in json.dumps(spec(html, "termijn"), ensure_ascii=False)
