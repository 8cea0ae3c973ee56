"""What KCC and departments agreed in the demo: terms, and questions to ask first."""

from datetime import date
from pathlib import Path

from django.db import transaction

from kennisbank.models import Product
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling
from zaken.models import Overdrachtsafspraak

BESTAND = Path(__file__).parent / "overdrachtsafspraken.csv"


@transaction.atomic
def laad_overdrachtsafspraken(*, vanaf: date) -> int:
    """Add an agreement for each product that has none at all; returns how many. A product or
    department that is not there is passed over: there is nothing to agree about.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    producten = {p.naam: p for p in Product.objects.filter(overdrachtsafspraken=None)}
    nieuw = [
        Overdrachtsafspraak(
            product=producten[rij["product"]],
            afdeling=afdelingen[rij["afdeling"]],
            termijn_aantal=int(rij["aantal"]),
            termijn_eenheid=rij["eenheid"],
            toelichting=rij["vragen"].replace("/", "\n"),
            geldig_vanaf=vanaf,
        )
        for rij in lees_csv(BESTAND)
        if rij["product"] in producten and rij["afdeling"] in afdelingen
    ]
    return len(Overdrachtsafspraak.objects.bulk_create(nieuw))
