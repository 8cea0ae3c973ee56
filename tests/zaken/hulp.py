"""What the tests on one taak share."""

from typing import Any

from django.urls import reverse

from organisatie.models import Medewerker
from tests.factories import (
    AfdelingFactory,
    moment,
)
from zaken.models import InterneTaak

LATER = moment("2026-11-18 16:30")  # two and a half hours after the hand-off
MUTEREND = ["nemen", "loslaten", "poging", "antwoord", "terug", "doorsturen"]


def url(actie: str, taak: InterneTaak) -> str:
    return reverse(f"zaken:taak_{actie}", args=[taak.uuid])


def goed(actie: str, taak: InterneTaak) -> dict[str, Any]:
    """What a form of this action holds when all is well."""
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    velden: dict[str, dict[str, Any]] = {
        "nemen": {},
        "loslaten": {},
        "poging": {"resultaat": "geen_gehoor", "notitie": "Na 16 uur."},
        "antwoord": {"antwoord": "Ja, dat kan.", "terugkoppeling": "gebeld", "knop": "afhandelen"},
        "terug": {"reden": "informatie_ontbreekt", "toelichting": "Welk kenteken?"},
        "doorsturen": {"afdeling": parkeren.pk, "reden": "Gaat over parkeren."},
    }
    return velden[actie] | {"versie": taak.versie}


def geschiedenis(taak: InterneTaak) -> list[tuple[str, str]]:
    return list(taak.gebeurtenissen.values_list("soort", "tekst"))


def van(taak: InterneTaak, wie: Medewerker, status: str = "in_behandeling") -> InterneTaak:
    taak.toegewezen_aan, taak.status = wie, status
    taak.save()
    return taak
