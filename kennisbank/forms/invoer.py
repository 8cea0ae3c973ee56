"""Input of import and export."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kennisbank.invoer.lezen import MAX_BYTES, TE_GROOT
from kennisbank.models import ArtikelSoort, InvoerSoort, Product
from organisatie.models import Afdeling, Medewerker

MB = MAX_BYTES // 1024 // 1024


class InvoerForm(forms.Form):
    """One file, and what is in it."""

    soort = forms.ChoiceField(
        label="Wat wilt u inlezen?",
        error_messages={"required": "Kies wat er in het bestand staat."},
    )
    bestand = forms.FileField(
        label="Bestand",
        help_text=f"CSV, Excel (.xlsx), JSON, XML of zip. Hoogstens {MB} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.xml,.zip,.txt"}),
        error_messages={
            "required": "Kies eerst een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )

    def __init__(self, *args: Any, medewerker: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mag_producten = medewerker.has_perm("kennisbank.import_product")
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            ("", "Kies een soort"),
            *(
                (waarde, str(label)[:1].upper() + str(label)[1:])
                for waarde, label in InvoerSoort.choices
                if mag_producten or waarde != InvoerSoort.PRODUCTEN
            ),
        ]

    def clean_bestand(self) -> "UploadedFile[Any]":
        """Refuse what is too big before reading it."""
        bestand: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (bestand.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TE_GROOT)
        return bestand


WAT = [
    ("artikelen", "Artikelen"),
    ("synoniemen", "Synoniemen"),
    ("producten", "Producten"),
    ("catalogus", "Samenwerkende Catalogi"),
    ("pakket", "Kennispakket"),
]


class UitvoerForm(forms.Form):
    """What to export, in what shape, and of articles which."""

    wat = forms.ChoiceField(choices=WAT)
    vorm = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "Excel")], required=False)
    afdeling = forms.ModelChoiceField(
        Afdeling.objects.filter(is_actief=True),
        label="Afdeling",
        required=False,
        empty_label="Alle afdelingen",
    )
    product = forms.ModelChoiceField(
        Product.objects.usable(), label="Product", required=False, empty_label="Alle producten"
    )
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "Alle soorten"), *ArtikelSoort.choices]
    )
    met_kcc = forms.BooleanField(
        label="Ook wat alleen voor het KCC is (vraag door, werkinstructies en interne artikelen)",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A table needs a shape."""
        data = super().clean() or {}
        if data.get("wat") in {"artikelen", "synoniemen", "producten"} and not data.get("vorm"):
            self.add_error("vorm", "Kies CSV of Excel.")
        return data
