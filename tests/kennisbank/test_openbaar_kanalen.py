"""One edit, seen on every channel: the same article, the same version (S1-3, S2-10)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.urls import reverse

from kennisbank import services
from kennisbank.models import Kennisartikel
from kennisbank.search import search
from kennisbank.search.openbaar import search_public
from tests.factories import moment
from tests.kennisbank.conftest import TEKST
from tests.kennisbank.openbaar import data, haal, pagina_van

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def versies(stuk: Kennisartikel, client: Any) -> dict[str, tuple[str, int, str]]:
    """Per channel: which article it shows, which version of it, and its short answer."""
    api = data(f"/artikelen/{stuk.uuid}")
    lijst = data("/artikelen")["results"][0]
    gevonden = data("/zoekresultaten?q=paspoort")["results"][0]["artikel"]
    pagina = BeautifulSoup(haal(pagina_van(stuk)).text, "html.parser")
    nummer = re.search(r"versie (\d+)", pagina.get_text())
    antwoord = pagina.select_one(".openbaar__antwoord")
    naar_api = pagina.find("link", type="application/json")
    entry = fromstring(haal(reverse("openbaar:wijzigingen")).text).find(f"{ATOM}entry")
    balie = client.get(reverse("kennisbank:artikel", args=[stuk.uuid])).context
    (treffer,) = [t for t in search("paspoort", medewerker=client.medewerker) if t.versie_nummer]
    assert nummer and antwoord and naar_api
    return {
        "api": (api["uuid"], api["versie"], api["kortAntwoord"]),
        "lijst": (lijst["uuid"], lijst["versie"], lijst["kortAntwoord"]),
        "zoeken": (gevonden["uuid"], gevonden["versie"], gevonden["kortAntwoord"]),
        "pagina": (str(naar_api["href"])[-36:], int(nummer[1]), antwoord.get_text()),
        "feed": (
            entry.find(f"{ATOM}id").text[-36:],
            int(entry.find("{urn:kcc:kennisbank}versie").text),
            entry.find(f"{ATOM}summary").text,
        ),
        "werkplek": (
            str(balie["artikel"].uuid), balie["versie"].nummer, balie["versie"].kort_antwoord
        ),
        "zoeken op de werkplek": (str(treffer.uuid), treffer.versie_nummer, treffer.kort_antwoord),
    }  # fmt: skip


def test_one_edit_is_seen_everywhere(
    publiceer: Callable[..., Kennisartikel], client_as: Any
) -> None:
    stuk = publiceer(product="paspoort")
    client = client_as("kcc_medewerker")
    eerst = versies(stuk, client)
    assert set(eerst.values()) == {(str(stuk.uuid), 1, TEKST["kort_antwoord"])}
    services.publish_versie(
        artikel=stuk,
        **TEKST | {"kort_antwoord": "Een paspoort kost nu minder."},
        by=client.medewerker,
        at=moment("2026-11-20 09:00"),
    )
    daarna = versies(stuk, client)
    assert set(daarna.values()) == {(str(stuk.uuid), 2, "Een paspoort kost nu minder.")}


def test_the_version_is_the_very_same_record(publiceer: Callable[..., Kennisartikel]) -> None:
    stuk = publiceer(product="paspoort")
    assert stuk.huidige_versie is not None
    assert data(f"/artikelen/{stuk.uuid}")["versieUuid"] == str(stuk.huidige_versie.uuid)


def test_putting_back_goes_everywhere_too(publiceer: Callable[..., Kennisartikel]) -> None:
    stuk = publiceer(product="paspoort")
    for nummer, titel in ((2, "Fout gegaan"), (3, TEKST["titel"])):
        services.publish_versie(
            artikel=stuk, **TEKST | {"titel": titel}, by=None, at=moment(f"2026-11-2{nummer} 09:00")
        )
    assert (data(f"/artikelen/{stuk.uuid}")["versie"], search_public("fout gegaan").aantal) == (
        3,
        0,
    )
