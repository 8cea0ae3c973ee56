"""Rosters and leave of the invented people, counted from the day of loading."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.timezone import make_aware

from organisatie.models import Afwezigheid, Dagdeel, Medewerker, VasteVervanger, Werkdagdeel

BESTAND = Path(__file__).parent / "aanwezigheid.csv"
DAGEN = {"ma": 1, "di": 2, "wo": 3, "do": 4, "vr": 5}


def laad_aanwezigheid(*, vandaag: date) -> int:
    """Give the demo people of the file a roster, a replacement and sometimes leave; returns how
    many people. Once: whoever has a roster in the database has filled in his own.
    """
    if Werkdagdeel.objects.exists():
        return 0
    mensen = {m.gebruikersnaam: m for m in Medewerker.objects.filter(is_demo=True)}
    with BESTAND.open(encoding="utf-8", newline="") as bestand:
        rijen = [rij for rij in csv.DictReader(bestand) if rij["gebruikersnaam"] in mensen]
    for rij in rijen:
        _laad(rij, mensen, vandaag)
    return len(rijen)


def _laad(rij: dict[str, str], mensen: dict[str, Medewerker], vandaag: date) -> None:
    wie = mensen[rij["gebruikersnaam"]]
    Werkdagdeel.objects.bulk_create(
        Werkdagdeel(medewerker=wie, weekdag=DAGEN[dag], dagdeel=deel)
        for dag, _, alleen in (stuk.partition("-") for stuk in rij["rooster"].split())
        for deel in Dagdeel.values
        if not alleen or deel == alleen
    )
    if vervanger := mensen.get(rij["vervanger"]):
        VasteVervanger.objects.create(medewerker=wie, vervanger=vervanger)
    if rij["weg_vanaf"]:
        van = vandaag + timedelta(days=int(rij["weg_vanaf"]))
        terug = van + timedelta(days=int(rij["weg_dagen"]))
        Afwezigheid.objects.create(
            medewerker=wie,
            van=make_aware(datetime.combine(van, time())),
            tot=make_aware(datetime.combine(terug, time())),
            vervanger=mensen.get(rij["neemt_waar"]),
        )
