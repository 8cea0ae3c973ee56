"""Input of drafts and of what is done with them."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localdate

from kennisbank.forms.artikelen import KORT, MAX_TEKST, OPMAAK, textarea
from kennisbank.models import ArtikelSoort, Concept, Doelgroep, Kennisartikel, Product
from kennisbank.services.artikelen import MAX_HERZIEN
from kennisbank.services.concepten import LIJSTEN, VELDEN
from organisatie.models import Afdeling, Groep, Medewerker

TE_LANG = "Deze tekst is te lang: hoogstens %(limit_value)s tekens. U heeft er nu %(show_value)s."
MAX_REGELS = 50
_DAG = {"type": "date"}


def _text(label: str, regels: int, hulp: str = "", *, opmaak: bool = True) -> forms.CharField:
    attrs = {"data-opmaak": True} if opmaak else {}
    return forms.CharField(
        label=label,
        max_length=MAX_TEKST,
        required=False,
        help_text=hulp,
        error_messages={"max_length": TE_LANG},
        widget=textarea(regels, **attrs),
    )


def _date(label: str, hulp: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hulp,
        widget=forms.DateInput(attrs=_DAG, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een dag in, zoals 31-12-2026."},
    )


class TekstForm(forms.Form):
    """The text itself, which a proposal and a draft have in common."""

    titel = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Vul een titel in."}
    )
    kort_antwoord = forms.CharField(
        label="Kort antwoord",
        max_length=1000,
        required=False,
        help_text=KORT,
        error_messages={"max_length": TE_LANG},
        widget=textarea(3),
    )
    uitleg = _text("Uitleg", 12, OPMAAK)
    vraag_door = _text("Vraag door", 5, "Wat vraagt u, voordat u antwoordt of overdraagt?")
    werkinstructie = _text("Werkinstructie", 8, "Wat doet u, stap voor stap?")


class VoorstelForm(TekstForm):
    """A proposal of any colleague: of a new article, or of another text for one."""

    soort = forms.ChoiceField(
        label="Soort", choices=ArtikelSoort.choices, initial=ArtikelSoort.VAC, required=False
    )
    product = forms.ModelChoiceField(
        label="Product", queryset=Product.objects.usable(), required=False, empty_label="geen"
    )
    afdeling = forms.ModelChoiceField(
        label="Eigenaar",
        queryset=Afdeling.objects.filter(is_actief=True),
        required=False,
        empty_label="kies een afdeling",
        help_text="Welke afdeling staat in voor dit antwoord?",
    )
    toelichting = forms.CharField(
        label="Waarom",
        max_length=2000,
        required=False,
        help_text="Wat klopt er niet, of waarom is dit nodig? De redactie leest dit.",
        widget=textarea(2),
    )
    field_order = ("toelichting", "soort", "product", "afdeling")

    def __init__(self, *args: Any, artikel: Kennisartikel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.artikel = artikel
        if artikel is not None:  # what it is and whose it is stays as it is
            for naam in ("soort", "product", "afdeling"):
                del self.fields[naam]

    def clean(self) -> dict[str, Any]:
        """A new article needs an owner: chosen, or that of its product."""
        data = super().clean() or {}
        if self.artikel is None and "afdeling" not in self.errors:
            product = data.get("product")
            data["afdeling"] = data.get("afdeling") or (product.afdeling if product else None)
            data["soort"] = data.get("soort") or ArtikelSoort.VAC
            if data["afdeling"] is None:
                self.add_error("afdeling", "Kies welke afdeling eigenaar wordt.")
        return data

    def velden(self) -> dict[str, Any]:
        """The valid input as fields of a draft."""
        return {n: w for n, w in self.cleaned_data.items() if n != "toelichting"}


class ConceptForm(TekstForm):
    """A draft, as an editor writes it. ``versie``: what the screen had read."""

    versie = forms.IntegerField(
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )
    soort = forms.ChoiceField(label="Soort", choices=ArtikelSoort.choices)
    product = forms.ModelChoiceField(
        label="Product", queryset=Product.objects.usable(), required=False, empty_label="geen"
    )
    afdeling = forms.ModelChoiceField(
        label="Eigenaar",
        queryset=Afdeling.objects.filter(is_actief=True),
        help_text="Deze afdeling keurt de tekst goed.",
    )
    doelgroep = forms.ChoiceField(
        label="Doelgroep",
        required=False,
        choices=[("", "niet bepaald"), *(c for c in Doelgroep.choices if c[0])],
    )
    trefwoorden = forms.CharField(
        label="Trefwoorden",
        required=False,
        max_length=2000,
        help_text="Woorden die mensen zelf gebruiken, met komma's ertussen.",
        widget=textarea(2),
    )
    herzien_op = _date("Herzien voor", "Uiterlijk twaalf maanden vooruit.")
    alleen_intern = forms.BooleanField(
        label="Alleen voor medewerkers",
        required=False,
        help_text="Ook het deel voor de inwoner komt dan niet op de website.",
    )
    andere_producten = forms.CharField(
        label="Hoort ook bij",
        required=False,
        max_length=5000,
        help_text="Namen van producten, elk op een eigen regel.",
        widget=textarea(2),
    )
    zie_ook = forms.CharField(
        label="Zie ook",
        required=False,
        max_length=10_000,
        help_text="Titels van andere artikelen, elk op een eigen regel.",
        widget=textarea(2),
    )
    geldig_van = _date("Geldig van")
    geldig_tot = _date("Geldig tot en met")
    is_belangrijk = forms.BooleanField(label="Belangrijk: iedereen bevestigt", required=False)
    voor_groepen = forms.ModelMultipleChoiceField(
        label="Voor teams",
        queryset=Groep.objects.filter(is_actief=True).select_related("afdeling"),
        required=False,
        help_text="Geen team gekozen: voor iedereen.",
        widget=forms.CheckboxSelectMultiple,
    )
    contactpersoon = forms.ModelChoiceField(
        label="Contactpersoon", queryset=Medewerker.objects.none(), required=False
    )
    vervanger = forms.ModelChoiceField(
        label="Vervanger", queryset=Medewerker.objects.none(), required=False
    )
    telefoonnummer = forms.CharField(
        label="Telefoonnummer",
        required=False,
        max_length=20,
        validators=[RegexValidator(r"^[\d\s()+./-]*$", "Vul een telefoonnummer in, zoals 14 010.")],
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.initial_of(concept))
        super().__init__(*args, **kwargs)
        self.concept = concept
        for naam in ("contactpersoon", "vervanger"):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - declared above
            veld.queryset = Medewerker.objects.filter(is_active=True)
        self._keep("product", concept.product, Product.objects.usable())
        self._keep("afdeling", concept.afdeling, Afdeling.objects.filter(is_actief=True))

    def _keep(self, naam: str, huidig: Any, keuzes: Any) -> None:
        """What it is now can be kept, also when it can no longer be chosen."""
        if huidig is not None:
            veld = self.fields[naam]
            assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - declared above
            veld.queryset = keuzes | type(huidig)._default_manager.filter(pk=huidig.pk)

    @staticmethod
    def initial_of(concept: Concept) -> dict[str, Any]:
        """The form as the draft stands on the server."""
        waarden: dict[str, Any] = {naam: getattr(concept, naam) for naam in VELDEN}
        stukken = concept.zie_ook.select_related("huidige_versie")
        return waarden | {
            "versie": concept.versie,
            "andere_producten": "\n".join(p.naam for p in concept.andere_producten.all()),
            "zie_ook": "\n".join(s.huidige_versie.titel for s in stukken if s.huidige_versie),
            "voor_groepen": list(concept.voor_groepen.all()),
        }

    def clean_herzien_op(self) -> Any:
        """An answer is looked at every year; a day that has passed already may stay."""
        dag = self.cleaned_data["herzien_op"]
        if dag is not None and dag > localdate() + MAX_HERZIEN:
            raise forms.ValidationError("Kies een dag binnen twaalf maanden.")
        return dag

    def clean_andere_producten(self) -> list[Product]:
        """Names, one per line, as the products that they are."""
        return [self._product(regel) for regel in _lines(self.cleaned_data["andere_producten"])]

    @staticmethod
    def _product(naam: str) -> Product:
        product = Product.objects.usable().filter(naam__iexact=naam).first()
        if product is None:
            raise forms.ValidationError(f"Er is geen product “{naam}”. Schrijf de hele naam.")
        return product

    def clean_zie_ook(self) -> list[Kennisartikel]:
        """Titles, one per line, as the articles that they are."""
        gevonden = []
        for regel in _lines(self.cleaned_data["zie_ook"]):
            stukken = Kennisartikel.objects.filter(is_actief=True)
            stuk = stukken.filter(huidige_versie__titel__iexact=regel).order_by("pk").first()
            if stuk is None:
                raise forms.ValidationError(
                    f"Er is geen artikel “{regel}”. Schrijf de hele titel over."
                )
            if stuk.pk != self.concept.artikel_id:
                gevonden.append(stuk)
        return gevonden

    def clean(self) -> dict[str, Any]:
        """The period of news has an order, also in the database."""
        data = super().clean() or {}
        van, tot = data.get("geldig_van"), data.get("geldig_tot")
        if tot and (van is None or tot < van):
            self.add_error("geldig_tot", "De laatste dag ligt niet voor de eerste dag.")
        return data

    def velden(self) -> dict[str, Any]:
        """What is valid, as fields of a draft. With errors: the rest, so that an autosave keeps
        all words while a date beside them is still half typed.
        """
        namen = (*VELDEN, *LIJSTEN)
        data = getattr(self, "cleaned_data", {})
        return {naam: data[naam] for naam in namen if naam in data and naam not in self.errors}

    @property
    def too_long(self) -> list[str]:
        """Errors in the text itself: then an autosave must say that it did not keep it."""
        teksten = ("kort_antwoord", "uitleg", "vraag_door", "werkinstructie", "trefwoorden")
        return [str(fout) for naam in teksten for fout in self.errors.get(naam, [])]


def _lines(tekst: str) -> list[str]:
    regels = [" ".join(regel.split()) for regel in re.split(r"[\n;]", tekst)]
    return list(dict.fromkeys(regel for regel in regels if regel))[:MAX_REGELS]


class RedenForm(forms.Form):
    """Why: for sending back, rejecting, putting right and withdrawing."""

    reden = forms.CharField(
        label="Reden",
        max_length=300,
        widget=textarea(2),
        error_messages={"required": "Schrijf kort op waarom."},
    )


class GoedkeurForm(forms.Form):
    """Approval of what was read, to be published at once or later."""

    versie = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    publiceren_op = forms.DateTimeField(
        label="Publiceren op",
        required=False,
        help_text="Leeg: meteen.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        error_messages={"invalid": "Vul een dag en een tijd in, zoals 31-12-2026 09:00."},
    )


class NagekekenForm(forms.Form):
    """Until when the text is good."""

    herzien_op = forms.DateField(
        label="Weer nakijken voor",
        widget=forms.DateInput(attrs=_DAG, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Kies een dag."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"herzien_op": localdate() + timedelta(days=182)})
        super().__init__(*args, **kwargs)


class AfbeeldingForm(forms.Form):
    """An image with the words for who cannot see it."""

    bestand = forms.FileField(
        label="Afbeelding",
        help_text="PNG, JPEG, WebP of GIF, hoogstens 5 MB. Van een bewegende GIF komt het eerste "
        "beeld mee.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={"required": "Kies een afbeelding.", "empty": "Dit bestand is leeg."},
    )
    alt = forms.CharField(
        label="Wat staat erop",
        max_length=300,
        help_text="Voor wie de afbeelding niet ziet. Eén zin.",
        error_messages={"required": "Schrijf wat er op de afbeelding staat."},
    )
