"""The search box on the page of somebody else, under a CSP that allows nothing but us."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import Bezoeker
from tests.proces import Stapel

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGINA = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Onze website</title>
<script type="module" src="{ons}/antwoorden/zoekvak.js"></script></head>
<body><main><h1>Onze website</h1>
<kcc-zoekvak gemeente-url="{ons}">
  <form action="{ons}/antwoorden/" role="search">
    <label for="q">Zoek een antwoord</label> <input id="q" name="q" type="search">
    <button type="submit">Zoek</button>
  </form>
</kcc-zoekvak></main></body></html>"""


@contextmanager
def website(ons: str, *, csp: str) -> Iterator[str]:
    """A site on another origin, with one page that has the box on it."""

    class Pagina(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            inhoud = PAGINA.format(ons=ons).encode() if self.path == "/" else b""
            self.send_response(200 if inhoud else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", csp)
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            self.send_header("Content-Length", str(len(inhoud)))
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pagina)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        draad.join()


def streng(ons: str) -> str:
    """Only us, and no strings that become code or HTML; forms may go nowhere."""
    return (
        f"default-src 'none'; script-src {ons}; connect-src {ons}; style-src {ons}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


@pytest.fixture
def gast(bezoeker: Callable[..., Bezoeker], stapel: Stapel) -> Iterator[tuple[Bezoeker, list[str]]]:
    """Somebody on the other site, and what its policy refused."""
    iemand = bezoeker()
    geweigerd: list[str] = []
    iemand.page.on(
        "console",
        lambda regel: geweigerd.append(regel.text) if "Security Policy" in regel.text else None,
    )
    with website(stapel.url, csp=streng(stapel.url)) as adres:
        iemand.page.goto(adres)
        iemand.page.locator("kcc-zoekvak [role=combobox]").wait_for()
        yield iemand, geweigerd


def suggesties(iemand: Bezoeker, vraag: str) -> None:
    iemand.tab_to("kcc-zoekvak")
    iemand.type(vraag)
    iemand.page.locator("kcc-zoekvak [role=option]").first.wait_for()


def kenmerk(iemand: Bezoeker, naam: str) -> str | None:
    return iemand.page.locator("kcc-zoekvak [role=combobox]").get_attribute(naam)


def test_with_the_keyboard_from_a_word_to_the_answer(
    gast: tuple[Bezoeker, list[str]], stapel: Stapel
) -> None:
    iemand, geweigerd = gast
    lijst = iemand.page.locator("kcc-zoekvak [role=listbox]")
    assert kenmerk(iemand, "aria-expanded") == "false"
    assert iemand.page.locator("kcc-zoekvak form #q").is_hidden()
    suggesties(iemand, "paspoort")
    assert kenmerk(iemand, "aria-expanded") == "true"
    assert kenmerk(iemand, "aria-controls") == lijst.get_attribute("id")
    assert "antwoorden" in iemand.page.locator("kcc-zoekvak [role=status]").inner_text()
    # The style is there: a constructed sheet, which style-src has no say about.
    assert lijst.evaluate("(ul) => getComputedStyle(ul).position") == "absolute"
    iemand.press("ArrowDown")
    assert kenmerk(iemand, "aria-activedescendant") == "keuze-0"
    iemand.press("ArrowDown")
    gekozen = iemand.page.locator("kcc-zoekvak [aria-selected=true]")
    assert gekozen.get_attribute("id") == kenmerk(iemand, "aria-activedescendant") == "keuze-1"
    iemand.press("ArrowUp")
    iemand.press("ArrowUp")
    assert kenmerk(iemand, "aria-activedescendant") is None
    iemand.press("Escape")
    assert kenmerk(iemand, "aria-expanded") == "false" and lijst.is_hidden()
    iemand.press("ArrowDown")
    titel = gekozen.locator(".titel").inner_text()
    iemand.enter(verwacht=f"{stapel.url}/antwoorden/**")
    assert iemand.page.locator("h1").inner_text() == titel
    assert not geweigerd


def test_axe_finds_nothing_open_or_closed(
    bezoeker: Callable[..., Bezoeker], stapel: Stapel
) -> None:
    iemand = bezoeker(breedte=390)
    # Axe is a script of its own, so here the page lets it in.
    with website(
        stapel.url, csp=f"default-src * 'unsafe-inline'; connect-src {stapel.url}"
    ) as adres:
        iemand.page.goto(adres)
        iemand.page.locator("kcc-zoekvak [role=combobox]").wait_for()
        iemand.check()
        suggesties(iemand, "rijbewijs")
        iemand.press("ArrowDown")
        iemand.check()


def test_enter_without_a_choice_goes_to_all_results(
    gast: tuple[Bezoeker, list[str]], stapel: Stapel
) -> None:
    iemand, geweigerd = gast
    iemand.tab_to("kcc-zoekvak")
    iemand.type("verhuizen & meer")
    iemand.enter(verwacht=f"{stapel.url}/antwoorden/?q=*")
    assert "“verhuizen & meer”" in iemand.page.locator("h1").inner_text()
    assert not geweigerd
    iemand.check()


def test_with_the_mouse_too(gast: tuple[Bezoeker, list[str]], stapel: Stapel) -> None:
    iemand, _ = gast
    suggesties(iemand, "paspoort")
    rij = iemand.page.locator("kcc-zoekvak [role=option]").nth(1)
    titel = rij.locator(".titel").inner_text()
    with iemand.page.expect_navigation(url=f"{stapel.url}/antwoorden/**"):
        rij.click()
    assert iemand.page.locator("h1").inner_text() == titel


def test_leaving_closes_the_list(gast: tuple[Bezoeker, list[str]]) -> None:
    iemand, _ = gast
    suggesties(iemand, "paspoort")
    iemand.press("Tab")
    iemand.press("Tab")
    iemand.page.locator("kcc-zoekvak [role=listbox]").wait_for(state="hidden")


def test_when_we_are_away_it_says_so_and_the_field_works(
    gast: tuple[Bezoeker, list[str]], stapel: Stapel
) -> None:
    iemand, _ = gast
    iemand.page.route("**/zoekresultaten**", lambda verzoek: verzoek.abort())
    iemand.tab_to("kcc-zoekvak")
    iemand.type("paspoort")
    iemand.page.get_by_text("Suggesties zijn er even niet").wait_for(state="attached")
    iemand.enter(verwacht=f"{stapel.url}/antwoorden/?q=paspoort")


def test_without_javascript_the_form_of_the_page_does_it(
    bezoeker: Callable[..., Bezoeker], stapel: Stapel
) -> None:
    iemand = bezoeker(javascript=False)
    csp = f"default-src 'none'; form-action {stapel.url}"
    with website(stapel.url, csp=csp) as adres:
        iemand.page.goto(adres)
        iemand.tab_to("#q")
        iemand.type("paspoort")
        iemand.enter(verwacht=f"{stapel.url}/antwoorden/?q=paspoort")
        iemand.sees("Paspoort aanvragen")
        iemand.check()


@pytest.mark.parametrize("breedte", [1280, 390])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_public_pages_with_the_keyboard(
    bezoeker: Callable[..., Bezoeker], breedte: int, javascript: bool
) -> None:
    iemand = bezoeker(breedte=breedte, javascript=javascript)
    iemand.open("/antwoorden/")
    iemand.check()
    iemand.tab_to("#vraag")
    iemand.type("paspoort")
    iemand.enter(verwacht="**/antwoorden/?q=paspoort")
    iemand.check()
    iemand.tab_to(".openbaar__titel")
    iemand.enter(verwacht="**/antwoorden/*/")
    iemand.check()
    iemand.tab_to(".openbaar__kruimels li:nth-child(2) a")
    iemand.enter(verwacht="**/antwoorden/product/*/")
    iemand.check()
    iemand.open("/antwoorden/onderwerp/burgerzaken/")
    iemand.check()
    iemand.open("/antwoorden/bestaat-niet/")
    iemand.check()
    assert not iemand.page.context.cookies()
