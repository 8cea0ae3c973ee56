"""How well departments and groups can be reached for what was handed over (S2-6). Only added up:
nothing about one person, and nothing about fewer than five taken.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from organisatie.models import Afdeling, Groep, Medewerker
from organisatie.werkkalender import Werkkalender
from zaken.bewaking.regels import Regels
from zaken.models import InterneTaak, TaakGebeurtenis, TaakStatus

DAGEN = 30
MINSTENS = 5

Soort = TaakGebeurtenis.Soort
OPGEPAKT = (Soort.GENOMEN, Soort.CONTACTPOGING, Soort.ANTWOORD, Soort.AFGEHANDELD)


@dataclass
class Bereik:
    """The sums of a department, or of one of its groups."""

    naam: str
    is_groep: bool = False
    taken: int = 0
    opgepakt: int = 0  # on the day of the hand-off or the next open day
    pogingen: int = 0
    te_laat: int = 0
    zonder_antwoord: int = 0
    delen: dict[str, "Bereik"] = field(default_factory=dict)

    @property
    def is_verborgen(self) -> bool:
        """Too few to show without pointing at somebody."""
        return self.taken < MINSTENS

    @property
    def deel_opgepakt(self) -> int:
        """Share that was taken up in time, in whole per cent."""
        return round(100 * self.opgepakt / self.taken)

    @property
    def deel_te_laat(self) -> int:
        """Share that was or is late, in whole per cent."""
        return round(100 * self.te_laat / self.taken)

    def add(self, rij: dict[str, Any], *, opgepakt: bool) -> None:
        """Add one group of taken."""
        self.taken += rij["taken"]
        self.opgepakt += rij["taken"] if opgepakt else 0
        self.pogingen += rij["pogingen"]
        self.te_laat += rij["laat"]
        self.zonder_antwoord += rij["open"]


def reachability(medewerker: Medewerker, nu: datetime) -> list[Bereik]:
    """The departments that this person guards, each followed by its groups, over DAGEN days.

    Groups of a department are shown only when each has enough taken: otherwise the small one could
    be worked out from the rest.
    """
    regels = Regels()
    namen = {a.pk: a.naam for a in Afdeling.objects.all()}
    groepen = {g.pk: g.naam for g in Groep.objects.all()}
    per: dict[int, Bereik] = {}
    for rij in _sums(medewerker, nu):
        afdeling, groep = rij["afdeling"], rij["groep"]
        opgepakt = _in_time(rij["dag"], rij["opgepakt_dag"], regels.kalender(afdeling))
        heel = per.setdefault(afdeling, Bereik(namen[afdeling]))
        naam = groepen[groep] if groep else "zonder groep"
        deel = heel.delen.setdefault(naam, Bereik(naam, is_groep=True))
        heel.add(rij, opgepakt=opgepakt)
        deel.add(rij, opgepakt=opgepakt)
    uit = []
    for heel in sorted(per.values(), key=lambda bereik: bereik.naam):
        uit.append(heel)
        delen = sorted(heel.delen.values(), key=lambda bereik: bereik.naam)
        if len(delen) > 1 and not any(deel.is_verborgen for deel in delen):
            uit += delen
    return uit


def _sums(medewerker: Medewerker, nu: datetime) -> list[dict[str, Any]]:
    """Counts per department, group, day of the hand-off and day on which it was taken up: a few
    thousand rows whatever the number of taken, so that the calendar can be asked in Python.
    """
    eerste = (
        TaakGebeurtenis.objects.filter(taak=OuterRef("pk"), soort__in=OPGEPAKT)
        .order_by()
        .values("taak")
        .annotate(op=Min("op"))
        .values("op")
    )
    laat = Q(termijn_op__lt=Coalesce(F("afgehandeld_op"), nu))
    rijen = (
        InterneTaak.objects.visible_to(medewerker)
        .filter(aangemaakt_op__gte=nu - timedelta(days=DAGEN), aangemaakt_op__lte=nu)
        .annotate(
            dag=TruncDate("aangemaakt_op"),
            opgepakt_dag=TruncDate(Subquery(eerste)),
        )
        .order_by()
        .values("afdeling", "groep", "dag", "opgepakt_dag")
        .annotate(
            taken=Count("pk"),
            pogingen=Sum("aantal_pogingen"),
            laat=Count("pk", filter=laat),
            open=Count("pk", filter=~Q(status=TaakStatus.AFGEHANDELD)),
        )
    )
    return [dict(rij) for rij in rijen]


def _in_time(dag: date, opgepakt: date | None, kalender: Werkkalender) -> bool:
    """Taken up on the day of the hand-off, or on the next day that the department is open."""
    if opgepakt is None:
        return False
    tussen = (opgepakt - dag).days
    return sum(kalender.is_open(dag + timedelta(days=n)) for n in range(1, tussen + 1)) <= 1
