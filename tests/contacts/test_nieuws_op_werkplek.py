"""News on the start page of the desk, which asks for it by its address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.kennisbank.nieuws import NU, VANDAAG, plaats

pytestmark = pytest.mark.django_db
WERKPLEK = reverse("contacts:werkplek")


@pytest.fixture(autouse=True)
def _vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


def vakken(client: Any) -> tuple[str, str]:
    """What the two parts of the start page fill themselves with: on top, and at the side."""
    pagina = BeautifulSoup(client.get(WERKPLEK).content, "html.parser")
    boven, zij = (
        pagina.select_one(kiezer) for kiezer in (".nieuws-eerst", ".zij--rechts [hx-get]")
    )
    assert boven is not None
    assert zij is not None
    return client.get(boven["hx-get"]).content.decode(), client.get(zij["hx-get"]).content.decode()


def test_important_unread_news_comes_first(client_as: Callable[..., Any]) -> None:
    client = client_as("kcc_medewerker")
    stuk = plaats("Storing", is_belangrijk=True, kort_antwoord="Maak de afspraak zelf.")
    plaats("Strooien begint")
    plaats("Vorige storing", is_belangrijk=True, geldig_van=VANDAAG - timedelta(days=9),
           geldig_tot=VANDAAG - timedelta(days=1))  # fmt: skip
    boven, zij = vakken(client)
    assert "Maak de afspraak zelf." in boven
    assert "Strooien begint" not in boven
    assert "Strooien begint" in zij
    assert "Storing" not in zij
    assert "Vorige storing" not in boven + zij
    client.post(reverse("kennisbank:nieuws_gelezen", args=[stuk.uuid]), {"versie": "1"})
    boven, zij = vakken(client)
    assert boven.strip() == ""
    assert "Storing" in zij


def test_without_news_it_is_quiet(client_as: Callable[..., Any]) -> None:
    boven, zij = vakken(client_as("kcc_medewerker"))
    assert boven.strip() == ""
    assert "geen ander nieuws" in zij


def test_the_count_stands_behind_the_kennisbank_in_the_bar(client_as: Callable[..., Any]) -> None:
    client = client_as("kcc_medewerker")
    plaats("Storing")
    pagina = BeautifulSoup(client.get(WERKPLEK).content, "html.parser")
    teller = pagina.select_one(".balk__plek .balk__teller")
    assert teller is not None
    assert teller["hx-trigger"] == "load, nieuws-gelezen from:body"
    assert "1 ongelezen bericht" in " ".join(
        BeautifulSoup(client.get(teller["hx-get"]).content, "html.parser").get_text(" ").split()
    )


def test_without_javascript_there_is_a_link(client_as: Callable[..., Any]) -> None:
    pagina = BeautifulSoup(client_as("kcc_medewerker").get(WERKPLEK).content, "html.parser")
    assert pagina.select_one(f"a[href='{reverse('kennisbank:nieuws')}']") is not None
