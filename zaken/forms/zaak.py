"""What comes in from the pages of zaken. Fields are called after what the services ask."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate

from contacts.models import Partij
from organisatie.models import Medewerker
from zaken.forms.velden import FOCUS, Tekstvak
from zaken.models import Resultaattype, Statustype, Zaak, ZaakBetrokkene, Zaaktype

GEEN_DATUM = "Vul een datum in, zoals 18-11-2026."
ONVOLLEDIG = "Dit formulier is niet volledig. Laad de pagina opnieuw."


def _datum(
    label: str, *, nodig: bool = True, hulp: str = "", focus: bool = False
) -> forms.DateField:
    attrs: dict[str, Any] = {"type": "date"} | (FOCUS if focus else {})
    return forms.DateField(
        label=label,
        required=nodig,
        help_text=hulp,
        widget=forms.DateInput(attrs, format="%Y-%m-%d"),
        error_messages={"required": GEEN_DATUM, "invalid": GEEN_DATUM},
    )


def _tekst(
    label: str, *, lengte: int, nodig: str = "", hulp: str = "", rijen: int = 3
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(nodig),
        max_length=lengte,
        help_text=hulp,
        widget=Tekstvak(rijen),
        error_messages={
            "required": nodig,
            "max_length": "Dit is te lang: hoogstens %(limit_value)d tekens, dit zijn er "
            "%(show_value)d.",
        },
    )


class NieuweZaakForm(forms.Form):
    """A zaak that begins."""

    zaaktype = forms.ModelChoiceField(
        label="Wat voor zaak is het?",
        queryset=Zaaktype.objects.none(),
        empty_label="Kies een soort",
        error_messages={"required": "Kies wat voor zaak het is."},
    )
    omschrijving = forms.CharField(
        label="Waar gaat het over?",
        max_length=80,
        help_text="In hoogstens 80 tekens. Zo staat de zaak in lijsten.",
        error_messages={
            "required": "Schrijf in een paar woorden op waar het over gaat.",
            "max_length": "Dit is te lang: hoogstens 80 tekens, dit zijn er %(show_value)d.",
        },
    )
    toelichting = _tekst("Toelichting", lengte=1000, rijen=4)
    startdatum = _datum("Ontvangen op", hulp="De termijn begint de dag daarna.")
    termijn_vanaf = _datum(
        "Laatste dag van de bezwaartermijn",
        nodig=False,
        hulp="Alleen bij een bezwaar: daarna pas begint onze termijn.",
    )
    met_commissie = forms.BooleanField(
        label="Een adviescommissie behandelt dit",
        required=False,
        help_text="Alleen bij een bezwaar of klacht: de termijn is dan langer.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "zaak_%s"
        veld = self.fields["zaaktype"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = Zaaktype.objects.valid_on(localdate()).order_by("omschrijving")
        self.initial.setdefault("startdatum", localdate())

    def clean(self) -> dict[str, Any]:
        """A bezwaar has a day of its own from which the term counts, and nothing else has."""
        schoon = super().clean() or {}
        zaaktype, vanaf = schoon.get("zaaktype"), schoon.get("termijn_vanaf")
        if zaaktype is None:
            return schoon
        bezwaar = zaaktype.termijn_start == Zaaktype.Termijnstart.BEZWAARTERMIJN
        if bezwaar and vanaf is None and "termijn_vanaf" not in self.errors:
            self.add_error("termijn_vanaf", "Vul in wanneer de bezwaartermijn eindigt of eindigde.")
        if not bezwaar and vanaf is not None:
            self.add_error("termijn_vanaf", "Dit is alleen nodig bij een bezwaar. Maak het leeg.")
        return schoon


class ZaakForm(forms.Form):
    """Parent of the forms on a zaak: carries the versie that the screen shows."""

    data: QueryDict

    versie = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        error_messages={"required": ONVOLLEDIG, "invalid": ONVOLLEDIG},
    )

    def __init__(self, data: QueryDict | None, *, zaak: Zaak) -> None:
        super().__init__(data, initial={"versie": zaak.versie} | self.first(zaak))
        self.auto_id = "zaak_%s"
        self.fill(zaak)

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """What stands in the fields before somebody types."""
        return {}

    def fill(self, zaak: Zaak) -> None:
        """Put the choices of this zaak in the fields."""

    def limit(self, naam: str, keuzes: Any) -> None:
        """The records that one may choose from."""
        veld = self.fields[naam]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = keuzes

    def show_versie(self, versie: int) -> None:
        """After a conflict the screen shows this versie: the next try is meant for that one."""
        self.data = self.data.copy()
        self.data["versie"] = str(versie)


class ZaakStatusForm(ZaakForm):
    """Another stage."""

    statustype = forms.ModelChoiceField(
        label="Hoe ver is de zaak?",
        queryset=Statustype.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies hoe ver de zaak is."},
    )
    toelichting = _tekst("Toelichting", lengte=1000, hulp="Het KCC leest dit mee.")

    def fill(self, zaak: Zaak) -> None:
        """The stages of this kind of zaak but the last, which comes with a result."""
        anders = zaak.zaaktype.statustypen.filter(is_eindstatus=False).exclude(pk=zaak.status_id)
        self.limit("statustype", anders.order_by("volgnummer"))


class AfrondenForm(ZaakForm):
    """The result."""

    resultaat = forms.ModelChoiceField(
        label="Hoe liep het af?",
        queryset=Resultaattype.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies een resultaat."},
    )
    einddatum = _datum("Besluit of antwoord verstuurd op")
    toelichting = _tekst("Toelichting", lengte=1000, hulp="Het KCC leest dit mee.")

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """Today, most often."""
        return {"einddatum": localdate()}

    def fill(self, zaak: Zaak) -> None:
        """The results of this kind of zaak."""
        self.limit("resultaat", zaak.zaaktype.resultaattypen.all())


class HeropenenForm(ZaakForm):
    """Open again."""

    reden = _tekst("Waarom gaat de zaak weer open?", lengte=200, nodig="Schrijf op waarom.")


class OpschortenForm(ZaakForm):
    """Stop the term."""

    sinds = _datum(
        "Gevraagd of afgesproken op", hulp="De termijn staat stil vanaf de dag daarna.", focus=True
    )
    reden = _tekst(
        "Waar wachten we op?",
        lengte=200,
        nodig="Schrijf op waar we op wachten.",
        hulp="Het KCC leest dit voor als de klant belt.",
    )

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """Today, most often."""
        return {"sinds": localdate()}


class HervattenForm(ZaakForm):
    """Let the term run again."""

    binnen = _datum(
        "Alles binnen, of de tijd ervoor voorbij, op", hulp="Vanaf deze dag loopt de termijn weer."
    )

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """Today, most often."""
        return {"binnen": localdate()}


class VerlengenForm(ZaakForm):
    """Put the term off."""

    aantal = forms.IntegerField(
        label="Verlengen met",
        min_value=1,
        error_messages={
            "required": "Vul in met hoeveel u de termijn verlengt.",
            "invalid": "Vul een getal in.",
            "min_value": "Vul een getal van 1 of meer in.",
        },
    )
    reden = _tekst(
        "Waarom is er meer tijd nodig?",
        lengte=200,
        nodig="Schrijf op waarom er meer tijd nodig is.",
        hulp="Dit staat ook in het bericht aan de klant.",
    )

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """All that the law gives."""
        return {"aantal": zaak.zaaktype.verlenging_aantal}

    def fill(self, zaak: Zaak) -> None:
        """In which unit."""
        soort = zaak.zaaktype
        self.fields["aantal"].label = f"Verlengen met ({soort.get_verlenging_eenheid_display()})"
        if soort.verlenging_aantal:
            self.fields["aantal"].help_text = f"Hoogstens {soort.verlenging_aantal}, en één keer."


class ToewijzenForm(ZaakForm):
    """Who deals with it."""

    to = forms.ModelChoiceField(
        label="Wie behandelt de zaak?",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Niemand nog",
        widget=forms.Select(FOCUS),
        error_messages={"invalid_choice": "Kies iemand uit de lijst."},
    )

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """Who has it now."""
        return {"to": zaak.behandelaar_id}

    def fill(self, zaak: Zaak) -> None:
        """Who works on zaken of this department."""
        wie = Medewerker.objects.in_afdeling(zaak.afdeling_id).order_by("achternaam", "voornaam")
        kan = [medewerker.pk for medewerker in wie if medewerker.has_perm("zaken.change_zaak")]
        self.limit("to", wie.filter(pk__in=kan))


class BetrokkeneForm(ZaakForm):
    """Somebody with a part in it."""

    rol = forms.ChoiceField(
        label="Als wat?",
        choices=ZaakBetrokkene.Roltype.choices,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies een rol."},
    )
    partij = forms.ModelChoiceField(
        label="Klant",
        queryset=Partij.objects.none(),
        required=False,
        empty_label="Niet een klant",
        help_text="Wie in een contact of taak van deze zaak voorkomt. "
        "Staat iemand er niet bij? Koppel eerst het contact.",
    )
    medewerker = forms.ModelChoiceField(
        label="Of een collega",
        queryset=Medewerker.objects.none(),
        required=False,
        empty_label="Niet een collega",
    )

    def fill(self, zaak: Zaak) -> None:
        """Citizens from what is linked, colleagues of the department."""
        contacten = zaak.koppelingen.values("klantcontact__partij")
        taken = zaak.koppelingen.values("taak__klantcontact__partij")
        bekend = Partij.objects.filter(pk__in=contacten) | Partij.objects.filter(pk__in=taken)
        self.limit("partij", bekend.order_by("zoeknaam"))
        self.limit("medewerker", Medewerker.objects.in_afdeling(zaak.afdeling_id))

    def clean(self) -> dict[str, Any]:
        """One of both."""
        schoon = super().clean() or {}
        if bool(schoon.get("partij")) == bool(schoon.get("medewerker")):
            self.add_error("partij", "Kies een klant of een collega.")
        return schoon


class IngebrekestellingForm(ZaakForm):
    """A letter that says that we are late."""

    ontvangen = _datum("Brief ontvangen op", focus=True)

    def first(self, zaak: Zaak) -> dict[str, Any]:
        """Today, most often."""
        return {"ontvangen": localdate()}


class OntkoppelForm(ZaakForm):
    """Take a contact or taak off."""

    koppeling = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG, "invalid": ONVOLLEDIG}
    )


class KoppelForm(forms.Form):
    """The zaak that a contact or taak belongs to."""

    nummer = forms.CharField(
        label="Nummer van de zaak",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "Z-2026-…"}),
        error_messages={"required": "Vul het nummer van de zaak in."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "koppel_%s"
