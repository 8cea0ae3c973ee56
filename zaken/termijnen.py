"""Terms as people say them: "over 2 werkuren", "1 dag te laat"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from organisatie.werkkalender import Werkkalender, werkseconden_tussen

TE_LAAT = "te-laat"
BIJNA = "bijna"
RUIM = ""

# Less open time than this, and the taak is due before the next half day is over.
BIJNA_SECONDEN = 4 * 3600
# From here on people count days and no longer hours.
DAG_SECONDEN = 8 * 3600
EEN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Termijntekst:
    """A term for on screen: the moment, the words, and the kind (te-laat, bijna or empty)."""

    op: datetime
    tekst: str
    soort: str


def describe_termijn(termijn_op: datetime, nu: datetime, kalender: Werkkalender) -> tuple[str, str]:
    """How far away the term is, in open time, and its kind: TE_LAAT, BIJNA or RUIM.

    Rounded so that nobody is promised time that is not there: what is left is rounded down, and so
    is what it is late. "dagen" of lateness are days on which we are open.
    """
    if nu <= termijn_op:
        seconden = werkseconden_tussen(nu, termijn_op, kalender=kalender)
        soort = BIJNA if seconden < BIJNA_SECONDEN else RUIM
        if seconden < 60:
            return "nu", BIJNA
        if seconden < DAG_SECONDEN:
            return f"over {_short(seconden)}", soort
        return f"over {_days(_open_days(nu, termijn_op, kalender), 'werkdag')}", soort
    seconden = werkseconden_tussen(termijn_op, nu, kalender=kalender)
    if seconden < 60:
        return "net te laat", TE_LAAT
    if seconden < DAG_SECONDEN:
        return f"{_short(seconden)} te laat", TE_LAAT
    return f"{_days(_open_days(termijn_op, nu, kalender), 'dag')} te laat", TE_LAAT


def describe_afgehandeld(
    termijn_op: datetime, afgehandeld_op: datetime, kalender: Werkkalender
) -> tuple[str, str]:
    """Whether a finished taak was in time."""
    if afgehandeld_op <= termijn_op:
        return "op tijd", RUIM
    return describe_termijn(termijn_op, afgehandeld_op, kalender)


def say_uiterlijk(termijn_op: datetime, nu: datetime) -> str:
    """The end of a term as an agent reads it aloud: "vrijdag 20 november voor 17.00 uur"."""
    dag = localdate(termijn_op)
    tijd = date_format(localtime(termijn_op), "H.i")
    naam = date_format(dag, "l j F" if dag.year == localdate(nu).year else "l j F Y")
    if dag == localdate(nu):
        naam = "vandaag"
    elif dag == localdate(nu) + EEN_DAG:
        naam = f"morgen, {naam},"
    return f"{naam} voor {tijd} uur"


def say_tijdvak(van: datetime, tot: datetime) -> str:
    """A call-back window within one day: "vrijdag 20 november, 10.00 tot 12.00 uur"."""
    dag = date_format(localdate(van), "l j F")
    begin, eind = (date_format(localtime(moment), "H.i") for moment in (van, tot))
    return f"{dag}, {begin} tot {eind} uur"


def _short(seconden: int) -> str:
    if seconden < 3600:
        minuten = seconden // 60
        return "1 minuut" if minuten == 1 else f"{minuten} minuten"
    uren = seconden // 3600
    return "1 werkuur" if uren == 1 else f"{uren} werkuren"


def _days(aantal: int, woord: str) -> str:
    if aantal == 1:
        return f"1 {woord}"
    return f"{aantal} {woord}en"


def _open_days(van: datetime, tot: datetime, kalender: Werkkalender) -> int:
    """The open days after that of ``van``, up to and with that of ``tot``; at least one."""
    dagen = _days_after(localdate(van), localdate(tot))
    return max(1, sum(kalender.is_open(dag) for dag in dagen))


def _days_after(van: date, tot: date) -> Iterator[date]:
    while van < tot:
        van += EEN_DAG
        yield van
