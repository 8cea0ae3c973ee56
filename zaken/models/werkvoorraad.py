"""What belongs to the list of work itself: saved views, and who is looking at what."""

import uuid
from typing import Any, ClassVar

from django.db import models

from organisatie.models import Afdeling, Medewerker
from zaken.models.taken import InterneTaak
from zaken.querysets import KijkerQuerySet, WeergaveQuerySet


class Weergave(models.Model):
    """A filter and order of the list under a name: one's own, or for a whole department."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam", max_length=60)
    eigenaar = models.ForeignKey(Medewerker, on_delete=models.CASCADE, related_name="weergaven")
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="weergaven",
        verbose_name="gedeeld met afdeling",
    )
    # Names and values of the address, checked when stored and again each time they are used.
    # Never a search text: that is a name or a subject of a citizen.
    keuze = models.JSONField("keuze", default=dict)
    aangemaakt_op = models.DateTimeField("aangemaakt op")

    objects = WeergaveQuerySet.as_manager()

    class Meta:
        verbose_name = "weergave"
        verbose_name_plural = "weergaven"
        ordering: ClassVar[list[Any]] = ["naam", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["eigenaar", "naam"],
                name="weergave_naam_eenmaal",
                violation_error_message="U heeft al een weergave met deze naam.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Kijker(models.Model):
    """Somebody who has a taak open now. One row per person and taak, renewed while he looks; the
    table is not logged, since after a crash nobody is looking any more.
    """

    taak = models.ForeignKey(InterneTaak, on_delete=models.CASCADE, related_name="kijkers")
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    op = models.DateTimeField("laatst gezien op", db_index=True)

    objects = KijkerQuerySet.as_manager()

    class Meta:
        verbose_name = "kijker"
        verbose_name_plural = "kijkers"
        constraints = [
            models.UniqueConstraint(fields=["medewerker", "taak"], name="kijker_eenmaal_per_taak")
        ]

    def __str__(self) -> str:
        return f"kijker {self.pk}"


class Taakteller(models.Model):
    """How many taken are open: the sum of ``aantal``. What opens or closes one adds a row
    in its own transaction (triggers), so that nobody waits for another's count; a job folds them.
    """

    aantal = models.IntegerField("erbij of eraf")

    class Meta:
        verbose_name = "taakteller"
        verbose_name_plural = "taaktellers"

    def __str__(self) -> str:
        return f"{self.aantal:+d}"
