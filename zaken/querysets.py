"""Filters and joins over interne taken and overdrachtsafspraken."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from organisatie.models import Medewerker
    from zaken.models import InterneTaak, Overdrachtsafspraak


class OverdrachtsafspraakQuerySet(models.QuerySet["Overdrachtsafspraak"]):
    """Lists of agreements."""

    def valid_on(self, dag: date) -> Self:
        """Those that hold on this day, the newest first."""
        return self.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=dag), geldig_vanaf__lte=dag
        ).order_by("-geldig_vanaf")


class InterneTaakQuerySet(models.QuerySet["InterneTaak"]):
    """Lists of hand-offs."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """KCC and team leaders see every hand-off; a department sees what lies with it."""
        if not medewerker.has_perm("zaken.view_internetaak"):
            return self.none()
        if medewerker.has_perm("contacts.view_klantcontact"):
            return self
        return self.workable_by(medewerker)

    def workable_by(self, medewerker: "Medewerker") -> Self:
        """What lies with one's own departments, or with oneself."""
        if not medewerker.has_perm("zaken.change_internetaak"):
            return self.none()
        eigen = medewerker.afdelingen.values("pk")
        return self.filter(Q(afdeling__in=eigen) | Q(toegewezen_aan=medewerker))

    def open(self) -> Self:
        """Not finished."""
        return self.exclude(status="afgehandeld")

    def with_row_details(self) -> Self:
        """All that a row of the werkvoorraad shows, in one query."""
        return self.select_related(
            "klantcontact__partij",
            "klantcontact__product",
            "afdeling",
            "toegewezen_aan",
            "aangemaakt_door",
            "terug_van",
        )
