"""A zaak and the contacts and taken that belong to it. Both sides show the other."""

from datetime import datetime

from django.db import IntegrityError, transaction

from contacts.models import Klantcontact
from organisatie.models import Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis, Zaak, ZaakGebeurtenis, ZaakKoppeling
from zaken.services.stap import store_step
from zaken.services.zaak.fouten import KoppelingImpossible
from zaken.services.zaak.stap import add_zaakgebeurtenis, lock_zaak

AL_GEKOPPELD = "Dit hoort al bij deze zaak."
NIET_TE_ZIEN = "Dit bestaat niet, of u mag het niet zien. Er is niets gekoppeld."


def lock_taak_to_link(*, taak: InterneTaak, by: Medewerker) -> InterneTaak:
    """The taak under a lock. A finished one may be linked too: the zaak is often what comes after.
    Raises KoppelingImpossible for a taak that this person does not see.
    """
    vers = InterneTaak.objects.select_for_update().get(pk=taak.pk)
    if not InterneTaak.objects.visible_to(by).filter(pk=vers.pk).exists():
        raise KoppelingImpossible(NIET_TE_ZIEN)
    return vers


def connect_klantcontact(
    *, zaak: Zaak, klantcontact: Klantcontact, by: Medewerker, at: datetime
) -> ZaakKoppeling:
    """Store the link inside the caller's transaction. Raises KoppelingImpossible."""
    zichtbaar = Klantcontact.objects.visible_to(by).filter(pk=klantcontact.pk)
    # A specialist reads no contacts, but has those of the taken that he works on before him.
    via_taak = InterneTaak.objects.visible_to(by).filter(klantcontact=klantcontact.pk)
    if not zichtbaar.exists() and not via_taak.exists():
        raise KoppelingImpossible(NIET_TE_ZIEN)
    koppeling = _create(zaak=zaak, klantcontact=klantcontact, by=by, at=at)
    _remember(zaak, f"Contact {klantcontact.nummer}", by, at)
    return koppeling


def connect_taak(*, zaak: Zaak, taak: InterneTaak, by: Medewerker, at: datetime) -> ZaakKoppeling:
    """Store the link inside the caller's transaction; ``taak`` is locked. It stands in the history
    of both. Raises KoppelingImpossible.
    """
    koppeling = _create(zaak=zaak, taak=taak, by=by, at=at)
    _remember(zaak, f"Taak {taak.nummer}", by, at)
    soort = TaakGebeurtenis.Soort.GEKOPPELD
    store_step(taak=taak, velden=[], soort=soort, by=by, at=at, tekst=f"Zaak {zaak}")
    return koppeling


@transaction.atomic
def link_klantcontact(
    *, zaak: Zaak, klantcontact: Klantcontact, by: Medewerker, at: datetime
) -> ZaakKoppeling:
    """Put a contact with a zaak that one sees. Raises KoppelingImpossible."""
    vers = _lock_visible(zaak, by)
    return connect_klantcontact(zaak=vers, klantcontact=klantcontact, by=by, at=at)


@transaction.atomic
def link_taak(*, zaak: Zaak, taak: InterneTaak, by: Medewerker, at: datetime) -> ZaakKoppeling:
    """Put a taak with a zaak that one sees. Raises KoppelingImpossible."""
    taak = lock_taak_to_link(taak=taak, by=by)
    vers = _lock_visible(zaak, by)
    return connect_taak(zaak=vers, taak=taak, by=by, at=at)


@transaction.atomic
def unlink(
    *, zaak: Zaak, koppeling: int, by: Medewerker, at: datetime, versie: int | None = None
) -> None:
    """Take a contact or taak off a zaak; the history of both keeps that it was there.

    ``koppeling`` is the key of a ZaakKoppeling. Raises KoppelingImpossible, and what lock_zaak
    raises.
    """
    gevonden = ZaakKoppeling.objects.filter(pk=koppeling, zaak=zaak).first()
    if gevonden is None:
        raise KoppelingImpossible("Deze koppeling is er niet meer.")
    # In the order in which linking locks: first the taak, then the zaak.
    taak = None
    if gevonden.taak_id is not None:
        taak = InterneTaak.objects.select_for_update().get(pk=gevonden.taak_id)
    vers = lock_zaak(zaak=zaak, by=by, versie=versie, dicht=True)
    wat = f"Taak {taak}" if taak is not None else f"Contact {gevonden.klantcontact}"
    gevonden.delete()
    soort = ZaakGebeurtenis.Soort.ONTKOPPELD
    add_zaakgebeurtenis(zaak=vers, soort=soort, by=by, at=at, tekst=wat)
    if taak is not None:
        los = TaakGebeurtenis.Soort.GEKOPPELD
        tekst = f"Niet meer bij zaak {zaak}"
        store_step(taak=taak, velden=[], soort=los, by=by, at=at, tekst=tekst)


def _lock_visible(zaak: Zaak, by: Medewerker) -> Zaak:
    vers = Zaak.objects.select_for_update().get(pk=zaak.pk)
    if not Zaak.objects.visible_to(by).filter(pk=vers.pk).exists():
        raise KoppelingImpossible(NIET_TE_ZIEN)
    return vers


def _create(
    *,
    zaak: Zaak,
    by: Medewerker,
    at: datetime,
    klantcontact: Klantcontact | None = None,
    taak: InterneTaak | None = None,
) -> ZaakKoppeling:
    try:
        with transaction.atomic():
            return ZaakKoppeling.objects.create(
                zaak=zaak,
                klantcontact=klantcontact,
                taak=taak,
                gekoppeld_op=at,
                gekoppeld_door=by,
            )
    except IntegrityError as exc:
        raise KoppelingImpossible(AL_GEKOPPELD) from exc


def _remember(zaak: Zaak, tekst: str, by: Medewerker, at: datetime) -> None:
    soort = ZaakGebeurtenis.Soort.GEKOPPELD
    add_zaakgebeurtenis(zaak=zaak, soort=soort, by=by, at=at, tekst=tekst)
