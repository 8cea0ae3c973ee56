"""An answer comes into being and is put right: proposed, edited, approved, found by an agent,
reported, corrected. With the keyboard only, once as it is meant and once without JavaScript; and
what colleagues do beside it: news, who does what, reading in a file, a search without results.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Bezoeker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stapel")]

# As Word puts it on the clipboard: a list of paragraphs, with its own markup around it.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{mso-style-parent:""; font-family:"Calibri",sans-serif;}</style></head><body><!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Neem mee</b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>
<![endif]>de machtiging<script>document.title = "stuk"</script><o:p></o:p></p>
<!--EndFragment--></body></html>"""


@dataclass(frozen=True)
class Tekst:
    """What this journey is about; each has its own, for they share one municipality."""

    titel: str
    antwoord: str
    beter: str
    melding: str


MET_SCRIPT = Tekst(
    titel="Identiteitskaart ophalen met een mantelzorger",
    antwoord="Een mantelzorger mag mee naar de balie. U komt zelf ook.",
    beter="Een mantelzorger mag mee naar de balie. U komt zelf ook, op afspraak.",
    melding="Zonder afspraak wordt niemand geholpen.",
)
ZONDER_SCRIPT = Tekst(
    titel="Identiteitskaart ophalen met een assistentiehond",
    antwoord="Uw assistentiehond mag mee naar de balie.",
    beter="Uw assistentiehond mag mee naar de balie en in de wachtruimte.",
    melding="De wachtruimte staat er niet bij.",
)


def kies(iemand: Bezoeker, toets: str, knop: str, *, verwacht: str = "**/*") -> None:
    """The key of a button, or without JavaScript the button itself; then the page that comes."""
    if iemand.javascript:
        with iemand.page.expect_navigation(url=verwacht):
            iemand.press(toets)
    else:
        iemand.tab_to(knop)
        iemand.enter(verwacht=verwacht)


def naar(iemand: Bezoeker, plek: str) -> None:
    """From anywhere to a place of the kennisbank, by its bar and its tabs."""
    if "/kennisbank/" not in iemand.page.url:
        iemand.tab_to('.balk__plek:has-text("Kennisbank")')
        iemand.enter(verwacht="**/kennisbank/**")
    iemand.tab_to(f'nav[aria-label="Kennisbank"] a:has-text("{plek}")')
    iemand.enter(verwacht="**/kennisbank/**")
    iemand.check()


def open_rij(iemand: Bezoeker, titel: str, *, verwacht: str) -> None:
    """The row with this title."""
    iemand.tab_to(f'a.tabel__hoofd:has-text("{titel}")')
    iemand.enter(verwacht=verwacht)
    iemand.check()


def saved(iemand: Bezoeker) -> None:
    """Wait until the page says that what was typed is on the server."""
    expect(iemand.page.locator("[data-autosave-stand]")).to_have_attribute("data-stand", "goed")


def propose(collega: Bezoeker, tekst: Tekst) -> None:
    """A vakspecialist of another department misses an answer."""
    collega.log_in("parkeren")
    naar(collega, "Concepten")
    collega.tab_to('a:has-text("Stel een artikel voor")')
    collega.enter(verwacht="**/voorstellen/")
    collega.check()
    collega.tab_to("#id_toelichting")
    collega.type("Dit vragen mensen mij aan de telefoon.")
    collega.tab_to("#id_product")
    collega.type("identiteitskaart")  # a list goes to what is typed
    collega.tab_to("#id_titel")
    collega.type(tekst.titel)
    collega.tab_to("#id_kort_antwoord")
    collega.type(tekst.antwoord)
    kies(
        collega, "Control+Enter", 'button:has-text("Verstuur voorstel")',
        verwacht="**/redactie/concept/**",
    )  # fmt: skip
    collega.sees("Dank u wel. De redactie kijkt ernaar.")
    expect(collega.page.locator("dd", has_text="Burgerzaken")).to_be_visible()
    collega.check()


def edit(redacteur: Bezoeker, tekst: Tekst) -> None:
    """The editor takes it up, writes the explanation, and sends it to the owner."""
    redacteur.log_in("redacteur")
    naar(redacteur, "Concepten")
    redacteur.tab_to('a:has-text("Alle open")')
    redacteur.enter(verwacht="**tab=alle")
    open_rij(redacteur, tekst.titel, verwacht="**/redactie/concept/**")
    kies(redacteur, "t", 'button:has-text("Pak op")', verwacht="**/bewerken/")
    redacteur.check()
    redacteur.tab_to("#id_uitleg")
    redacteur.type("Er is een machtiging no")
    if redacteur.javascript:
        write_with_script(redacteur)
    else:
        redacteur.type("dig.")
        redacteur.tab_to("button[name=bewaar]")
        redacteur.enter(verwacht="**/bewerken/")
        redacteur.sees("Bewaard.")
    expect(redacteur.page.locator("#voorbeeld")).to_contain_text("Er is een machtiging nodig.")
    redacteur.check()
    kies(
        redacteur, "Control+Enter", "button[name=ter_goedkeuring]",
        verwacht="**/redactie/concept/**",
    )  # fmt: skip
    redacteur.sees("Verstuurd naar Burgerzaken.")
    redacteur.check()


