"""The list of work: which tabs somebody has, what is in the one that is open, and in what order."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OrderBy, Value
from django.utils.http import urlencode

from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.models import InterneTaak
from zaken.querysets import InterneTaakQuerySet
from zaken.termijnen import Termijntekst, describe_afgehandeld, describe_termijn

PER_PAGINA = 20
MIJN, ALLE, TERUG, UITGEZET = "mijn", "alle", "terug", "uitgezet"
ZOEK_SLEUTEL = "werkvoorraad_zoek"
ZOEK_LENGTE = 100
ZOEK_BEWAARD = 10

STANDEN = {
    "open": "Open",
    "vrij": "Open en van niemand",
    "te_laat": "Te laat",
    "afgehandeld": "Afgehandeld",
}

# Names from the address → columns. Anything else is refused, so that nobody can sort by a column
# that he may not see.
SORTEER: dict[str, tuple[str, ...]] = {
    "termijn": ("termijn_op",),
    "afgehandeld": ("afgehandeld_op",),
    "onderwerp": ("gevraagde_handeling",),
    "klant": ("klantcontact__partij__zoeknaam",),
    "van": ("aangemaakt_door__achternaam", "aangemaakt_door__voornaam"),
    "bij": ("toegewezen_aan__achternaam", "toegewezen_aan__voornaam"),
    "stand": ("status", "aantal_pogingen"),
}


@dataclass(frozen=True)
class Tab:
    """One list that somebody has, with its number of open taken."""

    sleutel: str
    naam: str
    taken: InterneTaakQuerySet
    aantal: int = 0


@dataclass(frozen=True)
class Kolom:
    """A column head: its name, whether it orders the list now, and the order a click gives."""

    sleutel: str
    naam: str
    richting: str
    query: str


@dataclass(frozen=True)
class Rij:
    """One line of the list."""

    taak: InterneTaak
    termijn: Termijntekst


class Werkvoorraad:
    """What ``medewerker`` sees with these parameters. Each part is looked up when it is first asked
    for, so that a fragment costs no more than what it shows.
    """

    def __init__(
        self,
        *,
        medewerker: Medewerker,
        params: Mapping[str, str],
        zoekteksten: Mapping[str, str],
        nu: datetime,
    ) -> None:
        self.medewerker = medewerker
        self.nu = nu
        self._tab = params.get("tab", "")
        self.zoek = params.get("zoek", "") if params.get("zoek", "") in zoekteksten else ""
        self.tekst = zoekteksten.get(self.zoek, "")
        self.stand = params.get("stand", "") if params.get("stand") in STANDEN else "open"
        self._sorteer = params.get("sorteer", "")
        self._afdeling = params.get("afdeling", "")
        self._pagina = params.get("pagina", "1")

    @property
    def standen(self) -> dict[str, str]:
        """To filter on."""
        return STANDEN

    @property
    def standen_nu(self) -> str:
        """The name of the filter that is on."""
        return STANDEN[self.stand]

    @cached_property
    def tabs(self) -> list[Tab]:
        """The lists of this person. All counts come in one query, each from its own index."""
        kaal = self._tabs_without_counts
        tellingen = [
            tab.taken.open()
            .order_by()
            .annotate(tab=Value(tab.sleutel))
            .values("tab")
            .annotate(n=Count("pk"))
            for tab in kaal
        ]
        alles: Any = tellingen[0].union(*tellingen[1:], all=True)
        aantallen = {rij["tab"]: rij["n"] for rij in alles}
        return [
            Tab(tab.sleutel, tab.naam, tab.taken, aantallen.get(tab.sleutel, 0)) for tab in kaal
        ]

    @cached_property
    def _tabs_without_counts(self) -> list[Tab]:
        wie = self.medewerker
        zichtbaar = InterneTaak.objects.visible_to(wie)
        tabs: list[Tab] = []
        if wie.has_perm("zaken.change_internetaak"):
            tabs.append(Tab(MIJN, "Mijn", zichtbaar.filter(toegewezen_aan=wie)))
            tabs += (
                Tab(afdeling.identificatie, afdeling.naam, zichtbaar.filter(afdeling=afdeling))
                for afdeling in wie.afdelingen.all()
            )
        if wie.has_perm("zaken.add_internetaak"):
            tabs.append(Tab(TERUG, "Terug van afdelingen", zichtbaar.returned_to_kcc()))
            tabs.append(Tab(UITGEZET, "Uitgezet door mij", zichtbaar.filter(aangemaakt_door=wie)))
        if wie.has_perm("contacts.view_klantcontact"):
            tabs.append(Tab(ALLE, "Alle afdelingen", zichtbaar))
        return tabs

    @cached_property
    def tab(self) -> Tab:
        """The open list: the one asked for, else the first that holds work."""
        for tab in self._tabs_without_counts:
            if tab.sleutel == self._tab:
                return tab
        return next((tab for tab in self.tabs if tab.aantal), self.tabs[0])

    @cached_property
    def afdelingen(self) -> list[Afdeling]:
        """To filter on, where a list holds taken of more than one department."""
        if self.tab.sleutel not in {ALLE, UITGEZET}:
            return []
        return list(Afdeling.objects.all())

    @property
    def afdeling(self) -> str:
        """The department that the list is narrowed to, or empty."""
        bekend = {afdeling.identificatie for afdeling in self.afdelingen}
        return self._afdeling if self._afdeling in bekend else ""

    @property
    def sorteer(self) -> str:
        """The order, as in the address; by term, or finished last on top."""
        if self._sorteer.removeprefix("-") in SORTEER:
            return self._sorteer
        return "-afgehandeld" if self.stand == "afgehandeld" else "termijn"

    @property
    def kolommen(self) -> list[Kolom]:
        """The column heads."""
        eerste = "afgehandeld" if self.stand == "afgehandeld" else "termijn"
        namen = {
            eerste: eerste.capitalize(),
            "onderwerp": "Onderwerp",
            "klant": "Klant",
            "van": "Van",
            "bij": "Bij",
            "stand": "Stand",
        }
        return [self._kolom(sleutel, naam) for sleutel, naam in namen.items()]

    def _kolom(self, sleutel: str, naam: str) -> Kolom:
        if self.sorteer == sleutel:
            return Kolom(sleutel, naam, "ascending", self.met(sorteer=f"-{sleutel}"))
        richting = "descending" if self.sorteer == f"-{sleutel}" else ""
        return Kolom(sleutel, naam, richting, self.met(sorteer=sleutel))

    @cached_property
    def pagina(self) -> Page[InterneTaak]:
        """The taken on this page of the list."""
        return Paginator(self._ordered(self._filtered()), PER_PAGINA).get_page(self._pagina)

    @cached_property
    def rijen(self) -> list[Rij]:
        """The lines on this page, with their terms in words."""
        taken = list(self.pagina.object_list)
        if not taken:
            return []
        kalender = laad_werkkalender()
        return [
            Rij(
                taak,
                Termijntekst(
                    taak.afgehandeld_op or taak.termijn_op,
                    *(
                        describe_afgehandeld(taak.termijn_op, taak.afgehandeld_op, kalender)
                        if taak.afgehandeld_op
                        else describe_termijn(taak.termijn_op, self.nu, kalender)
                    ),
                ),
            )
            for taak in taken
        ]

    def _filtered(self) -> InterneTaakQuerySet:
        taken = self.tab.taken
        if self.afdeling:
            taken = taken.filter(afdeling__identificatie=self.afdeling)
        if self.tekst:
            taken = taken.search(self.tekst)
        return {
            "open": taken.open,
            "vrij": taken.unclaimed,
            "te_laat": lambda: taken.overdue(self.nu),
            "afgehandeld": taken.finished,
        }[self.stand]()

    def _ordered(self, taken: InterneTaakQuerySet) -> InterneTaakQuerySet:
        omgekeerd = self.sorteer.startswith("-")
        kolommen = SORTEER[self.sorteer.removeprefix("-")]
        volgorde = [
            OrderBy(F(kolom), descending=omgekeerd, nulls_last=True)
            for kolom in (*kolommen, "termijn_op", "pk")
        ]
        return taken.with_row_details().order_by(*volgorde)

    @cached_property
    def query(self) -> str:
        """The address of this list behind the question mark: only keys that we know, no text."""
        return self._query(pagina=str(self.pagina.number))

    @cached_property
    def zonder_pagina(self) -> str:
        """The same list, from its beginning."""
        return self._query()

    def met(self, **anders: str) -> str:
        """This list with something else, from its beginning."""
        return self._query(**anders)

    def _query(self, **anders: str) -> str:
        deel = {
            "tab": self.tab.sleutel,
            "afdeling": self.afdeling,
            "stand": "" if self.stand == "open" else self.stand,
            "sorteer": self._sorteer if self._sorteer == self.sorteer else "",
            "zoek": self.zoek,
        } | anders
        if deel.get("pagina") == "1":
            del deel["pagina"]
        return urlencode({sleutel: waarde for sleutel, waarde in deel.items() if waarde})

    def buren(self, uuid: UUID) -> tuple[UUID | None, UUID | None]:
        """The taken before and after this one on this page of the list. A taak that is not in it
        (any more) has the first as its next.
        """
        uuids = [taak.uuid for taak in self.pagina.object_list]
        if uuid not in uuids:
            return None, uuids[0] if uuids else None
        plek = uuids.index(uuid)
        vorige = uuids[plek - 1] if plek else None
        return vorige, uuids[plek + 1] if plek + 1 < len(uuids) else None


def keep_zoektekst(zoekteksten: Mapping[str, str], tekst: str) -> tuple[str, dict[str, str]]:
    """A name under which a search stands in the address, since what people search for is a name or
    a subject, which does not belong there; and what the session keeps from now on.
    """
    sleutel = secrets.token_urlsafe(6)
    bewaard = dict(list(zoekteksten.items())[-(ZOEK_BEWAARD - 1) :])
    return sleutel, {**bewaard, sleutel: tekst.replace("\x00", "").strip()[:ZOEK_LENGTE]}
