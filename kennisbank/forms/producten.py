"""Input of a product, and of the national product list."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kennisbank.models import Product
from kennisbank.upl import MAX_BYTES, TE_GROOT, is_web_address


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    """A product of our own; one of the national list comes by import."""

    class Meta:
        model = Product
        fields = ("upn_uri",)  # the admin adds its own

    def clean_upn_uri(self) -> str | None:
        """It becomes a link on the product's page, as the import knows (kennisbank.upl)."""
        adres: str | None = self.cleaned_data["upn_uri"]
        if adres and not is_web_address(adres):
            raise forms.ValidationError("Vul een webadres in, zoals https://voorbeeld.nl/product.")
        return adres


class ImportForm(forms.Form):
    """One CSV file."""

    bestand = forms.FileField(
        label="CSV-bestand",
        help_text="De Uniforme Productnamenlijst (UPL) als CSV, in UTF-8.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Kies eerst een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )

    def clean_bestand(self) -> "UploadedFile[Any]":
        """Refuse what is far too big before reading it."""
        bestand: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (bestand.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TE_GROOT)
        return bestand
