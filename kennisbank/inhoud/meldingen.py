"""What colleagues reported about the articles of the demo, in several states."""

from datetime import datetime, timedelta

from django.db import transaction

from kennisbank.models import Kennisartikel, Melding, MeldingStand
from organisatie.inhoud import lees_csv
from organisatie.models import Medewerker

from . import MAP

BESTAND = MAP.parent / "meldingen.csv"
BEANTWOORD_NA = timedelta(days=1, hours=3)


@transaction.atomic
def laad_meldingen(*, at: datetime) -> int:
    """Add them while nobody reported anything yet; returns how many.

    Straight into the table: the services would mail the answers of the past again.
    """
    if Melding.objects.exists():
        return 0
    mensen = {m.gebruikersnaam: m for m in Medewerker.objects.filter(is_demo=True)}
    artikelen = {
        a.slug: a for a in Kennisartikel.objects.select_related("huidige_versie", "product")
    }
    nieuw = [
        _melding(rij, mensen=mensen, artikel=artikelen.get(rij["artikel"]), at=at)
        for rij in lees_csv(BESTAND)
        if rij["door"] in mensen and (not rij["artikel"] or rij["artikel"] in artikelen)
    ]
    return len(Melding.objects.bulk_create(nieuw))


def _melding(
    rij: dict[str, str],
    *,
    mensen: dict[str, Medewerker],
    artikel: Kennisartikel | None,
    at: datetime,
) -> Melding:
    op = at - timedelta(days=int(rij["dagen"]))
    behandelaar = mensen.get(rij["behandelaar"])
    melding = Melding(
        soort=rij["soort"],
        artikel=artikel,
        artikelversie=artikel.huidige_versie if artikel else None,
        product=artikel.product if artikel else None,
        zoekvraag=rij["zoekvraag"],
        toelichting=rij["toelichting"],
        door=mensen[rij["door"]],
        op=op,
        behandelaar=behandelaar,
    )
    if rij["antwoord"]:
        melding.stand, melding.antwoord = MeldingStand.AFGEHANDELD, rij["antwoord"]
        melding.afgehandeld_door, melding.afgehandeld_op = behandelaar, op + BEANTWOORD_NA
    elif behandelaar is not None:
        melding.stand = MeldingStand.IN_BEHANDELING
    return melding
