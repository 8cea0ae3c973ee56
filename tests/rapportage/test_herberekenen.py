"""Dirty hours: nothing missed, nothing counted twice, whoever works beside it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.timezone import now

from contacts.models import Klantcontact
from contacts.services import close_klantcontact
from kcc.models import Hartslag, VuilUur
from kcc.services import mark_hours_dirty, whole_hour
from rapportage import services, tasks
from rapportage.models import UurTaken, UurTelling
from tests.factories import KlantcontactFactory, PartijFactory, ProductFactory
from tests.rapportage.records import DAG, NU, change, compute, contact, sums, taak


def mark(*momenten: Any) -> None:
    """Mark hours as a closing service does."""
    with transaction.atomic():
        mark_hours_dirty(moments=momenten)


@pytest.mark.django_db
def test_closing_a_contact_reaches_the_figures() -> None:
    concept = KlantcontactFactory.create(onderwerp="Waar is mijn pas?", plaatsgevonden_op=DAG)
    close_klantcontact(
        klantcontact=concept,
        gespreksresultaat="zelfstandig_afgehandeld",
        by=concept.medewerker,
        at=DAG + timedelta(minutes=4),
    )
    assert UurTelling.objects.count() == 0
    tasks.herbereken_vuile_uren(een_latere_versie="geeft meer mee")
    assert sums("contacten", "fcr_b", "gespreksseconden") == (1, 1, 240)
    assert not VuilUur.objects.exists()


@pytest.mark.django_db
def test_a_repeated_question_changes_the_hour_of_the_first() -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    contact(DAG, partij=partij, product=product)
    compute()
    assert sums("fcr_c") == (1,)
    weer = KlantcontactFactory.create(
        onderwerp="Nog eens",
        plaatsgevonden_op=DAG + timedelta(days=7),
        partij=partij,
        product=product,
    )
    close_klantcontact(
        klantcontact=weer,
        gespreksresultaat="zelfstandig_afgehandeld",
        by=weer.medewerker,
        at=weer.plaatsgevonden_op,
    )
    tasks.herbereken_vuile_uren()
    assert sums("herkenbaar", "fcr_c") == (2, 1)


@pytest.mark.django_db
def test_recomputing_again_changes_nothing() -> None:
    taak(afgehandeld_op=DAG + timedelta(hours=5))
    contact()
    compute()
    eerst = list(UurTelling.objects.values_list().order_by("uur"))
    mark(DAG, DAG, DAG)
    assert services.recompute_dirty_hours() == 1
    assert [r[1:] for r in UurTelling.objects.values_list().order_by("uur")] == [
        r[1:] for r in eerst
    ]
    assert services.recompute_dirty_hours() == 0


@pytest.mark.django_db
def test_a_late_correction_moves_the_figure_and_an_empty_hour_disappears() -> None:
    een = contact()
    compute()
    change(een, plaatsgevonden_op=DAG + timedelta(hours=2), gespreksresultaat="verwezen")
    mark(DAG, DAG + timedelta(hours=2))
    tasks.herbereken_vuile_uren()
    rij = UurTelling.objects.get()
    assert rij.uur == whole_hour(DAG + timedelta(hours=2))
    assert (rij.contacten, rij.fcr_b) == (1, 0)


@pytest.mark.django_db
def test_only_the_marked_hours_are_touched_and_the_newest_come_first() -> None:
    contact(DAG)
    contact(DAG + timedelta(hours=1))
    mark(DAG, DAG + timedelta(hours=1))
    assert services.recompute_dirty_hours(limit=1) == 1
    assert UurTelling.objects.get().uur == whole_hour(DAG + timedelta(hours=1))
    assert VuilUur.objects.get().uur == whole_hour(DAG)


@pytest.mark.django_db
def test_the_moment_of_the_last_change_is_kept(nu: None) -> None:
    services.recompute_dirty_hours()
    assert not Hartslag.objects.filter(naam="cijfers").exists()
    mark(DAG)
    services.recompute_dirty_hours()
    assert Hartslag.objects.get(naam="cijfers").geslagen_op == NU


@pytest.mark.django_db
def test_rebuilding_drops_what_has_no_records_and_reports_its_progress() -> None:
    for uren in range(5):
        contact(DAG + timedelta(hours=uren))
    UurTelling.objects.create(
        uur=whole_hour(DAG - timedelta(days=400)), kanaal="balie", doelgroep="inwoner", contacten=9
    )
    stappen: list[tuple[int, int]] = []
    aantal = services.rebuild_all(progress=lambda *stap: stappen.append(stap), limit=2)
    assert aantal == 6
    assert stappen == [(0, 6), (2, 6), (4, 6), (6, 6), (6, 6)]
    assert sums("contacten") == (5,)


@pytest.mark.django_db
def test_herbouw_cijfers_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    taak(afgehandeld_op=DAG + timedelta(days=1))
    call_command("herbouw_cijfers")
    assert "Opnieuw berekend: 3 uren" in capsys.readouterr().out
    assert UurTaken.objects.count() == 3


def in_thread(werk: Callable[[], object]) -> threading.Thread:
    """Run with a connection of its own."""

    def doe() -> None:
        try:
            werk()
        finally:
            connections.close_all()

    draad = threading.Thread(target=doe)
    draad.start()
    return draad


class Pause:
    """Holds a recomputation between taking the marks and reading the records."""

    def __init__(self) -> None:
        self.here = threading.Event()
        self.on = threading.Event()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Wrapper for connection.execute_wrapper."""
        if "INSERT INTO rapportage_uurtelling" in sql:
            self.here.set()
            assert self.on.wait(10)
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_a_contact_closed_during_a_recomputation_is_not_lost() -> None:
    contact()
    mark(DAG)
    pauze = Pause()

    def herbereken() -> None:
        with connection.execute_wrapper(pauze):
            services.recompute_dirty_hours()

    draad = in_thread(herbereken)
    assert pauze.here.wait(10)
    # Marks are taken, records not yet read. Closing does not wait for the recomputation.
    with transaction.atomic():
        contact()
        mark_hours_dirty(moments=[DAG])
    pauze.on.set()
    draad.join(10)
    assert VuilUur.objects.count() == 1
    tasks.herbereken_vuile_uren()
    assert sums("contacten") == (2,)
    assert not VuilUur.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_is_not_committed_yet_stays() -> None:
    contact()
    mark(DAG)
    klaar, door = threading.Event(), threading.Event()

    def sluit_af() -> None:
        with transaction.atomic():
            contact()
            mark_hours_dirty(moments=[DAG])
            klaar.set()
            assert door.wait(10)

    draad = in_thread(sluit_af)
    assert klaar.wait(10)
    assert services.recompute_dirty_hours() == 1
    assert sums("contacten") == (1,)
    door.set()
    draad.join(10)
    assert services.recompute_dirty_hours() == 1
    assert sums("contacten") == (2,)


