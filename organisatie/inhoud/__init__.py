"""The invented municipality of the demo: departments, teams, people and opening hours.

Loading is repeatable: a row that is there already stays as somebody left it.
"""

import csv
from collections.abc import Iterable
from datetime import date, time, timedelta
from pathlib import Path

from django.db import models, transaction

from organisatie.inhoud.aanwezigheid import laad_aanwezigheid
from organisatie.models import Afdeling, BijzondereDag, Groep, Medewerker, Openingstijd, Weekdag
from organisatie.werkkalender import feestdagen

MAP = Path(__file__).parent
DOMEIN = "voorbeeldstad.example"  # a name that the rules of the internet keep free
WACHTWOORD = "demo"  # of accounts that only work on loopback, see organisatie.backends

OPEN, DICHT = time(8, 30), time(17)
DICHT_OP_DONDERDAG = time(20)


def lees_csv(pad: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


@transaction.atomic
def laad_organisatie(*, vandaag: date) -> dict[str, int]:
    """Add what is missing; returns the number of new rows per kind, by its name on screen."""
    return {
        "afdelingen": _laad_afdelingen(),
        "groepen": _laad_groepen(),
        "medewerkers": _laad_medewerkers(),
        "coördinatoren en afdelingshoofden": _laad_leiding(),
        "openingstijden": _laad_openingstijden(),
        "bijzondere dagen": _laad_bijzondere_dagen(vandaag),
        "roosters en verlof": laad_aanwezigheid(vandaag=vandaag),
    }


def _missing(model: type[models.Model], sleutel: str, bestand: str) -> list[dict[str, str]]:
    bekend = set(model._default_manager.values_list(sleutel, flat=True))
    return [rij for rij in lees_csv(MAP / bestand) if rij[sleutel] not in bekend]


def _laad_afdelingen() -> int:
    # A municipality that chose its own KCC keeps it: there can be one only.
    heeft_kcc = Afdeling.objects.filter(is_kcc=True).exists()
    nieuw = [
        Afdeling(
            identificatie=rij["identificatie"],
            naam=rij["naam"],
            email=f"{rij['identificatie']}@{DOMEIN}",
            is_kcc=rij["identificatie"] == "kcc" and not heeft_kcc,
        )
        for rij in _missing(Afdeling, "identificatie", "afdelingen.csv")
    ]
    return len(Afdeling.objects.bulk_create(nieuw))


def _laad_groepen() -> int:
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    nieuw = [
        Groep(
            identificatie=rij["identificatie"],
            naam=rij["naam"],
            afdeling=afdelingen[rij["afdeling"]],
            is_ophaalgroep=rij["ophaalgroep"] == "ja",
        )
        for rij in _missing(Groep, "identificatie", "groepen.csv")
    ]
    return len(Groep.objects.bulk_create(nieuw))


def _laad_medewerkers() -> int:
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    groepen = {g.identificatie: g for g in Groep.objects.all()}
    rijen = _missing(Medewerker, "gebruikersnaam", "medewerkers.csv")
    for rij in rijen:
        medewerker = Medewerker.objects.create_user(
            rij["gebruikersnaam"],
            # Colleagues are there for the figures; without a password nobody logs in as them.
            WACHTWOORD if rij["demo"] == "ja" else None,
            voornaam=rij["voornaam"],
            voorvoegsel_achternaam=rij["voorvoegsel"],
            achternaam=rij["achternaam"],
            functie=rij["functie"],
            telefoonnummer=rij["telefoonnummer"],  # in an area that nobody has
            rollen=rij["rollen"].split(),
            email=f"{rij['gebruikersnaam']}@{DOMEIN}",
            is_demo=True,  # all of them: production refuses to start with invented people
        )
        medewerker.afdelingen.set(afdelingen[naam] for naam in rij["afdelingen"].split())
        medewerker.groepen.set(groepen[naam] for naam in rij["groepen"].split())
    return len(rijen)


def _laad_leiding() -> int:
    """Who is warned of what is late. Only where nobody was chosen: a choice is left alone."""
    mensen = {m.gebruikersnaam: m for m in Medewerker.objects.filter(is_demo=True)}
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    gewijzigd = []
    for rij in lees_csv(MAP / "afdelingen.csv"):
        afdeling = afdelingen[rij["identificatie"]]
        for veld in ("coordinator", "hoofd"):
            wie = mensen.get(rij[veld])
            if wie is not None and getattr(afdeling, f"{veld}_id") is None:
                setattr(afdeling, veld, wie)
                gewijzigd.append((afdeling, veld))
    Afdeling.objects.bulk_update({a for a, _ in gewijzigd}, ["coordinator", "hoofd"])
    return len(gewijzigd)


def _laad_openingstijden() -> int:
    if Openingstijd.objects.exists():
        return 0
    nieuw = [
        Openingstijd(
            weekdag=dag, van=OPEN, tot=DICHT_OP_DONDERDAG if dag == Weekdag.DONDERDAG else DICHT
        )
        for dag in list(Weekdag)[:5]
    ]
    return len(Openingstijd.objects.bulk_create(nieuw))


def _laad_bijzondere_dagen(vandaag: date) -> int:
    if BijzondereDag.objects.exists():
        return 0
    return len(BijzondereDag.objects.bulk_create(_bijzondere_dagen(vandaag.year)))


def _bijzondere_dagen(dit_jaar: int) -> Iterable[BijzondereDag]:
    """From last year to next: closed after Hemelvaart, early home before Christmas and New Year."""
    for jaar in range(dit_jaar - 1, dit_jaar + 2):
        hemelvaart = next(dag for dag, naam in feestdagen(jaar).items() if "Hemelvaart" in naam)
        yield BijzondereDag(
            datum=hemelvaart + timedelta(days=1), omschrijving="Dag na Hemelvaartsdag"
        )
        for dag, naam in ((24, "Dag voor Kerstmis"), (31, "Oudejaarsdag")):
            datum = date(jaar, 12, dag)
            if datum.isoweekday() <= 5:
                yield BijzondereDag(datum=datum, omschrijving=naam, van=OPEN, tot=time(15))
