"""The steps between the start of a zaak and its result."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate

from contacts.models import Partij
from kcc.services import log_verwerking
from organisatie.models import Medewerker
from organisatie.werkkalender import laad_werkkalender, opgeschorte_dagen
from zaken.models import Resultaattype, Statustype, Zaak, ZaakBetrokkene, ZaakGebeurtenis
from zaken.models.zaaktypen import say_duur
from zaken.services.zaak.fouten import (
    BehandelaarUnavailable,
    BetrokkeneDouble,
    EinddatumInvalid,
    IngebrekestellingImpossible,
    IngebrekestellingTooEarly,
    OpschortingImpossible,
    RedenNodig,
    ResultaatMissing,
    StatusInvalid,
    VerlengingImpossible,
    VerlengingTooLate,
    ZaakNotClosed,
)
from zaken.services.zaak.stap import MAX_REDEN, add_status, lock_zaak, store_zaak
from zaken.services.zaak.termijn import recompute

Soort = ZaakGebeurtenis.Soort
TERMIJN = ["einddatum_gepland", "uiterlijke_einddatum_afdoening"]
STIL = ["opschorting_indicatie", "opschorting_reden", "opgeschort_sinds", "opschorting_dagen"]


@transaction.atomic
def set_status(
    *,
    zaak: Zaak,
    statustype: Statustype,
    by: Medewerker,
    at: datetime,
    toelichting: str = "",
    versie: int | None = None,
) -> Zaak:
    """Bring a zaak to another stage. Raises StatusInvalid, ResultaatMissing for the last stage, and
    what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    if statustype.zaaktype_id != vers.zaaktype_id or statustype.pk == vers.status_id:
        raise StatusInvalid
    if statustype.is_eindstatus:
        raise ResultaatMissing
    add_status(zaak=vers, statustype=statustype, by=by, at=at, toelichting=toelichting)
    return store_zaak(zaak=vers, velden=["status"], by=by, at=at)


@transaction.atomic
def close_zaak(
    *,
    zaak: Zaak,
    resultaat: Resultaattype,
    by: Medewerker,
    at: datetime,
    toelichting: str = "",
    einddatum: date | None = None,
    versie: int | None = None,
) -> Zaak:
    """Give a zaak its result and its last stage. ``einddatum`` is the day on which the decision was
    sent, today when left out. Raises ResultaatMissing, EinddatumInvalid, and what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    eind = einddatum or localdate(at)
    if resultaat.zaaktype_id != vers.zaaktype_id:
        raise ResultaatMissing
    if not vers.startdatum <= eind <= localdate(at):
        raise EinddatumInvalid
    if vers.opschorting_indicatie:  # what is decided waits for nothing any more
        _run_again(vers, max(eind, vers.opgeschort_sinds or eind))
    vers.einddatum, vers.resultaat, vers.resultaat_toelichting = eind, resultaat, toelichting
    vers.archiefactiedatum = archive_date(eind, resultaat)
    laatste = vers.zaaktype.statustypen.filter(is_eindstatus=True).first()
    if laatste is not None:
        add_status(zaak=vers, statustype=laatste, by=by, at=at, toelichting=toelichting)
    velden = ["einddatum", "resultaat", "resultaat_toelichting", "archiefactiedatum", "status"]
    return store_zaak(
        zaak=vers, velden=[*velden, *STIL, *TERMIJN], by=by, at=at,
        soort=Soort.AFGEROND, tekst=str(resultaat),
    )  # fmt: skip


@transaction.atomic
def reopen_zaak(
    *, zaak: Zaak, reden: str, by: Medewerker, at: datetime, versie: int | None = None
) -> Zaak:
    """Take the result off again; the zaak goes back to the stage before its last, and its term is
    what it was. Raises ZaakNotClosed, RedenNodig, and what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie, dicht=True)
    if not vers.is_afgerond:
        raise ZaakNotClosed
    tekst = _must_have_reason(reden)
    was = vers.statussen.filter(statustype__is_eindstatus=False).select_related("statustype").last()
    vers.einddatum, vers.resultaat, vers.resultaat_toelichting = None, None, ""
    vers.archiefactiedatum = None
    if was is not None:
        add_status(zaak=vers, statustype=was.statustype, by=by, at=at)
    velden = ["einddatum", "resultaat", "resultaat_toelichting", "archiefactiedatum", "status"]
    return store_zaak(zaak=vers, velden=velden, by=by, at=at, soort=Soort.HEROPEND, tekst=tekst)


