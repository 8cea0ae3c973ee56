"""What search keeps: synonyms, an index of short entries (kennisbank.search), and what changed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kennisbank.models.artikelen import Kennisartikel
from kennisbank.models.producten import Product


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


class Zoekstuk(models.Model):
    """What a product or an article is found by; kept by kennisbank.search.index."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, null=True, related_name="+")
    artikel = models.OneToOneField(
        Kennisartikel, on_delete=models.CASCADE, null=True, related_name="+"
    )
    # Short entries: [text, weight, {stem: weight}]. Stem weight 1 is a word itself, less is a part.
    zinnen = models.JSONField(default=list)
    woorden = models.JSONField(default=dict)  # words as they are written → their stems
    tekst = models.JSONField(default=list)  # stems of the long text

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None) ^ Q(artikel=None), name="zoekstuk_van_een_ding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id or ''}/{self.artikel_id or ''}"


class Zoekwijziging(models.Model):
    """A change that every web process takes over before its next search; triggers write these."""

    class Soort(models.TextChoices):
        """What changed."""

        PRODUCT = "product", "product"
        ARTIKEL = "artikel", "artikel"
        SYNONIEM = "synoniem", "synoniemen"
        ALLES = "alles", "alles"

    # The transaction that made it: what a process has seen is told by PostgreSQL's snapshots, so
    # that writers never wait for each other.
    xid = models.BigIntegerField(db_index=True)
    soort = models.CharField(max_length=10, choices=Soort.choices)
    record = models.BigIntegerField(default=0)
    op = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.soort} {self.record}"
