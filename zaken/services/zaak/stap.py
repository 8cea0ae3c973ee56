"""What every step of a zaak has in common: lock, check, store, remember."""

from datetime import datetime

from organisatie.models import Medewerker
from zaken.models import Statustype, Zaak, ZaakGebeurtenis, ZaakStatus
from zaken.services.zaak.fouten import ZaakAlreadyClosed, ZaakChanged, ZaakElsewhere

MAX_REDEN = 200


def lock_zaak(
    *, zaak: Zaak, by: Medewerker, versie: int | None = None, dicht: bool = False
) -> Zaak:
    """Read the zaak again under a lock, and refuse what is no longer possible.

    ``versie`` is what the screen had read. ``dicht``: a closed zaak will do. Raises
    ZaakAlreadyClosed, ZaakElsewhere, ZaakChanged.
    """
    # No select_related: after waiting, PostgreSQL reads this row anew but not the joined ones.
    vers = Zaak.objects.select_for_update().get(pk=zaak.pk)
    if vers.is_afgerond and not dicht:
        raise ZaakAlreadyClosed
    if not Zaak.objects.workable_by(by).filter(pk=vers.pk).exists():
        raise ZaakElsewhere(vers.afdeling)
    if versie is not None and versie != vers.versie:
        raise ZaakChanged
    return vers


def store_zaak(
    *,
    zaak: Zaak,
    velden: list[str],
    by: Medewerker,
    at: datetime,
    soort: str = "",
    tekst: str = "",
) -> Zaak:
    """Save ``velden``, move the versie by one, and add a line of history unless there is a status
    that says it.
    """
    zaak.versie += 1
    zaak.save(update_fields=[*velden, "versie"])
    if soort:
        add_zaakgebeurtenis(zaak=zaak, soort=soort, by=by, at=at, tekst=tekst)
    return zaak


def add_zaakgebeurtenis(
    *, zaak: Zaak, soort: str, by: Medewerker, at: datetime, tekst: str = ""
) -> None:
    """One more line of history."""
    ZaakGebeurtenis.objects.create(zaak=zaak, soort=soort, door=by, op=at, tekst=tekst)


def add_status(
    *, zaak: Zaak, statustype: Statustype, by: Medewerker, at: datetime, toelichting: str = ""
) -> None:
    """One more stage; the caller saves ``zaak.status``."""
    zaak.status = statustype
    ZaakStatus.objects.create(
        zaak=zaak,
        statustype=statustype,
        datum_status_gezet=at,
        statustoelichting=toelichting,
        gezet_door=by,
    )
