"""What a department does with a taak, from claiming it to giving the answer."""

from datetime import datetime

from django.db import transaction

from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import laad_werkkalender, werkseconden_tussen
from zaken.models import (
    InterneTaak,
    PogingResultaat,
    RedenTerug,
    TaakGebeurtenis,
    TaakStatus,
    Terugkoppeling,
)
from zaken.routering import routed_groep
from zaken.services.fouten import (
    AfdelingClosed,
    AntwoordMissing,
    NoKcc,
    RedenMissing,
    TaakAlreadyClaimed,
    TaakAlreadyThere,
    TaakNotClaimed,
)
from zaken.services.stap import lock_taak, must_be_free_for, store_step
from zaken.services.termijnen import resume_termijn

Soort = TaakGebeurtenis.Soort


@transaction.atomic
def claim_interne_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> InterneTaak:
    """Take a taak that nobody has, or that was put in one's own name.

    Of two who claim at once the lock lets one through; the other reads the winner's name.
    Raises TaakAlreadyClaimed, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by)
    must_be_free_for(vers, by)
    if vers.status == TaakStatus.IN_BEHANDELING:
        raise TaakAlreadyClaimed(by, by=by)
    _claim(vers, by=by, at=at)
    return store_step(
        taak=vers,
        velden=["toegewezen_aan", "toegewezen_op", "status"],
        soort=Soort.GENOMEN,
        by=by,
        at=at,
    )


@transaction.atomic
def release_interne_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> InterneTaak:
    """Let a taak go, so that somebody else can take it. A colleague of the department may do it for
    somebody who is away; the history says for whom.

    Raises TaakNotClaimed, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by)
    eigenaar = vers.toegewezen_aan
    if eigenaar is None:
        raise TaakNotClaimed
    vers.toegewezen_aan, vers.toegewezen_op, vers.status = None, None, TaakStatus.NIEUW
    return store_step(
        taak=vers,
        velden=["toegewezen_aan", "toegewezen_op", "status"],
        soort=Soort.LOSGELATEN,
        by=by,
        at=at,
        tekst="" if eigenaar == by else f"De taak was bij {eigenaar}.",
    )


@transaction.atomic
def log_contactpoging(
    *, taak: InterneTaak, resultaat: str, notitie: str, by: Medewerker, at: datetime
) -> InterneTaak:
    """Note that somebody tried to reach the citizen. An attempt is not an answer: the taak stays
    open, and with whom it is. ``resultaat`` is a PogingResultaat.

    Raises TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by)
    vers.aantal_pogingen += 1
    label = PogingResultaat(resultaat).label
    return store_step(
        taak=vers,
        velden=["aantal_pogingen"],
        soort=Soort.CONTACTPOGING,
        by=by,
        at=at,
        tekst=f"{label}. {notitie}".strip(),
    )


@transaction.atomic
def save_antwoord(
    *, taak: InterneTaak, antwoord: str, by: Medewerker, at: datetime, versie: int | None = None
) -> InterneTaak:
    """Keep an answer that the citizen does not have yet. Who writes on a free taak claims it.

    Raises TaakChanged, TaakAlreadyClaimed, AntwoordMissing, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if not antwoord.strip():
        raise AntwoordMissing("antwoord", "Schrijf het antwoord op.")
    if vers.status != TaakStatus.IN_BEHANDELING:
        vers = claim_interne_taak(taak=vers, by=by, at=at)
    vers.antwoord = antwoord
    return store_step(
        taak=vers, velden=["antwoord"], soort=Soort.ANTWOORD, by=by, at=at, tekst=antwoord
    )


