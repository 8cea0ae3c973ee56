"""The two ends of a zaak: when we want to be done, and the last day by law. Pure functions."""

from dataclasses import dataclass
from datetime import date, datetime, time

from organisatie.werkkalender import (
    AMSTERDAM,
    WERKDAGEN,
    Werkkalender,
    add_werktijd,
    wettelijke_einddatum,
)
from zaken.models import DuurEenheid, Zaak, Zaaktype


@dataclass(frozen=True)
class Einddata:
    """``gepland``: our own promise, if we make one. ``uiterlijk``: the law's."""

    gepland: date | None
    uiterlijk: date


def compute_einddata(
    zaaktype: Zaaktype,
    *,
    startdatum: date,
    termijn_vanaf: date,
    met_commissie: bool = False,
    stil: int = 0,
    verlengd: int = 0,
    verlengd_eenheid: str = "",
    kalender: Werkkalender,
) -> Einddata:
    """Both ends. ``stil``: days that the term stood still; ``verlengd``: the extension.

    The law's term follows the Algemene termijnenwet, over term, days still and extension together
    (organisatie.werkkalender.wettelijke_einddatum). Our own promise moves along with both, and is
    never later than the law's day. Raises NoOpeningstijden for a promise in werkdagen.
    """
    uiterlijk = _wettelijk(
        zaaktype, termijn_vanaf, met_commissie, stil, verlengd, verlengd_eenheid, kalender
    )
    gepland = _gepland(zaaktype, startdatum, stil, verlengd, verlengd_eenheid, kalender)
    return Einddata(min(gepland, uiterlijk) if gepland else None, uiterlijk)


def _wettelijk(
    zaaktype: Zaaktype,
    vanaf: date,
    met_commissie: bool,
    stil: int,
    verlengd: int,
    eenheid: str,
    kalender: Werkkalender,
) -> date:
    aantal = zaaktype.doorlooptijd_aantal
    if met_commissie and zaaktype.doorlooptijd_commissie:
        aantal = zaaktype.doorlooptijd_commissie
    duur = {str(zaaktype.doorlooptijd_eenheid): aantal}
    extra = _verdaging(duur, verlengd, eenheid)
    return wettelijke_einddatum(vanaf, **duur, **extra, opgeschort=stil, kalender=kalender)


def _gepland(
    zaaktype: Zaaktype,
    start: date,
    stil: int,
    verlengd: int,
    eenheid: str,
    kalender: Werkkalender,
) -> date | None:
    aantal = zaaktype.servicenorm_aantal
    if not aantal:
        return None
    if zaaktype.servicenorm_eenheid != WERKDAGEN:
        duur = {str(zaaktype.servicenorm_eenheid): aantal}
        extra = _verdaging(duur, verlengd, eenheid)
        return wettelijke_einddatum(start, **duur, **extra, opgeschort=stil, kalender=kalender)
    ontvangen = datetime.combine(start, time(12), AMSTERDAM)
    klaar = add_werktijd(ontvangen, aantal=aantal, eenheid=WERKDAGEN, kalender=kalender)
    dag = klaar.astimezone(AMSTERDAM).date()
    if not (stil or verlengd):
        return dag
    # What is promised in open days moves by what the law's term moved: days, not open days.
    erbij = {str(DuurEenheid.DAGEN): stil} if stil else {}
    if verlengd:
        erbij[eenheid] = erbij.get(eenheid, 0) + verlengd
    for soort, hoeveel in erbij.items():
        dag = wettelijke_einddatum(dag, **{soort: hoeveel}, kalender=kalender)
    return dag


def _verdaging(duur: dict[str, int], verlengd: int, eenheid: str) -> dict[str, int]:
    """The arguments of an extension. Months grow the term itself: a month has no fixed length, so
    one plus two of them is three, counted from the beginning.
    """
    if not verlengd:
        return {}
    if eenheid == DuurEenheid.MAANDEN and DuurEenheid.MAANDEN in duur:
        duur[DuurEenheid.MAANDEN.value] += verlengd
        return {}
    if eenheid == DuurEenheid.MAANDEN:  # of a promise in weeks; the law's day is the limit anyhow
        return {"verdaagd_dagen": 30 * verlengd}
    return {f"verdaagd_{eenheid}": verlengd}


def recompute(zaak: Zaak, kalender: Werkkalender) -> None:
    """Put both ends on the zaak, from what it now says."""
    data = compute_einddata(
        zaak.zaaktype,
        startdatum=zaak.startdatum,
        termijn_vanaf=zaak.termijn_vanaf,
        met_commissie=zaak.met_commissie,
        stil=zaak.opschorting_dagen,
        verlengd=zaak.verlenging_aantal or 0,
        verlengd_eenheid=zaak.verlenging_eenheid,
        kalender=kalender,
    )
    zaak.einddatum_gepland, zaak.uiterlijke_einddatum_afdoening = data.gepland, data.uiterlijk
