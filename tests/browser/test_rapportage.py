"""The dashboard in a real browser: charts under the strict CSP, and figures that refresh calmly."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapportage.models import Norm
from tests.browser.conftest import GEDULD, Bezoeker
from tests.factories import AfdelingFactory, PartijFactory, ProductFactory
from tests.rapportage.records import compute, contact, taak

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("gemeente"),
]

PAGINAS = ["/rapportage/", "/rapportage/definitie/fcr-c/", "/rapportage/definitie/fcr-b/"]


@pytest.fixture
def gemeente() -> datetime:
    """Three weeks of a small municipality; returns the moment of the last contact."""
    for kpi, doel in {"fcr-b": 80, "taken-binnen-termijn": 90}.items():
        Norm.objects.get_or_create(
            kpi=kpi, geldig_vanaf="2020-01-01", defaults={"doelwaarde": doel}
        )
    begin = now() - timedelta(days=21)
    producten = [ProductFactory.create(naam=naam) for naam in ("paspoort", "grofvuil")]
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    for dag in range(21):
        op = begin + timedelta(days=dag)
        contact(op, product=producten[dag % 2], partij=PartijFactory.create())
        contact(op, "verwezen" if dag % 4 == 0 else "na_ruggespraak", kanaal="balie")
        if dag < 15:
            klaar = op + timedelta(hours=30) if dag % 3 else None
            taak(op, afdeling=parkeren, afgehandeld_op=klaar, werkminuten=240 if klaar else None)
    compute()
    return begin


@pytest.fixture
def leider(
    chromium: Browser, live_server: LiveServer, client_as: Callable[..., Client]
) -> Iterator[Callable[..., Bezoeker]]:
    """``leider(breedte=390, javascript=False)``: a team leader who is logged in."""
    koekje = client_as("teamleider").cookies["sessionid"].value
    contexten = []

    def make(*, javascript: bool = True, breedte: int = 1280, **opties: Any) -> Bezoeker:
        context = chromium.new_context(
            viewport={"width": breedte, "height": 900},
            java_script_enabled=javascript,
            locale="nl-NL",
            **opties,
        )
        context.add_cookies([{"name": "sessionid", "value": koekje, "url": live_server.url}])
        contexten.append(context)
        bezoeker = Bezoeker(context, live_server.url, javascript=javascript)
        # What the CSP refuses is said on the console, and nowhere else.
        bezoeker.page.on(
            "console",
            lambda bericht: (
                bezoeker.fouten.append(bericht.text) if bericht.type == "error" else None
            ),
        )
        return bezoeker

    yield make
    for context in contexten:
        context.close()


def cijfer(page: Page, slug: str) -> Any:
    """The figure on the tile of this KPI."""
    return page.locator(".tegel", has=page.locator(f"#kpi-{slug}")).locator(".tegel__cijfer")


def wait_for_charts(page: Page) -> None:
    """Until all three are drawn."""
    expect(page.locator("vega-grafiek[data-getekend] svg")).to_have_count(3, timeout=GEDULD)


@pytest.mark.parametrize(("breedte", "schema"), [(1280, "light"), (390, "dark")])
def test_all_pages_are_accessible_and_draw_without_a_refused_script(
    leider: Callable[..., Bezoeker], breedte: int, schema: str
) -> None:
    ik = leider(breedte=breedte, color_scheme=schema)
    for pad in PAGINAS:
        ik.open(pad)
        if pad == "/rapportage/":
            wait_for_charts(ik.page)
            for knop in ik.page.locator("summary", has_text="Toon als tabel").all():
                knop.click()
        ik.check()


def test_a_chart_takes_the_colours_of_the_theme_and_writes_dutch(
    leider: Callable[..., Bezoeker],
) -> None:
    ik = leider()
    ik.open("/rapportage/")
    wait_for_charts(ik.page)
    kleur = ik.page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--kcc-grafiek-1')"
    )
    lijnen = ik.page.locator(f'#grafiek-direct path[stroke="{kleur}"]')
    expect(lijnen.first).to_be_attached()
    assert "--kcc" not in ik.page.locator("#grafiek-direct svg").inner_html()
    expect(ik.page.locator("#grafiek-direct svg")).to_contain_text("norm 80 %")


def test_figures_refresh_by_themselves_and_leave_the_reader_where_he_is(
    leider: Callable[..., Bezoeker], gemeente: datetime
) -> None:
    ik = leider()
    ik.page.clock.install()
    ik.open("/rapportage/")
    wait_for_charts(ik.page)
    expect(cijfer(ik.page, "contacten")).to_have_text("57")
    # Unfold the table under the chart and stay there.
    knop = ik.page.locator("#vouw-direct-knop")
    knop.focus()
    ik.press("Enter")
    contact(gemeente)
    compute()
    with ik.page.expect_response(lambda antwoord: "stand=" in antwoord.url):
        ik.page.clock.run_for(5_100)
    expect(cijfer(ik.page, "contacten")).to_have_text("58")
    wait_for_charts(ik.page)
    expect(ik.page.locator("#vouw-direct-knop")).to_be_focused()
    expect(ik.page.locator("#vouw-direct")).to_have_attribute("open", "")
    # Nothing changed since: an empty answer, and the page stays as it is.
    with ik.page.expect_response(lambda antwoord: "stand=" in antwoord.url) as antwoord:
        ik.page.clock.run_for(5_100)
    assert antwoord.value.status == 204
    ik.check()


def test_a_page_that_nobody_touches_stops_asking(leider: Callable[..., Bezoeker]) -> None:
    ik = leider()
    ik.page.clock.install()
    ik.open("/rapportage/")
    wait_for_charts(ik.page)
    gevraagd: list[str] = []
    ik.page.on("request", lambda vraag: gevraagd.append(vraag.url))
    ik.page.clock.fast_forward("31:00")
    ik.page.clock.run_for(20_000)
    assert not [url for url in gevraagd if "stand=" in url]
    with ik.page.expect_response(lambda antwoord: "stand=" in antwoord.url):
        ik.press("Shift")
        ik.page.clock.run_for(5_100)


def test_filters_work_live_with_the_keyboard_and_end_up_in_the_address(
    leider: Callable[..., Bezoeker],
) -> None:
    ik = leider()
    ik.open("/rapportage/")
    ik.tab_to("#id_kanaal")
    ik.type("Balie")
    expect(cijfer(ik.page, "contacten")).to_have_text("21")
    ik.page.wait_for_url("**kanaal=balie*")
    # Who uses a filter keeps the focus there.
    expect(ik.page.locator("#id_kanaal")).to_be_focused()
    ik.page.reload()
    expect(ik.page.locator("#id_kanaal")).to_have_value("balie")
    ik.check()


def test_a_wrong_period_says_so_and_loses_nothing(leider: Callable[..., Bezoeker]) -> None:
    ik = leider()
    ik.open("/rapportage/")
    ik.page.locator("#id_van").fill("2026-05-05")
    ik.page.locator("#id_tot").fill("2026-05-01")
    ik.sees("De einddatum ligt voor de begindatum.")
    expect(ik.page.locator("#id_van")).to_have_value("2026-05-05")
    # The answer 422 is an error to the console, and a sentence to the reader.
    ik.fouten.clear()
    ik.check()


def test_from_a_figure_to_its_definition_and_back(leider: Callable[..., Bezoeker]) -> None:
    ik = leider()
    ik.open("/rapportage/?kanaal=balie")
    ik.tab_to("#kpi-fcr-b")
    ik.enter(verwacht="**/definitie/fcr-b/**")
    ik.sees("De som van deze periode")
    ik.sees("21")
    ik.tab_to("a:has-text('Terug naar de cijfers')")
    ik.enter(verwacht="**/rapportage/?*kanaal=balie*")


def test_without_javascript_all_figures_are_there(leider: Callable[..., Bezoeker]) -> None:
    ik = leider(javascript=False, breedte=390)
    ik.open("/rapportage/")
    expect(cijfer(ik.page, "contacten")).to_have_text("57")
    expect(ik.page.locator("vega-grafiek").first).to_be_hidden()
    ik.tab_to("#vouw-termijn-knop")
    ik.press("Enter")
    expect(ik.page.get_by_role("row", name="Parkeren").first).to_be_visible()
    ik.check()
    ik.page.locator("#id_kanaal").select_option("balie")
    ik.tab_to("button:has-text('Toon')")
    ik.enter(verwacht="**kanaal=balie*")
    expect(cijfer(ik.page, "contacten")).to_have_text("21")
