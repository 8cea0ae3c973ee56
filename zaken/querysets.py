"""Filters and joins over interne taken and overdrachtsafspraken."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Q, Value, When

from contacts.models import Normaliseer
from contacts.numbers import parse_nummer
from kcc.access import Rol

if TYPE_CHECKING:
    from kennisbank.models import Product
    from organisatie.models import Medewerker
    from zaken.models import (
        InterneTaak,
        Kijker,
        Overdrachtsafspraak,
        Weergave,
        Zaak,
        Zaaktype,
    )


def only_own_taken(medewerker: "Medewerker") -> bool:
    """True for who works on what is put in his name, and on nothing else (buitendienst)."""
    return medewerker.rollen == [Rol.BUITENDIENST]


class OverdrachtsafspraakQuerySet(models.QuerySet["Overdrachtsafspraak"]):
    """Lists of agreements."""

    def valid_on(self, dag: date) -> Self:
        """Those that hold on this day, the newest first."""
        return self.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=dag), geldig_vanaf__lte=dag
        ).order_by("-geldig_vanaf")

    def about(self, product: "Product | None") -> Self:
        """Those that say something about a question on this product, the closest first: about the
        product itself, then about a productgroep, then about all that a department does.
        """
        alles = Q(product=None, productgroep=None)
        if product is not None:
            alles |= Q(product=product) | Q(productgroep__in=product.productgroepen.values("pk"))
        afstand = Case(
            When(product__isnull=False, then=0),
            When(productgroep__isnull=False, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.filter(alles).order_by(afstand, "-geldig_vanaf", "-pk")

    def versions_of(self, afspraak: "Overdrachtsafspraak") -> Self:
        """All versions of the agreement that this is one of, the newest first."""
        return self.filter(
            product=afspraak.product_id,
            productgroep=afspraak.productgroep_id,
            afdeling=afspraak.afdeling_id,
        ).order_by("-geldig_vanaf")

    def latest_versions(self) -> Self:
        """Of each agreement the newest version, which may begin later or be over."""
        sleutel = ("product_id", "productgroep_id", "afdeling_id")
        # Unsliced and by primary key: the caller may filter and order what comes out.
        nieuwste = self.model.objects.order_by(*sleutel, "-geldig_vanaf").distinct(*sleutel)
        return self.filter(pk__in=nieuwste.values("pk"))


_NAMEN = ("voornaam", "voorvoegsel_achternaam", "achternaam")
_PARTIJ = ("uuid", "soort_partij", "voorletters", "organisatienaam", *_NAMEN)
RIJVELDEN = (
    "uuid",
    "nummer",
    "gevraagde_handeling",
    "status",
    "termijn_op",
    "afgehandeld_op",
    "terugkoppeling",
    "aantal_pogingen",
    "prioriteit",
    "gepauzeerd_op",
    "terugbellen_van",
    "terugbellen_tot",
    "versie",
    "afdeling__naam",
    "terug_van__naam",
    *(f"klantcontact__partij__{veld}" for veld in _PARTIJ),
    *(f"toegewezen_aan__{veld}" for veld in _NAMEN),
    *(f"aangemaakt_door__{veld}" for veld in _NAMEN),
)


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
        if only_own_taken(medewerker):
            return self.filter(toegewezen_aan=medewerker)
        eigen = medewerker.afdelingen.values("pk")
        return self.filter(Q(afdeling__in=eigen) | Q(toegewezen_aan=medewerker))

    def answerable_to(self, medewerker: "Medewerker") -> Self:
        """What one may work on, plus what one worked on before it went elsewhere: a form that comes
        in late is then refused with a sentence and keeps its text, where a 404 would eat it.
        """
        if not medewerker.has_perm("zaken.change_internetaak"):
            return self.none()
        eigen = medewerker.afdelingen.values("pk")
        if only_own_taken(medewerker):
            eigen = eigen.none()
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

    def to_do_now(self, nu: datetime) -> Self:
        """Not standing still, and nobody is promised a call about it at a later time."""
        return self.filter(
            Q(terugbellen_van__isnull=True) | Q(terugbellen_van__lte=nu),
            gepauzeerd_op__isnull=True,
        )

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
            # Through the same SQL function as the text that the index holds, so that é and e meet.
            naam = Normaliseer(Value(woord), output_field=models.TextField())
            taken = taken.filter(zoektekst__contains=naam)
        return taken

    def with_row_details(self) -> Self:
        """All that a row of the werkvoorraad shows, in one query, and no text that it does not."""
        return self.select_related(
            "klantcontact__partij", "afdeling", "toegewezen_aan", "aangemaakt_door", "terug_van"
        ).only(*RIJVELDEN)

    def with_page_details(self) -> Self:
        """All that the page of one taak shows, but for its history and the citizen's addresses."""
        return self.select_related(
            "klantcontact__partij",
            "klantcontact__product",
            "klantcontact__medewerker",
            "afdeling",
            "groep",
            "toegewezen_aan",
            "aangemaakt_door",
            "terug_van",
            "afspraak",
            "afgehandeld_door",
        )


