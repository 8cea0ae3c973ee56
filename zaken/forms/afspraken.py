"""What comes in from the pages on agreements."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate

from kennisbank.models import Product
from organisatie.models import Afdeling, Groep, Medewerker
from zaken.forms.velden import Tekstvak
from zaken.models import (
    NaPogingen,
    Overdrachtsafspraak,
    Productgroep,
    TermijnEenheid,
    VraagSoort,
)
from zaken.services import Vraag

if TYPE_CHECKING:
    from django.forms import BaseFormSet

MAX_VRAGEN = 20
MAX_KEUZES = 30
_GATEN = re.compile(r"\{([^{}]*)\}")
GATEN = frozenset({"afdeling", "uiterlijk"})


class FilterForm(forms.Form):
    """Which agreements the list shows."""

    zoek = forms.CharField(
        label="Product of productgroep",
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    afdeling = forms.ModelChoiceField(
        label="Afdeling",
        required=False,
        queryset=Afdeling.objects.all(),
        empty_label="alle afdelingen",
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "geldt nu of straks"), ("voorbij", "voorbij"), ("alles", "alles")],
    )


class AfspraakForm(forms.Form):
    """One version of an agreement; ``nieuw`` also asks what it is about."""

    product = forms.CharField(
        label="Product",
        required=False,
        widget=forms.TextInput({"list": "producten", "autocomplete": "off"}),
        help_text="Leeg: kies een productgroep, of laat beide leeg voor alle vragen.",
    )
    productgroep = forms.ModelChoiceField(
        label="Productgroep",
        required=False,
        queryset=Productgroep.objects.all(),
        empty_label="geen",
    )
    geldig_vanaf = forms.DateField(
        label="Geldig vanaf",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies vanaf welke dag dit geldt."},
    )
    termijn_aantal = forms.IntegerField(
        label="Termijn",
        min_value=1,
        max_value=400,
        error_messages={
            "required": "Vul in hoe lang de afdeling de tijd heeft.",
            "min_value": "Een termijn is minstens 1.",
            "max_value": "Een termijn is hoogstens 400.",
        },
    )
    termijn_eenheid = forms.ChoiceField(
        label="Werkuren of werkdagen", choices=TermijnEenheid.choices
    )
    groep = forms.ModelChoiceField(
        label="Groep die het krijgt",
        required=False,
        queryset=Groep.objects.none(),
        empty_label="volgens de routering",
    )
    medewerker = forms.ModelChoiceField(
        label="Medewerker die het krijgt",
        required=False,
        queryset=Medewerker.objects.none(),
        empty_label="wie het eerst kan",
        help_text="Is hij er niet, dan gaat de taak naar zijn vervanger.",
    )
    herinnering_werkuren = forms.IntegerField(
        label="Herinnering",
        required=False,
        min_value=1,
        max_value=200,
        help_text="Zoveel werkuren voor het einde van de termijn. Leeg: 4.",
    )
    klaar_als = forms.CharField(
        label="Klaar als",
        required=False,
        max_length=300,
        widget=Tekstvak(2),
        help_text="Wanneer is de vraag beantwoord? Bijvoorbeeld: de klant weet de ophaaldatum.",
    )
    max_pogingen = forms.IntegerField(
        label="Contactpogingen",
        min_value=1,
        max_value=20,
        initial=3,
        error_messages={"required": "Vul in hoe vaak de afdeling de klant belt."},
    )
    na_pogingen = forms.ChoiceField(label="Klant dan nog niet bereikt", choices=NaPogingen.choices)
    belofte = forms.CharField(
        label="Wat de klant hoort",
        required=False,
        max_length=300,
        widget=Tekstvak(2),
        help_text="Leeg: de gewone zin. Op de plek van {afdeling} en {uiterlijk} komt wat klopt.",
    )

    def __init__(self, *args: Any, afdeling: Afdeling, nieuw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.afdeling = afdeling
        self.nieuw = nieuw
        self.fields["geldig_vanaf"].initial = localdate()
        groep, wie = self.fields["groep"], self.fields["medewerker"]
        assert isinstance(groep, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        assert isinstance(wie, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        groep.queryset = Groep.objects.filter(afdeling=afdeling, is_actief=True)
        wie.queryset = Medewerker.objects.in_afdeling(afdeling.pk).order_by("achternaam")
        if not nieuw:
            del self.fields["product"], self.fields["productgroep"]

    def clean_product(self) -> Product | None:
        """By its name, as the list beside the field offers it."""
        naam = str(self.cleaned_data["product"]).strip()
        if not naam:
            return None
        product = Product.objects.usable().filter(naam__iexact=naam).first()
        if product is None:
            raise forms.ValidationError("Dit product staat niet in de lijst.")
        return product

    def clean_belofte(self) -> str:
        """Only what can be filled in."""
        zin = str(self.cleaned_data["belofte"]).strip()
        vreemd = {gat for gat in _GATEN.findall(zin) if gat not in GATEN}
        if vreemd:
            raise forms.ValidationError(
                f"{{{sorted(vreemd)[0]}}} kennen we niet. Gebruik {{afdeling}} en {{uiterlijk}}."
            )
        if zin and "{uiterlijk}" not in zin:
            raise forms.ValidationError("Zeg ook wanneer: gebruik {uiterlijk}.")
        return zin

    def clean(self) -> dict[str, Any]:
        """About one thing."""
        schoon = super().clean() or {}
        if schoon.get("product") and schoon.get("productgroep"):
            self.add_error("productgroep", "Kies een product of een productgroep, niet allebei.")
        return schoon

    def terms(self) -> dict[str, Any]:
        """What a version says, without what it is about."""
        weg = {"product", "productgroep"}
        return {naam: w for naam, w in self.cleaned_data.items() if naam not in weg}


class VraagForm(forms.Form):
    """One question; a line without text is no question."""

    volgorde = forms.IntegerField(label="Volgorde", required=False, min_value=1, max_value=99)
    tekst = forms.CharField(label="Vraag", required=False, max_length=300)
    soort = forms.ChoiceField(label="Soort", choices=VraagSoort.choices, initial=VraagSoort.TEKST)
    is_verplicht = forms.BooleanField(label="Verplicht", required=False)
    hulp = forms.CharField(label="Uitleg", required=False, max_length=300)
    keuzes = forms.CharField(
        label="Keuzes, één per regel", required=False, max_length=3000, widget=Tekstvak(2)
    )

    def clean(self) -> dict[str, Any]:
        """A list to choose from has at least two things in it; only such a question has one."""
        schoon = super().clean() or {}
        if schoon.get("DELETE"):
            return schoon
        opties = [regel.strip() for regel in schoon.get("keuzes", "").splitlines()]
        opties = [optie for optie in opties if optie]
        if not schoon.get("tekst"):
            if opties or schoon.get("hulp") or schoon.get("is_verplicht"):
                self.add_error("tekst", "Schrijf de vraag op.")
        elif schoon.get("soort") == VraagSoort.KEUZE and not 2 <= len(set(opties)) <= MAX_KEUZES:
            self.add_error("keuzes", f"Geef 2 tot {MAX_KEUZES} verschillende keuzes.")
        schoon["keuzes"] = "\n".join(dict.fromkeys(opties))
        return schoon


VragenForm = forms.formset_factory(
    VraagForm, extra=3, can_delete=True, max_num=MAX_VRAGEN, validate_max=True
)


def questions_of(afspraak: Overdrachtsafspraak) -> list[dict[str, Any]]:
    """The questions of a version as the formset begins with."""
    return [
        {
            "volgorde": vraag.volgorde,
            "tekst": vraag.tekst,
            "soort": vraag.soort,
            "is_verplicht": vraag.is_verplicht,
            "hulp": vraag.hulp,
            "keuzes": vraag.keuzes,
        }
        for vraag in afspraak.vragen.all()
    ]


def terms_of(afspraak: Overdrachtsafspraak) -> dict[str, Any]:
    """What a new version begins with: what the last one says."""
    velden = (
        "termijn_aantal", "termijn_eenheid", "klaar_als", "max_pogingen", "na_pogingen", "belofte",
        "herinnering_werkuren",
    )  # fmt: skip
    eerste = {naam: getattr(afspraak, naam) for naam in velden}
    return eerste | {"groep": afspraak.groep_id, "medewerker": afspraak.medewerker_id}


def asked(formset: "BaseFormSet[VraagForm]") -> list[Vraag]:
    """The questions of a valid formset in the order of their numbers; without number last."""
    gevuld = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("tekst")]
    gevuld = [vraag for vraag in gevuld if not vraag.get("DELETE")]
    gevuld.sort(key=lambda vraag: vraag.get("volgorde") or 10_000)
    velden = ("tekst", "soort", "keuzes", "is_verplicht", "hulp")
    return [Vraag(**{naam: vraag[naam] for naam in velden}) for vraag in gevuld]


class EindeForm(forms.Form):
    """The last day of an agreement."""

    laatste_dag = forms.DateField(
        label="Laatste dag",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies de laatste dag waarop de afspraak geldt."},
    )


class ProductgroepForm(forms.Form):
    """A name and the products in it, one per line."""

    naam = forms.CharField(
        label="Naam",
        max_length=100,
        error_messages={"required": "Geef de productgroep een naam."},
    )
    producten = forms.CharField(
        label="Producten, één per regel", required=False, max_length=20_000, widget=Tekstvak(8)
    )

    def __init__(self, *args: Any, groep: Productgroep | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groep = groep
        if groep is not None:
            namen = groep.producten.order_by("naam").values_list("naam", flat=True)
            self.initial = {"naam": groep.naam, "producten": "\n".join(namen)}

    def clean_naam(self) -> str:
        """One group of a name."""
        naam = str(self.cleaned_data["naam"])
        anderen = Productgroep.objects.all()
        if self.groep is not None:
            anderen = anderen.exclude(pk=self.groep.pk)
        if anderen.filter(naam__iexact=naam).exists():
            raise forms.ValidationError("Er is al een productgroep met deze naam.")
        return naam

    def clean_producten(self) -> list[Product]:
        """By their names."""
        regels = [r.strip() for r in self.cleaned_data["producten"].splitlines() if r.strip()]
        bekend = {
            naam.lower(): pk for pk, naam in Product.objects.usable().values_list("pk", "naam")
        }
        vreemd = [regel for regel in regels if regel.lower() not in bekend]
        if vreemd:
            raise forms.ValidationError(
                f"Dit staat niet in de productenlijst: {', '.join(vreemd[:5])}."
            )
        return list(Product.objects.filter(pk__in=[bekend[regel.lower()] for regel in regels]))
