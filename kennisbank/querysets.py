"""Filters and joins over products and articles."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q

if TYPE_CHECKING:
    from kennisbank.models import Concept, Invoer, Kennisartikel, Melding, Product
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

    def public(self) -> Self:
        """Products that some public article answers questions about."""
        from kennisbank.models import Kennisartikel

        openbaar = Kennisartikel.objects.public()
        return self.usable().filter(
            Q(pk__in=openbaar.filter(product__isnull=False).values("product"))
            | Q(pk__in=openbaar.filter(andere_producten__isnull=False).values("andere_producten"))
        )

    def with_public_artikelen(self) -> Self:
        """Joined with their afdeling, and with the public articles that are about them: in
        ``openbaar``, and in ``ook_openbaar`` when they are about another product first.
        """
        from kennisbank.models import Kennisartikel

        artikelen = Kennisartikel.objects.public().citizens_part().order_by("soort", "slug")
        return self.select_related("afdeling").prefetch_related(
            Prefetch("artikelen", queryset=artikelen, to_attr="openbaar"),
            Prefetch("ook_in_artikelen", queryset=artikelen, to_attr="ook_openbaar"),
        )


class KennisartikelQuerySet(models.QuerySet["Kennisartikel"]):
    """Lists of articles."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """What is published, for all who may read the kennisbank."""
        if not medewerker.has_perm("kennisbank.view_kennisartikel"):
            return self.none()
        return self.filter(is_actief=True, huidige_versie__isnull=False)

    def readable_by(self, medewerker: "Medewerker") -> Self:
        """What is published, and what was withdrawn: a contact refers to what it used, and its page
        says that it is withdrawn.
        """
        if not medewerker.has_perm("kennisbank.view_kennisartikel"):
            return self.none()
        return self.filter(
            Q(is_actief=True) | Q(ingetrokken_op__isnull=False), huidige_versie__isnull=False
        )

    def with_page(self) -> Self:
        """Joined with all that an article's page or a row of a list shows."""
        return self.select_related(
            "huidige_versie",
            "huidige_versie__auteur",
            "huidige_versie__contactpersoon",
            "huidige_versie__vervanger",
            "afdeling",
            "product",
        )

    def recent(self) -> Self:
        """Last published first."""
        return self.order_by("-huidige_versie__gepubliceerd_op", "slug")

    def due(self, vandaag: date) -> Self:
        """Those whose review date has passed, longest ago first; not news that is over."""
        return self.current(vandaag).filter(herzien_op__lt=vandaag).order_by("herzien_op", "slug")

    def to_review(self, vandaag: date) -> Self:
        """To be looked at within thirty days, or too late already; not news that is over."""
        tot = vandaag + timedelta(days=30)
        return self.current(vandaag).filter(herzien_op__lte=tot).order_by("herzien_op", "slug")

    def current(self, vandaag: date) -> Self:
        """Without news whose period has not begun or is over."""
        return self.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=vandaag),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=vandaag),
        )

    def news(self) -> Self:
        """News of every team and period, the most important first and then the newest."""
        return self.filter(soort="nieuws").order_by("-is_belangrijk", "-geldig_van", "-pk")

    def for_teams_of(self, medewerker: "Medewerker") -> Self:
        """What is for all, or for a team that this person is in."""
        teams = self.model.voor_groepen.through._default_manager.filter(
            kennisartikel=models.OuterRef("pk")
        )
        mijn = teams.filter(groep__medewerkers=medewerker)
        return self.filter(~models.Exists(teams) | models.Exists(mijn))

    def over(self, vandaag: date) -> Self:
        """Whose period is over, the last one first."""
        return self.filter(geldig_tot__lt=vandaag).order_by("-geldig_tot", "-pk")

    def with_read_by(self, medewerker: "Medewerker") -> Self:
        """With ``gelezen_op``: when this person confirmed to have read the current version."""
        return self.annotate(
            mijn=models.FilteredRelation(
                "huidige_versie__leesbevestigingen",
                condition=Q(huidige_versie__leesbevestigingen__medewerker=medewerker),
            ),
            gelezen_op=models.F("mijn__op"),
        )

    def unread(self) -> Self:
        """Of those ``with_read_by``: not yet confirmed."""
        return self.filter(gelezen_op__isnull=True)

    def must_read(self) -> Self:
        """News ``with_read_by`` that is important and unread."""
        return self.filter(is_belangrijk=True).unread()

    def other_than_must_read(self) -> Self:
        """The rest of it."""
        return self.exclude(is_belangrijk=True, gelezen_op__isnull=True)

    def to_read(self) -> Self:
        """News ``with_read_by``: what is important first, and of that what is unread."""
        gelezen = models.Case(models.When(gelezen_op=None, then=0), default=1)
        return self.order_by("-is_belangrijk", gelezen, "-geldig_van", "-pk")

    def public(self) -> Self:
        """What the outside world may know of: citizens' answers that are published."""
        return self.filter(
            is_actief=True,
            huidige_versie__isnull=False,
            soort__in=["product", "vac"],
            alleen_intern=False,
        )

    def citizens_part(self) -> Self:
        """With the current version, of which the part for the KCC is not even read."""
        return self.select_related("huidige_versie").defer(
            "zoekvector", "huidige_versie__vraag_door_html", "huidige_versie__werkinstructie_html"
        )

    def with_public_page(self) -> Self:
        """Joined with all that a public page, or the API, shows of an article."""
        from kennisbank.models import Kennisartikel, Product

        zie_ook = Kennisartikel.objects.public().citizens_part().order_by("slug")
        return (
            self.citizens_part()
            .select_related("afdeling", "product")
            .prefetch_related(
                Prefetch("andere_producten", queryset=Product.objects.usable()),
                Prefetch("zie_ook", queryset=zie_ook),
            )
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

    def to_approve_by(self, medewerker: "Medewerker") -> Self:
        """Waiting for somebody of this person's departments, longest first."""
        if not medewerker.has_perm("kennisbank.approve_kennisartikel"):
            return self.none()
        return self.filter(
            stand="goedkeuring", afdeling__in=medewerker.afdelingen.values("pk")
        ).order_by("gewijzigd_op")

    def of(self, medewerker: "Medewerker") -> Self:
        """What this person proposed, or edits."""
        return self.filter(Q(ingediend_door=medewerker) | Q(redacteur=medewerker))

    def with_row(self) -> Self:
        """Joined with all that a row of a list shows."""
        return self.select_related(
            "artikel__huidige_versie", "afdeling", "product", "ingediend_door", "redacteur",
            "gewijzigd_door", "gepubliceerde_versie",
        )  # fmt: skip


class MeldingQuerySet(models.QuerySet["Melding"]):
    """Lists of what colleagues report."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """An editor sees all, others their own."""
        if medewerker.has_perm("kennisbank.change_kennisartikel"):
            return self
        return self.filter(door=medewerker)

    def with_row(self) -> Self:
        """Joined with all that a row of a list shows."""
        return self.select_related(
            "artikel__huidige_versie",
            "artikel__afdeling",
            "artikelversie",
            "product__afdeling",
            "door",
            "behandelaar",
            "afgehandeld_door",
            "concept__gepubliceerde_versie",
        )

    def of_afdeling(self, identificatie: str) -> Self:
        """About an article of this department, or about one of its products without an article."""
        return self.filter(
            Q(artikel__afdeling__identificatie=identificatie)
            | Q(artikel__isnull=True, product__afdeling__identificatie=identificatie)
        )

    def done(self) -> Self:
        """Answered, last one first. Thanks were never to be answered and are not among them."""
        return self.filter(stand="afgehandeld").exclude(soort="helpt").order_by("-afgehandeld_op")

    def to_do(self) -> Self:
        """Waiting for the editors, longest first."""
        return self.filter(stand__in=["nieuw", "in_behandeling"]).order_by("op")

    def unread_answers(self, medewerker: "Medewerker") -> Self:
        """Answered, and not yet read by the one who reported."""
        return self.filter(door=medewerker, stand="afgehandeld", gelezen_op__isnull=True).exclude(
            antwoord=""
        )


class InvoerQuerySet(models.QuerySet["Invoer"]):
    """Lists of files that came in."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """Editors work together: who may import sees what colleagues brought."""
        if not medewerker.has_perm("kennisbank.import_artikel"):
            return self.none()
        return self

    def with_list(self) -> Self:
        """With who brought it, and without the file itself."""
        return self.select_related("door").defer("bestand")
