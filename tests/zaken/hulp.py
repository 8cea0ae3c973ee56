"""What the tests on one taak share."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.numbers import make_nummer
from organisatie.models import Medewerker
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    moment,
)
from zaken.models import InterneTaak

LATER = moment("2026-11-18 16:30")  # two and a half hours after the hand-off
MUTEREND = [
    "nemen", "loslaten", "poging", "antwoord", "terug", "doorsturen", "toewijzen", "prioriteit",
    "terugbellen", "koppelen", "samenvoegen", "bijlage", "bericht",
]  # fmt: skip
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


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
        "prioriteit": {"prioriteit": "1"},
        "terugbellen": {"dag": "2026-11-19", "van": "10:00", "tot": "12:00"},
        "bericht": {
            "aan": "anders", "ander_adres": "klant@voorbeeld.test", "bevestigd": "on",
            "onderwerp": "Uw vraag", "tekst": "Het paspoort is klaar.", "knop": "verstuur",
        },
    }  # fmt: skip
    if actie == "toewijzen":
        return {"medewerker": collega_van(taak).pk, "versie": taak.versie}
    if actie in {"koppelen", "samenvoegen"}:
        return {"nummer": andere_van(taak).nummer, "versie": taak.versie}
    if actie == "bijlage":
        bestand = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")
        return {"bestanden": bestand, "versie": taak.versie}
    return velden[actie] | {"versie": taak.versie}


def collega_van(taak: InterneTaak) -> Medewerker:
    """Somebody of the same department who works on taken."""
    return MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[taak.afdeling])


def andere_van(taak: InterneTaak) -> InterneTaak:
    """Another taak of the same department, about the same person or nobody known."""
    return InterneTaakFactory.create(
        nummer=make_nummer("T", 2610_0007 + InterneTaak.objects.count()),
        afdeling=taak.afdeling,
        klantcontact__partij=taak.klantcontact.partij,
    )


def geschiedenis(taak: InterneTaak) -> list[tuple[str, str]]:
    return list(taak.gebeurtenissen.values_list("soort", "tekst"))


def van(taak: InterneTaak, wie: Medewerker, status: str = "in_behandeling") -> InterneTaak:
    taak.toegewezen_aan, taak.status = wie, status
    taak.save()
    return taak
