"""Taking over a taak from a colleague who is away."""

from datetime import datetime

from django.db import transaction

from organisatie.aanwezigheid import presence_of
from organisatie.models import Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis, TaakStatus, Waarneming
from zaken.services.fouten import TaakFout
from zaken.services.stap import lock_taak, store_step
from zaken.waarnemen import cannot_wait, pickup_groups


class NotOffered(TaakFout):
    """The owner is back, somebody else was first, or they share no team that takes over."""

    def __init__(self, eigenaar: Medewerker | None) -> None:
        super().__init__(
            f"Deze taak is van {eigenaar} en staat niet (meer) open om waar te nemen."
            if eigenaar
            else "Deze taak is intussen van niemand. Neem haar in de werkvoorraad."
        )


@transaction.atomic
def take_over_taak(*, taak: InterneTaak, by: Medewerker, at: datetime) -> InterneTaak:
    """Take a taak out of the hands of an absent colleague of one's team, when its term comes before
    he is back. Counts as an overdracht: the citizen has to do with another person.

    Raises NotOffered, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by)
    eigenaar = vers.toegewezen_aan
    if eigenaar is None or eigenaar == by:
        raise NotOffered(eigenaar)
    van_hem = set(eigenaar.groepen.values_list("pk", flat=True))
    groep = next(
        (
            groep
            for groep in pickup_groups(by)
            if groep.pk in van_hem and groep.afdeling_id == vers.afdeling_id
        ),
        None,
    )
    if groep is None or not cannot_wait(vers, presence_of([eigenaar], at)[eigenaar.pk]):
        raise NotOffered(eigenaar)
    Waarneming.objects.create(taak=vers, groep=groep, voor=eigenaar, door=by, op=at)
    vers.toegewezen_aan, vers.toegewezen_op, vers.status = by, at, TaakStatus.IN_BEHANDELING
    vers.aantal_overdrachten += 1
    return store_step(
        taak=vers,
        velden=["toegewezen_aan", "toegewezen_op", "status", "aantal_overdrachten"],
        soort=TaakGebeurtenis.Soort.GENOMEN,
        by=by,
        at=at,
        tekst=f"Waargenomen voor {eigenaar}.",
    )
