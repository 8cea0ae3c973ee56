"""What the guard of the terms remembers: whom it warned, how far it looked, who wants no mail."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisatie.models import Medewerker
from zaken.models.taken import InterneTaak


class Trede(models.IntegerChoices):
    """The steps of the guard: three about the term, two about a promised call-back window."""

    HERINNERING = 1, "herinnering"
    COORDINATOR = 2, "naar de coördinator"
    HOOFD = 3, "naar het afdelingshoofd"
    TERUGBELLEN = 4, "terugbelafspraak begint"
    TERUGBELLEN_GEMIST = 5, "terugbelafspraak gemist"


class Waarschuwing(models.Model):
    """One warning about one taak. Unique per step and per term: a term that moves starts anew.

    ``termijn_op`` is the moment that it is about: the term, or an end of the call-back window.
    """

    taak = models.ForeignKey(
        InterneTaak, on_delete=models.PROTECT, related_name="waarschuwingen", db_index=False
    )
    trede = models.PositiveSmallIntegerField("trede", choices=Trede.choices)
    termijn_op = models.DateTimeField("over de termijn")
    op = models.DateTimeField("gewaarschuwd op")
    aan = models.CharField("aan", max_length=200)
    # Kept, so that who dies between the row and the mail leaves enough behind to send it.
    adressen = ArrayField(models.EmailField(), verbose_name="adressen", default=list, blank=True)
    gemeld_op = models.DateTimeField("in een mail gezet op", null=True, blank=True)

    class Meta:
        verbose_name = "waarschuwing"
        verbose_name_plural = "waarschuwingen"
        indexes = [
            models.Index(fields=["op"], name="waarschuwing_wanneer"),
            models.Index(
                fields=["id"], condition=Q(gemeld_op__isnull=True), name="waarschuwing_te_melden"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["taak", "trede", "termijn_op"], name="waarschuwing_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_trede_display()} {self.op:%d-%m-%Y %H:%M}"


class Bewakingsstand(models.Model):
    """How far the guard has looked. One row."""

    ENIGE: ClassVar[int] = 1

    gekeken_op = models.DateTimeField("gekeken tot", null=True, blank=True)
    volledig_op = models.DateTimeField("alles bekeken op", null=True, blank=True)
    gebeurtenis = models.BigIntegerField("laatste gebeurtenis", default=0)
    dagbericht_datum = models.DateField("dagbericht van", null=True, blank=True)

    class Meta:
        verbose_name = "stand van de bewaking"
        verbose_name_plural = "stand van de bewaking"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="bewakingsstand_een_rij"),
        ]

    def __str__(self) -> str:
        return f"gekeken tot {self.gekeken_op}"


class GeenDagbericht(models.Model):
    """Somebody who does not want the daily mail."""

    medewerker = models.OneToOneField(
        Medewerker, on_delete=models.CASCADE, related_name="geen_dagbericht"
    )
    sinds = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "geen dagbericht"
        verbose_name_plural = "geen dagbericht"

    def __str__(self) -> str:
        return f"geen dagbericht voor {self.medewerker_id}"
