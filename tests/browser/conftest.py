"""A real browser against the real application: web, worker and beat in processes of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.proces import Stapel

VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GEDULD = 15_000  # milliseconds that anything may take to appear


@pytest.fixture(scope="session")
def stapel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stapel]:
    """The whole application, with a small municipality of a month old in it."""
    with Stapel(tmp_path_factory.mktemp("stapel")) as draaiend:
        draaiend.manage("laad_demo", "--zonder-klantcontacten")
        draaiend.manage("simuleer", "--inwoners=4000", "--dagen=35", "--seed=1", "--verbosity=0")
        yield draaiend


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's own process."""
    with sync_playwright() as draaiend:
        yield draaiend


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's browser, headless."""
    pad = shutil.which("chromium") or shutil.which("google-chrome")
    assert pad, "Chromium ontbreekt: installeer het met apt-get install chromium"
    browser = playwright.chromium.launch(executable_path=pad, headless=True, args=VLAGGEN)
    yield browser
    browser.close()


class Bezoeker:
    """Somebody at a keyboard: no mouse, and every page is looked at by axe."""

    def __init__(self, context: BrowserContext, url: str, *, javascript: bool) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(GEDULD)
        self.url = url
        self.javascript = javascript
        self.fouten: list[str] = []
        self.page.on("pageerror", lambda fout: self.fouten.append(str(fout)))

    def open(self, pad: str) -> None:
        """Type an address."""
        self.page.goto(self.url + pad)

    def log_in(self, naam: str) -> None:
        """Name, Tab, password, Enter."""
        self.open("/inloggen/")
        self.check()
        self.tab_to("#id_username")
        self.type(naam)
        self.page.keyboard.press("Tab")
        self.type("demo")
        self.enter(verwacht="**/*")

    def log_out(self) -> None:
        """Forget the session, as closing the browser does."""
        self.page.context.clear_cookies()

    def type(self, tekst: str) -> None:
        """On the keyboard, into whatever has the focus."""
        self.page.keyboard.type(tekst)

    def press(self, toets: str) -> None:
        """One key."""
        self.page.keyboard.press(toets)

    def enter(self, *, verwacht: str) -> None:
        """Enter, and wait for the page that comes."""
        with self.page.expect_navigation(url=verwacht):
            self.page.keyboard.press("Enter")

    def tab_to(self, selector: str, *, hoogstens: int = 120) -> None:
        """Press Tab until this element has the focus; fails when it cannot be reached."""
        doel = self.page.locator(selector).first
        doel.wait_for(state="visible")
        for _ in range(hoogstens):
            if self._has_focus(selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"met Tab niet te bereiken: {selector}")

    def tab_back_to(self, selector: str, *, hoogstens: int = 120) -> None:
        """The same, backwards."""
        for _ in range(hoogstens):
            if self._has_focus(selector):
                return
            self.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"met Shift+Tab niet te bereiken: {selector}")

    def _has_focus(self, selector: str) -> bool:
        return bool(
            self.page.locator(selector).evaluate_all(
                "(alle) => alle.some((een) => een === document.activeElement)"
            )
        )

    def sees(self, tekst: str) -> None:
        """Wait until this text is on the page."""
        self.page.get_by_text(tekst).first.wait_for(state="visible")

    def check(self) -> None:
        """No axe violations, nothing wider than the window, and no script that failed."""
        assert not self.fouten, self.fouten
        breedte = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert breedte <= 0, f"{self.page.url} is {breedte} px te breed"
        if self.javascript:  # axe is a script itself
            gevonden = Axe().run(self.page).response["violations"]
            assert not gevonden, [
                (f["id"], [n["html"][:200] for n in f["nodes"]]) for f in gevonden
            ]


@pytest.fixture
def bezoeker(
    chromium: Browser, stapel: Stapel, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Bezoeker]]:
    """``bezoeker(javascript=False, breedte=390)``: somebody with a browser of his own."""
    contexten: list[BrowserContext] = []

    def make(*, javascript: bool = True, breedte: int = 1280, **opties: Any) -> Bezoeker:
        context = chromium.new_context(
            viewport={"width": breedte, "height": 800},
            java_script_enabled=javascript,
            locale="nl-NL",
            **opties,
        )
        contexten.append(context)
        return Bezoeker(context, stapel.url, javascript=javascript)

    yield make
    for context in contexten:
        context.close()
