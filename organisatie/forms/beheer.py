"""Forms for reference data."""

from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kcc.access import Rol
from organisatie.models import BijzondereDag, Medewerker, Openingstijd


class RollenField(forms.MultipleChoiceField):
    """A tick per role; the model keeps them as an array."""

    def __init__(self) -> None:
        super().__init__(
            label="Rollen",
            choices=Rol.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Een medewerker zonder rol kan wel inloggen, maar ziet geen werk.",
        )


class MedewerkerAddForm(BaseUserCreationForm):  # type: ignore[type-arg]
    """A new medewerker, with a first password."""

    rollen = RollenField()

    class Meta:
        model = Medewerker
        fields = ("gebruikersnaam", "voornaam", "voorvoegsel_achternaam", "achternaam", "rollen")
        field_classes: dict[str, Any] = {}


class MedewerkerForm(UserChangeForm):  # type: ignore[type-arg]
    """What may change later; the password has a page of its own."""

    rollen = RollenField()

    class Meta:
        model = Medewerker
        fields = "__all__"
        field_classes: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """Refuse what would leave nobody who can give out roles any more."""
        schoon = super().clean() or self.cleaned_data
        blijft = schoon.get("is_active") and Rol.BEHEERDER in schoon.get("rollen", [])
        anderen = Medewerker.objects.active().filter(rollen__contains=[Rol.BEHEERDER])
        if not blijft and not anderen.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Er moet minstens één beheerder blijven die mag inloggen.")
        return schoon


class OpeningstijdForm(forms.ModelForm):  # type: ignore[type-arg]
    """Hours that have begun only end: terms and figures of the past were computed with them."""

    class Meta:
        model = Openingstijd
        fields = ("afdeling", "weekdag", "van", "tot", "geldig_vanaf", "geldig_tot")

    def clean(self) -> dict[str, Any]:
        """Refuse what would change how long we were open in the past."""
        schoon = super().clean() or self.cleaned_data
        vandaag, oud = localdate(), self.initial
        if self.instance.pk and has_begun(self.instance):
            vast = {"afdeling", "weekdag", "van", "tot", "geldig_vanaf"} & set(self.changed_data)
            if vast:
                raise ValidationError(
                    "Deze uren gelden al. Geef ze een laatste dag, en voeg nieuwe uren toe die de "
                    "dag daarna ingaan. Dan blijft het verleden kloppen."
                )
            if oud.get("geldig_tot") and oud["geldig_tot"] < vandaag and self.changed_data:
                self.add_error("geldig_tot", "Deze uren zijn voorbij; dat verandert niet meer.")
        nieuw = "geldig_tot" in self.changed_data and not self.errors
        laatste = schoon.get("geldig_tot")
        if self.instance.pk and nieuw and laatste and laatste < vandaag:
            self.add_error("geldig_tot", "De laatste dag ligt niet voor vandaag.")
        return schoon


def has_begun(openingstijd: Openingstijd) -> bool:
    """True when these hours held on a day that is over or is today."""
    begonnen = Openingstijd.objects.filter(pk=openingstijd.pk).values_list(
        "geldig_vanaf", flat=True
    )
    vanaf = begonnen.first()
    return vanaf is None or vanaf <= localdate()


class BijzondereDagForm(forms.ModelForm):  # type: ignore[type-arg]
    """Closed, or open from and to: not half of it."""

    class Meta:
        model = BijzondereDag
        fields = ("datum", "omschrijving", "van", "tot", "afdeling", "is_feestdag")

    def clean(self) -> dict[str, Any]:
        """The database would let a lone end time pass: a comparison with nothing is not false."""
        schoon = super().clean() or self.cleaned_data
        van, tot = schoon.get("van"), schoon.get("tot")
        if not self.errors and bool(van) != bool(tot):
            self.add_error("tot", "Vul beide tijden in, of geen van beide.")
        elif van and tot and van >= tot:
            self.add_error("tot", "De eindtijd ligt na de begintijd.")
        return schoon