@transaction.atomic
def suspend_zaak(
    *,
    zaak: Zaak,
    reden: str,
    by: Medewerker,
    at: datetime,
    sinds: date | None = None,
    versie: int | None = None,
) -> Zaak:
    """Stop the term from the day after ``sinds``, the day on which we asked for what is missing or
    agreed to wait (art. 4:15 Awb). Raises OpschortingImpossible, RedenNodig, and what lock_zaak
    raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    vanaf = sinds or localdate(at)
    if not vers.zaaktype.opschorting_mogelijk:
        raise OpschortingImpossible(f"De termijn van “{vers.zaaktype}” kan niet stilstaan.")
    if vers.opschorting_indicatie:
        raise OpschortingImpossible("De termijn staat al stil.")
    if not vers.startdatum <= vanaf <= localdate(at):
        raise OpschortingImpossible("De termijn staat stil vanaf een dag tussen ontvangst en nu.")
    if vanaf > vers.uiterlijke_einddatum_afdoening:
        raise OpschortingImpossible("De termijn is al voorbij en kan niet meer stilstaan.")
    tekst = _must_have_reason(reden)
    vers.opschorting_indicatie, vers.opschorting_reden, vers.opgeschort_sinds = True, tekst, vanaf
    return store_zaak(zaak=vers, velden=STIL, by=by, at=at, soort=Soort.OPGESCHORT, tekst=tekst)


@transaction.atomic
def resume_zaak(
    *,
    zaak: Zaak,
    by: Medewerker,
    at: datetime,
    binnen: date | None = None,
    versie: int | None = None,
) -> Zaak:
    """Let the term run again from ``binnen``, the day on which all came in or the time for it was
    over. Both ends move by the days in between. Raises OpschortingImpossible, NoOpeningstijden, and
    what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    if not vers.opschorting_indicatie or vers.opgeschort_sinds is None:
        raise OpschortingImpossible("De termijn loopt al.")
    tot = binnen or localdate(at)
    if not vers.opgeschort_sinds <= tot <= localdate(at):
        raise OpschortingImpossible("De termijn gaat lopen op een dag na het stilzetten, tot nu.")
    dagen = _run_again(vers, tot)
    return store_zaak(
        zaak=vers, velden=[*STIL, *TERMIJN], by=by, at=at, soort=Soort.HERVAT,
        tekst=f"{say_duur(dagen, 'dagen') or '0 dagen'} erbij. {_until(vers)}",
    )  # fmt: skip


def _run_again(zaak: Zaak, tot: date) -> int:
    """Add up the days that it stood still; both ends move. Returns those days."""
    sinds = zaak.opgeschort_sinds or tot
    dagen = opgeschorte_dagen([(sinds, tot)])
    zaak.opschorting_dagen += dagen
    zaak.opschorting_indicatie, zaak.opschorting_reden, zaak.opgeschort_sinds = False, "", None
    recompute(zaak, laad_werkkalender(zaak.afdeling))
    return dagen


@transaction.atomic
def extend_zaak(
    *,
    zaak: Zaak,
    reden: str,
    by: Medewerker,
    at: datetime,
    aantal: int | None = None,
    versie: int | None = None,
) -> Zaak:
    """Put the term off, once, before it is over, with the full extension or less (art. 4:14 and
    7:10 Awb). Raises VerlengingImpossible, VerlengingTooLate, RedenNodig, NoOpeningstijden, and
    what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    zaaktype = vers.zaaktype
    if not zaaktype.verlenging_mogelijk or not zaaktype.verlenging_aantal:
        raise VerlengingImpossible(f"De termijn van “{zaaktype}” kan niet worden verlengd.")
    if vers.verlenging_aantal:
        raise VerlengingImpossible("De termijn is al een keer verlengd. Dat kan maar één keer.")
    if vers.is_late(localdate(at)):
        raise VerlengingTooLate(vers.uiterlijke_einddatum_afdoening)
    hoeveel = aantal or zaaktype.verlenging_aantal
    if not 1 <= hoeveel <= zaaktype.verlenging_aantal:
        hoogstens = say_duur(zaaktype.verlenging_aantal, zaaktype.verlenging_eenheid)
        raise VerlengingImpossible(f"Verlengen kan met hoogstens {hoogstens}.")
    vers.verlenging_reden = _must_have_reason(reden)
    vers.verlenging_aantal, vers.verlenging_eenheid = hoeveel, zaaktype.verlenging_eenheid
    recompute(vers, laad_werkkalender(vers.afdeling))
    velden = ["verlenging_reden", "verlenging_aantal", "verlenging_eenheid", *TERMIJN]
    return store_zaak(
        zaak=vers, velden=velden, by=by, at=at, soort=Soort.VERLENGD,
        tekst=f"{vers.verlengd_met}: {vers.verlenging_reden} {_until(vers)}",
    )  # fmt: skip


@transaction.atomic
def assign_zaak(
    *,
    zaak: Zaak,
    to: Medewerker | None,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> Zaak:
    """Say who deals with a zaak; None makes it nobody's. Raises BehandelaarUnavailable, and what
    lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    if to is not None:
        erbij = Medewerker.objects.in_afdeling(vers.afdeling_id).filter(pk=to.pk).exists()
        if not erbij or not to.has_perm("zaken.change_zaak"):
            raise BehandelaarUnavailable(to, vers.afdeling)
    vers.behandelaar = to
    tekst = str(to) if to is not None else "niemand"
    return store_zaak(
        zaak=vers, velden=["behandelaar"], by=by, at=at, soort=Soort.TOEGEWEZEN, tekst=tekst
    )