class WeergaveQuerySet(models.QuerySet["Weergave"]):
    """Saved views of the list of work."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """One's own, and those that a colleague shares with one of one's departments."""
        return self.filter(
            Q(eigenaar=medewerker) | Q(afdeling__in=medewerker.afdelingen.values("pk"))
        )

    def removable_by(self, medewerker: "Medewerker") -> Self:
        """One's own; who hands out the work of a department also what is shared with it."""
        mag = Q(eigenaar=medewerker)
        if medewerker.has_perm("zaken.assign_internetaak"):
            mag |= Q(afdeling__in=medewerker.afdelingen.values("pk"))
        return self.filter(mag)


# A browser says every ten seconds that the taak is still open in it.
KIJKT_NOG = timedelta(seconds=25)


class KijkerQuerySet(models.QuerySet["Kijker"]):
    """Who has which taak open."""

    def watching(self, nu: datetime) -> Self:
        """Seen so lately that the taak is still open there."""
        return self.filter(op__gt=nu - KIJKT_NOG)


class ZaaktypeQuerySet(models.QuerySet["Zaaktype"]):
    """Lists of kinds of zaken."""

    def valid_on(self, dag: date) -> Self:
        """Those with which a zaak may begin on this day."""
        return self.filter(
            Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=dag),
            begin_geldigheid__lte=dag,
        )


class ZaakQuerySet(models.QuerySet["Zaak"]):
    """Lists of zaken."""

    def visible_to(self, medewerker: "Medewerker") -> Self:
        """KCC and team leaders see every zaak; a department sees its own, and one sees what is in
        one's own name.
        """
        if not medewerker.has_perm("zaken.view_zaak"):
            return self.none()
        if medewerker.has_perm("contacts.view_klantcontact"):
            return self
        eigen = medewerker.afdelingen.values("pk")
        return self.filter(Q(afdeling__in=eigen) | Q(behandelaar=medewerker))

    def workable_by(self, medewerker: "Medewerker") -> Self:
        """What lies with one's own departments, or is in one's own name."""
        if not medewerker.has_perm("zaken.change_zaak"):
            return self.none()
        eigen = medewerker.afdelingen.values("pk")
        return self.filter(Q(afdeling__in=eigen) | Q(behandelaar=medewerker))

    def open(self) -> Self:
        """Without a result."""
        return self.filter(einddatum__isnull=True)

    def closed(self) -> Self:
        """With a result."""
        return self.filter(einddatum__isnull=False)

    def suspended(self) -> Self:
        """Open, while the term stands still."""
        return self.open().filter(opschorting_indicatie=True)

    def overdue(self, dag: date) -> Self:
        """Open, while the last day by law is over. A term that stands still runs out for nobody."""
        return self.open().filter(
            uiterlijke_einddatum_afdoening__lt=dag, opschorting_indicatie=False
        )

    def of_partij(self, partij_uuid: UUID) -> Self:
        """Those that this person or organisation has a part in."""
        met = self.model.objects.filter(betrokkenen__partij__uuid=partij_uuid)
        return self.filter(pk__in=met.values("pk"))

    def search(self, tekst: str) -> Self:
        """Each of a few words from the description, the kind of zaak or the name of who asked."""
        zaken = self
        for woord in tekst.split()[:6]:
            # Through the same SQL function as the index on names, so that é and e meet.
            naam = Normaliseer(Value(woord), output_field=models.TextField())
            met = self.model.objects.filter(betrokkenen__partij__zoeknaam__contains=naam)
            zaken = zaken.filter(
                Q(omschrijving__icontains=woord)
                | Q(zaaktype__omschrijving__icontains=woord)
                | Q(pk__in=met.values("pk"))
            )
        return zaken

    def with_row_details(self) -> Self:
        """All that a line of a list shows, in four queries."""
        return self.select_related(
            "zaaktype", "status", "resultaat", "afdeling", "behandelaar"
        ).prefetch_related("betrokkenen__partij", "betrokkenen__medewerker")

    def with_page_details(self) -> Self:
        """All that the page of one zaak shows, but for its history and what is linked to it."""
        return self.with_row_details().select_related("zaaktype__product", "aangemaakt_door")
