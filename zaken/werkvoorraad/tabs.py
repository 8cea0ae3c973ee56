"""The lists that somebody has, and how much work is in each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from organisatie.models import Medewerker
from zaken.models import InterneTaak, Taakteller
from zaken.querysets import InterneTaakQuerySet, only_own_taken

MIJN, VANDAAG, ALLE, TERUG, UITGEZET = "mijn", "vandaag", "alle", "terug", "uitgezet"


@dataclass(frozen=True)
class Tab:
    """One list that somebody has, with its number of open taken."""

    sleutel: str
    naam: str
    taken: InterneTaakQuerySet
    aantal: int = 0


def tabs_of(medewerker: Medewerker, nu: datetime) -> list[Tab]:
    """The lists of this person, not counted. Each is narrowed to what he may see: by being his own
    or his department's, or by the right to see all.
    """
    taken = InterneTaak.objects.all()
    tabs: list[Tab] = []
    if medewerker.has_perm("zaken.change_internetaak"):
        tabs.append(Tab(MIJN, "Mijn", taken.filter(toegewezen_aan=medewerker)))
        if not only_own_taken(medewerker):
            tabs += _of_departments(medewerker, nu)
    if medewerker.has_perm("zaken.add_internetaak"):
        tabs.append(Tab(TERUG, "Terug van afdelingen", taken.returned_to_kcc()))
        tabs.append(Tab(UITGEZET, "Uitgezet door mij", taken.filter(aangemaakt_door=medewerker)))
    if medewerker.has_perm("contacts.view_klantcontact"):
        tabs.append(Tab(ALLE, "Alle afdelingen", taken))
    return tabs


def _of_departments(medewerker: Medewerker, nu: datetime) -> list[Tab]:
    taken = InterneTaak.objects.all()
    afdelingen = list(medewerker.afdelingen.all())
    eigen = {afdeling.pk for afdeling in afdelingen}
    tabs = [
        Tab(afdeling.identificatie, afdeling.naam, taken.filter(afdeling=afdeling.pk))
        for afdeling in afdelingen
    ]
    tabs += [
        Tab(f"groep:{groep.identificatie}", f"Groep {groep.naam.removeprefix('Groep ')}", lijst)
        for groep in medewerker.groepen.filter(is_actief=True)
        if groep.afdeling_id in eigen
        for lijst in [taken.filter(groep=groep.pk)]  # a taak that leaves the department has none
    ]
    van_afdelingen = [afdeling.pk for afdeling in afdelingen if not afdeling.is_kcc]
    if van_afdelingen:
        begin = localtime(nu).replace(hour=0, minute=0, second=0, microsecond=0)
        vandaag = taken.filter(afdeling__in=van_afdelingen, aangemaakt_op__gte=begin)
        tabs.append(Tab(VANDAAG, "Vandaag van het KCC", vandaag))
    return tabs


def count_tabs(tabs: Iterable[Tab]) -> list[Tab]:
    """With the exact number of open taken in each: one query, each part from its own index."""
    tabs = list(tabs)
    tellingen: list[Any] = [
        Taakteller.objects.annotate(tab=Value(tab.sleutel))
        .values("tab")
        .annotate(n=Coalesce(Sum("aantal"), 0, output_field=BigIntegerField()))
        if tab.sleutel == ALLE
        else tab.taken.open()
        .order_by()
        .annotate(tab=Value(tab.sleutel))
        .values("tab")
        .annotate(n=Count("pk"))
        for tab in tabs
    ]
    alles: Any = tellingen[0].union(*tellingen[1:], all=True)
    aantallen = {rij["tab"]: rij["n"] for rij in alles}
    return [replace(tab, aantal=aantallen.get(tab.sleutel, 0)) for tab in tabs]
