"""Taking over from a colleague who is away."""

from django.db import models

from organisatie.models import Groep, Medewerker
from zaken.models.taken import InterneTaak


class Waarneming(models.Model):
    """One taak that somebody took over from an absent colleague of a team. The history of the taak
    says it too; this is what a team counts.
    """

    taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="waarnemingen")
    groep = models.ForeignKey(Groep, on_delete=models.PROTECT, related_name="waarnemingen")
    voor = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        ordering = ["-op"]
        indexes = [models.Index(fields=["groep", "op"], name="waarneming_per_groep")]

    def __str__(self) -> str:
        return f"{self.door} voor {self.voor}"
