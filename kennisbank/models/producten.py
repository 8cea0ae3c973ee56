"""Products, under their national names, and the law that they rest on."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from kennisbank.querysets import ProductQuerySet
from organisatie.models import Afdeling

# Dutch stemming after taking diacritics away; made in migration kcc.0001.
ZOEKTAAL = "public.kcc"


class Doelgroep(models.TextChoices):
    """For whom a product or an article is meant (the standard's code, our label)."""

    BURGER = "eu-burger", "inwoners"
    BEDRIJF = "eu-bedrijf", "ondernemers"
    BEIDE = "eu-burger-bedrijf", "inwoners en ondernemers"
    ONBEKEND = "", "niet bepaald"


class Product(models.Model):
    """A product or service of the municipality, under its national name (UPL)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam", max_length=200)
    upn_uri = models.CharField("UPL-adres", max_length=300, unique=True, null=True, blank=True)
    doelgroep = models.CharField(
        "doelgroep",
        max_length=20,
        choices=Doelgroep.choices,
        blank=True,
        default=Doelgroep.ONBEKEND,
    )
    is_aanvraag = models.BooleanField("aanvraag", default=False)
    is_subsidie = models.BooleanField("subsidie", default=False)
    is_melding = models.BooleanField("melding", default=False)
    is_verplichting = models.BooleanField("verplichting", default=False)
    is_placeholder = models.BooleanField(
        "plaatshouder", default=False, help_text="Staat in de lijst, maar is geen echt product."
    )
    is_actief = models.BooleanField("actief", default=True)
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="producten",
        verbose_name="verantwoordelijke afdeling",
    )
    trefwoorden = models.TextField(
        "trefwoorden",
        blank=True,
        help_text="Woorden die mensen zelf gebruiken, met komma's ertussen.",
    )
    zoekvector = models.GeneratedField(
        expression=SearchVector("naam", weight="A", config=ZOEKTAAL)
        + SearchVector("trefwoorden", weight="B", config=ZOEKTAAL),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "product"
        verbose_name_plural = "producten"
        ordering = ["naam"]
        indexes = [GinIndex(fields=["zoekvector"], name="product_zoekvector")]

    def __str__(self) -> str:
        return self.naam


class Grondslag(models.Model):
    """The article of law that a product rests on."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="grondslagen")
    uri = models.CharField("adres", max_length=300)
    label = models.CharField("label", max_length=300)
    link = models.CharField("link", max_length=500, blank=True)

    class Meta:
        verbose_name = "grondslag"
        verbose_name_plural = "grondslagen"
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["product", "uri"], name="grondslag_eenmaal_per_product")
        ]

    def __str__(self) -> str:
        return self.label
