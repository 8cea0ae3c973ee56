"""What is typed at the desk, parsed and checked."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contacts.models import Kanaal, Klantcontact, KlantDoelgroep, Partij, PartijIdentificator
from contacts.services.partijen import NieuwePartij
from contacts.validators import clean_bsn, clean_kvk, clean_postcode, clean_telefoonnummer
from kennisbank.models import Product

# Generous: nobody types this much. It bounds a row, not a person.
MAX_TEKST = 100_000
MAX_ONDERWERP = 200
TE_LANG = "Deze tekst is te lang: hoogstens %(limit_value)s tekens. U heeft er nu %(show_value)s."


class ConceptForm(forms.Form):
    """The question, as far as it has been typed. Nothing is required: it is a draft."""

    klant = forms.CharField(
        label="Klant",
        required=False,
        max_length=300,
        help_text="Naam, telefoon, e-mail, postcode met huisnummer, BSN, KVK of contactnummer.",
    )
    onderwerp = forms.CharField(
        label="Vraag", required=False, max_length=MAX_TEKST, error_messages={"max_length": TE_LANG}
    )
    product_naam = forms.CharField(label="Product", required=False, max_length=300)
    doelgroep = forms.ChoiceField(
        label="Wie vraagt het", required=False, choices=KlantDoelgroep.choices
    )
    kanaal = forms.ChoiceField(label="Kanaal", required=False, choices=Kanaal.choices)
    inhoud = forms.CharField(
        label="Notitie",
        required=False,
        max_length=MAX_TEKST,
        error_messages={"max_length": TE_LANG},
        widget=forms.Textarea(attrs={"rows": 2, "data-groeit": True}),
    )
    reactie = forms.CharField(
        label="Antwoord",
        required=False,
        max_length=MAX_TEKST,
        error_messages={"max_length": TE_LANG},
        widget=forms.Textarea(attrs={"rows": 2, "data-groeit": True}),
    )
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    @classmethod
    def of(cls, klantcontact: Klantcontact) -> "ConceptForm":
        """The form as it stands on the server."""
        half = klantcontact.concept
        return cls(
            initial={
                "klant": half.get("klant", ""),
                "onderwerp": half.get("onderwerp") or klantcontact.onderwerp,
                "product_naam": half.get("product")
                or (klantcontact.product.naam if klantcontact.product else ""),
                "doelgroep": klantcontact.doelgroep,
                "kanaal": klantcontact.kanaal,
                "inhoud": klantcontact.inhoud,
                "reactie": klantcontact.reactie,
                "versie": klantcontact.versie,
            }
        )

    def velden(self, klantcontact: Klantcontact) -> dict[str, Any]:
        """Fields of the klantcontact, only those that were sent. What cannot be read as a value
        (half a product name, a question that is too long) is kept as typed in ``concept``.
        """
        data, velden = self.cleaned_data, {}
        half = dict(klantcontact.concept)
        for naam in ("inhoud", "reactie"):
            if naam in self.data:
                velden[naam] = data[naam]
        if "onderwerp" in self.data:
            tekst = data["onderwerp"]
            velden["onderwerp"] = tekst[:MAX_ONDERWERP]
            half["onderwerp"] = tekst if len(tekst) > MAX_ONDERWERP else ""
        if "product_naam" in self.data:
            naam = data["product_naam"]
            velden["product"] = (
                Product.objects.usable().filter(naam__iexact=naam).first() if naam else None
            )
            half["product"] = naam if naam and velden["product"] is None else ""
        if "klant" in self.data:
            half["klant"] = data["klant"]
        if data.get("doelgroep"):
            velden["doelgroep"] = data["doelgroep"]
        velden["concept"] = half
        return velden


def _guess(tekst: str) -> dict[str, str]:
    """In which field of a new klant a text belongs that was searched for."""
    if "@" in tekst:
        return {"email": tekst}
    if adres := re.fullmatch(r"([1-9][0-9]{3} ?[A-Za-z]{2})[ ,]+([0-9]{1,5})", tekst):
        return {"postcode": adres[1], "huisnummer": adres[2]}
    if re.fullmatch(r"[0-9+()\s.\-]+", tekst):
        return {"telefoonnummer": tekst}
    voornaam, _, achternaam = tekst.rpartition(" ")
    return {"voornaam": voornaam, "achternaam": achternaam}


class NieuweKlantForm(forms.Form):
    """Somebody we do not know yet. One name and one way to be recognised is enough."""

    prefix = "nieuw"
    soort_partij = forms.ChoiceField(
        label="Soort",
        choices=[("persoon", "Persoon"), ("organisatie", "Organisatie")],
        initial="persoon",
    )
    voornaam = forms.CharField(label="Voornaam of letters", required=False, max_length=200)
    voorvoegsel_achternaam = forms.CharField(label="Voorvoegsel", required=False, max_length=10)
    achternaam = forms.CharField(label="Achternaam", required=False, max_length=200)
    organisatienaam = forms.CharField(
        label="Naam van de organisatie", required=False, max_length=200
    )
    telefoonnummer = forms.CharField(label="Telefoon", required=False, max_length=40)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    huisnummer = forms.IntegerField(
        label="Huisnummer", required=False, min_value=1, max_value=99999
    )
    huisletter = forms.RegexField(
        r"^[A-Za-z]?$", label="Letter", required=False, max_length=1, empty_value=""
    )
    huisnummertoevoeging = forms.RegexField(
        r"^[A-Za-z0-9]{0,4}$", label="Toevoeging", required=False, max_length=4, empty_value=""
    )
    bsn = forms.CharField(label="BSN", required=False, max_length=20)
    kvk = forms.CharField(label="KVK-nummer", required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.widget.attrs["autocomplete"] = "off"  # nobody's data in the browser's memory

    @classmethod
    def started(cls, post: Mapping[str, Any], gezocht: str) -> "NieuweKlantForm":
        """The form as somebody left it, and otherwise begun with what was searched for in vain."""
        begin = {naam: post.get(f"{cls.prefix}-{naam}", "") for naam in cls.base_fields}
        if not any(waarde for naam, waarde in begin.items() if naam != "soort_partij"):
            begin |= _guess(gezocht.strip())
        return cls(initial={naam: waarde for naam, waarde in begin.items() if waarde})

    def clean_telefoonnummer(self) -> str:
        """E.164, or empty."""
        tekst = self.cleaned_data["telefoonnummer"]
        return clean_telefoonnummer(tekst) if tekst else ""

    def clean_email(self) -> str:
        """Lower case: we look people up by it."""
        return str(self.cleaned_data["email"]).lower()

    def clean_postcode(self) -> str:
        """1234 AB, or empty."""
        tekst = self.cleaned_data["postcode"]
        return clean_postcode(tekst) if tekst else ""

    def clean_bsn(self) -> str:
        """Nine digits, or empty."""
        tekst = self.cleaned_data["bsn"]
        return clean_bsn(tekst) if tekst else ""

    def clean_kvk(self) -> str:
        """Eight digits, or empty."""
        tekst = self.cleaned_data["kvk"]
        return clean_kvk(tekst) if tekst else ""

    def clean(self) -> dict[str, Any]:
        """A person has a surname, an organisation a name."""
        data = self.cleaned_data
        veld = (
            "organisatienaam"
            if data.get("soort_partij") == Partij.Soort.ORGANISATIE
            else "achternaam"
        )
        if veld in data and not data[veld]:
            self.add_error(veld, ValidationError("Vul de naam in."))
        return data

    def partij(self) -> NieuwePartij:
        """What the service needs."""
        data = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        identificatoren = {}
        if bsn := data.pop("bsn", ""):
            identificatoren[PartijIdentificator.Soort.BSN.value] = bsn
        if kvk := data.pop("kvk", ""):
            identificatoren[PartijIdentificator.Soort.KVK.value] = kvk
        return NieuwePartij(identificatoren=identificatoren, **data)


class StartForm(forms.Form):
    """By which road somebody reached us."""

    kanaal = forms.ChoiceField(choices=Kanaal.choices, required=False, initial=Kanaal.TELEFOON)

    def clean_kanaal(self) -> str:
        """The telephone, unless said otherwise."""
        return str(self.cleaned_data["kanaal"] or Kanaal.TELEFOON)
