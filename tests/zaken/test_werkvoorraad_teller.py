"""The number of all open taken, which the database keeps."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum

from organisatie.models import Medewerker
from tests.factories import InterneTaakFactory, MedewerkerFactory
from tests.zaken.hulp import LATER
from zaken import services
from zaken.models import InterneTaak, Taakteller
from zaken.werkvoorraad.tabs import ALLE, count_tabs, tabs_of

pytestmark = pytest.mark.usefixtures("later")


def telt() -> int:
    return Taakteller.objects.aggregate(n=Sum("aantal"))["n"] or 0


def test_it_follows_every_way_in_which_a_taak_comes_and_goes(collega: Medewerker) -> None:
    """``collega`` comes with one taak."""
    taken = InterneTaakFactory.create_batch(3)
    assert telt() == InterneTaak.objects.open().count() == 4
    services.finish_interne_taak(
        taak=taken[0], antwoord="Ja.", terugkoppeling="gebeld", by=collega, at=LATER
    )
    assert telt() == 3
    services.claim_interne_taak(taak=taken[1], by=collega, at=LATER)
    assert telt() == 3
    InterneTaak.objects.filter(pk=taken[2].pk).delete()
    assert telt() == InterneTaak.objects.open().count() == 2
    later = taken[0].aangemaakt_op + timedelta(hours=1)
    InterneTaak.objects.filter(afgehandeld_op=None).update(
        status="afgehandeld", afgehandeld_op=later, afgehandeld_door=collega, werkminuten=1
    )
    assert telt() == 0


def test_folding_changes_nothing_but_the_rows(collega: Medewerker) -> None:
    InterneTaakFactory.create_batch(3)
    assert services.fold_tellers() == 4
    assert Taakteller.objects.count() == 1
    assert telt() == 4
    assert services.fold_tellers() == 0


def test_what_is_taken_back_was_never_counted(collega: Medewerker) -> None:
    with transaction.atomic():
        InterneTaakFactory.create()
        transaction.set_rollback(True)
    assert telt() == 1


def test_the_tab_shows_it(collega: Medewerker) -> None:
    leider = MedewerkerFactory.create(rollen=["teamleider"])
    assert {t.sleutel: t.aantal for t in count_tabs(tabs_of(leider, LATER))} == {ALLE: 1}
    InterneTaak.objects.all().delete()
    services.fold_tellers()
    assert {t.sleutel: t.aantal for t in count_tabs(tabs_of(leider, LATER))} == {ALLE: 0}
