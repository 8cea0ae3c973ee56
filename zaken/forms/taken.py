"""What comes in from the page of a taak."""

from typing import Any

from django import forms
from django.http import QueryDict

from organisatie.models import Afdeling
from zaken.forms.velden import FOCUS, lange_tekst
from zaken.models import PogingResultaat, RedenTerug, Terugkoppeling


class TaakForm(forms.Form):
    """Parent of the forms on a taak: carries the versie of the taak that the screen shows."""

    data: QueryDict

    versie = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Dit formulier is niet volledig. Laad de pagina opnieuw.",
            "invalid": "Dit formulier is niet volledig. Laad de pagina opnieuw.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "taak_%s"  # the page may hold other forms with the same fields

    def show_versie(self, versie: int) -> None:
        """After a conflict the screen shows this versie: the next try is meant for that one."""
        self.data = self.data.copy()
        self.data["versie"] = str(versie)


class PogingForm(TaakForm):
    """An attempt to reach the citizen."""

    resultaat = forms.ChoiceField(
        label="Hoe liep het af?",
        choices=PogingResultaat.choices,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies hoe de poging afliep."},
    )
    notitie = lange_tekst("Notitie", rijen=2)


class AntwoordForm(TaakForm):
    """The answer; only for finishing must we also know how the citizen got it."""

    antwoord = lange_tekst(
        "Wat is het antwoord?",
        nodig="Schrijf het antwoord op.",
        rijen=5,
        focus=True,
        hulp="Het KCC leest dit voor als de klant belt.",
    )
    terugkoppeling = forms.ChoiceField(
        label="Hoe kreeg de klant het antwoord?",
        choices=Terugkoppeling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe de klant het antwoord heeft gekregen."},
    )

    def __init__(self, *args: Any, afhandelen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.afhandelen = afhandelen
        if self.is_bound and not afhandelen:
            self.fields["terugkoppeling"].required = False

    def answer(self) -> dict[str, Any]:
        """What the service asks: the text, and for finishing also how the citizen got it."""
        weg = set() if self.afhandelen else {"terugkoppeling"}
        return {veld: waarde for veld, waarde in self.cleaned_data.items() if veld not in weg}


class TerugForm(TaakForm):
    """Back to the KCC."""

    reden = forms.ChoiceField(
        label="Waarom gaat de taak terug?",
        choices=RedenTerug.choices,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies een reden."},
    )
    toelichting = lange_tekst(
        "Toelichting",
        nodig="Schrijf op wat het KCC moet weten of doen.",
        rijen=3,
        hulp="Wat moet het KCC weten of doen?",
    )


class DoorstuurForm(TaakForm):
    """On to another department."""

    afdeling = forms.ModelChoiceField(
        label="Naar afdeling",
        queryset=Afdeling.objects.none(),
        empty_label="Kies een afdeling",
        widget=forms.Select(FOCUS),
        error_messages={
            "required": "Kies een afdeling.",
            "invalid_choice": "Deze afdeling staat niet in de lijst. Kies er een uit de lijst.",
        },
    )
    reden = lange_tekst("Reden", nodig="Schrijf op waarom de taak daar hoort.", rijen=3)

    def __init__(self, *args: Any, niet: Afdeling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["afdeling"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = Afdeling.objects.filter(is_actief=True).exclude(pk=niet.pk)
