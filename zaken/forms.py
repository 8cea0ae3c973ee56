"""What comes in from the pages of the werkvoorraad and the hand-off."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict

from contacts.validators import clean_telefoonnummer, show_telefoonnummer
from organisatie.models import Afdeling, Medewerker
from zaken.models import PogingResultaat, RedenTerug, Terugkoppeling
from zaken.services import works_on_taken

LANGE_TEKST = 10_000
FOCUS = {"data-focus": True}  # where the work begins when the form unfolds
_CIJFERS = re.compile(r"(?:\+|0)[0-9][0-9\s\-]{7,14}[0-9]")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class Tekstvak(forms.Textarea):
    """A field for a story; it grows with the text."""

    def __init__(self, rijen: int, *, focus: bool = False) -> None:
        super().__init__({"rows": rijen, "data-groeit": True, "data-focus": focus})


def lange_tekst(
    label: str, *, nodig: str = "", rijen: int = 4, hulp: str = "", focus: bool = False
) -> forms.CharField:
    """A text field; ``nodig`` is the sentence when it stays empty, without it the field may."""
    return forms.CharField(
        label=label,
        required=bool(nodig),
        max_length=LANGE_TEKST,
        widget=Tekstvak(rijen, focus=focus),
        help_text=hulp,
        error_messages={
            "required": nodig,
            "max_length": "De tekst is te lang: hoogstens %(limit_value)d tekens, dit zijn er "
            "%(show_value)d.",
        },
    )


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
