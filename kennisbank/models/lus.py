"""What colleagues say about articles, and what they look for and use."""

import uuid

from django.db import models
from django.db.models import Q

from kennisbank.models.artikelen import ArtikelVersie, Kennisartikel
from kennisbank.models.leven import Concept
from kennisbank.models.producten import Product
from kennisbank.querysets import MeldingQuerySet
from organisatie.models import Medewerker


class MeldingSoort(models.TextChoices):
    """What somebody says about an article, or about the lack of one."""

    KLOPT_NIET = "klopt_niet", "klopt niet"
    MIST = "mist", "mist"
    HELPT = "helpt", "helpt"


class MeldingStand(models.TextChoices):
    """How far the editors are with it."""

    NIEUW = "nieuw", "nieuw"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    AFGEHANDELD = "afgehandeld", "afgehandeld"


class Melding(models.Model):
    """Something that a colleague reported: an article is wrong, or there is none. "Helpt" is a
    thank-you, and needs no answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField("soort", max_length=20, choices=MeldingSoort.choices)
    artikel = models.ForeignKey(
        Kennisartikel, on_delete=models.PROTECT, null=True, blank=True, related_name="meldingen"
    )
    artikelversie = models.ForeignKey(
        ArtikelVersie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The contact that it came from, by its uuid: contacts is a higher room.
    klantcontact_uuid = models.UUIDField("klantcontact", null=True, blank=True)
    zoekvraag = models.CharField("gezocht op", max_length=200, blank=True)
    toelichting = models.TextField("toelichting", blank=True)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="kennismeldingen")
    op = models.DateTimeField("gemeld op")
    stand = models.CharField(
        "stand", max_length=20, choices=MeldingStand.choices, default=MeldingStand.NIEUW
    )
    behandelaar = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    concept = models.ForeignKey(
        Concept, on_delete=models.PROTECT, null=True, blank=True, related_name="meldingen"
    )
    antwoord = models.TextField("antwoord", blank=True)
    afgehandeld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    gelezen_op = models.DateTimeField("antwoord gelezen op", null=True, blank=True)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "kennismelding"
        verbose_name_plural = "kennismeldingen"
        ordering = ["op"]
        indexes = [
            models.Index(fields=["stand", "op"], name="melding_stand"),
            models.Index(fields=["door", "afgehandeld_op"], name="melding_van"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="afgehandeld", afgehandeld_op__isnull=False)
                | (~Q(stand="afgehandeld") & Q(afgehandeld_op__isnull=True)),
                name="melding_afgehandeld_volledig",
            ),
            models.CheckConstraint(
                condition=Q(soort="mist") | Q(artikel__isnull=False),
                name="melding_over_een_artikel",
                violation_error_message="Kies het artikel waar dit over gaat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op:%d-%m-%Y}"


class Gebruik(models.Model):
    """An article was opened, or was the answer. Rows without uniqueness: two agents who use the
    same article at once must not wait for one another.
    """

    class Soort(models.TextChoices):
        """What was done with it."""

        GEOPEND = "geopend", "geopend"
        GEBRUIKT = "gebruikt", "gebruikt"

    artikelversie = models.ForeignKey(ArtikelVersie, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField("soort", max_length=10, choices=Soort.choices)
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "gebruik"
        verbose_name_plural = "gebruik"
        indexes = [models.Index(fields=["op"], name="gebruik_op")]

    def __str__(self) -> str:
        return f"{self.soort} {self.op:%d-%m-%Y %H:%M}"


class Zoekactie(models.Model):
    """What somebody looked for, and how much there was. Nobody's name stands beside it."""

    vraag = models.CharField("vraag", max_length=120)
    aantal = models.PositiveIntegerField("gevonden")
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "zoekactie"
        verbose_name_plural = "zoekacties"
        indexes = [models.Index(fields=["op"], name="zoekactie_op")]

    def __str__(self) -> str:
        return self.vraag


class Leesbevestiging(models.Model):
    """Somebody has read this news."""

    artikelversie = models.ForeignKey(
        ArtikelVersie, on_delete=models.PROTECT, related_name="leesbevestigingen"
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="leesbevestigingen"
    )
    op = models.DateTimeField("gelezen op")

    class Meta:
        verbose_name = "leesbevestiging"
        verbose_name_plural = "leesbevestigingen"
        constraints = [
            models.UniqueConstraint(
                fields=["artikelversie", "medewerker"], name="leesbevestiging_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"gelezen op {self.op:%d-%m-%Y %H:%M}"


class Linkcontrole(models.Model):
    """When an address that articles link to was last tried, and what came of it."""

    url = models.CharField("adres", max_length=2000, unique=True)
    is_dood = models.BooleanField("werkt niet", default=False)
    uitkomst = models.CharField("uitkomst", max_length=100, blank=True)
    gecontroleerd_op = models.DateTimeField("gecontroleerd op", null=True)

    class Meta:
        verbose_name = "linkcontrole"
        verbose_name_plural = "linkcontroles"

    def __str__(self) -> str:
        return self.url
