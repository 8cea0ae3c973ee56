"""Closed contacts and taken, in one line each, and the roll-ups that they make."""

from datetime import datetime, timedelta
from typing import Any

from contacts.models import Klantcontact
from organisatie.models import Medewerker
from rapportage import services
from rapportage.models import UurTelling
from tests.factories import InterneTaakFactory, KlantcontactFactory, MedewerkerFactory, moment
from zaken.models import InterneTaak

# A Wednesday of which everything is long past on NU.
DAG = moment("2026-11-04 10:15")
NU = moment("2026-11-22 14:30")


def agent() -> Medewerker:
    """One medewerker for all contacts of a test."""
    gevonden = Medewerker.objects.filter(gebruikersnaam="telt").first()
    return gevonden or MedewerkerFactory.create(gebruikersnaam="telt")


def contact(op: datetime = DAG, resultaat: str = "zelfstandig_afgehandeld", **velden: Any) -> Any:
    """A closed contact; a broken line has no question."""
    if resultaat == "verbinding_verbroken":
        velden.setdefault("onderwerp", "")
    velden.setdefault("medewerker", agent())
    return KlantcontactFactory.create(
        afgerond=True, plaatsgevonden_op=op, gespreksresultaat=resultaat, **velden
    )


def taak(op: datetime = DAG, **velden: Any) -> InterneTaak:
    """A taak of a contact that was handed off; with ``afgehandeld_op`` and ``werkminuten`` done."""
    if "klantcontact" not in velden:
        velden["klantcontact"] = contact(op, "overgedragen")
    velden.setdefault("termijn_op", op + timedelta(days=2))
    if velden.get("afgehandeld_op"):
        velden |= {"status": "afgehandeld", "afgehandeld_door": velden["klantcontact"].medewerker}
        velden.setdefault("werkminuten", 60)
    gemaakt: InterneTaak = InterneTaakFactory.create(aangemaakt_op=op, **velden)
    return gemaakt


def compute() -> None:
    """All hours again, as the sweep would after every one of them was marked."""
    services.rebuild_all(progress=lambda klaar, totaal: None)


def sums(*velden: str) -> tuple[int, ...]:
    """Sums over all hours."""
    rijen = UurTelling.objects.values_list(*velden)
    return tuple(sum(kolom) for kolom in zip(*rijen, strict=True)) or (0,) * len(velden)


def change(klantcontact: Klantcontact, **velden: Any) -> None:
    """Correct a record without marking its hour."""
    Klantcontact.objects.filter(pk=klantcontact.pk).update(**velden)
