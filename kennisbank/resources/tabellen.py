"""Tables that a person keeps in a spreadsheet: articles, synonyms and products, both ways.

The same columns leave and come in. A column that is not in the file leaves its field as it is.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from kennisbank.invoer.vormen import (
    GEWIJZIGD,
    NIEUW,
    ONGEWIJZIGD,
    Fout,
    Rij,
    RijenFout,
    Uitkomst,
)
from kennisbank.models import ArtikelSoort, Doelgroep, InvoerSoort, Kennisartikel, Product, Synoniem
from kennisbank.opmaak import html_to_markdown
from kennisbank.resources.kolommen import (
    Adres,
    AfdelingKeuze,
    Datum,
    JaNee,
    Keuze,
    Opzoek,
    ProductKeuze,
    Tekst,
)
from kennisbank.soorten import check_soort
from organisatie.models import Medewerker

MAX_TEKST = 20_000  # characters of a long text, as the editor's form has it
_DOELGROEPEN = [keuze for keuze in Doelgroep.choices if keuze[0]]
_STREEPJE = re.compile(r"(?m)^(\s*)- ")


def to_cell(bron: str) -> str:
    """Stored HTML as the Markdown of a cell. Bullets are stars: a spreadsheet takes a dash for the
    begin of a formula.
    """
    return _STREEPJE.sub(r"\1* ", html_to_markdown(bron)) if bron else ""


class _Lader(BaseInstanceLoader):
    """Finds the record of a row in what the resource read at once, by its key."""

    def get_instance(self, row: dict[str, Any]) -> Any:
        """None: it is new."""
        return self.resource.bekend.get(self.resource.key_of(row))


class TabelResource(resources.Resource):
    """What the three tables share: keys without regard to capitals, and Dutch outcomes."""

    sleutels: tuple[str, ...] = ()  # columns of which the first that is filled in is the key
    verplicht: tuple[str, ...] = ()  # columns that a file must have

    class Meta:
        instance_loader_class = _Lader
        import_id_fields: tuple[str, ...] = ()
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bekend: dict[str, Any] = {}
        self.te_bewaren: list[tuple[Any, bool]] = []

    @classmethod
    def headers(cls) -> list[str]:
        """All columns, as they are written."""
        return [str(kolom.column_name) for kolom in cls().get_export_fields()]

    def key_of(self, row: Any) -> str:
        """What tells this row from all others; empty when it has nothing of the kind."""
        for kolom in self.sleutels:
            if waarde := " ".join(str(row.get(kolom) or "").split()):
                return waarde.casefold()
        return ""

    def load(self, sleutels: list[str]) -> dict[str, Any]:
        """The records that have one of these keys."""
        raise NotImplementedError

    def store(
        self, te_bewaren: list[tuple[Any, bool]], *, by: Medewerker, at: datetime, reden: str
    ) -> None:
        """Write these records; True beside one that is new."""
        raise NotImplementedError

    def title_of(self, instance: Any, row: Any) -> str:
        """What a person calls it."""
        return self.key_of(row)

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Read at once all that the rows may be about."""
        self.bekend = self.load([self.key_of(row) for row in dataset.dict])

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Later, together with the others."""
        self.te_bewaren.append((instance, is_create))

    def run(
        self,
        rijen: list[Rij],
        *,
        opzoek: Opzoek,
        by: Medewerker,
        at: datetime,
        reden: str,
        proef: bool,
    ) -> list[Uitkomst]:
        """Check these rows, and store them unless ``proef``; all of them have the same columns.
        Raises RijenFout, and then stores none of them.
        """
        data = Dataset(headers=list(rijen[0].waarden))
        for rij in rijen:
            data.append(list(rij.waarden.values()))
        # Never its own transactions: the caller's chunk is one.
        resultaat = self.import_data(
            data, dry_run=proef, use_transactions=False, raise_errors=False,
            retain_instance_in_row_result=True, opzoek=opzoek,
        )  # fmt: skip
        for fout in resultaat.base_errors:
            raise fout.error
        uit = []
        for rij, van in zip(rijen, resultaat.rows, strict=True):
            for fout in van.errors:
                raise fout.error  # no fault of the file
            uit.append(self._outcome(rij, van))
        fouten = [fout for uitkomst in uit for fout in uitkomst.fouten]
        if not proef:
            if fouten:
                raise RijenFout(fouten)
            self.store(self.te_bewaren, by=by, at=at, reden=reden)
        return uit

    def _outcome(self, rij: Rij, van: RowResult) -> Uitkomst:
        titel = self.title_of(getattr(van, "instance", None), rij.waarden)
        if van.validation_error is not None:
            kop = {k.attribute: k.column_name for k in self.get_import_fields()}
            fouten = [
                Fout(rij.nummer, kop.get(veld, ""), zin)
                for veld, zinnen in van.validation_error.message_dict.items()
                for zin in zinnen
            ]
            return Uitkomst(rij.nummer, titel, fouten=fouten)
        if van.import_type == RowResult.IMPORT_TYPE_SKIP:
            return Uitkomst(rij.nummer, titel, ONGEWIJZIGD)
        if van.import_type == RowResult.IMPORT_TYPE_NEW:
            return Uitkomst(rij.nummer, titel, NIEUW)
        velden: list[tuple[str, ...]] = [
            (
                str(kolom.column_name),
                str(kolom.export(van.original)),
                str(kolom.export(van.instance)),
            )
            for kolom in self.get_import_fields()
            if kolom.column_name in rij.waarden
            and kolom.get_value(van.original) != kolom.get_value(van.instance)
        ]
        return Uitkomst(rij.nummer, titel, GEWIJZIGD, velden)


class SynoniemResource(TabelResource):
    """Other words for words."""

    woord = fields.Field("woord", "woord", Tekst(100, verplicht=True))
    woorden = fields.Field("woorden", "zoek ook op", Tekst(2000, verplicht=True))
    sleutels = ("woord",)
    verplicht = ("woord", "zoek ook op")

    def init_instance(self, row: Any = None) -> Synoniem:
        """A new one."""
        return Synoniem()

    def load(self, sleutels: list[str]) -> dict[str, Any]:
        """The whole list is short."""
        return {synoniem.woord.casefold(): synoniem for synoniem in Synoniem.objects.all()}

    def store(
        self, te_bewaren: list[tuple[Any, bool]], *, by: Medewerker, at: datetime, reden: str
    ) -> None:
        """All at once."""
        Synoniem.objects.bulk_create([stuk for stuk, nieuw in te_bewaren if nieuw])
        Synoniem.objects.bulk_update(
            [stuk for stuk, nieuw in te_bewaren if not nieuw], ["woord", "woorden"]
        )


class ProductResource(TabelResource):
    """Products, of the national list and our own, with what a municipality adds to them."""

    upn_uri = fields.Field("upn_uri", "UPL-adres", Adres(300))
    naam = fields.Field("naam", "naam", Tekst(200, verplicht=True))
    doelgroep = fields.Field("doelgroep", "doelgroep", Keuze(_DOELGROEPEN))
    afdeling = fields.Field("afdeling_id", "afdeling", AfdelingKeuze())
    trefwoorden = fields.Field("trefwoorden", "trefwoorden", Tekst(10_000))
    is_actief = fields.Field("is_actief", "actief", JaNee())
    sleutels = ("UPL-adres", "naam")
    verplicht = ("naam",)
    VELDEN = ("upn_uri", "naam", "doelgroep", "afdeling", "trefwoorden", "is_actief")

    def init_instance(self, row: Any = None) -> Product:
        """A new one."""
        return Product()

    def load(self, sleutels: list[str]) -> dict[str, Any]:
        """By address, and by name where that is enough."""
        gevonden: dict[str, Any] = {}
        dubbel = set()
        for product in Product.objects.order_by("pk"):
            naam = product.naam.casefold()
            if naam in gevonden:
                dubbel.add(naam)
            gevonden[naam] = product
        for naam in dubbel:
            del gevonden[naam]
        gevonden |= {
            product.upn_uri.casefold(): product
            for product in Product.objects.exclude(upn_uri=None)
            if product.upn_uri
        }
        return gevonden

    def title_of(self, instance: Any, row: Any) -> str:
        """Its name."""
        return str(row.get("naam") or self.key_of(row))

    def store(
        self, te_bewaren: list[tuple[Any, bool]], *, by: Medewerker, at: datetime, reden: str
    ) -> None:
        """All at once, and found by their new words at the end."""
        from kennisbank.services.versies import refresh_producten  # services stand on resources

        Product.objects.bulk_create([stuk for stuk, nieuw in te_bewaren if nieuw])
        Product.objects.bulk_update(
            [stuk for stuk, nieuw in te_bewaren if not nieuw], list(self.VELDEN)
        )
        refresh_producten(Product.objects.filter(pk__in=[stuk.pk for stuk, _ in te_bewaren]))


@dataclass
class ArtikelRij:
    """An article with its current text, as one row; long texts in Markdown."""

    slug: str = ""
    soort: str = ""
    titel: str = ""
    kort_antwoord: str = ""
    uitleg: str = ""
    vraag_door: str = ""
    werkinstructie: str = ""
    product_id: int | None = None
    afdeling_id: int | None = None
    doelgroep: str = ""
    trefwoorden: str = ""
    herzien_op: date | None = None
    alleen_intern: bool = False
    geldig_van: date | None = None
    geldig_tot: date | None = None
    telefoonnummer: str = ""
    contactpersoon: int | None = None
    vervanger: int | None = None
    artikel_id: int | None = None
    is_ingetrokken: bool = False
    was: dict[str, Any] = field(default_factory=dict)  # the fields as they were read

    @classmethod
    def of(cls, artikel: Kennisartikel) -> "ArtikelRij":
        """The article as it is; joined with its current version."""
        rij = cls(
            **{veld: getattr(artikel, veld) for veld in VAN_ARTIKEL},
            artikel_id=artikel.pk,
            is_ingetrokken=not artikel.is_actief,
        )
        versie = artikel.huidige_versie
        if versie is not None:
            rij.titel, rij.kort_antwoord = versie.titel, versie.kort_antwoord
            rij.telefoonnummer = versie.telefoonnummer
            rij.contactpersoon, rij.vervanger = versie.contactpersoon_id, versie.vervanger_id
            for veld in LANG:
                setattr(rij, veld, to_cell(getattr(versie, f"{veld}_html")))
        rij.was = {veld: getattr(rij, veld) for veld in (*VAN_ARTIKEL, *VAN_VERSIE)}
        return rij

    def differs(self, velden: tuple[str, ...]) -> bool:
        """True when one of these is not what was read."""
        return any(getattr(self, veld) != self.was.get(veld) for veld in velden)


VAN_ARTIKEL = (
    "slug", "soort", "product_id", "afdeling_id", "doelgroep", "trefwoorden", "herzien_op",
    "alleen_intern", "geldig_van", "geldig_tot",
)  # fmt: skip
LANG = ("uitleg", "vraag_door", "werkinstructie")
VAN_VERSIE = ("titel", "kort_antwoord", *LANG, "telefoonnummer")


class ArtikelResource(TabelResource):
    """Articles. The kenmerk is what the article is called in its address."""

    slug = fields.Field("slug", "kenmerk", Tekst(120, verplicht=True))
    soort = fields.Field("soort", "soort", Keuze(list(ArtikelSoort.choices), verplicht=True))
    titel = fields.Field("titel", "titel", Tekst(200, verplicht=True))
    kort_antwoord = fields.Field("kort_antwoord", "kort antwoord", Tekst(1000, regels=True))
    uitleg = fields.Field("uitleg", "uitleg", Tekst(MAX_TEKST, regels=True))
    vraag_door = fields.Field("vraag_door", "vraag door", Tekst(MAX_TEKST, regels=True))
    werkinstructie = fields.Field("werkinstructie", "werkinstructie", Tekst(MAX_TEKST, regels=True))
    product = fields.Field("product_id", "product", ProductKeuze())
    afdeling = fields.Field("afdeling_id", "afdeling", AfdelingKeuze(verplicht=True))
    doelgroep = fields.Field("doelgroep", "doelgroep", Keuze(_DOELGROEPEN))
    trefwoorden = fields.Field("trefwoorden", "trefwoorden", Tekst(10_000))
    herzien_op = fields.Field("herzien_op", "herzien voor", Datum())
    alleen_intern = fields.Field("alleen_intern", "alleen voor medewerkers", JaNee())
    geldig_van = fields.Field("geldig_van", "geldig van", Datum())
    geldig_tot = fields.Field("geldig_tot", "geldig tot en met", Datum())
    telefoonnummer = fields.Field("telefoonnummer", "telefoonnummer", Tekst(20))
    sleutels = ("kenmerk",)
    verplicht = ("kenmerk", "soort", "titel", "kort antwoord", "afdeling")

    def init_instance(self, row: Any = None) -> ArtikelRij:
        """A new one."""
        return ArtikelRij()

    def load(self, sleutels: list[str]) -> dict[str, Any]:
        """The articles of these rows, with their current text."""
        artikelen = Kennisartikel.objects.filter(slug__in=sleutels).select_related("huidige_versie")
        return {artikel.slug: ArtikelRij.of(artikel) for artikel in artikelen}

    def title_of(self, instance: Any, row: Any) -> str:
        """Its title."""
        return str(row.get("titel") or self.key_of(row))

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Bullets may be stars or dashes: both are the same text."""
        for veld in LANG:
            tekst = _STREEPJE.sub(r"\1* ", getattr(instance, veld))
            same = tekst.split() == getattr(original, veld).split()
            setattr(instance, veld, getattr(original, veld) if same else tekst)
        if instance.herzien_op is None:
            instance.herzien_op = original.herzien_op
        return bool(super().skip_row(instance, original, row, import_validation_errors))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What only the row as a whole tells. Raises ValidationError."""
        fouten = dict(import_validation_errors or {})
        if not fouten and not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", instance.slug):
            zin = "Gebruik alleen kleine letters, cijfers en streepjes, zoals paspoort-kwijt."
            fouten["slug"] = zin
        if instance.is_ingetrokken:
            fouten["slug"] = "Dit artikel is ingetrokken. Zet het eerst terug."
        if not fouten:
            waarden = {veld: getattr(instance, veld) for veld in (*VAN_ARTIKEL, *VAN_VERSIE)}
            waarden |= {"afdeling": instance.afdeling_id, "contactpersoon": instance.contactpersoon}
            waarden["vervanger"] = instance.vervanger
            fouten |= check_soort(instance.soort, waarden)
        if fouten:
            raise ValidationError(fouten)

    def store(
        self, te_bewaren: list[tuple[Any, bool]], *, by: Medewerker, at: datetime, reden: str
    ) -> None:
        """All at once: articles, their new versions, and what they are found by."""
        from kennisbank.services.versies_samen import store_artikelen  # services stand on resources

        store_artikelen(rijen=[rij for rij, _ in te_bewaren], reden=reden, by=by, at=at)


TABELLEN: dict[str, type[TabelResource]] = {
    InvoerSoort.ARTIKELEN: ArtikelResource,
    InvoerSoort.SYNONIEMEN: SynoniemResource,
    InvoerSoort.PRODUCTEN: ProductResource,
}
