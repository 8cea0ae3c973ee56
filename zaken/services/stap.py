"""What every step in the life of a taak has in common: lock, check, store, remember."""

from collections.abc import Sequence
from datetime import datetime

from kcc.services import mark_hours_dirty
from organisatie.models import Afdeling, Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis
from zaken.services.fouten import (
    TaakAlreadyClaimed,
    TaakAlreadyClosed,
    TaakChanged,
    TaakElsewhere,
    TaakGone,
)


def lock_taak(*, taak: InterneTaak, by: Medewerker, versie: int | None = None) -> InterneTaak:
    """Read the taak again under a lock, and refuse what is no longer possible.

    ``versie`` is what the screen had read, or None where no text can be overwritten. What the view
    checked may have changed since: a colleague may have finished the taak or passed it on.
    Raises TaakAlreadyClosed, TaakElsewhere, TaakChanged.
    """
    # No select_related: after waiting for the lock PostgreSQL reads this row anew, but joins it
    # to the rows that it found before. The owner would look like nobody, and both would win.
    vers = InterneTaak.objects.select_for_update().get(pk=taak.pk)
    if vers.is_afgehandeld:
        raise TaakAlreadyClosed
    if not InterneTaak.objects.workable_by(by).filter(pk=vers.pk).exists():
        raise TaakElsewhere(vers.afdeling)
    must_be_version(vers, versie)
    return vers


def lock_visible(*, taken: Sequence[InterneTaak], by: Medewerker) -> list[InterneTaak]:
    """Lock some taken that ``by`` may see, open or not, and give them in the order asked for.

    Always in the order of their primary keys, so that two people who take the same two taken the
    other way around wait for one another and do not hang. Raises TaakElsewhere when ``by`` no
    longer sees the first, which is what he is working on, and TaakGone for any other.
    """
    pks = sorted({taak.pk for taak in taken})
    alle = InterneTaak.objects.filter(pk__in=pks)
    vast = {taak.pk: taak for taak in alle.select_for_update().order_by("pk")}
    zichtbaar = alle & InterneTaak.objects.visible_to(by)
    gezien = set(zichtbaar.values_list("pk", flat=True))
    if taken[0].pk not in gezien:
        raise TaakElsewhere(vast[taken[0].pk].afdeling)
    if gezien != set(pks):
        raise TaakGone
    return [vast[taak.pk] for taak in taken]


def must_be_version(taak: InterneTaak, versie: int | None) -> None:
    """Raises TaakChanged when the screen was older than the taak."""
    if versie is None or versie == taak.versie:
        return
    gemist = changes_since(taak=taak, versie=versie)
    # A warning of the guard changes nothing that somebody may be typing over.
    gewaarschuwd = [g for g in gemist if g.soort == TaakGebeurtenis.Soort.GEWAARSCHUWD]
    if len(gewaarschuwd) != taak.versie - versie:
        raise TaakChanged(gemist)


def changes_since(*, taak: InterneTaak, versie: int) -> list[TaakGebeurtenis]:
    """The gebeurtenissen after ``versie``: each of them moved the versie by one."""
    aantal = min(max(taak.versie - versie, 0), 5)
    laatste = taak.gebeurtenissen.select_related("door").order_by("-op", "-pk")[:aantal]
    return list(reversed(laatste))


def must_be_free_for(taak: InterneTaak, by: Medewerker) -> None:
    """One owner, always: raises TaakAlreadyClaimed when somebody else has the taak."""
    if taak.toegewezen_aan is not None and taak.toegewezen_aan != by:
        raise TaakAlreadyClaimed(taak.toegewezen_aan, by=by)


def store_step(
    *,
    taak: InterneTaak,
    velden: list[str],
    soort: str,
    by: Medewerker | None,
    at: datetime,
    tekst: str = "",
    afdeling: Afdeling | None = None,
    oud: tuple[datetime | None, ...] = (),
) -> InterneTaak:
    """Save ``velden``, add the gebeurtenis and mark the hours whose figures this taak is part of.

    Each gebeurtenis moves ``versie`` by one, so that a screen can be told what it missed. ``oud``:
    moments that the taak had before this step and no longer has. ``by``: nobody when the guard
    does it by itself.
    """
    taak.versie += 1
    taak.save(update_fields=[*velden, "versie"])
    add_gebeurtenis(taak=taak, soort=soort, by=by, at=at, tekst=tekst, afdeling=afdeling)
    mark_hours_dirty(moments=[*figure_moments(taak), *oud])
    return taak


def add_gebeurtenis(
    *,
    taak: InterneTaak,
    soort: str,
    by: Medewerker | None,
    at: datetime,
    tekst: str = "",
    afdeling: Afdeling | None = None,
) -> None:
    """One more line of history."""
    TaakGebeurtenis.objects.create(
        taak=taak, soort=soort, door=by, op=at, afdeling=afdeling, tekst=tekst
    )


def figure_moments(taak: InterneTaak) -> list[datetime | None]:
    """The moments whose hours hold a figure about this taak."""
    return [
        taak.klantcontact.plaatsgevonden_op,
        taak.aangemaakt_op,
        taak.termijn_op,
        taak.afgehandeld_op,
    ]
