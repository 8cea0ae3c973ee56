"""The journey: an agent hands off, a vakspecialist finishes, the teamleider sees new figures.

With the keyboard only, through the real web server, with worker and beat running; once as it is
meant, and once without JavaScript.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Bezoeker
from tests.proces import Stapel, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stapel")]

WACHTEND = "SELECT count(*) FROM kcc_vuiluur"


def cijfer(reiziger: Bezoeker, naam: str) -> str:
    """The figure on the tile of this name."""
    tegel = reiziger.page.locator(".tegel", has=reiziger.page.get_by_role("heading", name=naam))
    return tegel.locator(".tegel__cijfer").inner_text().strip()


def figures(reiziger: Bezoeker, stapel: Stapel) -> dict[str, str]:
    """What the teamleider reads, once the worker has computed all that changed."""

    def computed() -> bool:
        with stapel.database() as database:
            rij = database.execute(WACHTEND).fetchone()
        return rij == (0,)

    wait_until(computed, "de worker rekende alle uren uit")
    reiziger.log_in("teamleider")
    reiziger.page.get_by_role("heading", name="Direct opgelost").first.wait_for()
    reiziger.check()
    gelezen = {naam: cijfer(reiziger, naam) for naam in ("Contacten", "Direct opgelost")}
    reiziger.log_out()
    return gelezen


@pytest.mark.parametrize("javascript", [True, False], ids=["met-script", "zonder-script"])
def test_from_a_ringing_phone_to_a_changed_figure(
    javascript: bool, bezoeker: Callable[..., Bezoeker], stapel: Stapel
) -> None:
    leider = bezoeker(javascript=javascript)
    ervoor = figures(leider, stapel)

    achternaam = "O'Zzyxq" if javascript else "d'Qqvvx"  # like nobody in the simulation
    vraag = f"Mijn parkeervergunning werkt niet meer, zegt {achternaam}"

    agent = bezoeker(javascript=javascript)
    agent.log_in("agent")
    agent.sees("Nieuw gesprek")
    agent.check()
    answer_directly(agent)
    hand_off(agent, achternaam=achternaam, vraag=vraag)

    specialist = bezoeker(javascript=javascript)
    finish(specialist, vraag=vraag)

    erna = figures(leider, stapel)
    assert int(erna["Contacten"].replace(".", "")) == int(ervoor["Contacten"].replace(".", "")) + 2
    assert erna["Direct opgelost"] != ervoor["Direct opgelost"]


def answer_directly(agent: Bezoeker) -> None:
    """A simple question by telephone: start, type, close."""
    if agent.javascript:
        agent.press("n")
        agent.page.wait_for_url("**/gesprek/**")
    else:
        agent.tab_to("button[name=kanaal][value=telefoon]")
        agent.enter(verwacht="**/gesprek/**")
    agent.check()
    agent.tab_to("#id_onderwerp")
    agent.type("Kan ik mijn paspoort met spoed krijgen?")
    if agent.javascript:
        agent.sees("Paspoort met spoed")
        agent.press("Control+l")
        agent.page.locator("#artikel-kop").wait_for()
        agent.check()
        agent.press("a")
        expect(agent.page.locator("#id_reactie")).not_to_have_value("")
        agent.press("Control+Enter")
        agent.page.wait_for_url("**/werkplek/?afgerond=*")
    else:
        agent.tab_to("button[name=antwoorden]")
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to("button[name=open_artikel]")
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to("button[name=gebruik_artikel]")
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to("button[name=afronden]")
        agent.enter(verwacht="**/werkplek/?afgerond=*")
    agent.sees("is afgerond")
    agent.check()


def hand_off(agent: Bezoeker, *, achternaam: str, vraag: str) -> None:
    """A new klant, a question for Parkeren, and the promise that is read aloud."""
    if agent.javascript:
        agent.press("n")
        agent.page.wait_for_url("**/gesprek/**")
    else:
        agent.tab_to("button[name=kanaal][value=telefoon]")
        agent.enter(verwacht="**/gesprek/**")
    agent.tab_to("#id_klant")
    agent.type(achternaam)
    if agent.javascript:
        agent.sees("Niemand gevonden")
        agent.tab_to("details.vouw > summary")
        agent.press("Enter")
    else:
        agent.enter(verwacht="**/gesprek/**")
        agent.sees("Niemand gevonden")
        agent.tab_to("#klant-treffers details.vouw > summary")
        agent.press("Enter")
    agent.tab_to("#id_nieuw-telefoonnummer")
    agent.type("06 1234567" + ("8" if agent.javascript else "9"))
    agent.tab_to("button[name=nieuwe_klant]")
    agent.press("Enter")
    agent.page.locator(".klantregel").wait_for()
    agent.sees(achternaam)
    agent.tab_to("#id_onderwerp")
    agent.type(vraag)
    agent.tab_to("#id_product_naam")
    agent.type("parkeervergunning")
    agent.check()
    if agent.javascript:
        agent.press("Control+o")
    else:
        agent.tab_to("button[name=overdragen]")
        agent.enter(verwacht="**/overdragen/**")
    agent.sees("Overdragen aan een afdeling")
    expect(agent.page.locator(".voorlezen")).to_contain_text("Parkeren & Mobiliteit")
    agent.check()
    if agent.javascript:
        agent.press("Control+Enter")
        agent.page.wait_for_url("**/werkplek/?afgerond=*")
    else:
        agent.tab_to(".uitvouw__paneel button[type=submit].nl-button--primary")
        agent.enter(verwacht="**/werkplek/?afgerond=*")
    agent.sees("overgedragen aan een afdeling")
    agent.check()


def finish(specialist: Bezoeker, *, vraag: str) -> None:
    """Pick it up, call, answer, finish."""
    specialist.log_in("parkeren")
    specialist.page.get_by_role("heading", name="Werkvoorraad").wait_for()
    specialist.check()
    specialist.tab_to('.tabs a:has-text("Parkeren")')
    specialist.enter(verwacht="**/werkvoorraad/**")
    if specialist.javascript:
        specialist.press("z")
    specialist.tab_to("#zoek_taak")
    specialist.type(vraag.rpartition(" ")[2])
    specialist.enter(verwacht="**zoek=**")
    if specialist.javascript:
        specialist.tab_to(f'a.tabel__hoofd:has-text("{vraag}")')
        specialist.press("Enter")
        specialist.page.locator("button", has_text="Neem").wait_for()
        specialist.check()
        specialist.press("t")
        specialist.sees("In behandeling genomen")
        specialist.press("b")
        specialist.sees("Contactpoging vastleggen")
        specialist.press("Space")
        specialist.press("Control+Enter")
        specialist.page.get_by_text("Contactpoging vastleggen").wait_for(state="detached")
        specialist.press("r")
        specialist.sees("Wat is het antwoord?")
        specialist.check()
        specialist.type("De vergunning staat weer aan.")
        specialist.tab_to("input[name=terugkoppeling]")
        specialist.press("Space")
        specialist.press("Control+Enter")
    else:
        specialist.tab_to(f'a.tabel__hoofd:has-text("{vraag}")')
        specialist.enter(verwacht="**/werkvoorraad/**")
        specialist.tab_to('button:has-text("Neem")')
        specialist.enter(verwacht="**/werkvoorraad/**")
        specialist.sees("In behandeling genomen")
        specialist.tab_to('a:has-text("Bel")[href*="poging"]')
        specialist.enter(verwacht="**/poging/**")
        specialist.tab_to("input[name=resultaat]")
        specialist.press("Space")
        specialist.tab_to('button:has-text("Leg vast")')
        specialist.enter(verwacht="**/werkvoorraad/**")
        specialist.tab_to('a[href*="antwoord"]')
        specialist.enter(verwacht="**/antwoord/**")
        specialist.tab_to("textarea[name=antwoord]")
        specialist.type("De vergunning staat weer aan.")
        specialist.tab_to("input[name=terugkoppeling]")
        specialist.press("Space")
        specialist.tab_to('button:has-text("Handel af")')
        specialist.enter(verwacht="**/werkvoorraad/**")
    specialist.sees("De taak is afgehandeld.")
    specialist.check()
