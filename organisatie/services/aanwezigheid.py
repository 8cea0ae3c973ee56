"""Saying who is there: one's own stand, the roster, and periods of absence."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from organisatie.models import (
    Afwezigheid,
    EigenStand,
    Medewerker,
    Stand,
    VasteVervanger,
    Werkdagdeel,
)
from organisatie.services.fouten import (
    AfwezigheidOver,
    AfwezigheidOverlaps,
    MomentInPast,
    NotAllowed,
    StandWhileAway,
    VervangerAway,
    VervangerElsewhere,
)


@transaction.atomic
def set_stand(
    *, medewerker: Medewerker, stand: str, tot: datetime | None, by: Medewerker, at: datetime
) -> None:
    """Say of somebody that he is available, busy or away, until ``tot``.

    Without an end, available and busy hold for the rest of the day, so that what was forgotten does
    not outlive it; away holds until he says otherwise. Who says that he is available is back: a
    period of absence that runs ends now. Raises NotAllowed, MomentInPast, StandWhileAway.
    """
    _lock(medewerker, by)
    stand = Stand(stand)
    if tot is not None and tot <= at:
        raise MomentInPast("tot")
    weg = Afwezigheid.objects.filter(medewerker=medewerker, van__lte=at, tot__gt=at).first()
    if weg is not None and stand != Stand.BESCHIKBAAR:
        raise StandWhileAway(weg.tot)
    if weg is not None:
        _end(weg, at)
    if tot is None and stand != Stand.AFWEZIG:
        tot = end_of_day(at)
    EigenStand.objects.update_or_create(
        medewerker=medewerker, defaults={"stand": stand, "sinds": at, "tot": tot}
    )


@transaction.atomic
def set_rooster(
    *,
    medewerker: Medewerker,
    dagdelen: Iterable[tuple[int, str]],
    vervanger: Medewerker | None,
    by: Medewerker,
    at: datetime,
) -> None:
    """Store on which half days of a common week somebody works, as (weekday, half day), and who
    takes over on the others. No half day at all: his roster is unknown and he counts as there.

    Raises NotAllowed, VervangerElsewhere.
    """
    _lock(medewerker, by)
    if vervanger is not None:
        _must_be_colleague(medewerker, vervanger)
    Werkdagdeel.objects.filter(medewerker=medewerker).delete()
    Werkdagdeel.objects.bulk_create(
        Werkdagdeel(medewerker=medewerker, weekdag=weekdag, dagdeel=dagdeel)
        for weekdag, dagdeel in sorted(set(dagdelen))
    )
    if vervanger is None:
        VasteVervanger.objects.filter(medewerker=medewerker).delete()
    else:
        VasteVervanger.objects.update_or_create(
            medewerker=medewerker, defaults={"vervanger": vervanger}
        )


@transaction.atomic
def add_afwezigheid(
    *,
    medewerker: Medewerker,
    van: datetime,
    tot: datetime,
    vervanger: Medewerker | None,
    by: Medewerker,
    at: datetime,
) -> Afwezigheid:
    """Note that somebody is away from ``van`` and back at ``tot``, and who takes over.

    Raises NotAllowed, MomentInPast, AfwezigheidOverlaps, VervangerElsewhere, VervangerAway.
    """
    _lock(medewerker, by)
    weg = Afwezigheid(medewerker=medewerker, van=van, tot=tot, vervanger=vervanger)
    _must_fit(weg, at)
    weg.save()
    return weg


@transaction.atomic
def change_afwezigheid(
    *,
    afwezigheid: Afwezigheid,
    van: datetime,
    tot: datetime,
    vervanger: Medewerker | None,
    by: Medewerker,
    at: datetime,
) -> Afwezigheid:
    """Change a period that is not over.

    Raises NotAllowed, AfwezigheidOver, MomentInPast, AfwezigheidOverlaps, VervangerElsewhere,
    VervangerAway.
    """
    weg = _read_again(afwezigheid, by, at)
    weg.van, weg.tot, weg.vervanger = van, tot, vervanger
    _must_fit(weg, at)
    weg.save(update_fields=["van", "tot", "vervanger"])
    return weg


@transaction.atomic
def end_afwezigheid(*, afwezigheid: Afwezigheid, by: Medewerker, at: datetime) -> None:
    """Back earlier: a period that runs ends now, one that has yet to begin goes.

    Raises NotAllowed, AfwezigheidOver.
    """
    _end(_read_again(afwezigheid, by, at), at)


def end_of_day(at: datetime) -> datetime:
    """Midnight after this moment, by the clock on our wall."""
    morgen = localtime(at).date() + timedelta(days=1)
    return datetime.combine(morgen, time(), tzinfo=localtime(at).tzinfo)


def _lock(medewerker: Medewerker, by: Medewerker) -> None:
    """One change of somebody's presence at a time. Raises NotAllowed."""
    if not Medewerker.objects.presence_kept_by(by).filter(pk=medewerker.pk).exists():
        raise NotAllowed(medewerker)
    Medewerker.objects.select_for_update(no_key=True).get(pk=medewerker.pk)


def _read_again(afwezigheid: Afwezigheid, by: Medewerker, at: datetime) -> Afwezigheid:
    _lock(afwezigheid.medewerker, by)
    vers = Afwezigheid.objects.filter(pk=afwezigheid.pk, tot__gt=at).first()
    if vers is None:
        raise AfwezigheidOver
    return vers


def _end(weg: Afwezigheid, at: datetime) -> None:
    if weg.van >= at:
        weg.delete()
        return
    weg.tot = at
    weg.save(update_fields=["tot"])


def _must_fit(weg: Afwezigheid, at: datetime) -> None:
    if weg.tot <= at:
        raise MomentInPast("terug_datum")
    zelfde = Q(van__lt=weg.tot, tot__gt=weg.van)
    botst = Afwezigheid.objects.filter(zelfde, medewerker=weg.medewerker).exclude(pk=weg.pk)
    if (andere := botst.first()) is not None:
        raise AfwezigheidOverlaps(andere)
    if weg.vervanger is None:
        return
    _must_be_colleague(weg.medewerker, weg.vervanger)
    ook_weg = Afwezigheid.objects.filter(zelfde, medewerker=weg.vervanger).first()
    if ook_weg is not None:
        raise VervangerAway(weg.vervanger, ook_weg)


def _must_be_colleague(medewerker: Medewerker, vervanger: Medewerker) -> None:
    if not Medewerker.objects.colleagues_of(medewerker).filter(pk=vervanger.pk).exists():
        raise VervangerElsewhere(vervanger)
