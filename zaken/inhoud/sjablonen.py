"""Texts to answer with, in the demo."""

from pathlib import Path

from django.db import transaction

from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling
from zaken.models import Antwoordsjabloon

BESTAND = Path(__file__).parent / "antwoordsjablonen.csv"


@transaction.atomic
def laad_antwoordsjablonen() -> int:
    """Add the texts that are not there yet, by name; returns how many. One of a department that is
    not there is passed over.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    bekend = set(Antwoordsjabloon.objects.values_list("naam", flat=True))
    nieuw = [
        Antwoordsjabloon(
            naam=rij["naam"],
            afdeling=afdelingen.get(rij["afdeling"]),
            onderwerp=rij["onderwerp"],
            tekst=rij["tekst"].replace("|", "\n\n"),
        )
        for rij in lees_csv(BESTAND)
        if rij["naam"] not in bekend and (not rij["afdeling"] or rij["afdeling"] in afdelingen)
    ]
    return len(Antwoordsjabloon.objects.bulk_create(nieuw))
