"""Filters and joins over partijen, gesprekken and klantcontacten."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from contacts.models import Gesprek, Klantcontact, Partij
    from organisatie.models import Medewerker


class PartijQuerySet(models.QuerySet["Partij"]):
    """Lists of people and organisations."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """All that we know, for who talks to citizens; nothing for others."""
        if not medewerker.has_perm("contacts.view_partij"):
            return self.none()
        return self.filter(indicatie_actief=True)


class GesprekQuerySet(models.QuerySet["Gesprek"]):
    """Lists of conversations."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """One's own."""
        if not medewerker.has_perm("contacts.add_gesprek"):
            return self.none()
        return self.filter(medewerker=medewerker)

    def open(self) -> Self:
        """Those still being worked on."""
        return self.filter(afgerond_op__isnull=True, geannuleerd_op__isnull=True)


class KlantcontactQuerySet(models.QuerySet["Klantcontact"]):
    """Lists of questions."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """All closed ones plus one's own concepts, for who may read contacts."""
        if not medewerker.has_perm("contacts.view_klantcontact"):
            return self.none()
        return self.filter(models.Q(afgerond_op__isnull=False) | models.Q(medewerker=medewerker))

    def editable_by(self, medewerker: "Medewerker") -> Self:
        """Concepts in one's own open conversations."""
        if not medewerker.has_perm("contacts.change_klantcontact"):
            return self.none()
        return self.filter(
            gesprek__medewerker=medewerker,
            gesprek__geannuleerd_op__isnull=True,
        )

    def with_details(self) -> Self:
        """All that the desk shows of a contact, in three queries."""
        return self.select_related(
            "gesprek", "partij", "product", "afdeling", "medewerker"
        ).prefetch_related("partij__digitale_adressen", "partij__identificatoren")

    def timeline_of(self, partij: "Partij", *, limit: int = 12) -> list["Klantcontact"]:
        """The latest closed contacts of one partij, newest first."""
        return list(
            self.closed()
            .filter(partij=partij)
            .select_related("product", "medewerker")
            .order_by("-plaatsgevonden_op")[:limit]
        )

    def closed(self) -> Self:
        """Those that count."""
        return self.filter(afgerond_op__isnull=False)
