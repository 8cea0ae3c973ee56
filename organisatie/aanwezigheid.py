"""Who can be reached now, put together from what we know of somebody.

In order of strength: a period of absence, what he says of himself, his calendar, his roster. Who
has told us nothing counts as available: a department that fills in nothing must not disappear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_aware, now

from organisatie.models import (
    Afwezigheid,
    Agendablok,
    Dagdeel,
    EigenStand,
    Medewerker,
    Stand,
    Werkdagdeel,
)
from organisatie.werkkalender import feestdagen

MIDDAG_VANAF = time(12, 30)
# A roster has a half day in each week, and feestdagen never take three weeks in a row.
DAGEN_VOORUIT = 28

Rooster = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Aanwezig:
    """Whether somebody can be reached, until when that holds as far as we know, who takes over."""

    stand: Stand
    tot: datetime | None = None
    vervanger: Medewerker | None = None

    @property
    def is_afwezig(self) -> bool:
        """Gets no new taken."""
        return self.stand == Stand.AFWEZIG

    @property
    def zin(self) -> str:
        """For the screen: bezet tot 14:30 uur; afwezig, terug morgen."""
        if self.tot is None:
            return str(self.stand.label)
        if self.is_afwezig:
            om = "om " if localtime(self.tot).date() == localtime(now()).date() else ""
            return f"{self.stand.label}, terug {om}{say_moment(self.tot)}"
        return f"{self.stand.label} tot {say_moment(self.tot)}"


BESCHIKBAAR = Aanwezig(Stand.BESCHIKBAAR)


def presence_of(medewerkers: Iterable[Medewerker], at: datetime) -> dict[int, Aanwezig]:
    """The presence of these people at this moment, by primary key. Two queries at most for any
    number: what we know of them, and who their replacements are.
    """
    pks = {medewerker.pk for medewerker in medewerkers}
    if not pks:
        return {}
    gevonden = list(_known(pks, at))
    vervangers = _people({rij["weg_vervanger"] or rij["vast"] for rij in gevonden} - {None})
    uit = dict.fromkeys(pks, BESCHIKBAAR)
    for rij in gevonden:
        vervanger = vervangers.get(rij["weg_vervanger"] or rij["vast"])
        uit[rij["pk"]] = _put_together(rij, vervanger, at)
    return uit


def _known(pks: set[int], at: datetime) -> Iterable[dict[str, Any]]:
    van_hem = Q(medewerker=OuterRef("pk"))
    nu = Q(van__lte=at, tot__gt=at)
    weg = Afwezigheid.objects.filter(van_hem & nu).order_by("-tot")
    blok = Agendablok.objects.filter(van_hem & nu).order_by("-is_afwezig", "-tot")
    eigen = EigenStand.objects.filter(van_hem & (Q(tot=None) | Q(tot__gt=at)))
    middag = Case(
        When(dagdeel=Dagdeel.MIDDAG, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    delen = Werkdagdeel.objects.filter(van_hem).order_by().values(code=F("weekdag") * 2 + middag)
    rijen: Iterable[dict[str, Any]] = (
        Medewerker.objects.filter(pk__in=pks)
        .order_by()
        .values(
            "pk",
            vast=F("vaste_vervanger__vervanger"),
            weg_tot=Subquery(weg.values("tot")[:1]),
            weg_vervanger=Subquery(weg.values("vervanger")[:1]),
            blok_tot=Subquery(blok.values("tot")[:1]),
            blok_afwezig=Subquery(blok.values("is_afwezig")[:1]),
            eigen=Subquery(eigen.values("stand")[:1]),
            eigen_tot=Subquery(eigen.values("tot")[:1]),
            rooster=ArraySubquery(delen),
        )
    )
    return rijen


def _people(pks: set[int]) -> dict[int, Medewerker]:
    return Medewerker.objects.active().in_bulk(pks) if pks else {}


def _put_together(rij: dict[str, Any], vervanger: Medewerker | None, at: datetime) -> Aanwezig:
    delen = (Dagdeel.OCHTEND.value, Dagdeel.MIDDAG.value)
    rooster: Rooster = frozenset((code // 2, delen[code % 2]) for code in rij["rooster"])

    def away(tot: datetime | None) -> Aanwezig:
        terug = back_at(rooster, tot) if tot else None
        return Aanwezig(Stand.AFWEZIG, terug, vervanger)

    if rij["weg_tot"]:
        return away(rij["weg_tot"])
    if rij["eigen"]:
        eigen = Stand(rij["eigen"])
        return (
            away(rij["eigen_tot"]) if eigen == Stand.AFWEZIG else Aanwezig(eigen, rij["eigen_tot"])
        )
    if rij["blok_afwezig"]:
        return away(rij["blok_tot"])
    terug = back_at(rooster, at)
    if terug > at:
        return Aanwezig(Stand.AFWEZIG, terug, vervanger)
    return Aanwezig(Stand.BEZET, rij["blok_tot"]) if rij["blok_tot"] else BESCHIKBAAR


def back_at(rooster: Rooster, moment: datetime) -> datetime:
    """The first moment, from this one on, at which somebody with this roster works; the moment
    itself without a roster. A morning begins at midnight: at what hour somebody comes in, we do
    not know.
    """
    if not rooster:
        return moment
    vandaag = localtime(moment).date()
    for dagen in range(DAGEN_VOORUIT):
        dag = vandaag + timedelta(days=dagen)
        if dag in feestdagen(dag.year):
            continue
        for deel, begin, eind in (
            (Dagdeel.OCHTEND, time(), MIDDAG_VANAF),
            (Dagdeel.MIDDAG, MIDDAG_VANAF, None),
        ):
            tot = make_aware(datetime.combine(dag, eind)) if eind else None
            voorbij = tot is not None and tot <= moment
            if (dag.isoweekday(), deel.value) in rooster and not voorbij:
                van = make_aware(datetime.combine(dag, begin)).astimezone(UTC)
                return max(van, moment)
    return moment


def say_moment(moment: datetime) -> str:
    """14:30 uur; morgen, 9:00 uur; di 24 november. A moment at midnight is a day."""
    lokaal = localtime(moment)
    dagen = (lokaal.date() - localtime(now()).date()).days
    tijd = "" if lokaal.time() == time() else f"{lokaal:%H:%M} uur"
    if dagen == 0 and tijd:
        return tijd
    patroon = "D j F" if abs(dagen) < 300 else "D j F Y"
    dag = {0: "vandaag", 1: "morgen"}.get(dagen) or date_format(lokaal, patroon)
    return f"{dag}, {tijd}" if tijd else dag
