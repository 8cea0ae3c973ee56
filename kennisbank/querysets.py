"""Filters and joins over products and articles."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from kennisbank.models import Concept, Kennisartikel, Melding, Product
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

    def current(self, vandaag: date) -> Self:
        """Without news whose period has not begun or is over."""
        return self.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=vandaag),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=vandaag),
        )

    def public(self) -> Self:
        """What the outside world may know of: citizens' answers that are published."""
        return self.filter(
            is_actief=True,
            huidige_versie__isnull=False,
            soort__in=["product", "vac"],
            alleen_intern=False,
        )


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Lists of drafts."""

    def open(self) -> Self:
        """Still on their way."""
        return self.filter(stand__in=["voorstel", "bewerking", "goedkeuring", "gepland"])

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """An editor sees all; others what they proposed, and what their department must approve."""
        if medewerker.has_perm("kennisbank.change_kennisartikel"):
            return self
        mijne = Q(ingediend_door=medewerker)
        if medewerker.has_perm("kennisbank.approve_kennisartikel"):
            mijne |= Q(afdeling__in=medewerker.afdelingen.values("pk"))
        return self.filter(mijne)


class MeldingQuerySet(models.QuerySet["Melding"]):
    """Lists of what colleagues report."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """An editor sees all, others their own."""
        if medewerker.has_perm("kennisbank.change_kennisartikel"):
            return self
        return self.filter(door=medewerker)

    def to_do(self) -> Self:
        """Waiting for the editors, longest first."""
        return self.filter(stand__in=["nieuw", "in_behandeling"]).order_by("op")

    def unread_answers(self, medewerker: "Medewerker") -> Self:
        """Answered, and not yet read by the one who reported."""
        return self.filter(door=medewerker, stand="afgehandeld", gelezen_op__isnull=True).exclude(
            antwoord=""
        )
