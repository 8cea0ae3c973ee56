"""News: who it is for, and who has read it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.expressions import F

from kcc.access import RECHTEN
from kennisbank.models import Kennisartikel, Leesbevestiging
from organisatie.models import Medewerker

LEZERS = [rol for rol, rechten in RECHTEN.items() if "kennisbank.view_kennisartikel" in rechten]


class NieuwsGewijzigd(Exception):
    """There is a newer version than the one that somebody says to have read."""


@transaction.atomic
def confirm_read(
    *, nieuws: Kennisartikel, nummer: int | None, by: Medewerker, at: datetime
) -> Leesbevestiging:
    """Note that somebody has read version ``nummer`` of this news; a second time changes nothing.

    Raises NieuwsGewijzigd when that is not the current version: nobody confirms a text that he has
    not seen.
    """
    # Under lock: a version that is published meanwhile must not pass for read.
    nieuws = Kennisartikel.objects.select_for_update().get(pk=nieuws.pk)
    versie = nieuws.huidige_versie
    if versie is None or versie.nummer != nummer:
        raise NieuwsGewijzigd(
            "Dit bericht is intussen gewijzigd. Lees de nieuwe tekst en bevestig daarna opnieuw."
        )
    bevestiging, _ = Leesbevestiging.objects.get_or_create(
        artikelversie=versie, medewerker=by, defaults={"op": at}
    )
    return bevestiging


def audience_of(nieuws: Kennisartikel) -> QuerySet[Any]:
    """The medewerkers who should read this news: those of its teams, or all who may read the
    kennisbank when it has none. With ``gelezen_op`` when they confirmed the current version.
    """
    lezers = Medewerker.objects.active().filter(rollen__overlap=LEZERS)
    groepen = list(nieuws.voor_groepen.all())
    if groepen:
        lezers = lezers.filter(
            pk__in=Medewerker.groepen.through.objects.filter(groep__in=groepen).values("medewerker")
        )
    met_lezen: QuerySet[Any] = lezers.annotate(
        bevestiging=FilteredRelation(
            "leesbevestigingen", condition=Q(leesbevestigingen__artikelversie=nieuws.huidige_versie)
        ),
        gelezen_op=F("bevestiging__op"),
    )
    return met_lezen.order_by("achternaam", "voornaam", "pk")
