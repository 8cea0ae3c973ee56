"""What KCC and departments agreed in the demo: terms, and questions to ask first."""

from datetime import date
from pathlib import Path

from django.db import transaction

from kennisbank.models import Product
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling, Groep
from zaken.models import Intakevraag, Overdrachtsafspraak, Routeringsmodel, Routeringsregel

BESTAND = Path(__file__).parent / "overdrachtsafspraken.csv"
ROUTERING = Path(__file__).parent / "routering.csv"


@transaction.atomic
def laad_overdrachtsafspraken(*, vanaf: date) -> int:
    """Add an agreement for each product that has none at all; returns how many. A product or
    department that is not there is passed over: there is nothing to agree about.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    producten = {p.naam: p for p in Product.objects.filter(overdrachtsafspraken=None)}
    vragen: list[Intakevraag] = []
    aantal = 0
    for rij in lees_csv(BESTAND):
        if rij["product"] not in producten or rij["afdeling"] not in afdelingen:
            continue
        aantal += 1
        afspraak = Overdrachtsafspraak.objects.create(
            product=producten[rij["product"]],
            afdeling=afdelingen[rij["afdeling"]],
            termijn_aantal=int(rij["aantal"]),
            termijn_eenheid=rij["eenheid"],
            geldig_vanaf=vanaf,
        )
        vragen += [
            Intakevraag(afspraak=afspraak, volgorde=plek, tekst=tekst.strip())
            for plek, tekst in enumerate(rij["vragen"].split("/"), start=1)
        ]
    Intakevraag.objects.bulk_create(vragen)
    return aantal


@transaction.atomic
def laad_routering() -> int:
    """Add the routing models that are not there yet, none of them in force; returns how many. A
    rule about a department or to a group that is not there is left out.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    groepen = {g.identificatie: g for g in Groep.objects.all()}
    bekend = set(Routeringsmodel.objects.values_list("naam", flat=True))
    nieuw: dict[str, Routeringsmodel] = {}
    regels: list[Routeringsregel] = []
    for rij in lees_csv(ROUTERING):
        naam = rij["model"]
        if naam in bekend or rij["groep"] not in groepen:
            continue
        if rij["afdeling"] and rij["afdeling"] not in afdelingen:
            continue
        if naam not in nieuw:
            nieuw[naam] = Routeringsmodel.objects.create(
                naam=naam, soort=rij["soort"], toelichting=rij["toelichting"]
            )
        regels.append(
            Routeringsregel(
                model=nieuw[naam],
                volgorde=sum(regel.model == nieuw[naam] for regel in regels) + 1,
                kanaal=rij["kanaal"],
                doelgroep=rij["doelgroep"],
                afdeling=afdelingen.get(rij["afdeling"]),
                niveau=int(rij["niveau"]) if rij["niveau"] else None,
                groep=groepen[rij["groep"]],
                lijn=int(rij["lijn"]),
            )
        )
    Routeringsregel.objects.bulk_create(regels)
    return len(nieuw)
