"""Where a question goes: a model of rules, chosen by the municipality and not by us."""

import uuid

from django.db import models
from django.db.models import Q

from contacts.models import Kanaal, KlantDoelgroep
from kennisbank.models import Product
from organisatie.models import Afdeling, Groep, Medewerker


class RouteringSoort(models.TextChoices):
    """The ways in which municipalities divide the work (S1-7)."""

    GENERALIST = "generalist", "generalisten"
    LIJNEN = "lijnen", "eerste en tweede lijn"
    DOELGROEP = "doelgroep", "inwoners en bedrijven apart"
    VAARDIGHEDEN = "vaardigheden", "naar vaardigheid"


class Routeringsmodel(models.Model):
    """One way to divide the questions; at most one is in force."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam", max_length=100, unique=True)
    soort = models.CharField("soort", max_length=20, choices=RouteringSoort.choices)
    toelichting = models.TextField("toelichting", blank=True)
    is_actief = models.BooleanField("in gebruik", default=False)
    in_gebruik_sinds = models.DateTimeField("in gebruik sinds", null=True, blank=True)
    versie = models.PositiveIntegerField("versie", default=1)

    class Meta:
        verbose_name = "routeringsmodel"
        verbose_name_plural = "routeringsmodellen"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_actief"], condition=Q(is_actief=True), name="routeringsmodel_een_actief"
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Lijn(models.IntegerChoices):
    """Who answers first, and who answers what the first cannot."""

    EERSTE = 1, "eerste lijn"
    TWEEDE = 2, "tweede lijn"


class Routeringsregel(models.Model):
    """One rule: what it is about, and where that goes. The first that fits decides; an empty
    condition fits everything.
    """

    model = models.ForeignKey(Routeringsmodel, on_delete=models.CASCADE, related_name="regels")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices, blank=True)
    doelgroep = models.CharField(
        "doelgroep", max_length=20, choices=KlantDoelgroep.choices, blank=True
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="product van afdeling",
    )
    niveau = models.PositiveSmallIntegerField(
        "vaardigheid vanaf", null=True, blank=True, help_text="Past alleen als iemand dit kan."
    )
    groep = models.ForeignKey(
        Groep, on_delete=models.PROTECT, related_name="routeringsregels", verbose_name="naar groep"
    )
    lijn = models.PositiveSmallIntegerField("lijn", choices=Lijn.choices, default=Lijn.EERSTE)

    class Meta:
        verbose_name = "routeringsregel"
        verbose_name_plural = "routeringsregels"
        ordering = ["model", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "volgorde"],
                name="routeringsregel_volgorde",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.volgorde}. naar {self.groep_id}"


class Niveau(models.IntegerChoices):
    """How well somebody knows a subject (S1-10)."""

    KIJKT_MEE = 1, "kijkt mee"
    BEGELEID = 2, "begeleid"
    ZELFSTANDIG = 3, "zelfstandig"
    COACH = 4, "coach"


class Vaardigheid(models.Model):
    """What somebody can answer: one product, or everything of a department."""

    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.CASCADE, related_name="vaardigheden"
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    niveau = models.PositiveSmallIntegerField("niveau", choices=Niveau.choices)

    class Meta:
        verbose_name = "vaardigheid"
        verbose_name_plural = "vaardigheden"
        ordering = ["medewerker", "afdeling", "product"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None) ^ Q(afdeling=None),
                name="vaardigheid_product_of_afdeling",
                violation_error_message="Kies een product of een afdeling.",
            ),
            models.UniqueConstraint(
                fields=["medewerker", "product"], name="vaardigheid_eenmaal_per_product"
            ),
            models.UniqueConstraint(
                fields=["medewerker", "afdeling"], name="vaardigheid_eenmaal_per_afdeling"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_niveau_display())
