"""Nothing typed is lost: not by a reload, an ended session, a second tab or a server that dies."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Bezoeker
from tests.proces import Stapel

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stapel")]


def saved(page: Page) -> None:
    """Wait until the page says that what was typed is on the server."""
    expect(page.locator("[data-autosave-stand]")).to_have_attribute("data-stand", "goed")


@pytest.fixture
def typend(bezoeker: Callable[..., Bezoeker]) -> Bezoeker:
    """An agent with the cursor in Vraag."""
    agent = bezoeker()
    agent.log_in("agent2")
    agent.press("n")
    agent.page.wait_for_url("**/gesprek/**")
    agent.tab_to("#id_onderwerp")
    return agent


def test_a_reload_shows_all_that_was_typed(typend: Bezoeker) -> None:
    typend.type("Waar kan ik mijn oude matras kwijt?")
    typend.tab_to("#id_inhoud")
    typend.type("Woont op driehoog; 't past niet in de lift <b>")
    typend.page.reload()  # at once: what was typed last goes along with the page that leaves
    expect(typend.page.locator("#id_onderwerp")).to_have_value(
        "Waar kan ik mijn oude matras kwijt?"
    )
    expect(typend.page.locator("#id_inhoud")).to_have_value(
        "Woont op driehoog; 't past niet in de lift <b>"
    )


def test_an_ended_session_keeps_the_text_and_goes_on_after_login(typend: Bezoeker) -> None:
    page = typend.page
    typend.type("Eerst dit")
    saved(page)
    typend.log_out()
    typend.type(" en toen dat")
    expect(page.locator("#meldingen-dringend")).to_contain_text("Log")
    expect(page.locator("#id_onderwerp")).to_have_value("Eerst dit en toen dat")
    # A button is no way around it: the page stays, and so does the text.
    typend.press("Control+Enter")
    expect(page.locator("#id_onderwerp")).to_have_value("Eerst dit en toen dat")
    typend.check()

    elders = page.context.new_page()
    elders.goto(f"{typend.url}/inloggen/")
    elders.fill("#id_username", "agent2")
    elders.fill("#id_password", "demo")
    elders.press("#id_password", "Enter")
    elders.wait_for_url("**/werkplek/")
    page.bring_to_front()
    typend.tab_back_to("#id_onderwerp")
    typend.press("End")
    typend.type("!")
    saved(page)
    page.reload()
    expect(page.locator("#id_onderwerp")).to_have_value("Eerst dit en toen dat!")


def test_a_second_tab_is_told_and_keeps_its_text(typend: Bezoeker) -> None:
    eerste = typend.page
    tweede = eerste.context.new_page()
    tweede.goto(eerste.url)
    typend.type("Uit de eerste tab")
    saved(eerste)
    tweede.fill("#id_onderwerp", "Uit de tweede tab")
    expect(tweede.locator("#meldingen-dringend")).to_contain_text("ander tabblad")
    expect(tweede.locator("#id_onderwerp")).to_have_value("Uit de tweede tab")
    eerste.reload()
    expect(eerste.locator("#id_onderwerp")).to_have_value("Uit de eerste tab")


def test_a_web_server_that_dies_while_somebody_types(typend: Bezoeker, stapel: Stapel) -> None:
    page = typend.page
    typend.type("Voor de storing")
    saved(page)
    stapel.kill("web")
    typend.type(", tijdens de storing")
    expect(page.locator("#meldingen-dringend")).to_contain_text("Uw tekst staat nog hier")
    stapel.restart("web")
    saved(page)  # by itself: nobody had to press anything
    page.reload()
    expect(page.locator("#id_onderwerp")).to_have_value("Voor de storing, tijdens de storing")


def test_a_tab_that_is_closed_in_the_middle_of_a_word(typend: Bezoeker) -> None:
    adres = typend.page.url
    typend.type("Half een wo")
    saved(typend.page)
    typend.page.close()
    opnieuw = typend.page.context.new_page()
    opnieuw.goto(adres)
    expect(opnieuw.locator("#id_onderwerp")).to_have_value("Half een wo")
