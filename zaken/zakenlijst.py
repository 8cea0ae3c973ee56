"""The list of zaken: filter, order and pages. Names from the address go through an allow-list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy
from django.utils.http import urlencode
from django.utils.timezone import localdate

from organisatie.models import Afdeling, Medewerker
from zaken.models import Zaak, Zaaktype
from zaken.querysets import ZaakQuerySet
from zaken.zaakbeeld import Dagtekst, describe_uiterlijk

ZOEK_SLEUTEL = "zaken_zoek"
AANTALLEN = (20, 100)
STANDEN = {
    "open": "Open",
    "mijn": "Open en van mij",
    "te_laat": "Te laat",
    "stil": "Termijn staat stil",
    "afgerond": "Afgerond",
}
SORTEER: dict[str, tuple[str, ...]] = {
    "uiterlijk": ("uiterlijke_einddatum_afdoening",),
    "einddatum": ("einddatum",),
    "zaak": ("omschrijving",),
    "soort": ("zaaktype__omschrijving",),
    "bij": ("afdeling__naam", "behandelaar__achternaam"),
    "stand": ("status__volgnummer",),
}


@dataclass(frozen=True)
class Kolom:
    """A column head; ``sorteer`` is empty for one that does not order."""

    sleutel: str
    naam: str
    richting: str = ""
    query: str = ""


@dataclass(frozen=True)
class ZaakRij:
    """One line of the list."""

    zaak: Zaak
    termijn: Dagtekst


class Zakenlijst:
    """What ``medewerker`` sees with these parameters; each part is looked up when asked for."""

    standen = STANDEN
    aantallen = AANTALLEN

    def __init__(
        self,
        *,
        medewerker: Medewerker,
        params: Mapping[str, str],
        zoekteksten: Mapping[str, str],
        nu: datetime,
    ) -> None:
        self.medewerker = medewerker
        self.vandaag = localdate(nu)
        self.zoek = params.get("zoek", "") if params.get("zoek", "") in zoekteksten else ""
        self.tekst = zoekteksten.get(self.zoek, "")
        self.stand = params.get("stand", "") if params.get("stand") in STANDEN else "open"
        self._afdeling = params.get("afdeling", "")
        self._soort = params.get("soort", "")
        self._sorteer = params.get("sorteer", "")
        self._pagina = params.get("pagina", "1")
        gevraagd = params.get("aantal", "")
        self.aantal = next((n for n in AANTALLEN if str(n) == gevraagd), AANTALLEN[0])

    @cached_property
    def afdelingen(self) -> list[Afdeling]:
        """To filter on: those with zaken that one may see. One's own alone is no choice."""
        if not self.medewerker.has_perm("contacts.view_klantcontact"):
            return []
        return list(Afdeling.objects.filter(pk__in=Zaaktype.objects.values("afdeling")))

    @property
    def afdeling(self) -> str:
        """The department that the list is narrowed to, or empty."""
        bekend = {afdeling.identificatie for afdeling in self.afdelingen}
        return self._afdeling if self._afdeling in bekend else ""

    @cached_property
    def soorten(self) -> list[tuple[str, str]]:
        """Kinds of zaken to filter on; the versions of one kind are one."""
        alle = Zaaktype.objects.order_by("omschrijving")
        return list(dict(alle.values_list("identificatie", "omschrijving")).items())

    @property
    def soort(self) -> str:
        """The kind of zaak that the list is narrowed to, or empty."""
        return self._soort if self._soort in dict(self.soorten) else ""

    @property
    def sorteer(self) -> str:
        """The order; by last day, or closed last on top."""
        if self._sorteer.removeprefix("-") in SORTEER:
            return self._sorteer
        return "-einddatum" if self.stand == "afgerond" else "uiterlijk"

    @property
    def kolommen(self) -> list[Kolom]:
        """The column heads."""
        klaar = self.stand == "afgerond"
        return [
            self._kolom("einddatum", "Afgerond")
            if klaar
            else self._kolom("uiterlijk", "Uiterlijk"),
            self._kolom("zaak", "Zaak"),
            self._kolom("soort", "Soort"),
            Kolom("klant", "Klant"),
            self._kolom("bij", "Bij"),
            self._kolom("stand", "Stand"),
        ]

    def _kolom(self, sleutel: str, naam: str) -> Kolom:
        if self.sorteer == sleutel:
            return Kolom(sleutel, naam, "ascending", self.met(sorteer=f"-{sleutel}"))
        richting = "descending" if self.sorteer == f"-{sleutel}" else ""
        return Kolom(sleutel, naam, richting, self.met(sorteer=sleutel))

    @cached_property
    def pagina(self) -> Page[Zaak]:
        """The zaken on this page of the list."""
        omgekeerd = self.sorteer.startswith("-")
        kolommen = SORTEER[self.sorteer.removeprefix("-")]
        volgorde = [
            OrderBy(F(kolom), descending=omgekeerd, nulls_last=True)
            for kolom in (*kolommen, "uiterlijke_einddatum_afdoening", "pk")
        ]
        zaken = self._filtered().with_row_details().order_by(*volgorde)
        return Paginator(zaken, self.aantal).get_page(self._pagina)

    @cached_property
    def rijen(self) -> list[ZaakRij]:
        """The lines on this page."""
        return [
            ZaakRij(zaak, describe_uiterlijk(zaak, self.vandaag))
            for zaak in self.pagina.object_list
        ]

    def _filtered(self) -> ZaakQuerySet:
        zaken = Zaak.objects.visible_to(self.medewerker)
        if self.afdeling:
            zaken = zaken.filter(afdeling__identificatie=self.afdeling)
        if self.soort:
            zaken = zaken.filter(zaaktype__identificatie=self.soort)
        if self.tekst:
            zaken = zaken.search(self.tekst)
        return {
            "open": zaken.open,
            "mijn": lambda: zaken.open().filter(behandelaar=self.medewerker),
            "te_laat": lambda: zaken.overdue(self.vandaag),
            "stil": zaken.suspended,
            "afgerond": zaken.closed,
        }[self.stand]()

    def met(self, **anders: str) -> str:
        """The address of this list with something else, from its beginning."""
        deel = {
            "stand": "" if self.stand == "open" else self.stand,
            "afdeling": self.afdeling,
            "soort": self.soort,
            "sorteer": self._sorteer if self._sorteer == self.sorteer else "",
            "aantal": "" if self.aantal == AANTALLEN[0] else str(self.aantal),
            "zoek": self.zoek,
        } | anders
        return urlencode({sleutel: waarde for sleutel, waarde in deel.items() if waarde})

    @property
    def query(self) -> str:
        """This list, from its beginning."""
        return self.met()