@pytest.mark.django_db(transaction=True)
def test_two_agents_who_close_the_same_question_at_once_make_one_repeated_question() -> None:
    nu = now()
    partij, product = PartijFactory.create(), ProductFactory.create()
    velden = {"partij": partij, "product": product, "onderwerp": "Waar is mijn pas?"}
    eerste = KlantcontactFactory.create(plaatsgevonden_op=nu - timedelta(hours=2), **velden)
    tweede = KlantcontactFactory.create(plaatsgevonden_op=nu, **velden)
    klaar, door = threading.Event(), threading.Event()

    def sluit(concept: Klantcontact) -> None:
        close_klantcontact(
            klantcontact=concept,
            gespreksresultaat="zelfstandig_afgehandeld",
            by=concept.medewerker,
            at=now(),
        )

    def sluit_tweede() -> None:
        with transaction.atomic():
            sluit(tweede)  # does not see that the first is closed
            klaar.set()
            assert door.wait(10)

    draad = in_thread(sluit_tweede)
    assert klaar.wait(10)
    sluit(eerste)
    tasks.herbereken_vuile_uren()  # does not see that the second is closed
    assert sums("herkenbaar", "fcr_c") == (1, 1)
    door.set()
    draad.join(10)
    tasks.herbereken_vuile_uren()
    assert sums("herkenbaar", "fcr_c") == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_recomputations_take_turns() -> None:
    contact()
    mark(DAG)
    pauze = Pause()

    def langzaam() -> None:
        with connection.execute_wrapper(pauze):
            services.recompute_dirty_hours()

    eerste = in_thread(langzaam)
    assert pauze.here.wait(10)
    with transaction.atomic():
        contact()
        mark_hours_dirty(moments=[DAG])
    tweede = in_thread(services.recompute_dirty_hours)
    _wait_for_lock()
    pauze.on.set()
    eerste.join(10)
    tweede.join(10)
    # The first read both contacts or one; the second came after it and certainly read both.
    assert sums("contacten") == (2,)
    assert UurTelling.objects.count() == 1
    assert not VuilUur.objects.exists()


def _wait_for_lock() -> None:
    """Until PostgreSQL says that somebody waits for an advisory lock."""
    with connection.cursor() as cursor:
        for _ in range(10_000):
            if _waits(cursor):
                return
        raise AssertionError("de tweede berekening wachtte niet")


def _waits(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    (aantal,) = cursor.fetchone()
    return bool(aantal)