def write_with_script(redacteur: Bezoeker) -> None:
    """A reload in the middle of a word, Word on the clipboard, and the preview beside it."""
    page = redacteur.page
    uitleg = page.locator("#id_uitleg")
    page.reload()  # at once: what was typed last goes along with the page that leaves
    expect(uitleg).to_have_value("Er is een machtiging no")
    redacteur.tab_to("#id_uitleg")
    redacteur.press("Control+End")
    redacteur.type("dig.")
    page.evaluate(
        """(html) => document.addEventListener("copy", (event) => {
            event.clipboardData.setData("text/html", html);
            event.clipboardData.setData("text/plain", "Neem mee");
            event.preventDefault();
        }, { once: true })""",
        WORD,
    )
    redacteur.press("Control+c")
    redacteur.press("Control+v")
    expect(uitleg).to_have_value("Er is een machtiging nodig.\n\n**Neem mee**\n\n- de machtiging")
    expect(page.locator("#voorbeeld strong", has_text="Neem mee")).to_be_visible()
    expect(page.locator("#voorbeeld li", has_text="de machtiging")).to_be_visible()
    saved(redacteur)
    page.reload()
    expect(uitleg).to_have_value("Er is een machtiging nodig.\n\n**Neem mee**\n\n- de machtiging")


def approve(eigenaar: Bezoeker, tekst: Tekst) -> None:
    """Somebody of the department that owns it, who did not write it."""
    eigenaar.log_in("burgerzaken")
    naar(eigenaar, "Concepten")
    expect(eigenaar.page.locator("#concepten-kop")).to_contain_text("Goed te keuren")
    open_rij(eigenaar, tekst.titel, verwacht="**/redactie/concept/**")
    kies(
        eigenaar, "Control+Enter", 'button:has-text("Keur goed")',
        verwacht="**/redactie/concept/**",
    )  # fmt: skip
    eigenaar.sees("Goedgekeurd en gepubliceerd.")
    eigenaar.check()


def answer_and_report(agent: Bezoeker, tekst: Tekst) -> str:
    """Use the article in a gesprek, and say that it is wrong. Returns the klantcontact."""
    agent.log_in("agent")
    kies(agent, "n", "button[name=kanaal][value=telefoon]", verwacht="**/gesprek/**")
    agent.tab_to("#id_onderwerp")
    agent.type(tekst.titel)
    gevonden = f'button[name=open_artikel]:has-text("{tekst.titel}")'
    if agent.javascript:
        agent.page.locator(gevonden).wait_for()
        agent.press("Control+l")
        expect(agent.page.locator("#artikel-kop")).to_have_text(tekst.titel)
        agent.check()
        agent.press("a")
        expect(agent.page.locator("#id_reactie")).not_to_have_value("")
        agent.tab_to("#meld-klopt_niet")
        agent.press("k")
        agent.page.locator("#melden #id_melding_toelichting").wait_for()
        agent.check()
        agent.tab_to("#melden #id_melding_toelichting")
        agent.type(tekst.melding)
        agent.press("Control+Enter")
        agent.sees("Doorgegeven aan de redactie.")
        expect(agent.page.locator("#meld-klopt_niet")).to_be_focused()
    else:
        agent.tab_to("button[name=antwoorden]")
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to(gevonden)
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to("button[name=gebruik_artikel]")
        agent.enter(verwacht="**/gesprek/**")
        agent.tab_to("#meld-klopt_niet")
        agent.enter(verwacht="**/melden/**")
        agent.check()
        agent.tab_to("#id_melding_toelichting")
        agent.type(tekst.melding)
        agent.tab_to('button:has-text("Geef door aan de redactie")')
        agent.enter(verwacht="**/gesprek/**")
        agent.sees("Doorgegeven aan de redactie.")
    agent.check()
    kies(agent, "Control+Enter", "button[name=afronden]", verwacht="**/werkplek/?afgerond=*")
    agent.tab_to('a[href*="/werkplek/klantcontact/"]')
    agent.enter(verwacht="**/werkplek/klantcontact/**")
    used_version_one(agent, tekst)
    return agent.page.url.removeprefix(agent.url)


