"""Filters and joins over interne taken and overdrachtsafspraken."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q, Value

from contacts.models import Normaliseer
from contacts.numbers import parse_nummer

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

    def answerable_to(self, medewerker: "Medewerker") -> Self:
        """What one may work on, plus what one worked on before it went elsewhere: a form that comes
        in late is then refused with a sentence and keeps its text, where a 404 would eat it.
        """
        if not medewerker.has_perm("zaken.change_internetaak"):
            return self.none()
        eigen = medewerker.afdelingen.values("pk")
        gedaan = self.model.objects.filter(gebeurtenissen__door=medewerker).values("pk")
        return self.filter(Q(afdeling__in=eigen) | Q(toegewezen_aan=medewerker) | Q(pk__in=gedaan))

    def open(self) -> Self:
        """Not finished."""
        return self.exclude(status="afgehandeld")

    def finished(self) -> Self:
        """The citizen has the answer."""
        return self.filter(status="afgehandeld")

    def unclaimed(self) -> Self:
        """Open, and in nobody's name."""
        return self.open().filter(toegewezen_aan__isnull=True)

    def overdue(self, nu: datetime) -> Self:
        """Open, while the term is over."""
        return self.open().filter(termijn_op__lt=nu)

    def returned_to_kcc(self) -> Self:
        """Given back by a department, and not passed on since."""
        return self.filter(afdeling__is_kcc=True, terug_van__isnull=False)

    def of_partij(self, partij_uuid: UUID) -> Self:
        """About the questions of one person or organisation."""
        return self.filter(klantcontact__partij__uuid=partij_uuid)

    def search(self, tekst: str) -> Self:
        """What somebody remembers of a taak: its number or that of the contact, or each of a few
        words from what is asked or from the name of the citizen.
        """
        nummer = parse_nummer(tekst)
        if nummer is not None:
            return self.filter(Q(nummer=nummer) | Q(klantcontact__nummer=nummer))
        taken = self
        for woord in tekst.split()[:6]:
            # Through the same SQL function as the index on names, so that é and e meet.
            naam = Normaliseer(Value(woord), output_field=models.TextField())
            taken = taken.filter(
                Q(gevraagde_handeling__icontains=woord)
                | Q(klantcontact__onderwerp__icontains=woord)
                | Q(klantcontact__partij__zoeknaam__contains=naam)
            )
        return taken

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

    def with_page_details(self) -> Self:
        """All that the page of one taak shows, but for its history and the citizen's addresses."""
        return self.with_row_details().select_related(
            "afspraak", "afgehandeld_door", "klantcontact__medewerker"
        )
