"""What we know: products, and articles that answer questions about them."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from kennisbank.querysets import KennisartikelQuerySet, ProductQuerySet
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


class ArtikelSoort(models.TextChoices):
    """What kind of text an article is."""

    PRODUCT = "product", "productbeschrijving"
    VAC = "vac", "vraag en antwoord"
    WERKINSTRUCTIE = "werkinstructie", "werkinstructie"
    NIEUWS = "nieuws", "nieuws"


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
    is_actief = models.BooleanField("gepubliceerd", default=True)
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

    def __str__(self) -> str:
        return self.slug


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
    auteur = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+"
    )

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


class Synoniem(models.Model):
    """Another word for words that many products have; an editor keeps the list."""

    woord = models.CharField(
        "woord", max_length=100, unique=True, help_text="Wat mensen typen, zoals: kliko."
    )
    woorden = models.TextField(
        "zoek ook op", help_text="Wat wij ervan maken, met komma's ertussen. Zoals: container."
    )

    class Meta:
        verbose_name = "synoniem"
        verbose_name_plural = "synoniemen"
        ordering = ["woord"]

    def __str__(self) -> str:
        return self.woord


class Zoekzin(models.Model):
    """One short entry that a product or an article is found by; kept by kennisbank.search.index."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="+")
    artikel = models.ForeignKey(
        Kennisartikel, on_delete=models.CASCADE, null=True, related_name="+"
    )
    # What is ranked together: a product with its articles (its id), or an article without a
    # product (minus its id).
    groep = models.BigIntegerField(db_index=True)
    tekst = models.TextField()
    gewicht = models.FloatField()
    lengte = models.FloatField()  # the idf of its words together

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None) ^ Q(artikel=None), name="zoekzin_van_een_ding"
            )
        ]

    def __str__(self) -> str:
        return self.tekst


class Zoekwoord(models.Model):
    """A stem in an entry. Weight 1 for a word itself, less for a part of a compound."""

    zin = models.ForeignKey(Zoekzin, on_delete=models.CASCADE, related_name="woorden")
    stam = models.CharField(max_length=100)
    gewicht = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["stam"], include=["zin", "gewicht"], name="zoekwoord_op_stam")
        ]

    def __str__(self) -> str:
        return self.stam


class Zoekterm(models.Model):
    """A word as it is written somewhere, to correct typing errors and to take compounds apart."""

    woord = models.CharField(max_length=100, unique=True)
    stam = models.CharField(max_length=100, db_index=True)
    aantal = models.PositiveIntegerField()  # groups (see Zoekzin) that have its stem

    class Meta:
        indexes = [
            GinIndex(fields=["woord"], opclasses=["gin_trgm_ops"], name="zoekterm_trigram"),
        ]

    def __str__(self) -> str:
        return self.woord
