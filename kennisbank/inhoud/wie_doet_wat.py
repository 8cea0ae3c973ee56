"""Who does what in the invented municipality."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kennisbank.models import ArtikelSoort, Kennisartikel, Product
from kennisbank.services import publish_versie
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling, Medewerker

from . import MAP

BESTAND = MAP.parent / "wie_doet_wat.csv"
HERZIEN_NA = timedelta(days=182)


@transaction.atomic
def laad_wie_doet_wat(*, by: Medewerker | None, at: datetime, vandaag: date) -> int:
    """Add the topics that are missing; returns how many. What somebody changed stays."""
    bekend = set(Kennisartikel.objects.values_list("slug", flat=True))
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    mensen = {m.gebruikersnaam: m for m in Medewerker.objects.filter(is_demo=True)}
    producten = {p.naam: p for p in Product.objects.order_by("-pk")}
    nieuw = [rij for rij in lees_csv(BESTAND) if rij["slug"] not in bekend]
    for rij in nieuw:
        artikel = Kennisartikel.objects.create(
            slug=rij["slug"],
            soort=ArtikelSoort.WIE_DOET_WAT,
            afdeling=afdelingen[rij["afdeling"]],
            redacteur=by,
            trefwoorden=rij["trefwoorden"],
            herzien_op=vandaag + HERZIEN_NA,
            alleen_intern=True,
        )
        namen = [naam.strip() for naam in rij["producten"].split(";")]
        artikel.andere_producten.set(producten[naam] for naam in namen if naam in producten)
        publish_versie(
            artikel=artikel,
            titel=rij["titel"],
            kort_antwoord=rij["kort_antwoord"],
            uitleg_html="",
            vraag_door_html="",
            werkinstructie_html="",
            contact={
                "contactpersoon": mensen.get(rij["contactpersoon"]),
                "vervanger": mensen.get(rij["vervanger"]),
                "telefoonnummer": rij["telefoonnummer"],
            },
            by=by,
            at=at,
        )
    return len(nieuw)