def used_version_one(agent: Bezoeker, tekst: Tekst) -> None:
    """The klantcontact names the version that was used, and shows what it said."""
    bron = agent.page.locator("dd", has=agent.page.get_by_role("link", name=tekst.titel))
    expect(bron).to_have_text(f"{tekst.titel}, versie 1 (gebruikt)")
    agent.check()


def correct(redacteur: Bezoeker, tekst: Tekst) -> None:
    """From the report to a better text."""
    naar(redacteur, "Redactie")
    open_rij(redacteur, tekst.titel, verwacht="**/redactie/melding/**")
    redacteur.sees(tekst.melding)
    kies(redacteur, "t", 'button:has-text("Neem")')
    redacteur.sees("De melding is van u.")
    redacteur.check()
    kies(redacteur, "c", 'button:has-text("Maak een concept")')
    redacteur.sees("Er is een concept van gemaakt.")
    redacteur.check()
    redacteur.tab_to('dd a[href*="/redactie/concept/"]')
    redacteur.enter(verwacht="**/redactie/concept/**")
    redacteur.check()
    redacteur.tab_to('a:has-text("Verder bewerken")')
    redacteur.enter(verwacht="**/bewerken/")
    redacteur.tab_to("#id_kort_antwoord")
    redacteur.press("Control+a")
    redacteur.type(tekst.beter)
    if redacteur.javascript:
        saved(redacteur)
        redacteur.sees("Wat verandert er")
    redacteur.check()
    kies(
        redacteur, "Control+Enter", "button[name=ter_goedkeuring]",
        verwacht="**/redactie/concept/**",
    )  # fmt: skip
    redacteur.sees("Verstuurd naar Burgerzaken.")


def reads_the_answer(agent: Bezoeker, tekst: Tekst) -> None:
    """The one who reported it sees what came of it."""
    naar(agent, "Mijn meldingen")
    antwoord = agent.page.locator("article", has_text=tekst.melding)
    expect(antwoord).to_contain_text("nieuw antwoord")
    expect(antwoord).to_contain_text(f"Het artikel is aangepast: “{tekst.titel}”, versie 2.")


def citizens_read(inwoner: Bezoeker, tekst: Tekst) -> None:
    """Version 2 is what the public page and the API say."""
    inwoner.open("/antwoorden/")
    inwoner.tab_to("#vraag")
    inwoner.type(tekst.titel)
    inwoner.enter(verwacht="**/antwoorden/?q=*")
    inwoner.tab_to(f'.openbaar__titel:has-text("{tekst.titel}")')
    inwoner.enter(verwacht="**/antwoorden/*/")
    expect(inwoner.page.locator(".openbaar__antwoord")).to_have_text(tekst.beter)
    inwoner.sees("versie 2")
    inwoner.check()
    api = inwoner.page.locator('link[rel=alternate][type="application/json"]').get_attribute("href")
    assert api is not None
    gegevens: dict[str, Any] = inwoner.page.context.request.get(api).json()
    assert (gegevens["versie"], gegevens["kortAntwoord"]) == (2, tekst.beter)
    assert "Er is een machtiging nodig." in gegevens["uitlegHtml"]


@pytest.mark.parametrize("javascript", [True, False], ids=["met-script", "zonder-script"])
def test_from_a_proposal_to_a_corrected_answer(
    javascript: bool, bezoeker: Callable[..., Bezoeker]
) -> None:
    tekst = MET_SCRIPT if javascript else ZONDER_SCRIPT
    rechten = ["clipboard-read", "clipboard-write"]
    propose(bezoeker(javascript=javascript), tekst)
    redacteur = bezoeker(javascript=javascript, permissions=rechten)
    edit(redacteur, tekst)
    eigenaar = bezoeker(javascript=javascript)
    approve(eigenaar, tekst)
    agent = bezoeker(javascript=javascript)
    klantcontact = answer_and_report(agent, tekst)
    correct(redacteur, tekst)
    eigenaar.log_out()
    approve(eigenaar, tekst)
    reads_the_answer(agent, tekst)
    agent.open(klantcontact)
    used_version_one(agent, tekst)
    agent.tab_to(f'dd a:has-text("{tekst.titel}")')
    agent.enter(verwacht="**?versie=1")
    expect(agent.page.locator(".antwoord__kort")).to_have_text(tekst.antwoord)
    agent.check()
    citizens_read(bezoeker(javascript=javascript), tekst)


