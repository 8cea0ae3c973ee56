"""The products that the demo brings of its own; the national list comes by import."""

from django.db import transaction

from kennisbank.models import Product, Synoniem
from kennisbank.services import refresh_producten
from kennisbank.trefwoorden import read_synoniemen, read_trefwoorden
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling

from . import MAP

BESTAND = MAP.parent / "producten.csv"


@transaction.atomic
def laad_producten() -> int:
    """Add the products that are missing, by their national address; returns how many.

    A product that the import brought, and that no department answers for yet, gets its department
    and the words that people use. Anything that somebody filled in stays.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    bekend = {p.upn_uri: p for p in Product.objects.exclude(upn_uri=None)}
    nieuw, aan_te_vullen = [], []
    for rij in lees_csv(BESTAND):
        product = bekend.get(rij["upn_uri"])
        if product is None:
            nieuw.append(
                Product(
                    naam=rij["naam"],
                    upn_uri=rij["upn_uri"],
                    doelgroep=rij["doelgroep"],
                    afdeling=afdelingen[rij["afdeling"]],
                    trefwoorden=read_trefwoorden().get(rij["naam"], ""),
                )
            )
        elif product.afdeling_id is None:
            product.afdeling = afdelingen[rij["afdeling"]]
            product.trefwoorden = product.trefwoorden or read_trefwoorden().get(rij["naam"], "")
            aan_te_vullen.append(product)
    Product.objects.bulk_update(aan_te_vullen, ["afdeling", "trefwoorden"])
    Product.objects.bulk_create(nieuw)
    adressen = [product.upn_uri for product in (*nieuw, *aan_te_vullen)]
    refresh_producten(Product.objects.filter(upn_uri__in=adressen))
    return len(nieuw)


@transaction.atomic
def laad_synoniemen() -> int:
    """Add the synonyms that are missing; returns how many. What an editor changed stays."""
    bekend = set(Synoniem.objects.values_list("woord", flat=True))
    nieuw = [
        Synoniem(woord=woord, woorden=woorden)
        for woord, woorden in read_synoniemen().items()
        if woord not in bekend
    ]
    return len(Synoniem.objects.bulk_create(nieuw))
