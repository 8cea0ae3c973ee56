"""Who can be reached now, put together from what we know of somebody.

In order of strength: a period of absence, what he says of himself, his calendar, his roster. Who
has told us nothing counts as available: a department that fills in nothing must not disappear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q
from django.utils.timezone import localtime

from organisatie.models import (
    Afwezigheid,
    Agendablok,
    Dagdeel,
    EigenStand,
    Medewerker,
    Stand,
    Werkdagdeel,
)

MIDDAG_VANAF = time(12, 30)


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


BESCHIKBAAR = Aanwezig(Stand.BESCHIKBAAR)


def presence_of(medewerkers: Iterable[Medewerker], at: datetime) -> dict[int, Aanwezig]:
    """The presence of these people at this moment, by primary key. Four queries for any number."""
    pks = [medewerker.pk for medewerker in medewerkers]
    if not pks:
        return {}
    dagdeel = dagdeel_of(at)
    uit = dict.fromkeys(pks, BESCHIKBAAR)
    rooster: dict[int, set[tuple[int, str]]] = {}
    for pk, weekdag, deel in Werkdagdeel.objects.filter(medewerker__in=pks).values_list(
        "medewerker", "weekdag", "dagdeel"
    ):
        rooster.setdefault(pk, set()).add((weekdag, deel))
    weekdag = localtime(at).isoweekday()
    for pk, delen in rooster.items():
        if (weekdag, dagdeel) not in delen:
            uit[pk] = Aanwezig(Stand.AFWEZIG)
    for blok in Agendablok.objects.filter(medewerker__in=pks, van__lte=at, tot__gt=at):
        if not uit[blok.medewerker_id].is_afwezig:
            uit[blok.medewerker_id] = Aanwezig(Stand.BEZET, blok.tot)
    for eigen in EigenStand.objects.filter(Q(tot=None) | Q(tot__gt=at), medewerker__in=pks):
        uit[eigen.medewerker_id] = Aanwezig(Stand(eigen.stand), eigen.tot)
    weg = Afwezigheid.objects.filter(medewerker__in=pks, van__lte=at, tot__gt=at)
    for periode in weg.select_related("vervanger").order_by("tot"):
        uit[periode.medewerker_id] = Aanwezig(Stand.AFWEZIG, periode.tot, periode.vervanger)
    return uit


def dagdeel_of(at: datetime) -> Dagdeel:
    """Morning or afternoon, by the clock on our wall."""
    return Dagdeel.MIDDAG if localtime(at).time() >= MIDDAG_VANAF else Dagdeel.OCHTEND
