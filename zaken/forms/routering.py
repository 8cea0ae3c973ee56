"""What comes in from the routing pages."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate

from contacts.models import Kanaal, KlantDoelgroep
from kennisbank.models import Product
from organisatie.models import Afdeling, Groep
from zaken.models import Lijn, Niveau

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import BaseFormSet

MAX_REGELS = 60
MAX_DAGEN = 400


def _options(keuzes: Iterable[tuple[Any, Any]], leeg: str) -> list[tuple[str, str]]:
    return [("", leeg), *((str(code), str(naam)) for code, naam in keuzes)]


class RegelForm(forms.Form):
    """One rule; a line without anything in it is no rule."""

    volgorde = forms.IntegerField(label="Volgorde", required=False, min_value=1, max_value=999)
    kanaal = forms.ChoiceField(
        label="Kanaal", required=False, choices=_options(Kanaal.choices, "elk kanaal")
    )
    doelgroep = forms.ChoiceField(
        label="Doelgroep", required=False, choices=_options(KlantDoelgroep.choices, "iedereen")
    )
    product = forms.CharField(
        label="Product", required=False, widget=forms.TextInput({"list": "producten"})
    )
    afdeling = forms.ModelChoiceField(
        label="Product van afdeling",
        required=False,
        queryset=Afdeling.objects.filter(is_actief=True),
        empty_label="elke afdeling",
    )
    niveau = forms.TypedChoiceField(
        label="Vaardigheid vanaf",
        required=False,
        choices=_options(Niveau.choices, "niet nodig"),
        coerce=int,
        empty_value=None,
    )
    groep = forms.ModelChoiceField(
        label="Naar groep",
        queryset=Groep.objects.none(),
        empty_label="kies een groep",
        error_messages={"required": "Kies de groep waar dit heen gaat."},
    )
    lijn = forms.TypedChoiceField(label="Lijn", choices=Lijn.choices, coerce=int, initial=1)

    def __init__(self, *args: Any, groepen: "QuerySet[Groep]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["groep"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = groepen
        for ieder in self.fields.values():
            ieder.zonder_merk = True  # type: ignore[attr-defined]  # the page says what empty means

    def clean_product(self) -> Product | None:
        """By its name, as the list beside the field offers it."""
        naam = str(self.cleaned_data["product"]).strip()
        if not naam:
            return None
        product = Product.objects.usable().filter(naam__iexact=naam).first()
        if product is None:
            raise forms.ValidationError("Dit product staat niet in de lijst.")
        return product


RegelsForm = forms.formset_factory(
    RegelForm, extra=2, can_delete=True, max_num=MAX_REGELS, validate_max=True
)


def filled_rules(formset: "BaseFormSet[RegelForm]") -> list[dict[str, Any]]:
    """The rules of a valid formset in the order of their numbers; an empty number goes last."""
    gevuld = [
        form.cleaned_data
        for form in formset.forms
        if form.has_changed() or form.initial.get("groep")
    ]
    gevuld = [regel for regel in gevuld if regel and not regel.get("DELETE")]
    gevuld.sort(key=lambda regel: regel.get("volgorde") or 10_000)
    weg = {"volgorde", "DELETE"}
    return [{k: w for k, w in regel.items() if k not in weg} for regel in gevuld]


class SimulatieForm(forms.Form):
    """A period; without one the whole month before this one."""

    van = forms.DateField(label="Van", required=False, widget=forms.DateInput({"type": "date"}))
    tot = forms.DateField(
        label="Tot en met", required=False, widget=forms.DateInput({"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        """Both or neither, in order, and not longer than a year."""
        schoon = super().clean() or {}
        van, tot = schoon.get("van"), schoon.get("tot")
        if bool(van) != bool(tot):
            self.add_error("tot", "Vul beide dagen in, of geen van beide.")
        elif van and tot and van > tot:
            self.add_error("tot", "De laatste dag ligt niet voor de eerste.")
        elif van and tot and (tot - van).days > MAX_DAGEN:
            self.add_error("tot", f"Kies hoogstens {MAX_DAGEN} dagen.")
        return schoon

    def period(self) -> tuple[date, date]:
        """First and last day."""
        if self.is_valid() and self.cleaned_data.get("van"):
            return self.cleaned_data["van"], self.cleaned_data["tot"]
        eerste = localdate().replace(day=1)
        laatste = date.fromordinal(eerste.toordinal() - 1)
        return laatste.replace(day=1), laatste
