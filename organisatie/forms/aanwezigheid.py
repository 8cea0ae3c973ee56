"""Forms for presence: what comes in, and nothing else."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate, localtime, make_aware

from organisatie.models import (
    Afwezigheid,
    Agendakoppeling,
    Dagdeel,
    Medewerker,
    Stand,
    VasteVervanger,
    Weekdag,
    Werkdagdeel,
)
from organisatie.services.aanwezigheid import end_of_day

# What the menu in the bar offers, in minutes; "dag" is until midnight.
DUREN = {"30": 30, "60": 60, "dag": 0}
WERKWEEK = list(Weekdag)[:5]


def collega_field(label: str, medewerker: Medewerker, blijft: int | None) -> Any:
    """Who can take over from this person: colleagues, and who does so now even if he has left."""
    keuze = Medewerker.objects.filter(
        Q(pk__in=Medewerker.objects.colleagues_of(medewerker).values("pk")) | Q(pk=blijft)
    )
    return forms.ModelChoiceField(
        queryset=keuze.order_by("achternaam", "voornaam"),
        required=False,
        label=label,
        empty_label="Niemand",
    )


class StandForm(forms.Form):
    """Available, busy or away; until a moment, for a while, or until further notice."""

    stand = forms.ChoiceField(
        label="Nu ben ik",
        choices=[(stand.value, stand.label.capitalize()) for stand in Stand],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies beschikbaar, bezet of afwezig."},
    )
    duur = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((sleutel, sleutel) for sleutel in DUREN)],
        widget=forms.HiddenInput,
    )
    tot = forms.DateTimeField(
        required=False,
        label="Tot",
        help_text="Leeg: voor vandaag. Afwezig blijft dan staan tot u het wijzigt.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Vul een dag en een tijd in."},
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean(self) -> dict[str, Any]:
        """A length of time becomes a moment."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        if duur := schoon.get("duur"):
            minuten = DUREN[duur]
            schoon["tot"] = self.at + timedelta(minutes=minuten) if minuten else end_of_day(self.at)
        return schoon


class RoosterForm(forms.Form):
    """A tick per half day of a common week, and who takes over on the others."""

    dagdelen = forms.MultipleChoiceField(
        label="Werkdagen",
        required=False,
        choices=[
            (f"{dag.value}-{deel.value}", f"{dag.label} {deel.label}")
            for dag in Weekdag
            for deel in Dagdeel
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, medewerker: Medewerker, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "rooster_%s")  # two forms on the page ask for a replacement
        vast = VasteVervanger.objects.filter(medewerker=medewerker).first()
        nu = Werkdagdeel.objects.filter(medewerker=medewerker).values_list("weekdag", "dagdeel")
        self.begin = {f"{dag}-{deel}" for dag, deel in nu}
        kwargs["initial"] = {
            "dagdelen": sorted(self.begin),
            "vervanger": vast.vervanger_id if vast else None,
        }
        super().__init__(*args, **kwargs)
        self.fields["vervanger"] = collega_field(
            "Wie neemt waar op andere dagen", medewerker, vast.vervanger_id if vast else None
        )

    @property
    def raster(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Rows for the page: a half day, and per day the value, its name and whether it is on."""
        aan = set(self.data.getlist("dagdelen")) if self.is_bound else self.begin  # type: ignore[attr-defined]
        dagen = list(Weekdag) if any(w[0] in "67" for w in aan) else WERKWEEK
        return [
            (
                deel.label,
                [
                    (waarde, f"{dag.label}{deel.label}", waarde in aan)
                    for dag in dagen
                    for waarde in [f"{dag.value}-{deel.value}"]
                ],
            )
            for deel in Dagdeel
        ]

    @property
    def dagen(self) -> list[str]:
        """The heads of the columns."""
        aantal = len(self.raster[0][1])
        return [dag.label for dag in list(Weekdag)[:aantal]]

    def clean_dagdelen(self) -> set[tuple[int, str]]:
        """As (weekday, half day)."""
        delen = (waarde.partition("-") for waarde in self.cleaned_data["dagdelen"])
        return {(int(dag), deel) for dag, _, deel in delen}


class AfwezigheidForm(forms.Form):
    """From when somebody is away and when he is back. Why is not asked."""

    van_datum = forms.DateField(
        label="Eerste dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Vul de eerste dag in.", "invalid": "Vul een datum in."},
    )
    van_tijd = forms.TimeField(
        label="Vanaf",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Vul een tijd in, zoals 13:00."},
    )
    terug_datum = forms.DateField(
        label="Weer terug op",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Vul in op welke dag u terug bent.",
            "invalid": "Vul een datum in.",
        },
    )
    terug_tijd = forms.TimeField(
        label="Om",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Vul een tijd in, zoals 13:00."},
    )

    def __init__(
        self, *args: Any, medewerker: Medewerker, weg: Afwezigheid | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "weg_%s")
        kwargs["initial"] = _as_fields(weg) if weg else {"van_datum": localdate()}
        super().__init__(*args, **kwargs)
        self.fields["vervanger"] = collega_field(
            "Wie neemt waar", medewerker, weg.vervanger_id if weg else None
        )

    def clean(self) -> dict[str, Any]:
        """Two moments. A day without a time begins at midnight."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        van, terug = schoon.get("van_datum"), schoon.get("terug_datum")
        if not isinstance(van, date) or not isinstance(terug, date):
            return schoon
        schoon["van"] = make_aware(datetime.combine(van, schoon.get("van_tijd") or time()))
        schoon["tot"] = make_aware(datetime.combine(terug, schoon.get("terug_tijd") or time()))
        if schoon["tot"] <= schoon["van"]:
            self.add_error(
                "terug_datum",
                "U bent terug na het begin. Bent u één dag weg, vul dan de dag erna in.",
            )
        return schoon


def _as_fields(weg: Afwezigheid) -> dict[str, Any]:
    van, terug = localtime(weg.van), localtime(weg.tot)
    return {
        "van_datum": van.date(),
        "van_tijd": van.time() if van.time() != time() else None,
        "terug_datum": terug.date(),
        "terug_tijd": terug.time() if terug.time() != time() else None,
        "vervanger": weg.vervanger_id,
    }


class AgendaForm(forms.Form):
    """Where one's calendar is. The password never comes back to the page."""

    soort = forms.ChoiceField(
        label="Soort",
        choices=Agendakoppeling.Soort.choices,
        initial=Agendakoppeling.Soort.ICS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een soort."},
    )
    adres = forms.CharField(
        label="Adres",
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        error_messages={"required": "Vul het adres van uw agenda in."},
    )
    gebruikersnaam = forms.CharField(
        label="Gebruikersnaam",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    wachtwoord = forms.CharField(
        label="Wachtwoord",
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
