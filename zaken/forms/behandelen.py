"""What comes in from the less common actions on a taak."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import get_current_timezone, localtime

from contacts.models import DigitaalAdres
from organisatie.models import Medewerker
from zaken.behandelen import bereik_van, collegas_voor, sjablonen_voor
from zaken.forms.taken import TaakForm
from zaken.forms.velden import FOCUS, Tekstvak, lange_tekst
from zaken.models import Antwoordsjabloon, InterneTaak, Prioriteit
from zaken.services.berichten import MAX_ONDERWERP, MAX_TEKST
from zaken.services.bijlagen import MAX_BYTES, MAX_PER_TAAK, Bestand

ANDERS = "anders"


class Medewerkerkeuze(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People, each with whether he can be reached now."""

    bereik: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        """The name, and behind it that somebody is away or busy."""
        stand = self.bereik.get(obj.pk, "")
        return f"{obj} ({stand})" if stand else str(obj)


class ToewijsForm(TaakForm):
    """To a colleague."""

    medewerker = Medewerkerkeuze(
        label="Aan wie?",
        queryset=Medewerker.objects.none(),
        empty_label="Kies een collega",
        widget=forms.Select(FOCUS),
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Deze collega staat niet in de lijst. Kies er een uit de lijst.",
        },
    )

    def __init__(
        self, *args: Any, taak: InterneTaak, gever: Medewerker, nu: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vervanger: Medewerker | None = None
        veld = self.fields["medewerker"]
        assert isinstance(veld, Medewerkerkeuze)  # noqa: S101 - says it to mypy
        collegas = collegas_voor(taak, gever)
        if taak.toegewezen_aan is not None:
            collegas = collegas.exclude(pk=taak.toegewezen_aan.pk)
        veld.queryset = collegas
        veld.bereik = bereik_van(veld.queryset, nu)


class PrioriteitForm(TaakForm):
    """What goes first among equal terms."""

    prioriteit = forms.TypedChoiceField(
        label="Prioriteit",
        choices=Prioriteit.choices,
        coerce=int,
        widget=forms.RadioSelect(FOCUS),
        error_messages={"required": "Kies een prioriteit."},
    )


class TerugbelForm(TaakForm):
    """Between which times we call."""

    dag = forms.DateField(
        label="Dag",
        widget=forms.DateInput({"type": "date", **FOCUS}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Vul een datum in."},
    )
    van = forms.TimeField(
        label="Vanaf",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": "Vul in vanaf hoe laat.", "invalid": "Vul een tijd in."},
    )
    tot = forms.TimeField(
        label="Tot",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": "Vul in tot hoe laat.", "invalid": "Vul een tijd in."},
    )

    def __init__(self, *args: Any, vervalt: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vervalt = vervalt
        for naam in ("dag", "van", "tot") if vervalt else ():
            self.fields[naam].required = False

    def moments(self) -> dict[str, datetime | None]:
        """The window as moments; None for both when it is taken back."""
        schoon, zone = self.cleaned_data, get_current_timezone()
        if self.vervalt:
            return {"van": None, "tot": None}
        return {
            naam: datetime.combine(schoon["dag"], schoon[naam], zone) for naam in ("van", "tot")
        }


def window_of(taak: InterneTaak) -> dict[str, Any]:
    """The window that was agreed, as the fields want it."""
    if taak.terugbellen_van is None or taak.terugbellen_tot is None:
        return {}
    van, tot = localtime(taak.terugbellen_van), localtime(taak.terugbellen_tot)
    return {"dag": van.date(), "van": van.time(), "tot": tot.time()}


class AndereTaakForm(TaakForm):
    """Another taak, by its number."""

    nummer = forms.CharField(
        label="Nummer van de andere taak",
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", **FOCUS}),
        help_text="Bijvoorbeeld T 100 000 014.",
        error_messages={"required": "Vul het nummer van de andere taak in."},
    )


class HeropenForm(TaakForm):
    """Why a finished taak is opened again."""

    reden = lange_tekst(
        "Waarom gaat de taak weer open?",
        nodig="Schrijf op waarom de taak weer open moet.",
        rijen=3,
        focus=True,
    )


class NotitieForm(TaakForm):
    """A note among ourselves."""

    tekst = lange_tekst(
        "Notitie",
        nodig="Schrijf de notitie op.",
        rijen=3,
        focus=True,
        hulp="Alleen voor collega’s. De klant ziet dit nooit.",
    )
    genoemd = forms.ModelMultipleChoiceField(
        label="Collega’s erbij halen",
        queryset=Medewerker.objects.none(),
        required=False,
        widget=forms.SelectMultiple({"size": 4, "data-noem-keuze": True}),
        help_text="Zij krijgen bericht. In de tekst kunt u ook @ typen en een naam kiezen.",
        error_messages={
            "invalid_choice": "Deze collega kan de taak niet zien. Kies iemand uit de lijst.",
            "invalid_pk_value": "Kies iemand uit de lijst.",
        },
    )

    def __init__(self, *args: Any, taak: InterneTaak, schrijver: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].widget.attrs["data-noem"] = True
        veld = self.fields["genoemd"]
        assert isinstance(veld, forms.ModelMultipleChoiceField)  # noqa: S101 - says it to mypy
        # By their keys: two querysets of which one asks for a department do not go together.
        mag = Q(pk__in=collegas_voor(taak, schrijver).values("pk")) | Q(pk=taak.aangemaakt_door_id)
        veld.queryset = Medewerker.objects.active().filter(mag).exclude(pk=schrijver.pk)


class Bestandskeuze(forms.ClearableFileInput):
    """A field for more than one file."""

    allow_multiple_selected = True


class Bestanden(forms.FileField):
    """A list of files, each within the limits; their kind is for the service to judge."""

    widget = Bestandskeuze(FOCUS)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files; one that is too big is refused before it is read."""
        lijst: Iterable[Any] = data if isinstance(data, list | tuple) else [data]
        bestanden = [super(Bestanden, self).clean(stuk, initial) for stuk in lijst]
        if not bestanden:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(bestanden) > MAX_PER_TAAK:
            raise forms.ValidationError(f"Kies hoogstens {MAX_PER_TAAK} bestanden.")
        if any((stuk.size or 0) > MAX_BYTES for stuk in bestanden):
            raise forms.ValidationError("Een bestand is groter dan 10 MB. Maak het kleiner.")
        return bestanden


class BijlageForm(TaakForm):
    """Files with the taak."""

    bestanden = Bestanden(
        label="Bestanden",
        help_text="Pdf, foto, docx, xlsx, odt, txt of eml; per bestand hoogstens 10 MB.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
            "missing": "Kies een bestand.",
            "invalid": "Dit bestand kwam niet goed binnen. Kies het opnieuw.",
        },
    )

    def read(self) -> list[Bestand]:
        """The files, read into memory: at most 10 MB each."""
        # What Django's parser keeps of a name is not yet what we keep: see clean_name.
        return [Bestand(stuk.name or "", stuk.read()) for stuk in self.cleaned_data["bestanden"]]


class BerichtForm(TaakForm):
    """A mail to the citizen, as it will go."""

    sjabloon = forms.ModelChoiceField(
        label="Begin met een tekst",
        queryset=Antwoordsjabloon.objects.none(),
        required=False,
        empty_label="Lege tekst",
    )
    aan = forms.ChoiceField(
        label="Naar welk adres?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een adres.",
            "invalid_choice": "Kies een van deze adressen, of vul een ander adres in.",
        },
    )
    ander_adres = forms.EmailField(
        label="Ander e-mailadres",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": "Dit is geen geldig e-mailadres."},
    )
    bevestigd = forms.BooleanField(
        label="Ik heb dit adres bij de klant gecontroleerd",
        required=False,
        help_text="Nodig als het adres niet eerder is gecontroleerd.",
    )
    onderwerp = forms.CharField(
        label="Onderwerp",
        max_length=MAX_ONDERWERP,
        error_messages={"required": "Vul een onderwerp in."},
    )
    tekst = forms.CharField(
        label="Bericht",
        max_length=MAX_TEKST,
        widget=Tekstvak(8, focus=True),
        help_text="Alleen deze tekst gaat naar de klant. Notities en toelichting gaan nooit mee.",
        error_messages={"required": "Schrijf het bericht."},
    )

    def __init__(
        self, *args: Any, taak: InterneTaak, adressen: list[DigitaalAdres], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keuze, veld = self.fields["aan"], self.fields["sjabloon"]
        assert isinstance(keuze, forms.ChoiceField)  # noqa: S101 - says it to mypy
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = sjablonen_voor(taak.afdeling)
        keuze.choices = [
            *((a.adres, f"{a.adres} ({_checked(a)})") for a in adressen),
            (ANDERS, "Een ander adres"),
        ]
        if not adressen:
            keuze.initial = ANDERS

    def clean(self) -> dict[str, Any]:
        """Another address is asked for when that is chosen."""
        schoon = super().clean() or {}
        ontbreekt = "ander_adres" in schoon and not schoon["ander_adres"]
        if schoon.get("aan") == ANDERS and ontbreekt:
            self.add_error("ander_adres", "Vul het e-mailadres in.")
        return schoon

    def message(self) -> dict[str, Any]:
        """What the service asks."""
        schoon = self.cleaned_data
        adres = schoon["ander_adres"] if schoon["aan"] == ANDERS else schoon["aan"]
        return {
            "aan": adres,
            "bevestigd": schoon["bevestigd"],
            "onderwerp": schoon["onderwerp"],
            "tekst": schoon["tekst"],
            "versie": schoon["versie"],
        }


def _checked(adres: DigitaalAdres) -> str:
    return "gecontroleerd" if adres.verificatie_datum else "nog niet gecontroleerd"
