"""Who has a taak and when it is done: handing it to a colleague, priority, the call-back window."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from organisatie.models import Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.models import InterneTaak, Prioriteit, TaakGebeurtenis, TaakStatus
from zaken.services.fouten import (
    PrioriteitSame,
    TaakAlreadyWith,
    TaakNotYours,
    TerugbelFout,
)
from zaken.services.overdracht import must_be_present, must_work_on_taken
from zaken.services.stap import lock_taak, must_be_free_for, store_step
from zaken.termijnen import say_tijdvak

Soort = TaakGebeurtenis.Soort


@transaction.atomic
def assign_interne_taak(
    *,
    taak: InterneTaak,
    to: Medewerker,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Put an open taak in the name of a colleague of the same department, who has yet to begin.

    Anybody of the department gives what is free or his own; with zaken.assign_internetaak also what
    somebody else has. Taking it out of somebody's hands counts as an overdracht (S2-1): the citizen
    then has to do with another person. Giving out what was free does not.
    Raises MedewerkerUnavailable, MedewerkerAbsent, TaakAlreadyWith, TaakNotYours, TaakChanged,
    TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    eerder = vers.toegewezen_aan
    if eerder == to:
        raise TaakAlreadyWith(to)
    if eerder is not None and eerder != by and not by.has_perm("zaken.assign_internetaak"):
        raise TaakNotYours(eerder)
    must_work_on_taken(to, vers.afdeling)
    if to != by:
        must_be_present(to, at)
    vers.toegewezen_aan, vers.toegewezen_op, vers.status = to, at, TaakStatus.NIEUW
    vers.aantal_overdrachten += eerder is not None
    return store_step(
        taak=vers,
        velden=["toegewezen_aan", "toegewezen_op", "status", "aantal_overdrachten"],
        soort=Soort.TOEGEWEZEN,
        by=by,
        at=at,
        tekst=f"Aan {to}." if eerder is None else f"Aan {to}; de taak was bij {eerder}.",
    )


@transaction.atomic
def change_prioriteit(
    *,
    taak: InterneTaak,
    prioriteit: int,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Have a taak go before or after others with the same term. ``prioriteit`` is a Prioriteit.

    Raises PrioriteitSame, TaakChanged, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    nieuw, oud = Prioriteit(prioriteit), Prioriteit(vers.prioriteit)
    if nieuw == oud:
        raise PrioriteitSame
    vers.prioriteit = nieuw
    return store_step(
        taak=vers,
        velden=["prioriteit"],
        soort=Soort.PRIORITEIT,
        by=by,
        at=at,
        tekst=f"Van {oud.label} naar {nieuw.label}.",
    )


@transaction.atomic
def plan_terugbellen(
    *,
    taak: InterneTaak,
    van: datetime | None,
    tot: datetime | None,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Note between which times the citizen was promised a call; None for both takes it back.

    Within one block of the opening hours of the department, since outside them nobody calls.
    Raises TerugbelFout, TaakAlreadyClaimed, TaakChanged, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if van is None or tot is None:
        if van is not tot:
            raise TerugbelFout("Vul begin en einde van het tijdvak in.")
        if vers.terugbellen_van is None:
            raise TerugbelFout("Er is geen terugbelafspraak.")
        tekst = "Vervallen."
    else:
        _must_be_open(vers, van, tot, at)
        tekst = f"Terugbellen {say_tijdvak(van, tot)}."
    vers.terugbellen_van, vers.terugbellen_tot = van, tot
    return store_step(
        taak=vers,
        velden=["terugbellen_van", "terugbellen_tot"],
        soort=Soort.TERUGBELAFSPRAAK,
        by=by,
        at=at,
        tekst=tekst,
    )


def _must_be_open(taak: InterneTaak, van: datetime, tot: datetime, at: datetime) -> None:
    if tot <= van:
        raise TerugbelFout("Het tijdvak eindigt na het begin. Controleer de tijden.")
    if van < at:
        raise TerugbelFout("Dit tijdvak is al begonnen of voorbij. Kies een later moment.")
    blokken = laad_werkkalender(taak.afdeling).blokken(localdate(van))
    if any(begin <= van and tot <= eind for begin, eind in blokken):
        return
    uren = " en ".join(f"van {begin:%H.%M} tot {eind:%H.%M} uur" for begin, eind in blokken)
    raise TerugbelFout(
        f"{taak.afdeling} is die dag open {uren}. Kies een tijdvak daarbinnen."
        if uren
        else f"{taak.afdeling} is die dag dicht. Kies een andere dag."
    )
