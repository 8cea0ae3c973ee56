"""The history of a taak is only ever added to."""

import pytest
from django.db import DatabaseError, transaction

from tests.factories import WOENSDAG, InterneTaakFactory
from zaken.models import InterneTaak, TaakGebeurtenis
from zaken.services.stap import add_gebeurtenis


@pytest.fixture
def gebeurtenis(db: None) -> TaakGebeurtenis:
    taak = InterneTaakFactory.create()
    add_gebeurtenis(taak=taak, soort="overgedragen", by=taak.aangemaakt_door, at=WOENSDAG)
    return TaakGebeurtenis.objects.get()


def test_the_database_refuses_a_change(gebeurtenis: TaakGebeurtenis) -> None:
    with pytest.raises(DatabaseError, match=r"toegevoegd|alleen"), transaction.atomic():
        TaakGebeurtenis.objects.filter(pk=gebeurtenis.pk).update(tekst="anders")
    gebeurtenis.refresh_from_db()
    assert gebeurtenis.tekst == ""


def test_the_database_refuses_a_removal(gebeurtenis: TaakGebeurtenis) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        gebeurtenis.delete()
    assert TaakGebeurtenis.objects.count() == 1


def test_a_taak_with_a_history_cannot_be_removed(gebeurtenis: TaakGebeurtenis) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        InterneTaak.objects.all()._raw_delete("default")  # past the checks of the ORM
        transaction.get_connection().check_constraints()
    assert InterneTaak.objects.count() == 1
