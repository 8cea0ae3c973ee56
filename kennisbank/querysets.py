"""Filters and joins over products and articles."""

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


class KennisartikelQuerySet(models.QuerySet["Kennisartikel"]):
    """Lists of articles."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """What is published, for all who may read the kennisbank."""
        if not medewerker.has_perm("kennisbank.view_kennisartikel"):
            return self.none()
        return self.filter(is_actief=True, huidige_versie__isnull=False)
