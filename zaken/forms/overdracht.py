"""What comes in from the hand-off."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email

from contacts.validators import clean_telefoonnummer, show_telefoonnummer
from organisatie.models import Afdeling, Medewerker
from zaken.forms.velden import lange_tekst
from zaken.services import works_on_taken

_CIJFERS = re.compile(r"(?:\+|0)[0-9][0-9\s\-]{7,14}[0-9]")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class OverdrachtForm(forms.Form):
    """The hand-off of a question to a department."""

    afdeling = forms.ModelChoiceField(
        label="Afdeling",
        queryset=Afdeling.objects.filter(is_actief=True),
        empty_label="Kies een afdeling",
        error_messages={
            "required": "Kies de afdeling die dit kan beantwoorden.",
            "invalid_choice": "Deze afdeling staat niet in de lijst. Kies er een uit de lijst.",
        },
    )
    medewerker = forms.ModelChoiceField(
        label="Medewerker",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Wie het eerst kan",
        error_messages={
            "invalid_choice": "Deze medewerker behandelt geen taken van deze afdeling. "
            "Kies iemand anders, of kies niemand."
        },
    )
    gevraagde_handeling = forms.CharField(
        label="Wat moet de afdeling doen?",
        max_length=200,
        error_messages={
            "required": "Schrijf in een paar woorden op wat de afdeling moet doen.",
            "max_length": "Dit is te lang: hoogstens 200 tekens, dit zijn er %(show_value)d.",
        },
    )
    toelichting = lange_tekst("Toelichting", rijen=4)
    bereikbaar_via = forms.CharField(
        label="Telefoonnummer of e-mailadres van de klant",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Niet nodig als het al in de toelichting staat.",
    )

    def __init__(
        self, *args: Any, gekozen: Afdeling | None, moet_adres: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "overdracht_%s"  # the werkplek has a form of its own around the panel
        self.gekozen = gekozen
        self.moet_adres = moet_adres
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        if gekozen is not None:
            wie = Medewerker.objects.in_afdeling(gekozen.pk).order_by("achternaam", "voornaam")
            kan = [medewerker.pk for medewerker in wie if works_on_taken(medewerker)]
            veld.queryset = wie.filter(pk__in=kan)
        if not moet_adres:
            del self.fields["bereikbaar_via"]

    def clean_bereikbaar_via(self) -> str:
        """A phone number or e-mail address, in the notation in which we show it."""
        tekst = str(self.cleaned_data["bereikbaar_via"]).strip()
        if not tekst:
            return ""
        if "@" in tekst:
            validate_email(tekst)
            return tekst
        return show_telefoonnummer(clean_telefoonnummer(tekst))

    def clean(self) -> dict[str, Any]:
        """Nobody can answer a question of somebody who cannot be reached."""
        schoon = super().clean() or {}
        if self.moet_adres and "bereikbaar_via" not in self.errors:
            via, tekst = schoon.get("bereikbaar_via", ""), schoon.get("toelichting", "")
            if via:
                schoon["toelichting"] = f"Bereikbaar via: {via}\n{tekst}".strip()
            elif not (_CIJFERS.search(tekst) or _EMAIL.search(tekst)):
                self.add_error(
                    "bereikbaar_via",
                    "Zonder telefoonnummer of e-mailadres kan de afdeling de klant niet bereiken. "
                    "Vraag ernaar.",
                )
        return schoon
