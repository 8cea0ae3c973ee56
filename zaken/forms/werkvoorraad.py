"""What comes in from the list of work: many taken at once, and a view to keep."""

from typing import Any

from django import forms

from organisatie.models import Afdeling, Medewerker
from zaken.forms.velden import FOCUS, lange_tekst
from zaken.models import Prioriteit


class SamenForm(forms.Form):
    """Parent of the forms on many taken; ``by`` is who fills it in."""

    def __init__(self, *args: Any, by: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by


class ToewijzenForm(SamenForm):
    """To one colleague."""

    medewerker = forms.ModelChoiceField(
        label="Aan wie?",
        queryset=Medewerker.objects.none(),
        empty_label="Kies een collega",
        widget=forms.Select(FOCUS),
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Deze collega staat niet in de lijst. Kies iemand uit de lijst.",
        },
    )

    def __init__(self, *args: Any, by: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        veld = self.fields["medewerker"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        collegas = Medewerker.objects.active().filter(afdelingen__in=by.afdelingen.values("pk"))
        veld.queryset = collegas.distinct()


class DoorsturenForm(SamenForm):
    """On to another department."""

    afdeling = forms.ModelChoiceField(
        label="Naar afdeling",
        queryset=Afdeling.objects.filter(is_actief=True),
        empty_label="Kies een afdeling",
        widget=forms.Select(FOCUS),
        error_messages={
            "required": "Kies een afdeling.",
            "invalid_choice": "Deze afdeling staat niet in de lijst. Kies er een uit de lijst.",
        },
    )
    reden = lange_tekst("Reden", nodig="Schrijf op waarom de taken daar horen.", rijen=3)


class PrioriteitForm(SamenForm):
    """What goes first among equal terms."""

    prioriteit = forms.TypedChoiceField(
        label="Prioriteit",
        choices=Prioriteit.choices,
        coerce=int,
        widget=forms.RadioSelect(FOCUS),
        help_text="De termijn gaat voor. Bij gelijke termijn staat hoge prioriteit bovenaan.",
        error_messages={"required": "Kies een prioriteit."},
    )


class LoslatenForm(SamenForm):
    """Nothing to fill in."""


class WeergaveForm(forms.Form):
    """A name, and whether colleagues see it too."""

    naam = forms.CharField(
        label="Naam",
        max_length=60,
        error_messages={
            "required": "Geef de weergave een naam.",
            "max_length": "De naam is te lang: hoogstens 60 tekens.",
        },
    )
    afdeling = forms.ModelChoiceField(
        label="Voor wie?",
        queryset=Afdeling.objects.none(),
        required=False,
        empty_label="Alleen voor mij",
        error_messages={"invalid_choice": "Kies een afdeling waar u werkt."},
    )

    def __init__(self, *args: Any, by: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["afdeling"]
        assert isinstance(veld, forms.ModelChoiceField)  # noqa: S101 - says it to mypy
        veld.queryset = by.afdelingen.all()
