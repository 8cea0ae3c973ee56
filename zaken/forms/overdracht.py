"""What comes in from the hand-off."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.html import escape

from contacts.validators import clean_telefoonnummer, show_telefoonnummer
from organisatie.models import Afdeling, Medewerker
from zaken.forms.velden import Tekstvak, lange_tekst
from zaken.models import Intakevraag, Overdrachtsafspraak, VraagSoort
from zaken.ontvangers import Ontvangers
from zaken.services import Bestand

_CIJFERS = re.compile(r"(?:\+|0)[0-9][0-9\s\-]{7,14}[0-9]")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


ANTWOORD_LENGTE = 2000
MEER_DAN_KNOPPEN = 6  # more options than this go into a list
VRAAG_VELD = "vraag_"


def field_name(vraag: Intakevraag) -> str:
    """The name of a question in the form and in the concept."""
    return f"{VRAAG_VELD}{vraag.pk}"


def question_field(vraag: Intakevraag) -> forms.Field:
    """A question of the agreement as a field of its kind."""
    fout = {"required": "Vraag dit aan de klant."}
    algemeen: dict[str, Any] = {
        "label": vraag.tekst,
        "required": vraag.is_verplicht,
        "help_text": escape(vraag.hulp),  # the template takes help texts as HTML
        "error_messages": fout,
    }
    if vraag.soort == VraagSoort.DATUM:
        dag = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        formaten = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
        algemeen["error_messages"] = fout | {"invalid": "Dit is geen datum, zoals 31-12-2026."}
        return forms.DateField(widget=dag, input_formats=formaten, **algemeen)
    if vraag.soort == VraagSoort.BESTAND:
        algemeen["error_messages"] = fout | {
            "required": "Kies het bestand dat de klant stuurde.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        }
        return forms.FileField(widget=forms.FileInput, **algemeen)
    if vraag.soort in (VraagSoort.KEUZE, VraagSoort.JA_NEE):
        opties = ["ja", "nee"] if vraag.soort == VraagSoort.JA_NEE else vraag.opties
        keuzes = [(optie, optie) for optie in opties]
        algemeen["error_messages"] = fout | {"invalid_choice": "Kies een antwoord uit de lijst."}
        if len(keuzes) > MEER_DAN_KNOPPEN:
            return forms.ChoiceField(choices=[("", "Kies een antwoord"), *keuzes], **algemeen)
        return forms.ChoiceField(choices=keuzes, widget=forms.RadioSelect, **algemeen)
    algemeen["error_messages"] = fout | {
        "max_length": "Dit is te lang: hoogstens %(limit_value)d tekens, dit zijn er "
        "%(show_value)d."
    }
    return forms.CharField(max_length=ANTWOORD_LENGTE, widget=Tekstvak(1), **algemeen)


class MensenSelect(forms.Select):
    """A list of people in which who is away can be read and not chosen."""

    def __init__(self, *, weg: frozenset[int]) -> None:
        super().__init__()
        self.weg = weg

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Switch off who is away."""
        optie = super().create_option(name, value, *args, **kwargs)
        if str(value) in {str(pk) for pk in self.weg}:
            optie["attrs"]["disabled"] = True
        return optie


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
        self,
        *args: Any,
        gekozen: Afdeling | None,
        moet_adres: bool,
        afspraak: Overdrachtsafspraak | None,
        nu: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "overdracht_%s"  # the werkplek has a form of its own around the panel
        self.gekozen = gekozen
        self.moet_adres = moet_adres
        self.vragen = list(afspraak.vragen.all()) if afspraak else []
        self.mensen = Ontvangers(gekozen, afspraak, nu)
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = self.mensen.queryset
        veld.widget = MensenSelect(weg=self.mensen.weg)
        veld.choices = self.mensen.choices()
        if not moet_adres:
            del self.fields["bereikbaar_via"]
        else:  # not required by itself, yet without it nothing can be sent: see clean
            self.fields["bereikbaar_via"].zonder_merk = True  # type: ignore[attr-defined]
        for vraag in self.vragen:
            self.fields[field_name(vraag)] = question_field(vraag)

    def question_fields(self) -> list[forms.BoundField]:
        """The questions of the agreement, in its order."""
        return [self[field_name(vraag)] for vraag in self.vragen]

    def answers(self) -> dict[int, str]:
        """What was answered, per question; files apart."""
        gevonden: dict[int, str] = {}
        for vraag in self.vragen:
            waarde = self.cleaned_data.get(field_name(vraag))
            if vraag.soort != VraagSoort.BESTAND and waarde:
                is_dag = isinstance(waarde, date)
                gevonden[vraag.pk] = date_format(waarde, "j F Y") if is_dag else str(waarde)
        return gevonden

    def uploads(self) -> dict[int, Bestand]:
        """The files that came along, per question."""
        gevonden: dict[int, Bestand] = {}
        for vraag in self.vragen:
            bestand = self.cleaned_data.get(field_name(vraag))
            if vraag.soort == VraagSoort.BESTAND and bestand:
                gevonden[vraag.pk] = Bestand(naam=bestand.name, inhoud=bestand.read())
        return gevonden

    def outstanding(self) -> list[tuple[forms.BoundField, str]]:
        """The fields that are not right yet, each with the sentence that says so, the questions to
        ask first: what the agent must know before he promises anything.
        """
        vragen = {field_name(vraag) for vraag in self.vragen}
        fout = [(self[naam], " ".join(map(str, zinnen))) for naam, zinnen in self.errors.items()
                if naam in self.fields]  # fmt: skip
        return sorted(fout, key=lambda paar: paar[0].name not in vragen)

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
