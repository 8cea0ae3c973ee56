"""What every room leans on: the processing log, dirty hours, and the heartbeat."""

from django.conf import settings
from django.db import models


class Verwerkingslogregel(models.Model):
    """One look at, or change of, one person's data: who, whose, for what, when.

    One line per person (Logboek Dataverwerkingen); only ever added to, which a trigger holds.
    """

    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="medewerker",
    )
    partij_uuid = models.UUIDField("partij")
    handeling = models.CharField("handeling", max_length=40)
    doel = models.CharField("doel", max_length=80, help_text="Waarvoor, zonder persoonsgegevens.")
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "regel in het verwerkingslog"
        verbose_name_plural = "verwerkingslog"
        indexes = [models.Index(fields=["partij_uuid", "op"], name="verwerkingslog_partij")]

    def __str__(self) -> str:
        return f"{self.handeling} op {self.op:%d-%m-%Y %H:%M}"


class VuilUur(models.Model):
    """An hour whose figures must be computed again, marked in the transaction that changed it.

    No uniqueness on purpose: two agents who close in the same hour must not wait for one another.
    """

    uur = models.DateTimeField("uur")
    gemarkeerd_op = models.DateTimeField("gemarkeerd op", auto_now_add=True)

    class Meta:
        verbose_name = "vuil uur"
        verbose_name_plural = "vuile uren"

    def __str__(self) -> str:
        return f"{self.uur:%d-%m-%Y %H:%M}"


class Hartslag(models.Model):
    """When a part of the machinery last showed that it lives."""

    naam = models.CharField("onderdeel", max_length=40, primary_key=True)
    geslagen_op = models.DateTimeField("geslagen op")

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self) -> str:
        return self.naam