@transaction.atomic
def finish_interne_taak(
    *,
    taak: InterneTaak,
    antwoord: str,
    terugkoppeling: str,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Close the taak: the citizen has the answer, and we know how he got it.

    Raises TaakChanged, TaakAlreadyClaimed, AntwoordMissing, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if not antwoord.strip():
        raise AntwoordMissing("antwoord", "Schrijf op wat het antwoord was.")
    if terugkoppeling not in Terugkoppeling.values:
        raise AntwoordMissing("terugkoppeling", "Kies hoe de klant het antwoord heeft gekregen.")
    vers = _let_run(vers, by=by, at=at)
    if vers.toegewezen_aan is None:
        vers.toegewezen_aan, vers.toegewezen_op = by, at
    vers.antwoord, vers.terugkoppeling = antwoord, terugkoppeling
    vers.status, vers.afgehandeld_door = TaakStatus.AFGEHANDELD, by
    vers.afgehandeld_op = max(at, vers.aangemaakt_op)  # two machines' clocks may differ a little
    seconden = werkseconden_tussen(
        vers.aangemaakt_op, vers.afgehandeld_op, kalender=laad_werkkalender()
    )
    vers.werkminuten = seconden // 60
    return store_step(
        taak=vers,
        velden=[
            "toegewezen_aan", "toegewezen_op", "antwoord", "terugkoppeling", "status",
            "afgehandeld_door", "afgehandeld_op", "werkminuten",
        ],
        soort=Soort.AFGEHANDELD,
        by=by,
        at=at,
        tekst=f"Terugkoppeling: {Terugkoppeling(terugkoppeling).label}.",
    )  # fmt: skip


@transaction.atomic
def return_interne_taak(
    *,
    taak: InterneTaak,
    reden: str,
    toelichting: str,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Give the taak back to the KCC, where it lies in the list the same second.

    The term stays as it was promised to the citizen (see forward_interne_taak). ``reden`` is a
    RedenTerug. Raises NoKcc, TaakAlreadyThere, RedenMissing, TaakChanged, TaakAlreadyClaimed,
    TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    kcc = Afdeling.objects.filter(is_kcc=True).first()
    if kcc is None:
        raise NoKcc
    if vers.afdeling_id == kcc.pk:
        raise TaakAlreadyThere(kcc)
    if reden not in RedenTerug.values or not toelichting.strip():
        raise RedenMissing
    vers = _let_run(vers, by=by, at=at)
    vers.terug_van, vers.reden_terug = vers.afdeling, reden
    _move(vers, kcc)
    return store_step(
        taak=vers,
        velden=["terug_van", "reden_terug", *VERHUISD],
        soort=Soort.TERUGGEGEVEN,
        by=by,
        at=at,
        afdeling=kcc,
        tekst=f"{RedenTerug(reden).label}. {toelichting}",
    )


@transaction.atomic
def forward_interne_taak(
    *,
    taak: InterneTaak,
    afdeling: Afdeling,
    reden: str,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Pass the taak on to another department.

    The term never moves, not even when it is over: it was promised to the citizen, who cannot help
    that we passed it on. A taak that comes in late stands on top of the list of its new department.
    Raises AfdelingClosed, TaakAlreadyThere, RedenMissing, TaakChanged, TaakAlreadyClaimed,
    TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    if not afdeling.is_actief:
        raise AfdelingClosed(afdeling)
    if vers.afdeling_id == afdeling.pk:
        raise TaakAlreadyThere(afdeling)
    if not reden.strip():
        raise RedenMissing
    vers = _let_run(vers, by=by, at=at)
    vers.terug_van, vers.reden_terug = None, ""
    _move(vers, afdeling)
    return store_step(
        taak=vers,
        velden=["terug_van", "reden_terug", *VERHUISD],
        soort=Soort.DOORGESTUURD,
        by=by,
        at=at,
        afdeling=afdeling,
        tekst=reden,
    )


VERHUISD = (
    "afdeling", "groep", "toegewezen_aan", "toegewezen_op", "status", "aantal_overdrachten",
)  # fmt: skip


def _claim(taak: InterneTaak, *, by: Medewerker, at: datetime) -> None:
    taak.toegewezen_aan, taak.toegewezen_op = by, at
    taak.status = TaakStatus.IN_BEHANDELING


def _let_run(taak: InterneTaak, *, by: Medewerker, at: datetime) -> InterneTaak:
    """A taak that stands still goes on first: whoever gets it next must see its term run."""
    return taak if taak.gepauzeerd_op is None else resume_termijn(taak=taak, by=by, at=at)


def _move(taak: InterneTaak, afdeling: Afdeling) -> None:
    """Lay the taak with another department, where nobody has it yet. A call-back window was a
    promise of who leaves; it stays, since the citizen waits for it.
    """
    taak.afdeling, taak.groep = afdeling, routed_groep(taak.klantcontact, afdeling)
    taak.aantal_overdrachten += 1
    taak.toegewezen_aan, taak.toegewezen_op, taak.status = None, None, TaakStatus.NIEUW