def test_news_is_read_and_gone_from_the_badge(bezoeker: Callable[..., Bezoeker]) -> None:
    agent = bezoeker()
    agent.log_in("agent2")
    teller = agent.page.locator(".balk__teller .nl-number-badge")
    teller.wait_for()
    naar(agent, "Nieuws")
    ongelezen = agent.page.locator(".bevestigen button")
    aantal = ongelezen.count()
    assert aantal > 0
    expect(teller).to_contain_text(str(aantal))
    for over in range(aantal - 1, -1, -1):
        agent.tab_back_to(".balk__merk")
        agent.tab_to(".bevestigen button")
        agent.press("Enter")
        expect(ongelezen).to_have_count(over)
        agent.sees("Gelezen op")
    expect(teller).to_have_count(0)
    agent.check()
    agent.page.reload()
    agent.page.wait_for_load_state("networkidle")
    expect(teller).to_have_count(0)
    expect(ongelezen).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["met-script", "zonder-script"])
def test_who_does_what_finds_somebody(javascript: bool, bezoeker: Callable[..., Bezoeker]) -> None:
    agent = bezoeker(javascript=javascript)
    agent.log_in("agent2")
    naar(agent, "Wie doet wat")
    agent.tab_to("#wievraag")
    agent.type("Postma")
    if not javascript:
        agent.enter(verwacht="**q=Postma")
    expect(agent.page.locator("#wie")).to_contain_text("Tjeerd Postma")
    expect(agent.page.locator('#wie a[href^="tel:"]').first).to_be_visible()
    agent.check()


def test_a_file_is_looked_at_before_it_is_read_in(
    bezoeker: Callable[..., Bezoeker], tmp_path: Path
) -> None:
    bestand = tmp_path / "synoniemen.csv"
    rijen = "".join(f"zwirrel{nummer};paspoort\n" for nummer in range(300))
    bestand.write_text(f"woord;zoek ook op\n{rijen}", encoding="utf-8")
    redacteur = bezoeker()
    redacteur.log_in("redacteur")
    naar(redacteur, "Inlezen")
    redacteur.tab_to("#id_soort")
    redacteur.type("Synoniemen")
    redacteur.tab_to("#id_bestand")
    with redacteur.page.expect_file_chooser() as kiezer:
        redacteur.press("Space")
    kiezer.value.set_files(bestand)
    redacteur.tab_to('button:has-text("Controleer het bestand")')
    redacteur.enter(verwacht="**/invoer/*-*/")
    lees_in = 'button:has-text("Lees 300 wijzigingen in")'
    redacteur.page.locator(lees_in).wait_for()  # the worker looked at it; the page came along
    redacteur.check()
    redacteur.tab_to(lees_in)
    redacteur.enter(verwacht="**/invoer/*-*/")
    redacteur.sees("Ingelezen door L. Wouters")
    redacteur.check()
    naar(redacteur, "Synoniemen")
    redacteur.tab_to("#zoek-synoniem")
    redacteur.type("zwirrel299")
    redacteur.enter(verwacht="**zoek=zwirrel299*")
    redacteur.sees("zoek ook op: paspoort")
    redacteur.check()


@pytest.mark.parametrize("javascript", [True, False], ids=["met-script", "zonder-script"])
def test_what_nobody_finds_comes_on_the_list(
    javascript: bool, bezoeker: Callable[..., Bezoeker]
) -> None:
    vraag = "kwibbelvorst" if javascript else "snorrebolder"
    agent = bezoeker(javascript=javascript)
    agent.log_in("agent2")
    naar(agent, "Zoeken")
    agent.tab_to("#zoekvraag")
    agent.type(vraag)
    if not javascript:
        agent.enter(verwacht=f"**q={vraag}*")
    agent.sees("Niets gevonden")
    agent.tab_to("#meld-mist")
    if javascript:
        agent.press("m")
        agent.page.locator("#melden #id_melding_toelichting").wait_for()
        agent.check()
        agent.tab_to("#melden #id_melding_toelichting")
        agent.type("Dat vroeg een inwoner aan de balie.")
        agent.press("Control+Enter")
    else:  # what was looked for says enough
        agent.enter(verwacht="**/kennisbank/**")
    agent.sees("Doorgegeven aan de redactie.")
    agent.check()
    redacteur = bezoeker(javascript=javascript)
    redacteur.log_in("redacteur")
    naar(redacteur, "Redactie")
    open_rij(redacteur, vraag, verwacht="**/redactie/melding/**")
    expect(redacteur.page.locator("dd", has_text=vraag)).to_be_visible()  # gezocht op
    if javascript:
        redacteur.sees("Dat vroeg een inwoner aan de balie.")
