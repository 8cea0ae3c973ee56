"""Files that come in, and where an article came from."""

import uuid

from django.db import models

from kennisbank.models.artikelen import Kennisartikel
from kennisbank.querysets import InvoerQuerySet
from organisatie.models import Medewerker


class InvoerSoort(models.TextChoices):
    """What a file holds."""

    ARTIKELEN = "artikelen", "artikelen (CSV of XLSX)"
    SYNONIEMEN = "synoniemen", "synoniemen (CSV of XLSX)"
    PRODUCTEN = "producten", "producten (CSV of XLSX)"
    SDG = "sdg", "SDG-teksten (JSON)"
    SC = "sc", "Samenwerkende Catalogi 4.0 (XML)"
    PAKKET = "pakket", "pakket van een andere gemeente"


class InvoerStand(models.TextChoices):
    """How far it is."""

    CONTROLE = "controle", "wordt gecontroleerd"
    GECONTROLEERD = "gecontroleerd", "klaar om in te lezen"
    FOUTEN = "fouten", "niet ingelezen: er zijn fouten"
    INLEZEN = "inlezen", "wordt ingelezen"
    KLAAR = "klaar", "ingelezen"
    AFGEBROKEN = "afgebroken", "afgebroken"


class Invoer(models.Model):
    """One file on its way in: checked whole, then read in pieces that can be taken up again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField("soort", max_length=20, choices=InvoerSoort.choices)
    bestandsnaam = models.CharField("bestand", max_length=200)
    bestand = models.BinaryField("inhoud")
    stand = models.CharField(
        "stand", max_length=20, choices=InvoerStand.choices, default=InvoerStand.CONTROLE
    )
    totaal = models.PositiveIntegerField("rijen", default=0)
    gedaan = models.PositiveIntegerField("gedaan", default=0)
    nieuw = models.PositiveIntegerField("nieuw", default=0)
    gewijzigd = models.PositiveIntegerField("gewijzigd", default=0)
    ongewijzigd = models.PositiveIntegerField("ongewijzigd", default=0)
    fouten = models.JSONField("fouten", default=list)  # row number, field, sentence
    verslag = models.JSONField("verslag", default=list)  # what would change, row by row
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    aangeboden_op = models.DateTimeField("aangeboden op")
    levensteken_op = models.DateTimeField("laatste levensteken", null=True, blank=True)
    klaar_op = models.DateTimeField("klaar op", null=True, blank=True)

    objects = InvoerQuerySet.as_manager()

    class Meta:
        verbose_name = "invoer"
        verbose_name_plural = "invoer"
        ordering = ["-aangeboden_op"]
        indexes = [models.Index(fields=["stand"], name="invoer_stand")]

    def __str__(self) -> str:
        return self.bestandsnaam


class Herkomst(models.Model):
    """Where an article came from, to show what changed there since."""

    artikel = models.OneToOneField(Kennisartikel, on_delete=models.CASCADE, related_name="herkomst")
    bron = models.CharField("bron", max_length=120)
    kenmerk = models.CharField("kenmerk bij de bron", max_length=200)
    versie = models.CharField("versie bij de bron", max_length=40, blank=True)
    inhoud = models.JSONField("wat de bron zei", default=dict)
    opgehaald_op = models.DateTimeField("opgehaald op")

    class Meta:
        verbose_name = "herkomst"
        verbose_name_plural = "herkomst"
        constraints = [models.UniqueConstraint(fields=["bron", "kenmerk"], name="herkomst_eenmaal")]

    def __str__(self) -> str:
        return f"{self.bron}: {self.kenmerk}"
