"""Writes of the list of work: the next taak, many at once, saved views, and who is looking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from organisatie.models import Afdeling, Medewerker
from zaken.models import InterneTaak, Kijker, Taakteller, Weergave
from zaken.services.behandeling import claim_interne_taak
from zaken.services.fouten import TaakFout

HOOGSTENS_SAMEN = 100
HOOGSTENS_WEERGAVEN = 50
# A browser reports every ten seconds; what comes in sooner changes nothing.
KIJKER_ELKE = timedelta(seconds=9)
KIJKER_WEG_NA = timedelta(minutes=10)


class NothingToTake(TaakFout):
    """No taak of one's groups or departments is free."""

    def __init__(self) -> None:
        super().__init__(
            "Er is nu niets dat u kunt nemen: alles is al bij iemand of staat stil. "
            "Kijk bij Mijn of er nog iets van u is."
        )


class TooManyTaken(TaakFout):
    """More were chosen than go at once."""

    def __init__(self) -> None:
        super().__init__(f"Kies hoogstens {HOOGSTENS_SAMEN} taken tegelijk.")


class WeergaveFout(TaakFout):
    """A view cannot be stored like this."""


@transaction.atomic
def claim_next(*, by: Medewerker, at: datetime) -> InterneTaak:
    """Claim the most urgent taak that this person may take and that nobody has: of his groups
    first, then of his departments; by term, among equal terms by priority. Not what stands still,
    and not what somebody was promised a call about later.

    Two who ask at once never get the same: each locks his own, and passes over what is locked.
    Raises NothingToTake.
    """
    vrij = (
        InterneTaak.objects.workable_by(by)
        .unclaimed()
        .to_do_now(at)
        .order_by("termijn_op", "prioriteit", "pk")
        .select_for_update(skip_locked=True, of=("self",))
    )
    for lijst in (
        {"groep__in": list(by.groepen.values_list("pk", flat=True))},
        {"afdeling__in": list(by.afdelingen.values_list("pk", flat=True))},
    ):
        taak = vrij.filter(**lijst).first()
        if taak is not None:
            return claim_interne_taak(taak=taak, by=by, at=at)
    raise NothingToTake


@dataclass(frozen=True)
class Uitkomst:
    """What became of one of many. ``taak`` is None where there is none for this person."""

    uuid: UUID
    taak: InterneTaak | None
    fout: str = ""


def do_together(
    *,
    uuids: Sequence[UUID],
    stap: Callable[[InterneTaak], object],
    by: Medewerker,
) -> list[Uitkomst]:
    """Take the same step with each of these taken, one service call and one transaction each, so
    that what cannot be done to one leaves the others alone.

    A taak of another department does not exist here. ``stap`` is a service with its arguments,
    which checks the rights on each taak again, under its lock. Raises TooManyTaken.
    """
    if len(uuids) > HOOGSTENS_SAMEN:
        raise TooManyTaken
    gevonden = {
        taak.uuid: taak for taak in InterneTaak.objects.workable_by(by).filter(uuid__in=uuids)
    }
    uitkomsten = []
    # Each step has ended, with its locks, before the next begins: two such rounds never wait for
    # each other.
    for uuid in dict.fromkeys(uuids):
        taak = gevonden.get(uuid)
        if taak is None:
            melding = "Deze taak is er niet, of ligt niet (meer) bij u."
            uitkomsten.append(Uitkomst(uuid, None, melding))
            continue
        try:
            stap(taak)
        except TaakFout as exc:
            uitkomsten.append(Uitkomst(uuid, taak, str(exc)))
        else:
            uitkomsten.append(Uitkomst(uuid, taak))
    return uitkomsten


@transaction.atomic
def save_weergave(
    *,
    naam: str,
    keuze: dict[str, str],
    afdeling: Afdeling | None,
    by: Medewerker,
    at: datetime,
) -> Weergave:
    """Keep a way of looking at the list; under a name that exists it takes the place of that one.
    ``keuze`` comes from Keuze.to_keep. With ``afdeling`` all who work there see it.

    Raises WeergaveFout.
    """
    if afdeling is not None and not by.afdelingen.filter(pk=afdeling.pk).exists():
        raise WeergaveFout("U kunt een weergave alleen delen met een afdeling waar u werkt.")
    if Weergave.objects.filter(eigenaar=by).exclude(naam=naam).count() >= HOOGSTENS_WEERGAVEN:
        raise WeergaveFout(f"U heeft al {HOOGSTENS_WEERGAVEN} weergaven. Verwijder er eerst een.")
    try:
        with transaction.atomic():
            weergave, _ = Weergave.objects.update_or_create(
                eigenaar=by,
                naam=naam,
                defaults={"keuze": keuze, "afdeling": afdeling},
                create_defaults={"keuze": keuze, "afdeling": afdeling, "aangemaakt_op": at},
            )
    except IntegrityError as exc:  # the same name from two tabs at once
        raise WeergaveFout("U heeft al een weergave met deze naam.") from exc
    return weergave


@transaction.atomic
def delete_weergave(*, weergave: Weergave, by: Medewerker) -> None:
    """Remove a saved view. Raises WeergaveFout for one that is a colleague's."""
    vers = Weergave.objects.removable_by(by).select_for_update().filter(pk=weergave.pk).first()
    if vers is None:
        raise WeergaveFout(f"Deze weergave is van {weergave.eigenaar}. Vraag het diegene.")
    vers.delete()


def watch_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> None:
    """Note that this person has the taak open now. Raises nothing: it is only a courtesy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO zaken_kijker (taak_id, medewerker_id, op) VALUES (%s, %s, %s)"
            " ON CONFLICT (medewerker_id, taak_id) DO UPDATE SET op = EXCLUDED.op"
            " WHERE zaken_kijker.op <= %s",
            [taak.pk, by.pk, at, at - KIJKER_ELKE],
        )


def forget_kijkers(*, at: datetime) -> int:
    """Remove who stopped looking; returns how many."""
    return Kijker.objects.filter(op__lt=at - KIJKER_WEG_NA).delete()[0]


@transaction.atomic
def fold_tellers() -> int:
    """Make one row of those that count the open taken; the sum stays the same at every moment.
    Rows that another transaction is still adding are left for the next time. Returns how many went.
    """
    rijen = list(Taakteller.objects.select_for_update(skip_locked=True).values_list("pk", "aantal"))
    if len(rijen) < 2:
        return 0
    Taakteller.objects.filter(pk__in=[pk for pk, _ in rijen]).delete()
    Taakteller.objects.create(aantal=sum(aantal for _, aantal in rijen))
    return len(rijen)
