"""The list of work: which tabs somebody has, what is in the one that is open, and in what order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import F, OrderBy
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kennisbank.models import Product
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import Werkkalender, laad_werkkalender
from zaken.live import say_kijkt, stand_now
from zaken.models import InterneTaak, Kijker, Weergave
from zaken.querysets import InterneTaakQuerySet
from zaken.termijnen import Termijntekst, describe_afgehandeld, describe_termijn
from zaken.werkvoorraad.bladzijde import HOOGSTENS_GETELD, Bladzijde, Telling
from zaken.werkvoorraad.keuze import (
    BIJZONDER,
    KANALEN,
    PRIORITEITEN,
    RIJEN,
    SORTEER,
    STANDEN,
    Keuze,
)
from zaken.werkvoorraad.tabs import ALLE, MIJN, UITGEZET, Tab, count_tabs, tabs_of

# Of what is done a search first looks through so many.
NIEUWSTE = 5_000


@dataclass(frozen=True)
class Kolom:
    """A column head: its name, whether it orders the list now, and the order a click gives."""

    sleutel: str
    naam: str
    richting: str
    query: str


@dataclass(frozen=True)
class Rij:
    """One line of the list. ``kijkt``: the names of colleagues who have it open now. The words are
    made here and not in the template, which for a hundred lines costs twice as much time.
    """

    taak: InterneTaak
    termijn: Termijntekst
    kijkt: str = ""
    klant: str = ""
    van: str = ""
    bij: str = ""
    lang: str = ""


@lru_cache(maxsize=4096)
def _moment(op: datetime) -> str:
    """In full. Terms end at closing time, so a list holds few different ones."""
    return date_format(localtime(op), "l j F Y, H:i")


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
        self.keuze = Keuze.read(params)
        self.zoek = self.keuze.zoek if self.keuze.zoek in zoekteksten else ""
        self.tekst = zoekteksten.get(self.zoek, "")
        self.stand = self.keuze.stand or "open"
        self.rijen_per_pagina = int(self.keuze.rijen or RIJEN[0])

    # --- what can be chosen -----------------------------------------------------------------

    standen = STANDEN
    prioriteiten = PRIORITEITEN
    kanalen = KANALEN
    bijzonder = BIJZONDER

    @property
    def toont_afdeling(self) -> bool:
        """Each row says with which department it lies."""
        return self.tab.sleutel in {ALLE, UITGEZET}

    @property
    def mag_samen(self) -> bool:
        """One may work on what stands here, so also on many at once."""
        return (
            self.medewerker.has_perm("zaken.change_internetaak")
            and self.stand != "afgehandeld"
            and self.tab.sleutel not in {ALLE, UITGEZET}
        )

    @property
    def mag_nemen(self) -> bool:
        """There are lists to take the next taak from."""
        return any(tab.sleutel not in {MIJN, ALLE, UITGEZET} for tab in self._tabs_without_counts)

    @property
    def standen_nu(self) -> str:
        """The name of the filter that is on."""
        return STANDEN[self.stand]

    @property
    def toont_meer(self) -> bool:
        """The filters that are not always there are shown: asked for, or one of them is on."""
        return bool(self.keuze.meer) or self.keuze.is_gefilterd

    @cached_property
    def collegas(self) -> list[Medewerker]:
        """Of the KCC, to filter on who handed off."""
        return list(Medewerker.objects.filter(afdelingen__is_kcc=True).order_by("achternaam"))

    @cached_property
    def weergaven(self) -> list[Weergave]:
        """The saved views of this person and of his departments."""
        return list(Weergave.objects.visible_to(self.medewerker).select_related("afdeling"))

    # --- the lists --------------------------------------------------------------------------

    @cached_property
    def tabs(self) -> list[Tab]:
        """The lists of this person, with their counts."""
        return count_tabs(self._tabs_without_counts)

    @cached_property
    def _tabs_without_counts(self) -> list[Tab]:
        return tabs_of(self.medewerker, self.nu)

    @cached_property
    def tab(self) -> Tab:
        """The open list: the one asked for, else the first that holds work."""
        for tab in self._tabs_without_counts:
            if tab.sleutel == self.keuze.tab:
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
        return self.keuze.afdeling if self.keuze.afdeling in bekend else ""

    # --- order ------------------------------------------------------------------------------

    @property
    def sorteer(self) -> str:
        """The order, as in the address; by term, or finished last on top."""
        gevraagd = self.keuze.sorteer
        if gevraagd and gevraagd.removeprefix("-") not in self._onsorteerbaar:
            return gevraagd
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

    @property
    def _onsorteerbaar(self) -> frozenset[str]:
        """Two hundred thousand taken by a name of another table: nobody reads that, and it is the
        one order that has no index. Of one department it can.
        """
        alles = self.tab.sleutel == ALLE and not self.afdeling
        return frozenset({"van", "bij"}) if alles else frozenset()

    def _kolom(self, sleutel: str, naam: str) -> Kolom:
        if sleutel in self._onsorteerbaar:
            return Kolom(sleutel, naam, "", "")
        if self.sorteer == sleutel:
            return Kolom(sleutel, naam, "ascending", self.met(sorteer=f"-{sleutel}"))
        richting = "descending" if self.sorteer == f"-{sleutel}" else ""
        return Kolom(sleutel, naam, richting, self.met(sorteer=sleutel))

    def _ordered(self, taken: InterneTaakQuerySet) -> InterneTaakQuerySet:
        """By term; among equal terms what has priority first, then who waits longest."""
        omgekeerd = self.sorteer.startswith("-")
        eerst = SORTEER[self.sorteer.removeprefix("-")]
        rest = [veld for veld in ("termijn_op", "prioriteit", "pk") if veld not in eerst]
        # Downwards is upwards from below, empty ones included: an index can be read both ways.
        return taken.order_by(
            *(OrderBy(F(kolom), descending=omgekeerd) for kolom in (*eerst, *rest))
        )

    # --- what is on the page ----------------------------------------------------------------

    @cached_property
    def nieuwste(self) -> list[int] | None:
        """Of what is done a search looks at the newest first: which of those fit, or None when it
        looks at all. A word that is not there is rare, and then its index is quick; a common word
        would fetch half of five million taken to show twenty.
        """
        if not self.tekst or self.stand != "afgehandeld" or self.keuze.oud:
            return None
        venster = self._zonder_zoeken.order_by("-afgehandeld_op").values("pk")[:NIEUWSTE]
        raak = InterneTaak.objects.filter(pk__in=venster).search(self.tekst)
        return list(raak.values_list("pk", flat=True)) or None

    @property
    def ook_oud(self) -> str:
        """The same search in all that was ever done; empty when it is that already."""
        return self.met(oud="1") if self.nieuwste is not None else ""

    @cached_property
    def gefilterd(self) -> InterneTaakQuerySet:
        """All taken of the open list that filters and search leave, in no order."""
        if self.nieuwste is not None:
            return InterneTaak.objects.filter(pk__in=self.nieuwste)
        taken = self._zonder_zoeken
        return taken.search(self.tekst) if self.tekst else taken

    @cached_property
    def _zonder_zoeken(self) -> InterneTaakQuerySet:
        keuze, taken = self.keuze, self.tab.taken
        if self.afdeling:
            afdeling = next(a for a in self.afdelingen if a.identificatie == self.afdeling)
            taken = taken.filter(afdeling=afdeling.pk)
        if keuze.prioriteit:
            taken = taken.filter(prioriteit=PRIORITEITEN[keuze.prioriteit])
        if keuze.kanaal:
            taken = taken.filter(kanaal=keuze.kanaal)
        if keuze.product:
            taken = taken.filter(product__in=self._producten)
        if keuze.van:
            taken = taken.filter(aangemaakt_door__uuid=keuze.van)
        if keuze.bijzonder == "terugbellen":
            taken = taken.filter(terugbellen_van__isnull=False)
        if keuze.bijzonder == "stil":
            taken = taken.filter(gepauzeerd_op__isnull=False)
        if self.stand == "vrij":
            return taken.unclaimed()
        if self.stand == "te_laat":
            return taken.overdue(self.nu)
        if self.stand == "afgehandeld":
            # Said twice, for the index of when: it holds the open ones too, as empty.
            return taken.finished().filter(afgehandeld_op__isnull=False)
        return taken.open()

    @cached_property
    def _producten(self) -> list[int]:
        gevonden = Product.objects.filter(naam__icontains=self.keuze.product)
        return list(gevonden.values_list("pk", flat=True)[:50])

    @property
    def _is_heel(self) -> bool:
        return not (self.tekst or self.afdeling or self.keuze.is_gefilterd or self.stand != "open")

    @cached_property
    def telling(self) -> Telling:
        """How many there are. A whole list was counted for its tab; of what a filter leaves we
        count no further than our pages go.
        """
        if self._is_heel:
            return Telling(next(t.aantal for t in self.tabs if t.sleutel == self.tab.sleutel))
        aantal = self.gefilterd.order_by()[: HOOGSTENS_GETELD + 1].count()
        return Telling(min(aantal, HOOGSTENS_GETELD), aantal > HOOGSTENS_GETELD)

    @cached_property
    def pagina(self) -> Bladzijde:
        """The page that is open."""
        return Bladzijde(
            self._ordered(self.gefilterd), self.keuze.pagina, self.rijen_per_pagina, self.telling
        )

    @cached_property
    def live(self) -> str:
        """What the page has seen when it asks what changed since."""
        return str(stand_now())

    @cached_property
    def rijen(self) -> list[Rij]:
        """The lines on this page, with their terms in words."""
        assert self.live  # noqa: S101 - read before the rows, so that no step falls in between
        volgorde = {pk: plek for plek, pk in enumerate(self.pagina.pks)}
        if not volgorde:
            return []
        taken = InterneTaak.objects.filter(pk__in=volgorde).with_row_details()
        return self.show(sorted(taken, key=lambda taak: volgorde[taak.pk]))

    def show(self, taken: list[InterneTaak]) -> list[Rij]:
        """Lines for these taken, which come with their row details."""
        kalender = laad_werkkalender()
        kijkers = self._kijkers(taken)
        return [self._rij(taak, kalender, kijkers.get(taak.pk, "")) for taak in taken]

    def _rij(self, taak: InterneTaak, kalender: Werkkalender, kijkt: str) -> Rij:
        if taak.afgehandeld_op:
            op = taak.afgehandeld_op
            woorden = describe_afgehandeld(taak.termijn_op, op, kalender)
        else:
            op = taak.termijn_op
            woorden = describe_termijn(op, self.nu, kalender)
        bij = str(taak.toegewezen_aan or "")
        if self.toont_afdeling:
            bij = f"{taak.afdeling}, {bij}" if bij else str(taak.afdeling)
        return Rij(
            taak,
            Termijntekst(op, *woorden),
            kijkt,
            klant=str(taak.klantcontact.partij or "anoniem"),
            van=f"terug van {taak.terug_van}" if taak.terug_van else str(taak.aangemaakt_door),
            bij=bij or "—",
            lang=_moment(op),
        )

    def _kijkers(self, taken: list[InterneTaak]) -> dict[int, str]:
        namen: dict[int, list[str]] = {}
        kijkers = Kijker.objects.watching(self.nu).filter(taak__in=[taak.pk for taak in taken])
        for kijker in kijkers.exclude(medewerker=self.medewerker).select_related("medewerker"):
            namen.setdefault(kijker.taak_id, []).append(str(kijker.medewerker))
        return {pk: say_kijkt(wie) for pk, wie in namen.items()}

    # --- addresses --------------------------------------------------------------------------

    @cached_property
    def query(self) -> str:
        """The address of this list behind the question mark: only keys that we know, no text."""
        return self._query(pagina=str(self.pagina.number))

    @cached_property
    def zonder_pagina(self) -> str:
        """The same list, from its beginning."""
        return self._query(pagina="")

    @property
    def vorige_pagina(self) -> str:
        """The page before this one."""
        return self.met(pagina=str(self.pagina.previous_page_number))

    @property
    def volgende_pagina(self) -> str:
        """The page after this one."""
        return self.met(pagina=str(self.pagina.next_page_number))

    @property
    def met_meer(self) -> str:
        """The same list with all filters to choose from."""
        return self._query(pagina="", meer="1")

    @property
    def rijen_query(self) -> list[tuple[int, str, bool]]:
        """How many rows a page may have: number, address, and whether it is so now."""
        return [
            (aantal, self.met(rijen="" if aantal == RIJEN[0] else str(aantal)),
             aantal == self.rijen_per_pagina)
            for aantal in RIJEN
        ]  # fmt: skip

    def met(self, **anders: str) -> str:
        """This list with something else, from its beginning."""
        return self._query(**{"pagina": "", **anders})

    def _query(self, **anders: str) -> str:
        zeker = {"tab": self.tab.sleutel, "afdeling": self.afdeling, "zoek": self.zoek}
        return self.keuze.query(**{**zeker, **anders})

    def buren(self, uuid: UUID) -> tuple[UUID | None, UUID | None]:
        """The taken before and after this one on this page of the list. A taak that is not in it
        (any more) has the first as its next.
        """
        pks = self.pagina.pks
        uuid_van = dict(InterneTaak.objects.filter(pk__in=pks).values_list("pk", "uuid"))
        uuids = [uuid_van[pk] for pk in pks if pk in uuid_van]
        if uuid not in uuids:
            return None, uuids[0] if uuids else None
        plek = uuids.index(uuid)
        vorige = uuids[plek - 1] if plek else None
        return vorige, uuids[plek + 1] if plek + 1 < len(uuids) else None
