"""When a step of the guard is due: as a filter for the database, and for one taak under its lock.

A warning is due when its moment has come. All moments are turned around into "which terms are due
now", so that the database can look them up in the index of open taken by term:

- reminder: so many werkuren or fewer are left (default four), on the department's own calendar;
- coordinator: the term is over;
- head of department: the first open day after the term has closed;
- call-back window: it begins, or it ended without an attempt in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organisatie.models import BijzondereDag, Openingstijd
from organisatie.werkkalender import (
    AMSTERDAM,
    MAX_DICHT,
    WERKUREN,
    NoOpeningstijden,
    Werkkalender,
    add_werktijd,
    laad_werkkalender,
)
from zaken.models import InterneTaak, Overdrachtsafspraak, TaakGebeurtenis, Trede, Waarschuwing
from zaken.querysets import InterneTaakQuerySet

STANDAARD_WERKUREN = 4
OOIT = datetime.min.replace(tzinfo=UTC)
NET_VOOR = timedelta(microseconds=1)

OVER_TERMIJN = (Trede.HERINNERING, Trede.COORDINATOR, Trede.HOOFD)
VELD = {
    Trede.TERUGBELLEN: "terugbellen_van",
    Trede.TERUGBELLEN_GEMIST: "terugbellen_tot",
}


@dataclass(frozen=True)
class Grens:
    """For these taken the terms up to and with ``tot`` are due."""

    wie: Q
    tot: datetime


class Regels:
    """The rules with the calendars and agreements as they are now. Make one per run or request."""

    @cached_property
    def _kalenders(self) -> dict[int | None, Werkkalender]:
        """Per department that has hours or days of its own; None is everybody else."""
        eigen = {
            pk
            for model in (Openingstijd, BijzondereDag)
            for pk in model._default_manager.exclude(afdeling=None).values_list(
                "afdeling", flat=True
            )
        }
        return {
            None: laad_werkkalender(),
            **{pk: laad_werkkalender(pk) for pk in sorted(eigen)},
        }

    @cached_property
    def _werkuren(self) -> list[int]:
        """The reminder times that agreements have, apart from the default."""
        bekend = Overdrachtsafspraak.objects.values_list("herinnering_werkuren", flat=True)
        return sorted({uren for uren in bekend.distinct() if uren is not None})

    def kalender(self, afdeling_id: int) -> Werkkalender:
        """The hours on which the terms of this department run."""
        return self._kalenders.get(afdeling_id, self._kalenders[None])

    def grenzen(self, trede: Trede, nu: datetime) -> list[Grens]:
        """Up to which term this step is due at ``nu``; for every moment the same groups of taken in
        the same order.
        """
        if trede in VELD or trede == Trede.COORDINATOR:
            return [Grens(Q(), nu)]
        uit = []
        for wie, kalender in self._groups():
            if trede == Trede.HOOFD:
                uit.append(Grens(wie, head_bound(nu, kalender)))
                continue
            gewoon = Q(afspraak=None) | Q(afspraak__herinnering_werkuren=None)
            uit.append(Grens(wie & gewoon, reminder_bound(nu, STANDAARD_WERKUREN, kalender)))
            uit += [
                Grens(
                    wie & Q(afspraak__herinnering_werkuren=uren), reminder_bound(nu, uren, kalender)
                )
                for uren in self._werkuren
            ]
        return uit

    def _groups(self) -> Iterator[tuple[Q, Werkkalender]]:
        eigen = [pk for pk in self._kalenders if pk is not None]
        yield (~Q(afdeling__in=eigen) if eigen else Q()), self._kalenders[None]
        for pk in eigen:
            yield Q(afdeling=pk), self._kalenders[pk]

    def due(
        self,
        trede: Trede,
        nu: datetime,
        *,
        sinds: datetime | None = None,
        aangeraakt: list[int] | None = None,
    ) -> InterneTaakQuerySet:
        """The open taken for which this step is due and of which nobody was warned yet.

        With ``sinds``: only those that became due after that moment, and any of ``aangeraakt``.
        """
        veld = VELD.get(trede, "termijn_op")
        nu_grenzen = self.grenzen(trede, nu)
        toen = self.grenzen(trede, sinds) if sinds is not None else None
        rijp = Q()
        for plek, grens in enumerate(nu_grenzen):
            deel = grens.wie & Q(**{f"{veld}__lte": grens.tot})
            if toen is not None:
                nieuw = Q(**{f"{veld}__gt": toen[plek].tot})
                deel &= nieuw | Q(pk__in=aangeraakt) if aangeraakt else nieuw
            rijp |= deel
        gewaarschuwd = Waarschuwing.objects.filter(
            taak=OuterRef("pk"), trede=trede, termijn_op=OuterRef(veld)
        )
        return guarded(trede).filter(rijp, ~Exists(gewaarschuwd))

    def is_due(self, trede: Trede, taak: InterneTaak, nu: datetime) -> datetime | None:
        """The moment that the warning is about, or None while there is nothing to warn of. The same
        rule as ``due``, for a taak that was read again under its lock.
        """
        moment: datetime | None = getattr(taak, VELD.get(trede, "termijn_op"))
        if moment is None or taak.is_afgehandeld:
            return None
        if trede in OVER_TERMIJN:
            wel = taak.gepauzeerd_op is None
        else:
            wel = guarded(trede).filter(pk=taak.pk).exists()
        return moment if wel and moment <= self._bound_of(trede, taak, nu) else None

    def _bound_of(self, trede: Trede, taak: InterneTaak, nu: datetime) -> datetime:
        kalender = self.kalender(taak.afdeling_id)
        if trede == Trede.HERINNERING:
            eigen = taak.afspraak.herinnering_werkuren if taak.afspraak else None
            return reminder_bound(nu, eigen or STANDAARD_WERKUREN, kalender)
        return head_bound(nu, kalender) if trede == Trede.HOOFD else nu

    def threatened(self, nu: datetime) -> Q:
        """Promises that will be broken unless somebody acts: the reminder is due and the term not
        over, or the call-back window is running without an attempt (S3-8).
        """
        rijp = Q()
        for grens in self.grenzen(Trede.HERINNERING, nu):
            rijp |= grens.wie & Q(termijn_op__lte=grens.tot)
        venster = Q(~Exists(attempts()), terugbellen_van__lte=nu, terugbellen_tot__gt=nu)
        return Q(Q(termijn_op__gt=nu, gepauzeerd_op=None) & rijp) | venster


def guarded(trede: Trede) -> InterneTaakQuerySet:
    """What this step looks at. A term that stands still is not guarded; a promised call-back is,
    for the citizen waits beside the telephone all the same.
    """
    taken = InterneTaak.objects.open()
    if trede in OVER_TERMIJN:
        return taken.filter(gepauzeerd_op=None)
    return taken.filter(~Exists(attempts()), terugbellen_van__isnull=False)


def attempts() -> QuerySet[TaakGebeurtenis]:
    """Attempts to reach the citizen within the promised window."""
    return TaakGebeurtenis.objects.filter(
        taak=OuterRef("pk"),
        soort=TaakGebeurtenis.Soort.CONTACTPOGING,
        op__gte=OuterRef("terugbellen_van"),
        op__lte=OuterRef("terugbellen_tot"),
    )


def reminder_bound(nu: datetime, werkuren: int, kalender: Werkkalender) -> datetime:
    """Terms up to here have so many werkuren left, or fewer. Without opening hours: ``nu``."""
    try:
        return add_werktijd(nu, aantal=werkuren, eenheid=WERKUREN, kalender=kalender)
    except NoOpeningstijden:
        return nu


def head_bound(nu: datetime, kalender: Werkkalender) -> datetime:
    """Terms up to here were followed by a whole open day, which has closed by now."""
    dag = nu.astimezone(AMSTERDAM).date()
    for _ in range(MAX_DICHT):
        blokken = kalender.blokken(dag)
        if blokken and blokken[-1][1] <= nu:
            return datetime.combine(dag, time(), AMSTERDAM).astimezone(UTC) - NET_VOOR
        dag -= timedelta(days=1)
    return OOIT


def latest_step(taken: list[InterneTaak]) -> dict[int, Waarschuwing]:
    """Per taak the last step about the term that it has now; one query."""
    rijen = (
        Waarschuwing.objects.filter(taak__in=[t.pk for t in taken], trede__in=OVER_TERMIJN)
        .filter(termijn_op=F("taak__termijn_op"))
        .order_by("trede")
    )
    return {rij.taak_id: rij for rij in rijen}
