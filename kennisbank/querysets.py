"""Filters and joins over products and articles."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from kennisbank.models import Kennisartikel, Product
    from organisatie.models import Medewerker


class ProductQuerySet(models.QuerySet["Product"]):
    """Lists of products."""

    def usable(self) -> Self:
        """Products that can be chosen: in use, and a product indeed."""
        return self.filter(is_actief=True, is_placeholder=False)

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """Products in use, for all who may read the kennisbank."""
        if not medewerker.has_perm("kennisbank.view_kennisartikel"):
            return self.none()
        return self.usable()


class KennisartikelQuerySet(models.QuerySet["Kennisartikel"]):
    """Lists of articles."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """What is published, for all who may read the kennisbank."""
        if not medewerker.has_perm("kennisbank.view_kennisartikel"):
            return self.none()
        return self.filter(is_actief=True, huidige_versie__isnull=False)

    def with_page(self) -> Self:
        """Joined with all that an article's page or a row of a list shows."""
        return self.select_related(
            "huidige_versie", "huidige_versie__auteur", "afdeling", "product"
        )

    def recent(self) -> Self:
        """Last published first."""
        return self.order_by("-huidige_versie__gepubliceerd_op", "slug")

    def due(self, vandaag: date) -> Self:
        """Those whose review date has passed, longest ago first."""
        return self.filter(herzien_op__lt=vandaag).order_by("herzien_op", "slug")
