"""News of the demo, around the day that it is loaded."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import make_aware

from kennisbank.models import ArtikelSoort, Kennisartikel
from kennisbank.opmaak import markdown_to_html
from kennisbank.services import publish_versie
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling, Groep, Medewerker

from . import MAP

BESTAND = MAP.parent / "nieuws.csv"
GEPLAATST = time(8, 15)


@transaction.atomic
def laad_nieuws(*, by: Medewerker | None, at: datetime, vandaag: date) -> int:
    """Add the news that is missing; returns how much. What is there stays, also its days: old news
    does not come back by loading again.
    """
    bekend = set(Kennisartikel.objects.values_list("slug", flat=True))
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    groepen = {g.identificatie: g for g in Groep.objects.all()}
    nieuw = [rij for rij in lees_csv(BESTAND) if rij["slug"] not in bekend]
    for rij in nieuw:
        van = vandaag + timedelta(days=int(rij["van"]))
        tot = vandaag + timedelta(days=int(rij["tot"]))
        artikel = Kennisartikel.objects.create(
            slug=rij["slug"],
            soort=ArtikelSoort.NIEUWS,
            afdeling=afdelingen[rij["afdeling"]],
            redacteur=by,
            herzien_op=tot,
            geldig_van=van,
            geldig_tot=tot,
            is_belangrijk=rij["belangrijk"] == "ja",
            alleen_intern=True,
        )
        artikel.voor_groepen.set(groepen[naam] for naam in rij["groepen"].split())
        publish_versie(
            artikel=artikel,
            titel=rij["titel"],
            kort_antwoord=rij["kort_antwoord"],
            uitleg_html=markdown_to_html(rij["uitleg"]),
            vraag_door_html="",
            werkinstructie_html="",
            by=by,
            at=min(at, make_aware(datetime.combine(van, GEPLAATST))),
        )
    return len(nieuw)
