"""Who is there now, who will be, and who takes over."""

from django.db import models
from django.db.models import F, Q

from organisatie.models.mensen import Medewerker
from organisatie.models.openingstijden import Weekdag


class Stand(models.TextChoices):
    """Whether somebody can be reached."""

    BESCHIKBAAR = "beschikbaar", "beschikbaar"
    BEZET = "bezet", "bezet"
    AFWEZIG = "afwezig", "afwezig"


class Dagdeel(models.TextChoices):
    """Half a working day."""

    OCHTEND = "ochtend", "ochtend"
    MIDDAG = "middag", "middag"


class EigenStand(models.Model):
    """What somebody says of himself, until a moment or until he says otherwise."""

    medewerker = models.OneToOneField(
        Medewerker, on_delete=models.CASCADE, related_name="eigen_stand"
    )
    stand = models.CharField("stand", max_length=12, choices=Stand.choices)
    sinds = models.DateTimeField("sinds")
    tot = models.DateTimeField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "eigen stand"
        verbose_name_plural = "eigen standen"

    def __str__(self) -> str:
        return str(self.get_stand_display())


class Werkdagdeel(models.Model):
    """A half day on which somebody works in a common week. None at all: his roster is unknown."""

    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.CASCADE, related_name="werkdagdelen"
    )
    weekdag = models.PositiveSmallIntegerField("weekdag", choices=Weekdag.choices)
    dagdeel = models.CharField("dagdeel", max_length=8, choices=Dagdeel.choices)

    class Meta:
        verbose_name = "werkdagdeel"
        verbose_name_plural = "werkdagdelen"
        ordering = ["weekdag", "-dagdeel"]
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker", "weekdag", "dagdeel"], name="werkdagdeel_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()}{self.dagdeel}"


class VasteVervanger(models.Model):
    """Who takes over whenever nobody was named for the occasion: a day off, a calendar that says
    away.
    """

    medewerker = models.OneToOneField(
        Medewerker, on_delete=models.CASCADE, related_name="vaste_vervanger"
    )
    vervanger = models.ForeignKey(Medewerker, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "vaste vervanger"
        verbose_name_plural = "vaste vervangers"
        constraints = [
            models.CheckConstraint(
                condition=~Q(vervanger=F("medewerker")),
                name="vastevervanger_is_een_ander",
                violation_error_message="Kies een ander als vervanger.",
            )
        ]

    def __str__(self) -> str:
        return str(self.vervanger)


class Afwezigheid(models.Model):
    """A period in which somebody is away, and who takes over. Why is nobody's business."""

    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.CASCADE, related_name="afwezigheden"
    )
    van = models.DateTimeField("van")
    tot = models.DateTimeField("tot")
    vervanger = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="vervangingen"
    )

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        ordering = ["van"]
        indexes = [models.Index(fields=["medewerker", "tot"], name="afwezigheid_wie")]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gt=F("van")),
                name="afwezigheid_tot_na_van",
                violation_error_message="Het einde ligt na het begin.",
            ),
            models.CheckConstraint(
                condition=~Q(vervanger=F("medewerker")),
                name="afwezigheid_ander_vervangt",
                violation_error_message="Kies een ander als vervanger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.van:%d-%m-%Y}–{self.tot:%d-%m-%Y}"


class Agendakoppeling(models.Model):
    """The calendar of somebody, of which only free or busy is kept: never a subject or a place."""

    class Soort(models.TextChoices):
        """How it is read."""

        ICS = "ics", "ICS-adres"
        CALDAV = "caldav", "CalDAV"

    medewerker = models.OneToOneField(
        Medewerker, on_delete=models.CASCADE, related_name="agendakoppeling"
    )
    soort = models.CharField("soort", max_length=8, choices=Soort.choices, default=Soort.ICS)
    # Who knows the whole address of an ICS feed can read the calendar: only the host is shown.
    host = models.CharField("server", max_length=253)
    geheim = models.BinaryField("adres, naam en wachtwoord, versleuteld")
    opgehaald_op = models.DateTimeField("opgehaald op", null=True, blank=True)
    geprobeerd_op = models.DateTimeField("geprobeerd op", null=True, blank=True)
    fout = models.CharField("fout", max_length=200, blank=True)

    class Meta:
        verbose_name = "agendakoppeling"
        verbose_name_plural = "agendakoppelingen"

    def __str__(self) -> str:
        return f"agenda van {self.medewerker_id}"


class Agendablok(models.Model):
    """A time at which somebody's calendar says busy, or away (out of office)."""

    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.CASCADE, related_name="agendablokken"
    )
    van = models.DateTimeField("van")
    tot = models.DateTimeField("tot")
    is_afwezig = models.BooleanField("afwezig, niet alleen bezet", default=False)

    class Meta:
        verbose_name = "agendablok"
        verbose_name_plural = "agendablokken"
        ordering = ["van"]
        indexes = [models.Index(fields=["medewerker", "tot"], name="agendablok_wie")]
        constraints = [
            models.CheckConstraint(condition=Q(tot__gt=F("van")), name="agendablok_tot_na_van")
        ]

    def __str__(self) -> str:
        return f"{self.van:%d-%m-%Y %H:%M}"
