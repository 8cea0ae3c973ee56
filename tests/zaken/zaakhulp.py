"""Zaken and their types for tests."""

from datetime import date
from typing import Any

from organisatie.models import Afdeling, Medewerker
from tests.factories import AfdelingFactory, MedewerkerFactory, moment
from zaken.models import Resultaattype, Statustype, Zaak, Zaaktype
from zaken.services import zaak as services

BEGIN = moment("2026-10-20 10:00")  # Tuesday; eight weeks later is Tuesday 15 December


def zaaktype(afdeling: Afdeling | None = None, **velden: Any) -> Zaaktype:
    """A kind of zaak of Burgerzaken: eight weeks, three stages, two results."""
    velden.setdefault("identificatie", f"soort-{Zaaktype.objects.count()}")
    velden.setdefault("omschrijving", "Vergunning")
    velden.setdefault("doorlooptijd_aantal", 8)
    velden.setdefault("begin_geldigheid", date(2020, 1, 1))
    soort = Zaaktype.objects.create(afdeling=afdeling or AfdelingFactory.create(), **velden)
    for nummer, (naam, zin, daarna) in enumerate(
        [
            ("Ontvangen", "Uw aanvraag is binnen.", "Wij kijken of alles er is."),
            ("Beoordeling", "Wij beoordelen uw aanvraag.", "Daarna krijgt u het besluit."),
            ("Afgehandeld", "Het besluit is verstuurd.", ""),
        ],
        start=1,
    ):
        Statustype.objects.create(
            zaaktype=soort, volgnummer=nummer, omschrijving=naam, statustekst=zin, vervolg=daarna,
            is_eindstatus=nummer == 3,
        )  # fmt: skip
    for naam, jaren in (("Verleend", 10), ("Geweigerd", 5)):
        Resultaattype.objects.create(
            zaaktype=soort, omschrijving=naam, toelichting=f"De vergunning is {naam.lower()}.",
            selectielijstklasse="6.1", bewaartermijn_jaren=jaren,
        )  # fmt: skip
    return soort


def zaak(soort: Zaaktype | None = None, by: Medewerker | None = None, **velden: Any) -> Zaak:
    """A zaak that began on Tuesday 20 October 2026."""
    soort = soort or zaaktype()
    velden.setdefault("omschrijving", "Dakkapel aan de achterkant")
    velden.setdefault("at", BEGIN)
    return services.start_zaak(zaaktype=soort, by=by or MedewerkerFactory.create(), **velden)


def stap(soort: Zaaktype, volgnummer: int) -> Statustype:
    return soort.statustypen.get(volgnummer=volgnummer)
