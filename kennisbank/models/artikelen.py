"""Articles, and the texts that they had and have."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from kennisbank.models.producten import Doelgroep, Product
from kennisbank.querysets import KennisartikelQuerySet
from organisatie.models import Afdeling, Groep, Medewerker


class ArtikelSoort(models.TextChoices):
    """What kind of text an article is."""

    PRODUCT = "product", "productbeschrijving"
    VAC = "vac", "vraag en antwoord"
    WERKINSTRUCTIE = "werkinstructie", "werkinstructie"
    NIEUWS = "nieuws", "nieuws"
    WIE_DOET_WAT = "wie_doet_wat", "wie doet wat"


# What may leave the house: the kinds that answer a citizen, and of those only the citizen's part.
OPENBARE_SOORTEN = (ArtikelSoort.PRODUCT, ArtikelSoort.VAC)


class Kennisartikel(models.Model):
    """An answer that the organisation stands behind. Its text lives in its versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField("slug", max_length=120, unique=True)
    soort = models.CharField("soort", max_length=20, choices=ArtikelSoort.choices)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="artikelen"
    )
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="artikelen", verbose_name="eigenaar"
    )
    doelgroep = models.CharField("doelgroep", max_length=20, choices=Doelgroep.choices, blank=True)
    trefwoorden = models.TextField("trefwoorden", blank=True)
    herzien_op = models.DateField("herzien voor")
    redacteur = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="redacteur",
    )
    alleen_intern = models.BooleanField(
        "alleen voor medewerkers",
        default=False,
        help_text="Ook het deel voor de inwoner komt dan niet op de website.",
    )
    andere_producten = models.ManyToManyField(
        Product, blank=True, related_name="ook_in_artikelen", verbose_name="hoort ook bij"
    )
    zie_ook = models.ManyToManyField("self", blank=True, verbose_name="zie ook")
    # News only: from when to when it matters, for whom, and whether it must be read.
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    is_belangrijk = models.BooleanField("belangrijk", default=False)
    voor_groepen = models.ManyToManyField(
        Groep,
        blank=True,
        related_name="nieuws",
        verbose_name="voor teams",
        help_text="Geen team gekozen: voor iedereen.",
    )
    is_actief = models.BooleanField("gepubliceerd", default=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reden_ingetrokken = models.CharField("waarom ingetrokken", max_length=300, blank=True)
    # Kept by a job: uses in the last ninety days. Search breaks ties with it.
    gebruikt = models.PositiveIntegerField("gebruikt", default=0, editable=False)
    huidige_versie = models.OneToOneField(
        "ArtikelVersie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Kept by services.publish_versie: the current version's text, weighed. One table to search.
    zoekvector = SearchVectorField(null=True, editable=False)

    objects = KennisartikelQuerySet.as_manager()

    class Meta:
        verbose_name = "kennisartikel"
        verbose_name_plural = "kennisartikelen"
        ordering = ["slug"]
        indexes = [GinIndex(fields=["zoekvector"], name="kennisartikel_zoekvector")]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="kennisartikel_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_openbaar(self) -> bool:
        """True when the citizen's part of it may be shown outside."""
        return self.soort in OPENBARE_SOORTEN and not self.alleen_intern


class ArtikelVersie(models.Model):
    """One text of an article, never changed after it is stored (a trigger holds that)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    artikel = models.ForeignKey(Kennisartikel, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveIntegerField("versie")
    titel = models.CharField("titel", max_length=200)
    kort_antwoord = models.TextField("kort antwoord", help_text="Om voor te lezen.")
    uitleg_html = models.TextField("uitleg", blank=True, help_text="Opgeschoonde HTML.")
    vraag_door_html = models.TextField("vraag door", blank=True, help_text="Alleen voor het KCC.")
    werkinstructie_html = models.TextField(
        "werkinstructie", blank=True, help_text="Alleen voor het KCC."
    )
    gepubliceerd_op = models.DateTimeField("gepubliceerd op")
    auteur = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, related_name="+")
    goedgekeurd_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # "Wie doet wat" only; part of the version, so that it can be told who it was on a day.
    contactpersoon = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, related_name="+"
    )
    vervanger = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, related_name="+")
    telefoonnummer = models.CharField("telefoonnummer", max_length=20, blank=True)

    class Meta:
        verbose_name = "versie van een artikel"
        verbose_name_plural = "versies van artikelen"
        ordering = ["artikel", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["artikel", "nummer"], name="artikelversie_nummer"),
            models.CheckConstraint(condition=~Q(titel=""), name="artikelversie_met_titel"),
        ]

    def __str__(self) -> str:
        return f"{self.titel} (versie {self.nummer})"
