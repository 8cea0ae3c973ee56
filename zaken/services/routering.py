"""Changing how questions are divided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from organisatie.models import Medewerker
from zaken.models import Routeringsmodel, Routeringsregel
from zaken.services.fouten import TaakFout


class RouteringChanged(TaakFout):
    """Somebody else saved this model since the screen was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Een collega heeft dit model intussen gewijzigd. Uw regels staan nog hier. "
            "Controleer ze en bewaar dan opnieuw."
        )


class RouteringEmpty(TaakFout):
    """A model without rules sends nothing anywhere."""

    def __init__(self) -> None:
        super().__init__("Dit model heeft nog geen regels. Maak eerst minstens één regel.")


@transaction.atomic
def save_routering(
    *,
    model: Routeringsmodel,
    regels: Sequence[dict[str, Any]],
    versie: int,
    by: Medewerker,
    at: datetime,
) -> Routeringsmodel:
    """Store these rules, in this order, instead of the ones that were there.

    Raises RouteringChanged, and RouteringEmpty for the model in force without any rule.
    """
    vers = Routeringsmodel.objects.select_for_update().get(pk=model.pk)
    if vers.versie != versie:
        raise RouteringChanged
    if vers.is_actief and not regels:
        raise RouteringEmpty
    vers.regels.all().delete()
    Routeringsregel.objects.bulk_create(
        Routeringsregel(model=vers, volgorde=plek, **regel)
        for plek, regel in enumerate(regels, start=1)
    )
    vers.versie += 1
    vers.save(update_fields=["versie"])
    return vers


@transaction.atomic
def activate_routering(*, model: Routeringsmodel, by: Medewerker, at: datetime) -> Routeringsmodel:
    """Put this model in force, instead of the one that was. Raises RouteringEmpty."""
    # All of them, in one order: two people who switch at once must not each leave one on.
    alle = {m.pk: m for m in Routeringsmodel.objects.select_for_update().order_by("pk")}
    vers = alle[model.pk]
    if not vers.regels.exists():
        raise RouteringEmpty
    if not vers.is_actief:
        Routeringsmodel.objects.filter(is_actief=True).update(is_actief=False)
        vers.is_actief, vers.in_gebruik_sinds = True, at
        vers.save(update_fields=["is_actief", "in_gebruik_sinds"])
    return vers
