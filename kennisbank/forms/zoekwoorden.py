"""Input of synonyms, and of the words that a product is found by."""

from typing import Any

from django import forms

from kennisbank.search import MAX_TEKENS
from kennisbank.search.woorden import words
from kennisbank.trefwoorden import split_woorden

MAX_WOORDEN = 150  # entries of one product
MAX_LENGTE = 120  # letters of one entry


class SynoniemForm(forms.Form):
    """One word (or a few in a row), and what to search as well."""

    woord = forms.CharField(
        label="Wat mensen zeggen", max_length=100, help_text="Eén, twee of drie woorden: kliko."
    )
    woorden = forms.CharField(
        label="Zoek ook op",
        max_length=500,
        help_text="Wat er in onze teksten staat. Zet komma's tussen de woorden: container, bak.",
    )

    def clean_woord(self) -> str:
        """Longer than three words it would never be found."""
        woord: str = self.cleaned_data["woord"]
        if not 1 <= len(words(woord)) <= 3:
            raise forms.ValidationError("Vul één, twee of drie woorden in.")
        return woord

    def clean_woorden(self) -> str:
        """Something to search by."""
        woorden: str = self.cleaned_data["woorden"]
        if not words(woorden):
            raise forms.ValidationError("Vul een woord in waarop ook gezocht moet worden.")
        return woorden


class TrefwoordenForm(forms.Form):
    """The words of one product, one on each line."""

    trefwoorden = forms.CharField(
        label="Woorden en zinnen",
        required=False,
        max_length=MAX_WOORDEN * MAX_LENGTE,
        help_text="Hoe mensen dit product noemen. Zet elk woord of elke korte zin op een eigen "
        "regel.",
        widget=forms.Textarea(attrs={"rows": 16, "data-groeit": ""}),
    )
    basis = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_trefwoorden(self) -> str:
        """Short entries, and not more than help: each takes a share of every search."""
        tekst: str = self.cleaned_data["trefwoorden"]
        delen = split_woorden(tekst)
        if len(delen) > MAX_WOORDEN:
            raise forms.ValidationError(f"Vul hoogstens {MAX_WOORDEN} woorden of zinnen in.")
        if lang := next((deel for deel in delen if len(deel) > MAX_LENGTE), None):
            raise forms.ValidationError(f"Deze zin is te lang: {lang[:60]}…")
        return tekst

    def show_again(self, basis: str) -> None:
        """The next try starts from what stands there now; what was typed stays."""
        self.data = {"trefwoorden": self.data.get("trefwoorden", ""), "basis": basis}


class ProbeerForm(forms.Form):
    """A question to try. Posted, since it may be that of a citizen."""

    vraag = forms.CharField(
        label="Probeer een vraag",
        max_length=MAX_TEKENS,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": "Typ een vraag om te proberen."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_probeer_%s")
