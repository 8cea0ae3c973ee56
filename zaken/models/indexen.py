"""The indexes of InterneTaak. The list of work lives on those with OPEN: they hold the two hundred
thousand taken that are open and none of the millions that are done. What each is for, and what it
costs without: docs/metingen.md.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

OPEN = ~Q(status="afgehandeld")
KLAAR = Q(status="afgehandeld")
VOLGORDE = ("termijn_op", "prioriteit", "id")


def _open(naam: str, *velden: str, en: Q | None = None) -> models.Index:
    return models.Index(
        fields=[*velden, *(veld for veld in VOLGORDE if veld not in velden)],
        condition=OPEN & en if en is not None else OPEN,
        name=f"internetaak_{naam}",
    )


WERKVOORRAAD_INDEXEN: list[models.Index] = [
    # One per list of somebody, in the order in which it is worked.
    _open("lijst_afdeling", "afdeling"),
    _open("lijst_van_mij", "toegewezen_aan"),
    _open("lijst_groep", "groep"),
    _open("lijst_uitgezet", "aangemaakt_door"),
    _open("lijst_alle"),
    _open("lijst_terug", "afdeling", en=Q(terug_van__isnull=False)),
    # Free ones, for "give me the next": they are not looked for among thousands that are taken.
    _open("vrij_afdeling", "afdeling", en=Q(toegewezen_aan__isnull=True)),
    _open("vrij_groep", "groep", en=Q(toegewezen_aan__isnull=True)),
    _open("vrij_alle", en=Q(toegewezen_aan__isnull=True)),
    models.Index(
        fields=["afdeling", "aangemaakt_op"], condition=OPEN, name="internetaak_ontvangen"
    ),
    # Filters and orders over all departments.
    _open("op_product", "product"),
    _open("op_kanaal", "kanaal"),
    _open("op_prioriteit", "prioriteit"),
    _open("op_klant", "klantnaam"),
    _open("op_onderwerp", "gevraagde_handeling"),
    _open("op_stand", "status", "aantal_pogingen"),
    _open("stil", en=Q(gepauzeerd_op__isnull=False)),
    _open("terugbellen", en=Q(terugbellen_van__isnull=False)),
    GinIndex(OpClass(F("zoektekst"), "gin_trgm_ops"), condition=OPEN, name="internetaak_zoek_open"),
    # What is done, newest first.
    models.Index(fields=["afdeling", "afgehandeld_op"], condition=KLAAR, name="internetaak_klaar"),
    models.Index(
        fields=["toegewezen_aan", "afgehandeld_op"],
        condition=KLAAR,
        name="internetaak_klaar_van_mij",
    ),
    GinIndex(
        OpClass(F("zoektekst"), "gin_trgm_ops"), condition=KLAAR, name="internetaak_zoek_klaar"
    ),
    models.Index(fields=["aangemaakt_op"], name="internetaak_aangemaakt"),
    models.Index(fields=["termijn_op"], name="internetaak_termijn"),
    models.Index(fields=["afgehandeld_op"], name="internetaak_afgehandeld"),
]
