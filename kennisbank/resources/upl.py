"""Import of products: the one way in for the national list, by command and by page alike."""

from collections import OrderedDict
from typing import Any

from import_export import resources
from import_export.instance_loaders import CachedInstanceLoader
from import_export.results import Result, RowResult
from tablib import Dataset

from kennisbank.models import Grondslag, Product
from kennisbank.upl import UplProduct

# What the list says of a product, and how we call that on screen.
VELDEN = {
    "upn_uri": "UPL-adres",
    "naam": "naam",
    "doelgroep": "doelgroep",
    "is_aanvraag": "aanvraag",
    "is_subsidie": "subsidie",
    "is_melding": "melding",
    "is_verplichting": "verplichting",
    "is_placeholder": "plaatshouder",
}
Grondslagen = frozenset[tuple[str, str, str]]


class UplResource(resources.ModelResource):
    """Products of the UPL, known by their URI. What a municipality adds (afdeling, trefwoorden,
    actief) is no field of it and so stays as it is. ``gewijzigd`` tells afterwards what changed.
    """

    class Meta:
        model = Product
        fields = tuple(VELDEN)
        import_id_fields = ("upn_uri",)
        instance_loader_class = CachedInstanceLoader
        use_bulk = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.oude_grondslagen: dict[str, Grondslagen] = {}
        self.nieuwe_grondslagen: dict[str, Grondslagen] = {}
        self.gewijzigd: list[tuple[str, str]] = []
        self.veranderd: list[str] = []  # addresses

    @staticmethod
    def dataset(producten: list[UplProduct]) -> Dataset:
        """The read list in the shape of this resource: one row per product."""
        data = Dataset(headers=[*VELDEN, "grondslagen"])
        for product in producten:
            vlaggen = (
                str(int(vlag in product.vlaggen))
                for vlag in ("Aanvraag", "Subsidie", "Melding", "Verplichting")
            )
            data.append(
                [
                    product.uri,
                    product.naam,
                    str(product.doelgroep),
                    *vlaggen,
                    str(int(product.is_placeholder)),
                    frozenset(product.grondslagen.values()),
                ]
            )
        return data

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Read all grondslagen at once, to compare with."""
        oud: dict[str, set[tuple[str, str, str]]] = {}
        rijen = Grondslag.objects.filter(product__upn_uri__in=dataset["upn_uri"]).values_list(
            "product__upn_uri", "uri", "label", "link"
        )
        for van, uri, label, link in rijen:
            oud.setdefault(van or "", set()).add((uri, label, link))
        self.oude_grondslagen = {van: frozenset(alle) for van, alle in oud.items()}

    def skip_row(
        self,
        instance: Product,
        original: Product,
        row: "OrderedDict[str, Any]",
        import_validation_errors: Any = None,
    ) -> bool:
        """Unchanged only when its grondslagen are as well."""
        uri = row["upn_uri"]
        if row["grondslagen"] != self.oude_grondslagen.get(uri, frozenset()):
            self.nieuwe_grondslagen[uri] = row["grondslagen"]
            return False
        return bool(super().skip_row(instance, original, row, import_validation_errors))

    def after_import_row(
        self, row: "OrderedDict[str, Any]", row_result: RowResult, **kwargs: Any
    ) -> None:
        """Remember what changed, to tell it."""
        oud, nieuw = row_result.original, row_result.instance
        if row_result.import_type == RowResult.IMPORT_TYPE_NEW:
            self.veranderd.append(row["upn_uri"])
            self.gewijzigd.append((row["naam"], "nieuw"))
        elif row_result.import_type == RowResult.IMPORT_TYPE_UPDATE and oud and nieuw:
            wat = [
                naam for veld, naam in VELDEN.items() if getattr(oud, veld) != getattr(nieuw, veld)
            ]
            if row["upn_uri"] in self.nieuwe_grondslagen:
                wat.append("grondslagen")
            self.veranderd.append(row["upn_uri"])
            self.gewijzigd.append((row["naam"], f"gewijzigd: {', '.join(wat)}"))

    def after_import(self, dataset: Dataset, result: Result, **kwargs: Any) -> None:
        """Replace the grondslagen of the products where they differ."""
        pks = dict(
            Product.objects.filter(upn_uri__in=self.nieuwe_grondslagen).values_list("upn_uri", "pk")
        )
        Grondslag.objects.filter(product__in=pks.values()).delete()
        Grondslag.objects.bulk_create(
            Grondslag(product_id=pks[van], uri=uri, label=label, link=link)
            for van, alle in self.nieuwe_grondslagen.items()
            for uri, label, link in sorted(alle)
        )
