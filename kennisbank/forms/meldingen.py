"""Input of what colleagues report, and of what the editors do with it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from kennisbank.models import Melding, MeldingSoort
from kennisbank.services import clean_vraag
from organisatie.models import Afdeling, Medewerker

MAX_GETAL = 2_000_000_000
GEEN_KLANT = "Zet er geen namen of nummers van klanten bij."
VRAGEN: dict[str, str] = {
    MeldingSoort.KLOPT_NIET: "Wat klopt er niet?",
    MeldingSoort.MIST: "Wat mist er?",
    MeldingSoort.HELPT: "Wilt u er iets bij zeggen?",
}


class MeldForm(forms.Form):
    """What somebody says, and where he was. Of an article the version that was on the screen."""

    use_required_attribute = False
    soort = forms.ChoiceField(choices=MeldingSoort.choices, widget=forms.HiddenInput)
    artikel = forms.UUIDField(required=False, widget=forms.HiddenInput)
    versie = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_GETAL, widget=forms.HiddenInput
    )
    product = forms.UUIDField(required=False, widget=forms.HiddenInput)
    klantcontact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    terug = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    zoekvraag = forms.CharField(required=False, widget=forms.HiddenInput)
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=2000,
        help_text=GEEN_KLANT,
        widget=forms.Textarea(attrs={"rows": 2, "data-groeit": True, "data-focus": True}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="id_melding_%s")
        soort, toelichting = str(self["soort"].value()), self.fields["toelichting"]
        toelichting.label = VRAGEN.get(soort, "Toelichting")
        # What was searched and not found says enough by itself.
        toelichting.required = soort == MeldingSoort.KLOPT_NIET or (
            soort == MeldingSoort.MIST and bool(self["artikel"].value())
        )
        wat = "niet klopt" if soort == MeldingSoort.KLOPT_NIET else "mist"
        toelichting.error_messages["required"] = f"Schrijf kort op wat er {wat}."

    @classmethod
    def opened(cls, data: Any) -> "MeldForm":
        """Empty, knowing what the address says; what cannot be read there counts as not said."""
        gelezen = cls(data)
        gelezen.is_valid()
        schoon = {naam: waarde for naam, waarde in gelezen.cleaned_data.items() if waarde}
        return cls(initial={"soort": MeldingSoort.MIST, **schoon})

    def clean_zoekvraag(self) -> str:
        """Without what may be about a person, and never a reason to refuse: nobody typed it here.

        At the desk the question itself comes along.
        """
        tekst = self.cleaned_data["zoekvraag"] or self.data.get("onderwerp") or ""
        return clean_vraag(tekst or self.data.get("q") or "", hoogstens=200)

    def clean(self) -> dict[str, Any]:
        """A report says what, and about which article; thanks need no words."""
        schoon: dict[str, Any] = super().clean() or {}
        soort = schoon.get("soort")
        if soort in (MeldingSoort.KLOPT_NIET, MeldingSoort.HELPT) and not schoon.get("artikel"):
            self.add_error(None, "Open eerst het artikel waar dit over gaat.")
        if soort == MeldingSoort.MIST and not (
            schoon.get("zoekvraag") or schoon.get("toelichting") or self.errors
        ):
            self.add_error("toelichting", "Schrijf kort op wat er mist.")
        return schoon


class ZoekactieForm(forms.Form):
    """One finished search, as the page reports it."""

    vraag = forms.CharField(max_length=1000)
    aantal = forms.IntegerField(min_value=0, max_value=1_000_000)


class StapForm(forms.Form):
    """A step with a report, for the version that the screen had read."""

    # A browser would show the field as wrong before anything is typed.
    use_required_attribute = False
    versie = forms.IntegerField(min_value=1, max_value=MAX_GETAL, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, melding: Melding) -> None:
        super().__init__(data, initial={"versie": melding.versie})

    def show_versie(self, versie: int) -> None:
        """The next try is meant for the report as it now is; what was typed stays."""
        self.data = {naam: self.data.get(naam, "") for naam in self.fields} | {"versie": versie}


class GeefForm(StapForm):
    """To whom it goes."""

    medewerker = forms.ModelChoiceField(
        label="Geef aan",
        queryset=Medewerker.objects.none(),
        empty_label="Kies een collega",
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Kies een collega die de kennisbank bewerkt.",
        },
    )

    def __init__(
        self, data: Any = None, *, melding: Melding, collegas: QuerySet[Medewerker]
    ) -> None:
        super().__init__(data, melding=melding)
        self.fields["medewerker"].queryset = collegas  # type: ignore[attr-defined]


class BeantwoordForm(StapForm):
    """The answer to who reported."""

    antwoord = forms.CharField(
        label="Antwoord aan de melder",
        max_length=2000,
        help_text=f"De melder krijgt hier een mail over. {GEEN_KLANT}",
        widget=forms.Textarea(attrs={"rows": 3, "data-groeit": True}),
        error_messages={"required": "Schrijf een antwoord aan wie dit meldde."},
    )


class MaakConceptForm(StapForm):
    """A draft out of a report. What an article is about is asked only where there is none yet."""

    titel = forms.CharField(label="Titel van het nieuwe artikel", max_length=200)
    afdeling = forms.ModelChoiceField(
        label="Eigenaar",
        queryset=Afdeling.objects.none(),
        empty_label="Kies een afdeling",
        error_messages={"required": "Kies welke afdeling eigenaar wordt."},
    )

    def __init__(self, data: Any = None, *, melding: Melding) -> None:
        super().__init__(data, melding=melding)
        if melding.artikel_id is not None:
            del self.fields["titel"], self.fields["afdeling"]
            return
        afdelingen = Afdeling.objects.filter(is_actief=True)
        self.fields["afdeling"].queryset = afdelingen  # type: ignore[attr-defined]
        self.initial["titel"] = melding.zoekvraag.capitalize()
        if melding.product:
            self.initial["afdeling"] = melding.product.afdeling_id


class MeldingFilter(forms.Form):
    """Which reports to show. What is not on the list of choices counts as no filter."""

    STANDEN = [("open", "Open"), ("afgehandeld", "Afgehandeld")]
    WIE = [("", "Iedereen"), ("mij", "Van mij"), ("niemand", "Zonder behandelaar")]

    use_required_attribute = False
    stand = forms.ChoiceField(label="Stand", choices=STANDEN)
    wie = forms.ChoiceField(label="Behandelaar", choices=WIE)
    soort = forms.ChoiceField(
        label="Soort", choices=[("", "Alle soorten"), *MeldingSoort.choices[:2]]
    )
    afdeling = forms.ChoiceField(label="Afdeling", choices=[])

    def __init__(self, data: Any, *, afdelingen: list[tuple[str, str]]) -> None:
        keuze = {naam: data.get(naam, "") for naam in self.base_fields}
        mogelijk: dict[str, list[str]] = {
            "stand": [sleutel for sleutel, _ in self.STANDEN],
            "wie": [sleutel for sleutel, _ in self.WIE],
            "soort": [MeldingSoort.KLOPT_NIET, MeldingSoort.MIST],
            "afdeling": [sleutel for sleutel, _ in afdelingen],
        }
        self.keuze = {n: w if w in mogelijk[n] else "" for n, w in keuze.items()}
        self.keuze["stand"] = self.keuze["stand"] or "open"
        super().__init__(initial=self.keuze, auto_id="filter_%s")
        self.fields["afdeling"].choices = [  # type: ignore[attr-defined]
            ("", "Alle afdelingen"), *afdelingen,
        ]  # fmt: skip

    @property
    def is_gefilterd(self) -> bool:
        """Something else than what the list begins with."""
        return any(w for n, w in self.keuze.items() if n != "stand")
