"""Input of an article's text."""

from typing import Any

from django import forms

from kennisbank.models import ArtikelVersie
from kennisbank.opmaak import html_to_markdown, markdown_to_html
from kennisbank.services import VersieTekst

MAX_TEKST = 20_000
OPMAAK = (
    "Lege regel: nieuwe alinea. **vet**, *schuin*, - voor een opsomming, 1. voor stappen, "
    "[tekst](https://adres) voor een link."
)


def textarea(regels: int, **attrs: Any) -> forms.Textarea:
    """A text box that grows with what is typed in it."""
    return forms.Textarea(attrs={"rows": regels, "data-groeit": True, **attrs})


class ArtikelForm(forms.Form):
    """The text of an article, in Markdown. ``basis``: the version that the writer began with."""

    basis = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    titel = forms.CharField(label="Titel", max_length=200)
    kort_antwoord = forms.CharField(
        label="Kort antwoord",
        max_length=1000,
        help_text="Twee of drie zinnen om voor te lezen. Zonder opmaak.",
        widget=textarea(3),
    )
    uitleg = forms.CharField(
        label="Uitleg",
        max_length=MAX_TEKST,
        required=False,
        help_text=OPMAAK,
        widget=textarea(12),
    )
    vraag_door = forms.CharField(
        label="Vraag door",
        max_length=MAX_TEKST,
        required=False,
        help_text="Alleen voor het KCC: wat vraagt u, voordat u antwoordt of overdraagt?",
        widget=textarea(5),
    )
    werkinstructie = forms.CharField(
        label="Werkinstructie",
        max_length=MAX_TEKST,
        required=False,
        help_text="Alleen voor het KCC: wat doet u, stap voor stap?",
        widget=textarea(8),
    )

    @staticmethod
    def initial_of(versie: ArtikelVersie) -> dict[str, Any]:
        """What the form begins with: the text of this version, as Markdown."""
        return {
            "basis": versie.nummer,
            "titel": versie.titel,
            "kort_antwoord": versie.kort_antwoord,
            "uitleg": html_to_markdown(versie.uitleg_html),
            "vraag_door": html_to_markdown(versie.vraag_door_html),
            "werkinstructie": html_to_markdown(versie.werkinstructie_html),
        }

    def tekst(self) -> VersieTekst:
        """The valid input as the text of a version."""
        data = self.cleaned_data
        return {
            "titel": data["titel"],
            "kort_antwoord": data["kort_antwoord"].replace("\r\n", "\n"),
            "uitleg_html": markdown_to_html(data["uitleg"]),
            "vraag_door_html": markdown_to_html(data["vraag_door"]),
            "werkinstructie_html": markdown_to_html(data["werkinstructie"]),
        }

    def continue_from(self, huidige: ArtikelVersie) -> list[tuple[str, str]]:
        """Somebody else was first: keep what was typed, start from the new version from now on, and
        tell where the two differ, as label and text of the new version.
        """
        getikt = {naam: self.data.get(naam, "") for naam in self.fields}
        self.data = getikt | {"basis": str(huidige.nummer)}
        anders = []
        for naam, nieuw in self.initial_of(huidige).items():
            if naam != "basis" and str(nieuw).split() != self.cleaned_data.get(naam, "").split():
                anders.append((str(self.fields[naam].label), str(nieuw)))
        return anders
