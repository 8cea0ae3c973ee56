"""Pasting from Word or a web page: clean Markdown comes out, and nothing that runs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from kennisbank.opmaak import markdown_to_html
from kennisbank.plakken import MAX_HTML, paste_to_markdown
from tests.kennisbank.conftest import AANVALLEN, gevaren

MERK = (
    "<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'>"
    "<span style='mso-list:Ignore'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
    "&nbsp; </span></span></span><![endif]>"
)


def punt(tekst: str, merk: str = "·", niveau: int = 1, lijst: int = 0) -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l{lijst} "
        f"level{niveau} lfo1'>{MERK.format(merk)}{tekst}<o:p></o:p></p>"
    )


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>Naam</title><style>"
    "<!-- p.MsoNormal {mso-style-unhide:no;} --></style><!--[if gte mso 9]><xml><o:x>weg</o:x>"
    "</xml><![endif]--></head><body lang=NL><!--StartFragment--><h1>Paspoort<o:p></o:p></h1>"
    "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Neem </b>mee: <i>foto</i> en <a "
    'href="https://voorbeeld.test/a?b=1&amp;c=2"><span style=\'color:blue\'>uw pas</span></a>.'
    "<o:p>&nbsp;</o:p></p>" + punt("Een") + punt("Diep", "o", 2) + punt("Twee")
    + "<p class=MsoNormal>Dan:</p>" + punt("Eerst", "1.", lijst=1) + punt("Daarna", "2.", lijst=1)
    + "<!--EndFragment--></body></html>"
)  # fmt: skip


def test_word_comes_out_clean() -> None:
    assert paste_to_markdown(WORD) == (
        "### Paspoort\n\n"
        "**Neem** mee: *foto* en [uw pas](https://voorbeeld.test/a?b=1&c=2).\n\n"
        "- Een\n  - Diep\n- Twee\n\nDan:\n\n1. Eerst\n2. Daarna"
    )


@pytest.mark.parametrize(
    ("bron", "verwacht"),
    [
        (
            '<b style="font-weight:normal" id="docs-internal"><p><span style="font-weight:700">'
            "Vet</span><span> gewoon</span></p></b>",
            "**Vet** gewoon",
        ),
        ("<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        (
            "<table><tr><th>Wat</th><th>Kosten</th></tr><tr><td><p>Pas</p></td><td>10</td></tr></table>",
            "- Wat: Pas; Kosten: 10",
        ),
        ("<table><tr><td>maandag</td><td>9 tot 5</td></tr></table>", "- maandag – 9 tot 5"),
        ("<div>een</div><div>twee</div>", "een\n\ntwee"),
        ("los <em>woord</em>", "los *woord*"),
        ("<p>1 * 2 _ 3 [x] # y</p>", "1 \\* 2 \\_ 3 \\[x\\] # y"),
        ("<p>een<br>twee</p>", "een\ntwee"),
        ("<h2><b>Kop</b></h2>", "### Kop"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_other_programs_paste(bron: str, verwacht: str) -> None:
    assert paste_to_markdown(bron) == verwacht


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_nothing_that_runs_is_pasted(aanval: str) -> None:
    uit = paste_to_markdown(f"<p>voor</p>{aanval}<p>na</p>")
    assert uit.startswith("voor")
    assert gevaren(markdown_to_html(uit)) == []
    assert "kwaad.test" not in uit
    assert "javascript" not in uit.lower()


def test_the_address_gives_markdown(client_as: Callable[..., Any]) -> None:
    client, adres = client_as("kcc_medewerker"), reverse("kennisbank:plakken")
    assert client.post(adres, {"html": WORD}).json()["markdown"].startswith("### Paspoort")
    assert client.post(adres).json() == {"markdown": ""}
    te_groot = client.post(adres, {"html": "x" * (MAX_HTML + 5)})
    assert te_groot.status_code == 413
    assert "Plak het in delen" in te_groot.json()["melding"]
    assert client.get(adres).status_code == 405
    assert client_as("beheerder").post(adres, {"html": WORD}).status_code == 403


def test_a_strange_clipboard_costs_no_time() -> None:
    for vreemd in ("<!--" * 100_000, "<p>" * 20_000, "<span style='font-weight:" * 20_000):
        paste_to_markdown(vreemd)
