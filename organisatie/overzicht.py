"""What the page of the beheerder shows: opening hours, special days, and the machinery."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from kcc.hartslag import Leven, life_sign
from kcc.models import Hartslag, VuilUur
from organisatie.models import Afdeling, BijzondereDag, Openingstijd, Weekdag
from organisatie.werkkalender import Uren, feestdagen

EEN_JAAR = timedelta(days=365)
STIL_NA = timedelta(minutes=2)  # the heart beats every fifteen seconds
ACHTER_NA = timedelta(minutes=5)


@dataclass(frozen=True)
class Dag:
    """A day that differs from its weekday; ``pk`` is that of the BijzondereDag, if there is one."""

    datum: date
    naam: str
    uren: Uren
    feestdag: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Machinerie:
    """Whether the work behind the screens goes on."""

    gezien_op: datetime | None
    leeft: bool
    vuile_uren: int
    loopt_achter: bool
    bewaking: Leven


def week(*, op: date) -> list[tuple[str, Uren]]:
    """The blocks of each weekday, from Monday on, as they hold for everybody on this day; one
    query.
    """
    uren: dict[int, list[tuple[time, time]]] = {dag: [] for dag in Weekdag}
    gelden = Openingstijd.objects.filter(_holds(op), afdeling=None)
    for weekdag, van, tot in gelden.values_list("weekdag", "van", "tot"):
        uren[weekdag].append((van, tot))
    return [(str(dag.label), tuple(sorted(uren[dag]))) for dag in Weekdag]


def with_own_hours(*, op: date) -> list[Afdeling]:
    """The departments that keep hours of their own on this day; one query."""
    eigen = Openingstijd.objects.filter(_holds(op)).exclude(afdeling=None).values("afdeling")
    return list(Afdeling.objects.filter(pk__in=eigen, is_actief=True))


def _holds(dag: date) -> Q:
    return (Q(geldig_vanaf=None) | Q(geldig_vanaf__lte=dag)) & (
        Q(geldig_tot=None) | Q(geldig_tot__gte=dag)
    )


def special_days(*, vanaf: date) -> list[Dag]:
    """Feestdagen and bijzondere dagen of a year from ``vanaf``, in order of date; one query.

    A bijzondere dag goes before a feestdag on the same date, as in the werkkalender.
    """
    tot = vanaf + EEN_JAAR
    vrij = {**feestdagen(vanaf.year), **feestdagen(tot.year)}
    dagen = {dag: Dag(dag, naam, (), naam) for dag, naam in vrij.items() if vanaf <= dag < tot}
    for rij in BijzondereDag.objects.filter(datum__gte=vanaf, datum__lt=tot, afdeling=None):
        uren = ((rij.van, rij.tot),) if rij.van and rij.tot else ()
        dagen[rij.datum] = Dag(rij.datum, rij.omschrijving, uren, vrij.get(rij.datum, ""), rij.pk)
    return [dagen[datum] for datum in sorted(dagen)]


def machinery(*, at: datetime) -> Machinerie:
    """The heartbeat, and how many hours still wait to be computed; three queries."""
    slag = Hartslag.objects.filter(naam="werker").values_list("geslagen_op", flat=True).first()
    wachtend = dict(VuilUur.objects.values_list("uur", "gemarkeerd_op").order_by("-gemarkeerd_op"))
    return Machinerie(
        gezien_op=slag,
        leeft=slag is not None and at - slag < STIL_NA,
        vuile_uren=len(wachtend),
        loopt_achter=any(at - sinds > ACHTER_NA for sinds in wachtend.values()),
        bewaking=life_sign(naam="bewaking", at=at),
    )
