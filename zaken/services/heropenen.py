"""Opening a taak again, because the citizen turned out not to be helped."""

from datetime import datetime

from django.db import transaction

from organisatie.aanwezigheid import presence_of
from organisatie.models import Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis, TaakStatus
from zaken.services.fouten import (
    AfdelingClosed,
    RedenMissing,
    TaakElsewhere,
    TaakMerged,
    TaakNotClosed,
)
from zaken.services.overdracht import compute_termijn, works_on_taken
from zaken.services.stap import lock_visible, must_be_version, store_step


@transaction.atomic
def reopen_interne_taak(
    *, taak: InterneTaak, reden: str, by: Medewerker, at: datetime, versie: int | None = None
) -> InterneTaak:
    """Open a finished taak again: by its department, or by the KCC, where the citizen calls.

    It gets a new term, counted from now under the agreement of today: the old one was a promise
    that we thought we had kept. The answer that was given moves into the history. Who had it keeps
    it, unless he left or is away. Its finish no longer counts in any figure.
    Raises TaakNotClosed, TaakMerged, RedenMissing, AfdelingClosed, TaakChanged, TaakElsewhere,
    TaakGone, NoOpeningstijden.
    """
    (vers,) = lock_visible(taken=[taak], by=by)
    if not may_reopen(vers, by):
        raise TaakElsewhere(vers.afdeling)
    if not vers.is_afgehandeld:
        raise TaakNotClosed
    if vers.samengevoegd_met is not None:
        raise TaakMerged(vers.samengevoegd_met.nummer)
    must_be_version(vers, versie)
    if not reden.strip():
        raise RedenMissing
    if not vers.afdeling.is_actief:
        raise AfdelingClosed(vers.afdeling)
    oud = (vers.afgehandeld_op, vers.termijn_op)
    termijn = compute_termijn(vers.klantcontact.product, vers.afdeling, at)
    gaf = f"\nHet antwoord was: {vers.antwoord}" if vers.antwoord else ""
    vers.status, vers.heropend_op, vers.termijn_op = TaakStatus.NIEUW, at, termijn.op
    vers.afspraak = termijn.afspraak
    vers.afgehandeld_op = vers.afgehandeld_door = vers.werkminuten = None
    vers.antwoord = vers.terugkoppeling = ""
    if not _can_go_on(vers.toegewezen_aan, vers, at):
        vers.toegewezen_aan = vers.toegewezen_op = None
    return store_step(
        taak=vers,
        velden=[
            "status", "heropend_op", "termijn_op", "afspraak", "afgehandeld_op",
            "afgehandeld_door", "werkminuten", "antwoord", "terugkoppeling", "toegewezen_aan",
            "toegewezen_op",
        ],
        soort=TaakGebeurtenis.Soort.HEROPEND,
        by=by,
        at=at,
        tekst=f"{reden}{gaf}",
        oud=oud,
    )  # fmt: skip


def may_reopen(taak: InterneTaak, medewerker: Medewerker) -> bool:
    """True for the department of the taak, and for who hands off: the KCC."""
    if not medewerker.has_perm("zaken.change_internetaak"):
        return False
    return (
        medewerker.has_perm("zaken.add_internetaak")
        or InterneTaak.objects.workable_by(medewerker).filter(pk=taak.pk).exists()
    )


def _can_go_on(eerder: Medewerker | None, taak: InterneTaak, at: datetime) -> bool:
    if eerder is None or not works_on_taken(eerder):
        return False
    erbij = Medewerker.objects.in_afdeling(taak.afdeling_id).filter(pk=eerder.pk).exists()
    return erbij and not presence_of([eerder], at)[eerder.pk].is_afwezig
