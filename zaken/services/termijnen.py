"""The term of a taak when life does not go as agreed: standing still, going on, and extension.

What was promised to the citizen moves in two ways only: by extension, announced before the term is
over, and by waiting for something that the department itself cannot do, with a reason that
everybody can read. Neither hides what is late already: after the term it is too late for both.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from organisatie.models import Medewerker
from organisatie.werkkalender import (
    WERKUREN,
    add_werkseconden,
    add_werktijd,
    laad_werkkalender,
    werkseconden_tussen,
)
from zaken.models import InterneTaak, TaakGebeurtenis, TermijnEenheid
from zaken.services.fouten import RedenMissing, TaakFout
from zaken.services.stap import lock_taak, must_be_free_for, store_step
from zaken.termijnen import say_uiterlijk

Soort = TaakGebeurtenis.Soort
REDEN_LENGTE = 200
# So many working hours before its term a taak without an answer asks for word to the citizen.
TUSSENBERICHT_UREN = 4
HOOGSTENS = 60  # werkdagen at a time


class TermijnOver(TaakFout):
    """The term is over: it neither stands still nor is extended after the fact."""

    def __init__(self) -> None:
        super().__init__(
            "De termijn is al voorbij en verandert niet meer. Laat de klant weten waar hij aan toe "
            "is, en handel de taak zo snel mogelijk af."
        )


class TermijnPaused(TaakFout):
    """The term stands still already."""

    def __init__(self) -> None:
        super().__init__("De termijn staat stil. Laat hem eerst weer lopen.")


class TermijnRuns(TaakFout):
    """The term does not stand still, so it cannot go on."""

    def __init__(self) -> None:
        super().__init__("De termijn loopt al. Er is niets gewijzigd.")


class ExtensionTooLong(TaakFout):
    """Not a number of werkdagen or werkuren that somebody can be asked to wait."""

    veld = "aantal"

    def __init__(self) -> None:
        super().__init__(f"Kies 1 tot en met {HOOGSTENS}.")


@transaction.atomic
def pause_termijn(
    *, taak: InterneTaak, reden: str, by: Medewerker, at: datetime, versie: int | None = None
) -> InterneTaak:
    """Let the term stand still while the department waits for something, such as papers from the
    citizen. ``reden`` is what the KCC can tell when he calls, at most REDEN_LENGTE characters.

    Raises TermijnPaused, TermijnOver, RedenMissing, TaakChanged, TaakAlreadyClaimed,
    TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if vers.gepauzeerd_op is not None:
        raise TermijnPaused
    if at > vers.termijn_op:
        raise TermijnOver
    if not reden.strip():
        raise RedenMissing
    vers.gepauzeerd_op, vers.reden_pauze = at, reden.strip()[:REDEN_LENGTE]
    return store_step(
        taak=vers,
        velden=["gepauzeerd_op", "reden_pauze"],
        soort=Soort.STILGEZET,
        by=by,
        at=at,
        tekst=vers.reden_pauze,
    )


@transaction.atomic
def resume_termijn(
    *, taak: InterneTaak, by: Medewerker, at: datetime, versie: int | None = None
) -> InterneTaak:
    """Let the term go on: it ends when the open time is used up that was left at the pause, on the
    calendar of the department.

    Raises TermijnRuns, TaakChanged, TaakAlreadyClaimed, TaakAlreadyClosed, TaakElsewhere and
    NoOpeningstijden.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if vers.gepauzeerd_op is None:
        raise TermijnRuns
    kalender, oud = laad_werkkalender(vers.afdeling), vers.termijn_op
    over = werkseconden_tussen(vers.gepauzeerd_op, oud, kalender=kalender)
    # Never earlier than it was: what was promised stays promised.
    vers.termijn_op = max(oud, add_werkseconden(at, seconden=over, kalender=kalender))
    vers.gepauzeerd_op, vers.reden_pauze = None, ""
    return store_step(
        taak=vers,
        velden=["gepauzeerd_op", "reden_pauze", "termijn_op"],
        soort=Soort.HERVAT,
        by=by,
        at=at,
        tekst=f"Nieuwe termijn: {say_uiterlijk(vers.termijn_op, at)}.",
        oud=(oud,),
    )


@transaction.atomic
def extend_termijn(
    *,
    taak: InterneTaak,
    aantal: int,
    reden: str,
    by: Medewerker,
    at: datetime,
    eenheid: str = TermijnEenheid.WERKDAGEN,
    versie: int | None = None,
) -> InterneTaak:
    """Promise the citizen a later moment, while the promised one is not over: ``aantal`` werkdagen
    (or werkuren) after the term that holds, on the calendar of the department.

    Raises TermijnOver, TermijnPaused, ExtensionTooLong, RedenMissing, TaakChanged,
    TaakAlreadyClaimed, TaakAlreadyClosed, TaakElsewhere and NoOpeningstijden.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if vers.gepauzeerd_op is not None:
        raise TermijnPaused
    if at > vers.termijn_op:
        raise TermijnOver
    if not 1 <= aantal <= HOOGSTENS:
        raise ExtensionTooLong
    if not reden.strip():
        raise RedenMissing
    oud = vers.termijn_op
    vers.termijn_op = add_werktijd(
        oud, aantal=aantal, eenheid=eenheid, kalender=laad_werkkalender(vers.afdeling)
    )
    return store_step(
        taak=vers,
        velden=["termijn_op"],
        soort=Soort.VERLENGD,
        by=by,
        at=at,
        tekst=f"Nieuwe termijn: {say_uiterlijk(vers.termijn_op, at)}. {reden.strip()}",
        oud=(oud,),
    )


def awaiting_tussenbericht(
    *, at: datetime, uren: int = TUSSENBERICHT_UREN
) -> QuerySet[InterneTaak]:
    """Open taken without an answer whose term ends within ``uren`` working hours: who cannot make
    it in time extends now, so that the citizen hears it before and not after. The earliest first.

    Working hours are those of the general calendar. Raises NoOpeningstijden.
    """
    grens = add_werktijd(at, aantal=uren, eenheid=WERKUREN, kalender=laad_werkkalender())
    return (
        InterneTaak.objects.open()
        .filter(termijn_op__gte=at, termijn_op__lte=grens, gepauzeerd_op=None, antwoord="")
        .order_by("termijn_op", "pk")
    )
