"""What belongs to working on a taak: links, doubles, who was named, attachments, letters."""

import uuid

from django.db import models
from django.db.models import F, Q

from organisatie.models import Afdeling, Medewerker
from zaken.models.taken import InterneTaak, TaakGebeurtenis, TaakStatus


class TaakKoppeling(models.Model):
    """Two taken that have to do with one another. Seen from both; stored once, oldest row first."""

    taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="+")
    andere = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("gekoppeld op")

    class Meta:
        verbose_name = "koppeling van taken"
        verbose_name_plural = "koppelingen van taken"
        constraints = [
            models.UniqueConstraint(fields=["taak", "andere"], name="taakkoppeling_eenmaal"),
            models.CheckConstraint(
                condition=Q(taak__lt=F("andere")), name="taakkoppeling_oudste_eerst"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taak_id}-{self.andere_id}"


class Samenvoeging(models.Model):
    """That one taak went into another, and how it was before: enough to undo it."""

    taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="samenvoegingen")
    in_taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("samengevoegd op")
    was_status = models.CharField("stand ervoor", max_length=20, choices=TaakStatus.choices)
    was_toegewezen_aan = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, related_name="+"
    )
    was_toegewezen_op = models.DateTimeField("toegewezen op, ervoor", null=True)
    ongedaan_op = models.DateTimeField("ongedaan gemaakt op", null=True)

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        constraints = [
            models.UniqueConstraint(
                fields=["taak"],
                condition=Q(ongedaan_op__isnull=True),
                name="samenvoeging_een_per_taak",
            )
        ]

    def __str__(self) -> str:
        return f"{self.taak_id} in {self.in_taak_id}"


class Vermelding(models.Model):
    """Somebody was named in an internal note."""

    gebeurtenis = models.ForeignKey(
        TaakGebeurtenis, on_delete=models.PROTECT, related_name="vermeldingen"
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="vermeldingen"
    )
    gelezen_op = models.DateTimeField("gelezen op", null=True)

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        indexes = [
            models.Index(
                fields=["medewerker"],
                condition=Q(gelezen_op__isnull=True),
                name="vermelding_ongelezen",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gebeurtenis", "medewerker"], name="vermelding_een_per_notitie"
            )
        ]

    def __str__(self) -> str:
        return f"{self.medewerker_id} in {self.gebeurtenis_id}"


class Antwoordsjabloon(models.Model):
    """A text to begin an answer with. Knows only {aanhef}, {nummer} and {onderwerp}."""

    naam = models.CharField("naam", max_length=80, unique=True)
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="antwoordsjablonen",
        verbose_name="afdeling",
        help_text="Leeg: voor alle afdelingen.",
    )
    onderwerp = models.CharField("onderwerp", max_length=150)
    tekst = models.TextField(
        "tekst", help_text="U kunt {aanhef}, {nummer} en {onderwerp} gebruiken."
    )
    is_actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "antwoordsjabloon"
        verbose_name_plural = "antwoordsjablonen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Bijlage(models.Model):
    """A file with a taak. Its type is what its content says, its name is made safe."""

    class Scan(models.TextChoices):
        """What the virus scanner said."""

        NIET_GESCAND = "niet_gescand", "niet gescand"
        SCHOON = "schoon", "geen virus gevonden"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="bijlagen")
    naam = models.CharField("naam", max_length=120)
    mediatype = models.CharField("soort", max_length=100)
    grootte = models.PositiveIntegerField("grootte", help_text="In bytes.")
    sha256 = models.CharField("controlegetal", max_length=64)
    scan = models.CharField("viruscontrole", max_length=20, choices=Scan.choices)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("toegevoegd op")
    inhoud = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["op", "pk"]
        constraints = [
            # The largest that may come in is 10 MB; this is a stop behind the form and the service.
            models.CheckConstraint(
                condition=Q(grootte__lte=10 * 1024 * 1024), name="bijlage_grootte"
            )
        ]

    def __str__(self) -> str:
        return self.naam
