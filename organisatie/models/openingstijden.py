"""When we are open."""

from django.db import models
from django.db.models import F, Q


class Weekdag(models.IntegerChoices):
    """Days as ISO 8601 numbers them."""

    MAANDAG = 1, "maandag"
    DINSDAG = 2, "dinsdag"
    WOENSDAG = 3, "woensdag"
    DONDERDAG = 4, "donderdag"
    VRIJDAG = 5, "vrijdag"
    ZATERDAG = 6, "zaterdag"
    ZONDAG = 7, "zondag"


class Openingstijd(models.Model):
    """One block of opening hours on one weekday; a day may have several. Local time."""

    weekdag = models.PositiveSmallIntegerField("weekdag", choices=Weekdag.choices)
    van = models.TimeField("van")
    tot = models.TimeField("tot")

    class Meta:
        verbose_name = "openingstijd"
        verbose_name_plural = "openingstijden"
        ordering = ["weekdag", "van"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__lt=F("tot")),
                name="openingstijd_van_voor_tot",
                violation_error_message="De eindtijd ligt na de begintijd.",
            ),
            models.UniqueConstraint(fields=["weekdag", "van"], name="openingstijd_een_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()} {self.van:%H:%M}–{self.tot:%H:%M}"


class BijzondereDag(models.Model):
    """A day that differs from its weekday: closed, or open at other hours.

    Feestdagen are computed (organisatie.werkkalender); this is what the municipality adds to them,
    such as the Friday after Hemelvaart, or takes back by opening on one.
    """

    datum = models.DateField("datum", unique=True)
    omschrijving = models.CharField("omschrijving", max_length=120)
    van = models.TimeField("open van", null=True, blank=True, help_text="Leeg: de hele dag dicht.")
    tot = models.TimeField("open tot", null=True, blank=True)
    is_feestdag = models.BooleanField(
        "geldt als algemeen erkende feestdag",
        default=False,
        help_text="Alleen bij koninklijk besluit; wettelijke termijnen schuiven dan op.",
    )

    class Meta:
        verbose_name = "bijzondere dag"
        verbose_name_plural = "bijzondere dagen"
        ordering = ["-datum"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__isnull=True, tot__isnull=True) | Q(van__lt=F("tot")),
                name="bijzonderedag_dicht_of_van_tot",
                violation_error_message="Vul beide tijden in, of geen van beide.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.datum:%d-%m-%Y} {self.omschrijving}"
