"""Input on the pages of an article."""

from typing import Any

from django import forms

MAX_TEKST = 20_000
KORT = "Twee of drie zinnen om voor te lezen. Zonder opmaak."
OPMAAK = (
    "Lege regel: nieuwe alinea. **vet**, *schuin*, ### voor een kop, - voor een opsomming, 1. voor "
    "stappen, [tekst](https://adres) voor een link."
)


def textarea(regels: int, **attrs: Any) -> forms.Textarea:
    """A text box that grows with what is typed in it."""
    return forms.Textarea(attrs={"rows": regels, "data-groeit": True, **attrs})


class DagForm(forms.Form):
    """A day in the past: what did it say then?"""

    op = forms.DateField(
        label="Wat stond er op",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Kies een dag, zoals 2026-03-03."},
    )


class VergelijkForm(forms.Form):
    """Two versions of one article, by their numbers."""

    van = forms.TypedChoiceField(label="Van", coerce=int)
    naar = forms.TypedChoiceField(label="Naar", coerce=int)

    def __init__(self, *args: Any, nummers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("van", "naar"):
            veld = self.fields[naam]
            assert isinstance(veld, forms.TypedChoiceField)  # noqa: S101 - declared above
            veld.choices = [(n, f"versie {n}") for n in nummers]
