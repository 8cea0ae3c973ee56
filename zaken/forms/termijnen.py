"""What comes in when a term stands still or is extended."""

from django import forms

from zaken.forms.taken import TaakForm
from zaken.forms.velden import FOCUS
from zaken.services.termijnen import HOOGSTENS, REDEN_LENGTE


class StilzetForm(TaakForm):
    """Why the term stands still."""

    reden = forms.CharField(
        label="Waar wacht u op?",
        max_length=REDEN_LENGTE,
        widget=forms.TextInput(FOCUS | {"autocomplete": "off"}),
        help_text="Het KCC leest dit voor als de klant belt.",
        error_messages={"required": "Schrijf op waar u op wacht."},
    )


class VerlengForm(TaakForm):
    """How much later, and why."""

    aantal = forms.IntegerField(
        label="Hoeveel werkdagen later?",
        min_value=1,
        max_value=HOOGSTENS,
        widget=forms.NumberInput(FOCUS),
        error_messages={
            "required": "Vul in hoeveel werkdagen later de klant antwoord krijgt.",
            "min_value": f"Kies 1 tot en met {HOOGSTENS}.",
            "max_value": f"Kies 1 tot en met {HOOGSTENS}.",
        },
    )
    reden = forms.CharField(
        label="Waarom lukt het niet op tijd?",
        max_length=REDEN_LENGTE,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Het KCC leest dit voor als de klant belt.",
        error_messages={"required": "Schrijf op waarom het later wordt."},
    )
