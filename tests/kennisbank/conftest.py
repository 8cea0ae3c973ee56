"""What the tests of the kennisbank share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from kennisbank import services
from kennisbank.models import Kennisartikel
from kennisbank.opmaak import AFBEELDING_PAD, SCHEMAS, TAGS
from tests.factories import WOENSDAG, KennisartikelFactory, ProductFactory

BESTANDEN = Path(__file__).parent / "bestanden"

TEKST: dict[str, Any] = {
    "titel": "Paspoort aanvragen",
    "kort_antwoord": "U vraagt een paspoort aan op het gemeentehuis.",
    "uitleg_html": "<p>Neem uw oude paspoort mee.</p>",
    "vraag_door_html": "<ul>\n<li>Heeft u haast?</li>\n</ul>",
    "werkinstructie_html": "<p>Plan een afspraak.</p>",
}

# PEERS §7 (8): nested tags, links that run, handlers, forms, and markup that survives a bad parser.
AANVALLEN = (
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">klik</a>',
    '<a href="JaVa\tScRiPt:alert(1)">klik</a>',
    '<a href="data:text/html,<script>alert(1)</script>">klik</a>',
    '<form action="https://kwaad.test"><button formaction="javascript:alert(1)">x</button></form>',
    '<p style="position:fixed" onclick="alert(1)">x</p>',
    '<iframe src="https://kwaad.test"></iframe>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<h1 onmouseover="alert(1)">x</h1>',
)


def gevaren(bron: str) -> list[str]:
    """What in this HTML would do something, as a browser reads it: a tag, an attribute, a link."""
    gevonden = []
    for tag in BeautifulSoup(bron, "html.parser").find_all(True):
        if tag.name not in TAGS:
            gevonden.append(tag.name)
        for naam, waarde in tag.attrs.items():
            mag = {"a": {"href", "rel"}, "img": {"src", "alt"}}.get(tag.name, {"start"})
            if naam == "src" and not str(waarde).startswith(AFBEELDING_PAD):
                gevonden.append(f"img {waarde}")
            if naam not in mag or (naam == "href" and urlsplit(str(waarde)).scheme not in SCHEMAS):
                gevonden.append(f"{tag.name} {naam}={waarde}")
    return gevonden


@pytest.fixture
def publiceer(db: None) -> Callable[..., Kennisartikel]:
    """``publiceer(titel="…", product="paspoort", trefwoorden="…")``: an article that is found."""

    def make(**velden: Any) -> Kennisartikel:
        tekst = TEKST | {veld: velden.pop(veld) for veld in list(velden) if veld in TEKST}
        if isinstance(naam := velden.get("product"), str):
            velden["product"] = ProductFactory.create(naam=naam)
        stuk = KennisartikelFactory.create(**velden)
        services.publish_versie(artikel=stuk, **tekst, by=None, at=WOENSDAG)
        stuk.refresh_from_db()
        return stuk

    return make
