"""Markup: what is allowed through, and back to what an editor typed."""

import pytest

from kennisbank.inhoud import MAP, lees_bestand
from kennisbank.opmaak import (
    html_to_markdown,
    markdown_to_html,
    markdown_to_plain,
    plain_text,
    sanitise,
)
from tests.kennisbank.conftest import AANVALLEN, gevaren


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_nothing_that_runs_survives(aanval: str) -> None:
    for uit in (sanitise(f"<p>voor</p>{aanval}<p>na</p>"), markdown_to_html(f"voor {aanval} na")):
        assert gevaren(uit) == []
        assert "voor" in uit


def test_pasted_headings_sink_below_those_of_the_page() -> None:
    assert sanitise("<h1>Kop</h1><H2 class='x'>Twee</H2>") == "<h3>Kop</h3><h3>Twee</h3>"
    assert sanitise("<b>vet</b> <i>schuin</i>") == "<strong>vet</strong> <em>schuin</em>"


def test_a_link_to_elsewhere_knows_nothing_of_us() -> None:
    uit = sanitise('<a href="https://rdw.nl" target="_blank" onclick="x()">RDW</a>')
    assert uit == '<a href="https://rdw.nl" rel="noopener noreferrer">RDW</a>'


@pytest.mark.parametrize(
    "tekst",
    [
        "Eerste alinea.\n\nTweede alinea\nmet een harde regel.",
        "- een\n- twee\n  - diep\n    1. dieper\n- drie",
        "3. drie\n4. vier\n\nEn daarna tekst.",
        "### Kop\n\n**vet** en *schuin* en [link](https://voorbeeld.test/a_b)",
        "1\\. geen lijst, 2 * 3, a_b en \\# geen kop\n\n\\- geen opsomming",
        "- a\n\n  tweede alinea van a\n- b",
        "Tekens: &lt;b&gt; &amp; 5 > 3",
        "[pad](<https://voorbeeld.test/a (b)>)",
    ],
)
def test_markdown_comes_back_from_its_html(tekst: str) -> None:
    bron = markdown_to_html(tekst)
    assert markdown_to_html(html_to_markdown(bron)) == bron


def test_every_article_of_ours_can_be_edited_without_changing() -> None:
    paden = sorted(MAP.glob("*.md"))
    assert len(paden) >= 60
    for pad in paden:
        for veld, waarde in lees_bestand(pad).tekst.items():
            if veld.endswith("_html"):
                assert markdown_to_html(html_to_markdown(str(waarde))) == waarde, pad.name


def test_words_stay_apart_when_tags_go() -> None:
    assert plain_text("<p>klaar.</p><p>U &amp; ik</p>") == "klaar. U & ik"
    assert (
        markdown_to_plain("Ja, dat **kan**.\n\nBel <b>ons</b>.") == "Ja, dat kan.\nBel <b>ons</b>."
    )


def test_a_wild_list_number_does_not_break_the_editor() -> None:
    assert html_to_markdown('<ol start="x9"><li>a</li></ol>') == "1. a"
