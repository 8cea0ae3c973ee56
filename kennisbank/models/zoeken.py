"""What search keeps: synonyms, and an index of short entries (kennisbank.search)."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

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
