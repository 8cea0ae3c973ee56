"""Which period, kanaal and afdeling: everything the address may ask for is on a list here."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from contacts.models import Kanaal
from organisatie.models import Afdeling
from rapportage.cijfers import Keuze

STANDAARD_DAGEN = 30
ALLE = "alle"
MAX_DAGEN = 731  # two years, a leap day included
EERSTE = date(2000, 1, 1)

DATUM = {"invalid": "Vul een datum in, zoals 22-11-2026.", "required": "Vul een datum in."}


class FilterForm(forms.Form):
    """The filters. What is not asked for gets its default, so that the form is always bound."""

    van = forms.DateField(
        label="Van",
        error_messages=DATUM,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    tot = forms.DateField(
        label="Tot en met",
        error_messages=DATUM,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    kanaal = forms.ChoiceField(
        label="Kanaal",
        error_messages={"invalid_choice": "Kies een kanaal uit de lijst."},
    )
    afdeling = forms.ChoiceField(
        label="Afdeling",
        error_messages={"invalid_choice": "Kies een afdeling uit de lijst."},
    )

    def __init__(self, data: QueryDict, *, vandaag: date, afdelingen: list[Afdeling]) -> None:
        self.vandaag = vandaag
        self.afdelingen = {a.identificatie: a for a in afdelingen}
        standaard = {
            "tot": vandaag.isoformat(),
            "van": (vandaag - timedelta(days=STANDAARD_DAGEN - 1)).isoformat(),
            "kanaal": ALLE,
            "afdeling": ALLE,
        }
        super().__init__({naam: data.get(naam) or waarde for naam, waarde in standaard.items()})
        self._set_choices("kanaal", [(ALLE, "alle kanalen"), *Kanaal.choices])
        self._set_choices(
            "afdeling",
            [(ALLE, "alle afdelingen"), *((a.identificatie, a.naam) for a in afdelingen)],
        )
        for naam in ("van", "tot"):
            self.fields[naam].widget.attrs["max"] = vandaag.isoformat()

    def _set_choices(self, naam: str, keuzes: list[tuple[str, str]]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)  # noqa: S101 - for the type checker
        veld.choices = keuzes

    def clean(self) -> dict[str, Any]:
        """The period goes forward, lies in the past, and is not endless."""
        schoon: dict[str, Any] = super().clean() or {}
        van, tot = schoon.get("van"), schoon.get("tot")
        if van and van < EERSTE:
            self.add_error("van", f"Kies een dag vanaf {EERSTE:%d-%m-%Y}.")
        if tot and tot > self.vandaag:
            self.add_error("tot", "Kies vandaag of een dag die al geweest is.")
        if van and tot and tot < van:
            self.add_error("tot", "De einddatum ligt voor de begindatum.")
        elif van and tot and (tot - van).days >= MAX_DAGEN:
            self.add_error("van", "Kies een periode van hoogstens twee jaar.")
        return schoon

    @property
    def keuze(self) -> Keuze:
        """What was asked for; only of a valid form."""
        schoon = self.cleaned_data
        return Keuze(
            van=schoon["van"],
            tot=schoon["tot"],
            kanaal=schoon["kanaal"].replace(ALLE, ""),
            afdeling=self.afdelingen.get(schoon["afdeling"]),
        )
