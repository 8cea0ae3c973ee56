"""Roll-ups per hour, and the norms that they are held against.

Every row can be thrown away and computed again from the records (rapportage.services).
Only sums and counts are kept, never averages, so rows may be added up over any period.
"""

from django.db import models
from django.db.models import F, Q

from contacts.models import Kanaal, KlantDoelgroep
from kennisbank.models import Product
from organisatie.models import Afdeling


class UurTelling(models.Model):
    """Counts of closed klantcontacten, by the hour in which they took place."""

    uur = models.DateTimeField("uur")
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices)
    doelgroep = models.CharField("doelgroep", max_length=20, choices=KlantDoelgroep.choices)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    contacten = models.PositiveIntegerField("contacten", default=0)
    met_vraag = models.PositiveIntegerField("met een vraag", default=0)
    fcr_a = models.PositiveIntegerField("volgens medewerker opgelost", default=0)
    behandeld = models.PositiveIntegerField("behandeld", default=0)
    fcr_b = models.PositiveIntegerField("zonder overdracht", default=0)
    herkenbaar = models.PositiveIntegerField("met partij en product", default=0)
    fcr_c = models.PositiveIntegerField("zonder herhaling", default=0)
    gespreksseconden = models.BigIntegerField("gespreksseconden", default=0)
    nawerkseconden = models.BigIntegerField("nawerkseconden", default=0)

    class Meta:
        verbose_name = "telling per uur"
        verbose_name_plural = "tellingen per uur"
        indexes = [models.Index(fields=["uur", "kanaal", "afdeling"], name="uurtelling_uur")]
        constraints = [
            models.UniqueConstraint(
                fields=["uur", "kanaal", "doelgroep", "afdeling", "product"],
                nulls_distinct=False,
                name="uurtelling_een_per_cel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.uur:%d-%m-%Y %H}u {self.kanaal}"


class UurTaken(models.Model):
    """Counts of interne taken: handed off, fallen due and finished, each in its own hour."""

    uur = models.DateTimeField("uur")
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices)
    doelgroep = models.CharField("doelgroep", max_length=20, choices=KlantDoelgroep.choices)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    overgedragen = models.PositiveIntegerField("overgedragen", default=0)
    verschuldigd = models.PositiveIntegerField("termijn verstreken of gehaald", default=0)
    binnen_termijn = models.PositiveIntegerField("binnen termijn afgehandeld", default=0)
    afgehandeld = models.PositiveIntegerField("afgehandeld", default=0)

    class Meta:
        verbose_name = "taken per uur"
        verbose_name_plural = "taken per uur"
        indexes = [models.Index(fields=["uur", "kanaal", "afdeling"], name="uurtaken_uur")]
        constraints = [
            models.UniqueConstraint(
                fields=["uur", "kanaal", "doelgroep", "afdeling", "product"],
                nulls_distinct=False,
                name="uurtaken_een_per_cel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.uur:%d-%m-%Y %H}u {self.kanaal}"


class UurDoorlooptijd(models.Model):
    """How many taken finished in this hour took this many working minutes.

    A histogram with bins of one minute: it can be added up, and a percentile from it is exact.
    """

    uur = models.DateTimeField("uur")
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices)
    doelgroep = models.CharField("doelgroep", max_length=20, choices=KlantDoelgroep.choices)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    werkminuten = models.PositiveIntegerField("werkminuten")
    aantal = models.PositiveIntegerField("aantal")

    class Meta:
        verbose_name = "doorlooptijd per uur"
        verbose_name_plural = "doorlooptijden per uur"
        indexes = [models.Index(fields=["uur", "kanaal", "afdeling"], name="uurdoorlooptijd_uur")]
        constraints = [
            models.UniqueConstraint(
                fields=["uur", "kanaal", "doelgroep", "afdeling", "product", "werkminuten"],
                nulls_distinct=False,
                name="uurdoorlooptijd_een_per_cel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.uur:%d-%m-%Y %H}u {self.werkminuten} min"


class Norm(models.Model):
    """The target of a KPI, from a day to a day, for all or for one kanaal or department."""

    kpi = models.SlugField("kpi", max_length=40)
    doelwaarde = models.DecimalField("doelwaarde", max_digits=9, decimal_places=2)
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices, blank=True)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    geldig_vanaf = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "norm"
        verbose_name_plural = "normen"
        ordering = ["kpi", "-geldig_vanaf"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "kanaal", "afdeling", "geldig_vanaf"],
                nulls_distinct=False,
                name="norm_een_per_dag",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="norm_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.doelwaarde}"
