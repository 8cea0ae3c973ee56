"""What every room leans on: the processing log, dirty hours, and the heartbeat."""

import uuid

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


class UitgaandBericht(models.Model):
    """A message that must reach the outside: stored with what it tells about, sent after commit.

    ``sleutel`` makes it once: what is queued twice is one message, and it goes out under a
    Message-ID made of it. Messages of one ``reeks`` leave in the order in which they were queued.
    """

    class Stand(models.TextChoices):
        """How far it is."""

        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "wordt verzonden"
        VERZONDEN = "verzonden", "verzonden"
        MISLUKT = "mislukt", "mislukt"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sleutel = models.CharField("sleutel", max_length=200, unique=True)
    reeks = models.CharField("reeks", max_length=100, blank=True)
    aan = models.EmailField("aan")
    onderwerp = models.CharField("onderwerp", max_length=200)
    tekst = models.TextField("tekst")
    kopregels = models.JSONField("extra kopregels", default=dict)
    stand = models.CharField("stand", max_length=10, choices=Stand.choices, default=Stand.WACHT)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    niet_voor = models.DateTimeField("niet voor")
    bezig_sinds = models.DateTimeField("bezig sinds", null=True, blank=True)
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    fout = models.CharField("fout", max_length=300, blank=True)

    class Meta:
        verbose_name = "uitgaand bericht"
        verbose_name_plural = "uitgaande berichten"
        indexes = [
            models.Index(
                fields=["niet_voor"],
                condition=models.Q(stand__in=["wacht", "bezig"]),
                name="uitgaandbericht_open",
            ),
            models.Index(
                fields=["reeks", "id"],
                condition=models.Q(stand__in=["wacht", "bezig"]) & ~models.Q(reeks=""),
                name="uitgaandbericht_reeks",
            ),
        ]

    def __str__(self) -> str:
        return self.sleutel
