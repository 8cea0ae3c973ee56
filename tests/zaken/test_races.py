"""Two at once on one taak, over two real connections."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from organisatie.models import Medewerker
from tests.contacts.test_races import together
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    gewone_openingstijden,
)
from zaken import services
from zaken.models import InterneTaak

LATER = WOENSDAG + timedelta(minutes=10)

pytestmark = pytest.mark.django_db(transaction=True)


def twee_collegas() -> tuple[Medewerker, Medewerker]:
    burgerzaken = AfdelingFactory.create()
    karin = MedewerkerFactory.create(
        rollen=["vakspecialist"], voornaam="Karin", achternaam="Smit", afdelingen=[burgerzaken]
    )
    ahmed = MedewerkerFactory.create(
        rollen=["vakspecialist"], voornaam="Ahmed", achternaam="Bouali", afdelingen=[burgerzaken]
    )
    return karin, ahmed


def soorten(taak: InterneTaak) -> list[str]:
    return list(taak.gebeurtenissen.values_list("soort", flat=True))


def test_who_waited_for_the_lock_sees_the_owner_and_not_what_was_there_before() -> None:
    """Not left to chance: the second really waits while the first has the row."""
    taak = InterneTaakFactory.create()
    karin, ahmed = twee_collegas()
    fouten: list[Exception] = []

    def second() -> None:
        try:
            services.claim_interne_taak(taak=taak, by=ahmed, at=LATER)
        except services.TaakAlreadyClaimed as exc:
            fouten.append(exc)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        services.claim_interne_taak(taak=taak, by=karin, at=LATER)
        thread.start()
        wait_until_somebody_waits_for_a_lock()
    thread.join(timeout=30)
    assert [str(fout) for fout in fouten] == [
        "K. Smit heeft deze taak. Vraag K. Smit ernaar, of maak de taak eerst los."
    ]


@pytest.mark.parametrize("stap", ["antwoord", "terug"])
def test_who_waited_while_the_taak_left_is_told_where_it_is(stap: str) -> None:
    gewone_openingstijden()
    karin, ahmed = twee_collegas()
    AfdelingFactory.create(identificatie="kcc")
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    taak = InterneTaakFactory.create()
    fouten: list[Exception] = []

    def second() -> None:
        try:
            if stap == "antwoord":
                services.save_antwoord(taak=taak, antwoord="Ja.", by=ahmed, at=LATER)
            else:
                services.return_interne_taak(
                    taak=taak, reden="anders", toelichting="x", by=ahmed, at=LATER
                )
        except services.TaakElsewhere as exc:
            fouten.append(exc)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        services.forward_interne_taak(
            taak=taak, afdeling=parkeren, reden="Parkeren.", by=karin, at=LATER
        )
        thread.start()
        wait_until_somebody_waits_for_a_lock()
    thread.join(timeout=30)
    assert len(fouten) == 1
    assert "ligt bij Parkeren" in str(fouten[0])


def wait_until_somebody_waits_for_a_lock() -> None:
    """Returns as soon as PostgreSQL says that another connection waits for this one."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # it is remembered per transaction
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity"
                " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits for a lock.")


def test_of_two_who_claim_exactly_one_wins_and_the_other_reads_who() -> None:
    taak = InterneTaakFactory.create()
    wie = twee_collegas()

    def claim(medewerker: Medewerker) -> Callable[[], None]:
        def run() -> None:
            services.claim_interne_taak(taak=taak, by=medewerker, at=LATER)

        return run

    fouten = together(*(claim(medewerker) for medewerker in wie))
    taak.refresh_from_db()
    assert taak.toegewezen_aan in wie
    assert taak.status == "in_behandeling"
    assert [type(fout) for fout in fouten] == [services.TaakAlreadyClaimed]
    assert str(taak.toegewezen_aan) in str(fouten[0])
    assert soorten(taak) == ["genomen"]
    assert taak.versie == 2


def test_of_two_who_finish_one_answer_stays() -> None:
    gewone_openingstijden()
    karin, _ = twee_collegas()
    taak = InterneTaakFactory.create()

    def finish(antwoord: str) -> Callable[[], None]:
        def run() -> None:
            services.finish_interne_taak(
                taak=taak, antwoord=antwoord, terugkoppeling="gebeld", by=karin, at=LATER, versie=1
            )

        return run

    fouten = together(finish("Het eerste."), finish("Het tweede."))
    taak.refresh_from_db()
    assert taak.antwoord in {"Het eerste.", "Het tweede."}
    assert [type(fout) for fout in fouten] == [services.TaakAlreadyClosed]
    assert soorten(taak) == ["afgehandeld"]


def test_an_answer_that_crosses_a_forward_is_refused_with_where_the_taak_is() -> None:
    gewone_openingstijden()
    karin, ahmed = twee_collegas()
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    taak = InterneTaakFactory.create()

    def door() -> None:
        services.forward_interne_taak(
            taak=taak, afdeling=parkeren, reden="Gaat over parkeren.", by=karin, at=LATER, versie=1
        )

    def antwoord() -> None:
        services.finish_interne_taak(
            taak=taak, antwoord="Ja.", terugkoppeling="gebeld", by=ahmed, at=LATER, versie=1
        )

    fouten = together(door, antwoord)
    taak.refresh_from_db()
    assert len(fouten) == 1
    if taak.is_afgehandeld:
        assert isinstance(fouten[0], services.TaakAlreadyClosed)
        assert taak.afdeling.identificatie == "burgerzaken"
    else:
        assert isinstance(fouten[0], services.TaakElsewhere)
        assert "ligt bij Parkeren" in str(fouten[0])
        assert taak.afdeling == parkeren
    assert len(soorten(taak)) == 1


def test_attempts_at_once_are_all_counted() -> None:
    karin, ahmed = twee_collegas()
    taak = InterneTaakFactory.create()

    def bel(medewerker: Medewerker) -> Callable[[], None]:
        def run() -> None:
            services.log_contactpoging(
                taak=taak, resultaat="geen_gehoor", notitie="", by=medewerker, at=LATER
            )

        return run

    assert together(bel(karin), bel(ahmed), bel(karin), bel(ahmed)) == []
    taak.refresh_from_db()
    assert taak.aantal_pogingen == 4
    assert taak.versie == 5
