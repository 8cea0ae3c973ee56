"""Taken that belong together: linked, or two about one question that become one."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from organisatie.models import Medewerker
from organisatie.werkkalender import laad_werkkalender, werkseconden_tussen
from zaken.models import (
    InterneTaak,
    Samenvoeging,
    TaakGebeurtenis,
    TaakKoppeling,
    TaakStatus,
)
from zaken.services.fouten import (
    CannotUndo,
    KoppelingExists,
    NotDouble,
    TaakAlreadyClosed,
    TaakElsewhere,
)
from zaken.services.stap import lock_visible, must_be_free_for, must_be_version, store_step

Soort = TaakGebeurtenis.Soort


@transaction.atomic
def link_taken(
    *,
    taak: InterneTaak,
    andere: InterneTaak,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> TaakKoppeling:
    """Note that two taken have to do with one another; finished ones too.

    ``by`` works on the one and sees the other. Both get a line of history. Raises KoppelingExists,
    TaakGone, TaakElsewhere, TaakChanged.
    """
    if taak.pk == andere.pk:
        raise KoppelingExists("Dit is dezelfde taak. Vul het nummer van een andere taak in.")
    een, twee = lock_visible(taken=[taak, andere], by=by)
    _must_work_on([een], by)
    must_be_version(een, versie)
    oudste, jongste = sorted((een, twee), key=lambda t: t.pk)
    if TaakKoppeling.objects.filter(taak=oudste, andere=jongste).exists():
        raise KoppelingExists(f"{een} en {twee} zijn al gekoppeld.")
    for deze, ander in ((een, twee), (twee, een)):
        store_step(
            taak=deze, velden=[], soort=Soort.GEKOPPELD, by=by, at=at, tekst=f"Met {ander.nummer}."
        )
    return TaakKoppeling.objects.create(taak=oudste, andere=jongste, door=by, op=at)


@transaction.atomic
def merge_taken(
    *,
    taak: InterneTaak,
    in_taak: InterneTaak,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Let ``taak`` go into ``in_taak``, which is about the same question. Gives the one that stays.

    What goes in closes without an answer of its own; its question and history show with the one
    that stays. Both lie with departments of ``by`` and are free or his own, both open, and both
    are about the same partij or both of nobody known. The earlier of the two terms holds: both
    were promised. Raises NotDouble, TaakAlreadyClosed, TaakAlreadyClaimed, TaakChanged,
    TaakElsewhere, TaakGone.
    """
    if taak.pk == in_taak.pk:
        raise NotDouble("Dit is dezelfde taak. Vul het nummer van de andere taak in.")
    weg, blijft = lock_visible(taken=[taak, in_taak], by=by)
    _must_work_on([weg, blijft], by)
    for deze in (weg, blijft):
        if deze.is_afgehandeld:
            raise TaakAlreadyClosed
        if not by.has_perm("zaken.assign_internetaak"):
            must_be_free_for(deze, by)
    must_be_version(weg, versie)
    if weg.klantcontact.partij_id != blijft.klantcontact.partij_id:
        raise NotDouble(
            "Deze taken gaan niet over dezelfde klant. Koppel ze, of laat ze los van elkaar."
        )
    Samenvoeging.objects.create(
        taak=weg,
        in_taak=blijft,
        door=by,
        op=at,
        was_status=weg.status,
        was_toegewezen_aan=weg.toegewezen_aan,
        was_toegewezen_op=weg.toegewezen_op,
    )
    weg.samengevoegd_met, weg.status = blijft, TaakStatus.AFGEHANDELD
    weg.afgehandeld_door, weg.afgehandeld_op = by, max(at, weg.aangemaakt_op)
    kalender = laad_werkkalender()
    weg.werkminuten = (
        werkseconden_tussen(weg.aangemaakt_op, weg.afgehandeld_op, kalender=kalender) // 60
    )
    store_step(
        taak=weg,
        velden=["samengevoegd_met", "status", "afgehandeld_door", "afgehandeld_op", "werkminuten"],
        soort=Soort.SAMENGEVOEGD,
        by=by,
        at=at,
        tekst=f"Opgegaan in {blijft.nummer}.",
    )
    oud = blijft.termijn_op
    blijft.termijn_op = max(min(blijft.termijn_op, weg.termijn_op), blijft.aangemaakt_op)
    eerder = " De eerste van de twee termijnen geldt." if blijft.termijn_op != oud else ""
    return store_step(
        taak=blijft,
        velden=["termijn_op"],
        soort=Soort.SAMENGEVOEGD,
        by=by,
        at=at,
        tekst=f"{weg.nummer} hoort hierbij.{eerder}",
        oud=(oud,),
    )


@transaction.atomic
def unmerge_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> InterneTaak:
    """Undo a merge on the day itself: the taak is open again, with the owner that it had.

    Raises CannotUndo, TaakElsewhere, TaakGone.
    """
    eerste = Samenvoeging.objects.filter(taak=taak, ongedaan_op__isnull=True).first()
    if eerste is None:
        raise CannotUndo
    weg, blijft = lock_visible(taken=[taak, eerste.in_taak], by=by)
    _must_work_on([weg, blijft], by)
    # Under the lock again: two may undo at once.
    samenvoeging = Samenvoeging.objects.filter(pk=eerste.pk, ongedaan_op__isnull=True).first()
    if samenvoeging is None or localdate(samenvoeging.op) != localdate(at):
        raise CannotUndo
    samenvoeging.ongedaan_op = at
    samenvoeging.save(update_fields=["ongedaan_op"])
    oud = weg.afgehandeld_op
    weg.samengevoegd_met = weg.afgehandeld_op = weg.afgehandeld_door = weg.werkminuten = None
    weg.status = samenvoeging.was_status
    weg.toegewezen_aan = samenvoeging.was_toegewezen_aan
    weg.toegewezen_op = samenvoeging.was_toegewezen_op
    for deze, velden, tekst in (
        (blijft, [], f"{weg.nummer} hoort hier niet meer bij."),
        (weg, HERSTELD, f"Weer los van {blijft.nummer}."),
    ):
        store_step(
            taak=deze, velden=velden, soort=Soort.SAMENGEVOEGD, by=by, at=at,
            tekst=f"Ongedaan gemaakt. {tekst}", oud=(oud,),
        )  # fmt: skip
    return weg


HERSTELD = [
    "samengevoegd_met", "afgehandeld_op", "afgehandeld_door", "werkminuten", "status",
    "toegewezen_aan", "toegewezen_op",
]  # fmt: skip


def _must_work_on(taken: list[InterneTaak], by: Medewerker) -> None:
    mag = set(
        InterneTaak.objects.workable_by(by)
        .filter(pk__in=[t.pk for t in taken])
        .values_list("pk", flat=True)
    )
    for taak in taken:
        if taak.pk not in mag:
            raise TaakElsewhere(taak.afdeling)
