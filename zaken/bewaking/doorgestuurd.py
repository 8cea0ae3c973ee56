"""Van het kastje naar de muur: questions that were passed on twice or more (S2-1)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from contacts.models import Gespreksresultaat, Klantcontact
from organisatie.models import Medewerker
from zaken.bewaking.beloften import Eigenaar, owner_of, with_owner
from zaken.models import InterneTaak, TaakGebeurtenis
from zaken.querysets import InterneTaakQuerySet

VANAF_KEER = 2
KETEN = timedelta(days=14)  # contacts about one thing, this close together, are one question
TERUGKIJKEN = timedelta(days=60)  # for chains; a taak that was passed on twice is always found
PER_PAGINA = 20

Soort = TaakGebeurtenis.Soort
VERHUIZINGEN = (Soort.OVERGEDRAGEN, Soort.DOORGESTUURD, Soort.TERUGGEGEVEN)


@dataclass(frozen=True)
class Doorgestuurd:
    """One question that went from hand to hand."""

    taak: InterneTaak
    keer: int
    eigenaar: Eigenaar
    eerder: list[Klantcontact]
    stappen: list[TaakGebeurtenis]


def passed_on(medewerker: Medewerker, nu: datetime) -> InterneTaakQuerySet:
    """The open taken about a question that was handed over twice or more: the taak itself, or with
    earlier contacts of the same person about the same product.
    """
    eerder = Klantcontact.objects.filter(
        partij=OuterRef("klantcontact__partij"),
        product=OuterRef("klantcontact__product"),
        afgerond_op__isnull=False,
        gespreksresultaat=Gespreksresultaat.OVERGEDRAGEN,
        plaatsgevonden_op__gte=OuterRef("klantcontact__plaatsgevonden_op") - KETEN,
        plaatsgevonden_op__lt=OuterRef("klantcontact__plaatsgevonden_op"),
    )
    keten = Q(Exists(eerder), aangemaakt_op__gte=nu - TERUGKIJKEN)
    return (
        InterneTaak.objects.visible_to(medewerker)
        .open()
        .filter(Q(aantal_overdrachten__gte=VANAF_KEER) | keten)
    )


class DoorgestuurdLijst:
    """One page of the list, the most passed on first."""

    def __init__(self, *, medewerker: Medewerker, params: Mapping[str, str], nu: datetime) -> None:
        self.medewerker, self.nu = medewerker, nu
        self._pagina = params.get("pagina", "1")

    @cached_property
    def pagina(self) -> Page[InterneTaak]:
        """The taken on this page."""
        taken = with_owner(passed_on(self.medewerker, self.nu))
        volgorde = ("-aantal_overdrachten", "termijn_op", "pk")
        return Paginator(taken.order_by(*volgorde), PER_PAGINA).get_page(self._pagina)

    @cached_property
    def rijen(self) -> list[Doorgestuurd]:
        """The lines with their history; three queries for any number."""
        taken = list(self.pagina.object_list)
        stappen = defaultdict(list)
        for stap in (
            TaakGebeurtenis.objects.filter(taak__in=taken, soort__in=VERHUIZINGEN)
            .select_related("afdeling", "door")
            .order_by("op", "pk")
        ):
            stappen[stap.taak_id].append(stap)
        eerder = _earlier(taken)
        return [
            Doorgestuurd(
                taak,
                taak.aantal_overdrachten + len(eerder[taak.pk]),
                owner_of(taak),
                eerder[taak.pk],
                stappen[taak.pk],
            )
            for taak in taken
        ]


def _earlier(taken: list[InterneTaak]) -> dict[int, list[Klantcontact]]:
    """Per taak the contacts before its own that were handed over too, the oldest first."""
    uit: dict[int, list[Klantcontact]] = defaultdict(list)
    eigen = [taak.klantcontact for taak in taken if taak.klantcontact.partij_id]
    if not eigen:
        return uit
    contacten = list(
        Klantcontact.objects.filter(
            partij__in={contact.partij_id for contact in eigen},
            product__in={contact.product_id for contact in eigen if contact.product_id},
            afgerond_op__isnull=False,
            gespreksresultaat=Gespreksresultaat.OVERGEDRAGEN,
            plaatsgevonden_op__gte=min(c.plaatsgevonden_op for c in eigen) - KETEN,
        )
        .select_related("afdeling")
        .order_by("plaatsgevonden_op", "pk")
    )
    for taak in taken:
        van = taak.klantcontact
        uit[taak.pk] = [
            ander
            for ander in contacten
            if (ander.partij_id, ander.product_id) == (van.partij_id, van.product_id)
            and van.plaatsgevonden_op - KETEN <= ander.plaatsgevonden_op < van.plaatsgevonden_op
        ]
    return uit
