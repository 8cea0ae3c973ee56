"""When we are open: everybody, or one department."""

from django.db import models
from django.db.models import F, Q

from organisatie.models.mensen import Afdeling


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
    """One block of opening hours on one weekday; a day may have several. Local time.

    Without department it goes for everybody; a department with hours of its own follows those.
    Hours that change end (``geldig_tot``) and are followed by new ones: what was open last year
    stays open last year, and so does every figure about it.
    """

    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="openingstijden",
        verbose_name="afdeling",
        help_text="Leeg: voor iedereen.",
    )
    weekdag = models.PositiveSmallIntegerField("weekdag", choices=Weekdag.choices)
    van = models.TimeField("van")
    tot = models.TimeField("tot")
    geldig_vanaf = models.DateField(
        "geldig vanaf", null=True, blank=True, help_text="Leeg: altijd al."
    )
    geldig_tot = models.DateField(
        "geldig tot en met", null=True, blank=True, help_text="Leeg: tot nader order."
    )

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
            models.CheckConstraint(
                condition=Q(geldig_vanaf__isnull=True)
                | Q(geldig_tot__isnull=True)
                | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="openingstijd_geldigheid",
                violation_error_message="De laatste dag ligt niet voor de eerste.",
            ),
            models.UniqueConstraint(
                fields=["afdeling", "weekdag", "van", "geldig_vanaf"],
                name="openingstijd_een_begin",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()} {self.van:%H:%M}–{self.tot:%H:%M}"


class BijzondereDag(models.Model):
    """A day that differs from its weekday: closed, or open at other hours.

    Feestdagen are computed (organisatie.werkkalender); this is what the municipality adds to them,
    such as the Friday after Hemelvaart, or takes back by opening on one. A department's own day
    goes before that of everybody.
    """

    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="bijzondere_dagen",
        verbose_name="afdeling",
        help_text="Leeg: voor iedereen.",
    )
    datum = models.DateField("datum")
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
            ),
            models.CheckConstraint(
                condition=Q(afdeling__isnull=True) | Q(is_feestdag=False),
                name="bijzonderedag_feestdag_voor_iedereen",
                violation_error_message="Een feestdag geldt voor iedereen: laat de afdeling leeg.",
            ),
            models.UniqueConstraint(
                fields=["datum", "afdeling"],
                name="bijzonderedag_een_per_dag",
                nulls_distinct=False,
                violation_error_message="Deze dag staat er al. Wijzig die.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.datum:%d-%m-%Y} {self.omschrijving}"
