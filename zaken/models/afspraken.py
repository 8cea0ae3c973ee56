"""What KCC and departments agreed about handing off."""

from django.db import models
from django.db.models import F, Q

from kennisbank.models import Product
from organisatie.models import Afdeling
from zaken.querysets import OverdrachtsafspraakQuerySet


class TermijnEenheid(models.TextChoices):
    """Unit of a term; both run on the werkkalender."""

    WERKUREN = "werkuren", "werkuren"
    WERKDAGEN = "werkdagen", "werkdagen"


class Overdrachtsafspraak(models.Model):
    """What KCC and department owe each other for a product, from a day to a day."""

    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        related_name="overdrachtsafspraken",
        verbose_name="product",
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        related_name="overdrachtsafspraken",
        verbose_name="afdeling",
    )
    termijn_aantal = models.PositiveSmallIntegerField("termijn")
    termijn_eenheid = models.CharField(
        "eenheid", max_length=10, choices=TermijnEenheid.choices, default=TermijnEenheid.WERKDAGEN
    )
    toelichting = models.TextField(
        "vraag eerst", blank=True, help_text="Wat de afdeling van het KCC wil weten, één per regel."
    )
    geldig_vanaf = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)

    objects = OverdrachtsafspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "overdrachtsafspraak"
        verbose_name_plural = "overdrachtsafspraken"
        ordering = ["product__naam", "-geldig_vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(termijn_aantal__gte=1, termijn_aantal__lte=400),
                name="overdrachtsafspraak_termijn",
                violation_error_message="Een termijn is minstens 1 en hoogstens 400.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="overdrachtsafspraak_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
            models.UniqueConstraint(
                fields=["product", "geldig_vanaf"], name="overdrachtsafspraak_een_per_dag"
            ),
        ]

    def __str__(self) -> str:
        eenheid = str(self.get_termijn_eenheid_display())
        # "1 werkdag", "1 werkuur"; the plurals are werkdagen and werkuren.
        enkel = {"werkdagen": "werkdag", "werkuren": "werkuur"}.get(eenheid, eenheid)
        return f"{self.termijn_aantal} {enkel if self.termijn_aantal == 1 else eenheid}"