@transaction.atomic
def add_betrokkene(
    *,
    zaak: Zaak,
    rol: str,
    by: Medewerker,
    at: datetime,
    partij: Partij | None = None,
    medewerker: Medewerker | None = None,
    versie: int | None = None,
) -> ZaakBetrokkene:
    """Give somebody a part in a zaak: a partij that we know, or a colleague. Raises
    BetrokkeneDouble, and what lock_zaak raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    try:
        with transaction.atomic():
            betrokkene = ZaakBetrokkene.objects.create(
                zaak=vers, rol=rol, partij=partij, medewerker=medewerker, toegevoegd_op=at
            )
    except IntegrityError as exc:
        raise BetrokkeneDouble from exc
    # No name in the history: who it is stands with the betrokkenen.
    tekst = str(betrokkene)
    store_zaak(zaak=vers, velden=[], by=by, at=at, soort=Soort.BETROKKENE, tekst=tekst)
    if partij is not None:
        log_verwerking(
            partijen=[partij.uuid], handeling="bij zaak gezet", doel=str(vers), by=by, at=at
        )
    return betrokkene


@transaction.atomic
def note_ingebrekestelling(
    *, zaak: Zaak, ontvangen: date, by: Medewerker, at: datetime, versie: int | None = None
) -> Zaak:
    """Note that somebody wrote that we are late; from two weeks later on each day costs money (art.
    4:17 Awb). Raises IngebrekestellingImpossible, IngebrekestellingTooEarly, and what lock_zaak
    raises.
    """
    vers = lock_zaak(zaak=zaak, by=by, versie=versie)
    if not vers.zaaktype.dwangsom_mogelijk:
        raise IngebrekestellingImpossible(f"Bij “{vers.zaaktype}” hoort geen dwangsom.")
    if vers.ingebrekestelling_datum is not None:
        raise IngebrekestellingImpossible("Er is al een ingebrekestelling vastgelegd.")
    if ontvangen > localdate(at):
        raise IngebrekestellingImpossible("De brief kan niet morgen pas binnengekomen zijn.")
    if not vers.is_late(ontvangen):
        raise IngebrekestellingTooEarly
    vers.ingebrekestelling_datum = ontvangen
    return store_zaak(
        zaak=vers, velden=["ingebrekestelling_datum"], by=by, at=at,
        soort=Soort.INGEBREKESTELLING, tekst=f"Ontvangen op {date_format(ontvangen, 'j F Y')}.",
    )  # fmt: skip


def _must_have_reason(reden: str) -> str:
    tekst = reden.strip()
    if not tekst or len(tekst) > MAX_REDEN:
        raise RedenNodig
    return tekst


def _until(zaak: Zaak) -> str:
    return f"Uiterlijk {date_format(zaak.uiterlijke_einddatum_afdoening, 'j F Y')}."


def archive_date(eind: date, resultaat: Resultaattype) -> date | None:
    """From when the papers may go; None when they stay."""
    if not resultaat.bewaartermijn_jaren:
        return None
    jaar = eind.year + resultaat.bewaartermijn_jaren
    laatste = eind.month == 2 and eind.day == 29
    return eind.replace(year=jaar, month=3, day=1) if laatste else eind.replace(year=jaar)
