"""News and topics, as the tests publish them."""

from datetime import date, timedelta
from typing import Any

from kennisbank import services
from kennisbank.models import Kennisartikel
from organisatie.models import Groep
from tests.factories import WOENSDAG, AfdelingFactory, KennisartikelFactory

VANDAAG = date(2026, 11, 18)
NU = "2026-11-18 14:00+01:00"


def plaats(
    titel: str = "Storing", *, groepen: tuple[Groep, ...] = (), **velden: Any
) -> Kennisartikel:
    """News that holds today, unless told otherwise."""
    tekst = {veld: velden.pop(veld, "") for veld in ("kort_antwoord", "uitleg_html")}
    velden = {"geldig_van": VANDAAG, "geldig_tot": VANDAAG + timedelta(days=2)} | velden
    stuk = KennisartikelFactory.create(
        soort="nieuws", product=None, afdeling=AfdelingFactory.create(), **velden
    )
    stuk.voor_groepen.set(groepen)
    herzie(stuk, titel, **tekst)
    return stuk


def herzie(stuk: Kennisartikel, titel: str, **tekst: str) -> None:
    """Publish the next version of it."""
    services.publish_versie(
        artikel=stuk, titel=titel, kort_antwoord=tekst.get("kort_antwoord") or "Let op.",
        uitleg_html=tekst.get("uitleg_html", ""), vraag_door_html="", werkinstructie_html="",
        by=None, at=WOENSDAG,
    )  # fmt: skip
    stuk.refresh_from_db()
