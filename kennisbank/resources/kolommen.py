"""Cells: how each kind of column is read, with a Dutch sentence when it cannot be, and written."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from import_export.widgets import Widget

from kennisbank.models import Product
from kennisbank.upl import is_web_address
from organisatie.models import Afdeling

_JA, _NEE = {"ja", "j", "1", "waar", "true", "x"}, {"nee", "n", "0", "onwaar", "false", ""}


@dataclass
class Opzoek:
    """Departments and products, by what a file may call them, and back. Two queries."""

    afdelingen: dict[str, int] = field(default_factory=dict)
    afdeling_namen: dict[int, str] = field(default_factory=dict)
    producten: dict[str, int | None] = field(default_factory=dict)  # None: more than one
    product_namen: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Opzoek":
        """As it is now."""
        zelf = cls()
        for pk, identificatie, naam in Afdeling.objects.values_list("pk", "identificatie", "naam"):
            zelf.afdelingen[naam.casefold()] = zelf.afdelingen[identificatie.casefold()] = pk
            zelf.afdeling_namen[pk] = identificatie
        rijen = list(Product.objects.values_list("pk", "naam", "upn_uri").order_by("pk"))
        for pk, naam, _ in rijen:
            sleutel = naam.casefold()
            zelf.producten[sleutel] = None if sleutel in zelf.producten else pk
        for pk, naam, uri in rijen:
            uniek = zelf.producten[naam.casefold()] is not None
            zelf.product_namen[pk] = naam if uniek or not uri else uri
            if uri:
                zelf.producten[uri.casefold()] = pk
        return zelf


class Tekst(Widget):
    """Text of at most so many characters."""

    def __init__(self, lengte: int, *, verplicht: bool = False, regels: bool = False) -> None:
        super().__init__()
        self.lengte, self.verplicht, self.regels = lengte, verplicht, regels

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError with a sentence."""
        tekst = str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
        if not self.regels:
            tekst = " ".join(tekst.split())
        if self.verplicht and not tekst:
            raise ValueError("Vul dit in.")
        if len(tekst) > self.lengte:
            te_veel = f"Dit is {len(tekst)} tekens lang. Hoogstens {self.lengte} past."
            raise ValueError(te_veel)
        return tekst

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """As it is."""
        return str(value or "")


class Adres(Tekst):
    """A web address, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:  # type: ignore[override]
        """Raises ValueError with a sentence."""
        tekst = super().clean(value, row, **kwargs)
        if tekst and not is_web_address(tekst):
            raise ValueError("Dit is geen webadres, zoals https://voorbeeld.nl/product.")
        return tekst or None


class Keuze(Widget):
    """One of a few values, by the label on screen or the code behind it."""

    def __init__(self, keuzes: list[tuple[str, Any]], *, verplicht: bool = False) -> None:
        super().__init__()
        self.labels = {waarde: str(label) for waarde, label in keuzes}
        self.waarden = {label.casefold(): waarde for waarde, label in self.labels.items()}
        self.waarden |= {str(waarde).casefold(): waarde for waarde in self.labels}
        self.verplicht = verplicht

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError with a sentence."""
        tekst = " ".join(str(value or "").split()).casefold()
        if not tekst and not self.verplicht:
            return ""
        if tekst not in self.waarden:
            mag = ", ".join(label for label in self.labels.values() if label)
            raise ValueError(f"Kies uit: {mag}.")
        return str(self.waarden[tekst])

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The label."""
        return self.labels.get(value or "", "") if value else ""


class JaNee(Widget):
    """Yes or no."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Raises ValueError with a sentence."""
        tekst = str(value or "").strip().casefold()
        if tekst not in _JA | _NEE:
            raise ValueError("Vul ja of nee in.")
        return tekst in _JA

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Ja or nee."""
        return "ja" if value else "nee"


class Datum(Widget):
    """A day."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        """Raises ValueError with a sentence."""
        tekst = str(value or "").strip()
        if not tekst:
            return None
        for vorm in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(tekst, vorm).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise ValueError("Schrijf de datum als 31-12-2026.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Year first: it sorts, and every program reads it."""
        return value.isoformat() if value else ""


class AfdelingKeuze(Widget):
    """A department, by name or identificatie."""

    def __init__(self, *, verplicht: bool = False) -> None:
        super().__init__()
        self.verplicht = verplicht

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """Raises ValueError with a sentence."""
        tekst = " ".join(str(value or "").split())
        if not tekst and not self.verplicht:
            return None
        opzoek: Opzoek = kwargs["opzoek"]
        if tekst.casefold() not in opzoek.afdelingen:
            raise ValueError(
                f"Er is geen afdeling die {tekst[:60]} heet." if tekst else "Vul de afdeling in."
            )
        return opzoek.afdelingen[tekst.casefold()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Its identificatie."""
        opzoek: Opzoek | None = kwargs.get("opzoek")
        return opzoek.afdeling_namen.get(value, "") if opzoek else str(value or "")


class ProductKeuze(Widget):
    """A product, by name or UPL address."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """Raises ValueError with a sentence."""
        tekst = " ".join(str(value or "").split())
        if not tekst:
            return None
        opzoek: Opzoek = kwargs["opzoek"]
        if tekst.casefold() not in opzoek.producten:
            raise ValueError(f"Er is geen product dat {tekst[:60]} heet.")
        pk = opzoek.producten[tekst.casefold()]
        if pk is None:
            raise ValueError("Er zijn meer producten met deze naam. Vul het UPL-adres in.")
        return pk

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Its name, or its address where the name is not enough."""
        opzoek: Opzoek | None = kwargs.get("opzoek")
        return opzoek.product_namen.get(value, "") if opzoek else str(value or "")
