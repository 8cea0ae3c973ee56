"""The guard: everybody who must act hears of it once, whatever falls over in between."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kcc.models import Hartslag, UitgaandBericht
from organisatie.models import Afwezigheid, Medewerker, Openingstijd
from organisatie.werkkalender import (
    WERKDAGEN,
    Werkkalender,
    add_werktijd,
    laad_werkkalender,
    werkseconden_tussen,
)
from tests.conftest import KccClient
from tests.factories import (
    AfdelingFactory,
    GroepFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    moment,
)
from zaken import services
from zaken.bewaking.regels import Regels, head_bound, reminder_bound
from zaken.models import (
    Bewakingsstand,
    InterneTaak,
    Overdrachtsafspraak,
    TaakGebeurtenis,
    Trede,
    Waarschuwing,
)
from zaken.services import bewaking
from zaken.services.bewaking import run_guard
from zaken.services.stap import store_step
from zaken.tasks import bewaak_termijnen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]

VRIJDAG = moment("2026-11-20 17:00")  # the term of the factory: two days after the hand-off
MAANDAG = moment("2026-11-23 17:00")


def iemand(naam: str, **velden: Any) -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"], achternaam=naam, email=f"{naam}@voorbeeld.test", **velden
    )


def aan() -> list[str]:
    """The receivers of what was queued, in order."""
    return list(UitgaandBericht.objects.order_by("pk").values_list("aan", flat=True))


def treden(taak: InterneTaak) -> list[int]:
    return list(taak.waarschuwingen.order_by("pk").values_list("trede", flat=True))


@pytest.fixture
def taak() -> InterneTaak:
    """In the name of karin, of a department with a coordinator and a head."""
    afdeling = AfdelingFactory.create(
        email="burgerzaken@voorbeeld.test", coordinator=iemand("coor"), hoofd=iemand("hoofd")
    )
    karin = iemand("karin", afdelingen=[afdeling])
    return InterneTaakFactory.create(
        afdeling=afdeling, toegewezen_aan=karin, status="in_behandeling"
    )


# --- when, and to whom ---


def test_each_step_at_its_moment_and_not_a_second_before(taak: InterneTaak) -> None:
    for op, verwacht in (
        (moment("2026-11-20 12:59:59"), []),
        (moment("2026-11-20 13:00"), [Trede.HERINNERING]),
        (VRIJDAG - timedelta(seconds=1), [Trede.HERINNERING]),
        (VRIJDAG, [Trede.HERINNERING, Trede.COORDINATOR]),
        (MAANDAG - timedelta(seconds=1), [Trede.HERINNERING, Trede.COORDINATOR]),
        (MAANDAG, [Trede.HERINNERING, Trede.COORDINATOR, Trede.HOOFD]),
        (MAANDAG + timedelta(days=30), [Trede.HERINNERING, Trede.COORDINATOR, Trede.HOOFD]),
    ):
        run_guard(at=op)
        assert treden(taak) == verwacht, op
    assert aan() == ["karin@voorbeeld.test", "coor@voorbeeld.test", "hoofd@voorbeeld.test"]


def test_a_warning_is_a_step_of_nobody_in_the_history(taak: InterneTaak) -> None:
    run_guard(at=VRIJDAG)
    stappen = taak.gebeurtenissen.filter(soort=TaakGebeurtenis.Soort.GEWAARSCHUWD)
    assert [stap.door for stap in stappen] == [None, None]
    assert "karin" in stappen[0].tekst
    assert "coördinator" in stappen[1].tekst
    taak.refresh_from_db()
    assert taak.versie == 3


def test_a_mail_has_the_number_and_a_link_and_nothing_of_the_citizen(taak: InterneTaak) -> None:
    run_guard(at=moment("2026-11-20 13:00"))
    bericht = UitgaandBericht.objects.get()
    assert taak.nummer in bericht.onderwerp
    assert reverse("zaken:taak", args=[taak.uuid]) in bericht.tekst
    assert "vrijdag 20 november 2026, 17.00 uur" in bericht.tekst
    assert taak.gevraagde_handeling not in bericht.onderwerp + bericht.tekst


@pytest.mark.parametrize(
    ("weg", "verwacht"),
    [
        ((), "karin"),
        (("toegewezen_aan",), "groep"),
        (("toegewezen_aan", "groep"), "burgerzaken"),
        (("toegewezen_aan", "groep", "email"), "coor"),
        (("toegewezen_aan", "groep", "email", "coordinator"), "teamleider"),
    ],
)
def test_a_reminder_goes_to_the_nearest_who_is_there(
    taak: InterneTaak, weg: tuple[str, ...], verwacht: str
) -> None:
    afdeling = taak.afdeling
    MedewerkerFactory.create(rollen=["teamleider"], email="teamleider@voorbeeld.test")
    taak.groep = GroepFactory.create(afdeling=afdeling, email="groep@voorbeeld.test")
    for veld in weg:
        doel = taak if veld in {"toegewezen_aan", "groep"} else afdeling
        setattr(doel, veld, "" if veld == "email" else None)
    taak.status = "nieuw"
    taak.save()
    afdeling.save()
    run_guard(at=moment("2026-11-20 13:00"))
    assert aan() == [f"{verwacht}@voorbeeld.test"]


def test_who_is_away_is_not_reminded_but_who_takes_over(taak: InterneTaak) -> None:
    assert taak.toegewezen_aan is not None
    Afwezigheid.objects.create(
        medewerker=taak.toegewezen_aan,
        van=moment("2026-11-20 00:00"),
        tot=moment("2026-11-21 00:00"),
        vervanger=iemand("ahmed"),
    )
    run_guard(at=moment("2026-11-20 13:00"))
    assert aan() == ["ahmed@voorbeeld.test"]


def test_without_coordinator_and_head_the_mailbox_and_then_the_team_leaders(
    taak: InterneTaak,
) -> None:
    taak.afdeling.coordinator = taak.afdeling.hoofd = None
    taak.afdeling.save()
    run_guard(at=MAANDAG)
    assert aan() == ["burgerzaken@voorbeeld.test", "karin@voorbeeld.test"]
    taak.afdeling.email = ""
    taak.afdeling.save()
    for naam in ("een", "twee"):
        MedewerkerFactory.create(
            rollen=["teamleider"],
            email=f"{naam}@voorbeeld.test",
            afdelingen=[AfdelingFactory.create(identificatie="kcc")],
        )
    InterneTaak.objects.update(termijn_op=MAANDAG)
    run_guard(at=MAANDAG + timedelta(days=5))
    assert aan()[2:] == ["een@voorbeeld.test", "karin@voorbeeld.test", "twee@voorbeeld.test"]


def test_a_warning_that_nobody_can_get_is_kept_and_shown(
    taak: InterneTaak, client_as: Callable[..., KccClient]
) -> None:
    taak.afdeling.coordinator, taak.afdeling.email = None, ""
    taak.afdeling.save()
    taak.toegewezen_aan, taak.status = None, "nieuw"
    taak.save()
    run_guard(at=VRIJDAG)
    assert treden(taak) == [Trede.HERINNERING, Trede.COORDINATOR]
    assert aan() == []
    pagina = client_as("coordinator", afdelingen=[taak.afdeling]).get(reverse("zaken:bewaking"))
    assert "niemand bereikt" in pagina.content.decode()


def test_an_agreement_may_say_how_long_before(taak: InterneTaak) -> None:
    afspraak = Overdrachtsafspraak.objects.create(
        afdeling=taak.afdeling,
        termijn_aantal=2,
        geldig_vanaf="2026-01-01",
        herinnering_werkuren=1,
    )
    taak.afspraak = afspraak
    taak.save()
    run_guard(at=moment("2026-11-20 15:59"))
    assert treden(taak) == []
    run_guard(at=moment("2026-11-20 16:00"))
    assert treden(taak) == [Trede.HERINNERING]


def test_the_hours_of_the_department_count(taak: InterneTaak) -> None:
    """Open in the mornings only: four werkuren before the end of Friday's term is Thursday."""
    for weekdag in range(1, 6):
        Openingstijd.objects.create(
            afdeling=taak.afdeling, weekdag=weekdag, van="09:00", tot="12:00"
        )
    InterneTaak.objects.update(termijn_op=moment("2026-11-20 12:00"))
    ander = InterneTaakFactory.create(
        afdeling=AfdelingFactory.create(identificatie="wonen"),
        termijn_op=moment("2026-11-20 12:00"),
    )
    run_guard(at=moment("2026-11-19 10:59"))
    assert treden(taak) == []
    run_guard(at=moment("2026-11-19 11:00"))
    assert treden(taak) == [Trede.HERINNERING]
    assert treden(ander) == []


# --- once ---


def test_a_minute_later_nothing_is_said_again(taak: InterneTaak) -> None:
    assert run_guard(at=MAANDAG) == 3
    assert run_guard(at=MAANDAG + timedelta(minutes=1)) == 0
    assert run_guard(at=MAANDAG + timedelta(hours=3)) == 0  # also when everything is looked at
    assert UitgaandBericht.objects.count() == 3


def test_a_moved_term_starts_anew(taak: InterneTaak) -> None:
    run_guard(at=VRIJDAG)
    InterneTaak.objects.update(termijn_op=VRIJDAG + timedelta(days=7))
    run_guard(at=VRIJDAG + timedelta(days=7))
    assert treden(taak) == [1, 2, 1, 2]


def test_a_term_that_stands_still_or_is_kept_is_left_alone(taak: InterneTaak) -> None:
    InterneTaak.objects.update(gepauzeerd_op=VRIJDAG, reden_pauze="Wacht op de klant.")
    assert run_guard(at=MAANDAG) == 0
    InterneTaak.objects.update(gepauzeerd_op=None)
    assert taak.toegewezen_aan is not None
    services.finish_interne_taak(
        taak=taak, antwoord="Ja.", terugkoppeling="gebeld", by=taak.toegewezen_aan, at=VRIJDAG
    )
    assert run_guard(at=MAANDAG) == 0


def test_killed_in_the_middle_it_goes_on_where_it_was(
    taak: InterneTaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Falls over at the second taak, between its row and its step; then again before the mail."""
    tweede = InterneTaakFactory.create(
        afdeling=taak.afdeling, termijn_op=VRIJDAG + timedelta(seconds=1)
    )
    keren = []

    def falls(**kwargs: Any) -> InterneTaak:
        keren.append(1)
        if len(keren) == 4:
            raise SystemExit
        return store_step(**kwargs)

    monkeypatch.setattr(bewaking, "store_step", falls)
    with pytest.raises(SystemExit):
        run_guard(at=MAANDAG)
    assert (len(treden(taak)), len(treden(tweede))) == (3, 0)
    assert aan() == []
    monkeypatch.setattr(bewaking, "store_step", store_step)
    with monkeypatch.context() as zonder:
        zonder.setattr(bewaking, "queue_mail", lambda **kw: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run_guard(at=MAANDAG + timedelta(minutes=1))
    run_guard(at=MAANDAG + timedelta(minutes=2))
    assert treden(taak) == treden(tweede) == [1, 2, 3]
    assert Waarschuwing.objects.filter(gemeld_op=None).count() == 0
    assert sorted(aan()) == [
        "burgerzaken@voorbeeld.test", "coor@voorbeeld.test",
        "hoofd@voorbeeld.test", "karin@voorbeeld.test",
    ]  # fmt: skip


def test_a_late_save_is_not_refused_because_the_guard_wrote_a_line(taak: InterneTaak) -> None:
    assert taak.toegewezen_aan is not None
    run_guard(at=MAANDAG)
    services.save_antwoord(
        taak=taak, antwoord="Ja, dat kan.", by=taak.toegewezen_aan, at=MAANDAG, versie=1
    )
    with pytest.raises(services.TaakChanged) as fout:
        services.save_antwoord(
            taak=taak, antwoord="Nee.", by=taak.toegewezen_aan, at=MAANDAG, versie=1
        )
    assert "gewaarschuwd vanzelf" in str(fout.value)


# --- after an outage ---


def test_an_outage_of_a_day_is_caught_up_once_in_order_without_a_flood(taak: InterneTaak) -> None:
    """From Thursday evening to Friday night nothing ran; twelve more taken came due on Friday."""
    run_guard(at=moment("2026-11-19 17:00"))
    rest = [
        InterneTaakFactory.create(
            afdeling=taak.afdeling,
            toegewezen_aan=taak.toegewezen_aan,
            status="in_behandeling",
            termijn_op=moment(f"2026-11-20 {uur}:{minuut}"),
        )
        for uur in (15, 14, 16)
        for minuut in ("00", "15", "30", "45")
    ]
    assert run_guard(at=moment("2026-11-21 00:30")) == 26
    assert aan() == ["coor@voorbeeld.test", "karin@voorbeeld.test"]
    bericht = UitgaandBericht.objects.order_by("pk")[0]
    assert bericht.onderwerp == "13 taken die aandacht vragen"
    genoemd = [regel[2:12] for regel in bericht.tekst.splitlines() if regel.startswith("- T")]
    op_termijn = sorted([*rest, taak], key=lambda t: t.termijn_op)
    assert genoemd == [t.nummer for t in op_termijn]
    stappen = Waarschuwing.objects.order_by("pk").values_list("termijn_op", flat=True)
    assert list(stappen) == sorted(stappen)
    assert run_guard(at=moment("2026-11-21 00:31")) == 0


def test_a_very_long_list_is_cut_off_with_a_link(
    taak: InterneTaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bewaking, "REGELS_PER_MAIL", 3)
    InterneTaakFactory.create_batch(4, afdeling=taak.afdeling, toegewezen_aan=taak.toegewezen_aan)
    run_guard(at=moment("2026-11-20 13:00"))
    tekst = UitgaandBericht.objects.get().tekst
    assert tekst.count("- T") == 3
    assert "En nog 2." in tekst
    assert reverse("zaken:beloften") in tekst


def test_what_does_not_fit_in_one_turn_goes_on_in_the_next_and_is_mailed_together(
    taak: InterneTaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    InterneTaakFactory.create(afdeling=taak.afdeling, toegewezen_aan=taak.toegewezen_aan)
    monkeypatch.setattr(bewaking, "BEURT", -1.0)
    assert run_guard(at=moment("2026-11-20 13:00")) == 1
    assert aan() == []
    assert run_guard(at=moment("2026-11-20 13:01")) == 1
    monkeypatch.setattr(bewaking, "BEURT", 20.0)
    run_guard(at=moment("2026-11-20 13:02"))
    assert UitgaandBericht.objects.get().onderwerp == "2 taken die aandacht vragen"


def test_between_two_runs_a_new_taak_with_a_short_term_is_seen(taak: InterneTaak) -> None:
    """Its reminder was due before it was there: found by its step, not by its term."""
    run_guard(at=moment("2026-11-19 10:00"))
    assert Bewakingsstand.objects.get().volledig_op is not None
    kort = InterneTaakFactory.create(afdeling=taak.afdeling, termijn_op=moment("2026-11-19 12:00"))
    run_guard(at=moment("2026-11-19 10:01"))
    assert treden(kort) == []  # nothing tells that it changed
    store_step(taak=kort, velden=[], soort="notitie", by=None, at=moment("2026-11-19 10:01"))
    run_guard(at=moment("2026-11-19 10:02"))
    assert treden(kort) == [Trede.HERINNERING]


def test_nothing_due_costs_the_same_for_any_number_of_taken(taak: InterneTaak) -> None:
    run_guard(at=moment("2026-11-19 10:00"))
    aantallen = []
    for erbij in (0, 19):
        InterneTaakFactory.create_batch(erbij, afdeling=taak.afdeling)
        with CaptureQueriesContext(connection) as vragen:
            run_guard(at=moment("2026-11-19 10:01"))
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1] < 30


# --- terugbelafspraken ---


def test_a_promised_call_back_is_reminded_of_and_escalated_when_nobody_tried(
    taak: InterneTaak,
) -> None:
    InterneTaak.objects.update(
        terugbellen_van=moment("2026-11-19 10:00"), terugbellen_tot=moment("2026-11-19 12:00")
    )
    for op, verwacht in (
        ("2026-11-19 09:59", []),
        ("2026-11-19 10:00", [Trede.TERUGBELLEN]),
        ("2026-11-19 11:59", [Trede.TERUGBELLEN]),
        ("2026-11-19 12:00", [Trede.TERUGBELLEN, Trede.TERUGBELLEN_GEMIST]),
    ):
        run_guard(at=moment(op))
        assert treden(taak) == verwacht, op
    assert aan() == ["karin@voorbeeld.test", "coor@voorbeeld.test"]


@pytest.mark.parametrize(("poging", "gemist"), [("11:00", False), ("09:30", True)])
def test_only_an_attempt_within_the_window_keeps_the_promise(
    taak: InterneTaak, poging: str, gemist: bool
) -> None:
    assert taak.toegewezen_aan is not None
    InterneTaak.objects.update(
        terugbellen_van=moment("2026-11-19 10:00"), terugbellen_tot=moment("2026-11-19 12:00")
    )
    services.log_contactpoging(
        taak=taak,
        resultaat="geen_gehoor",
        notitie="",
        by=taak.toegewezen_aan,
        at=moment(f"2026-11-19 {poging}"),
    )
    run_guard(at=moment("2026-11-19 12:30"))
    assert (Trede.TERUGBELLEN_GEMIST in treden(taak)) is gemist


def test_a_call_back_is_guarded_while_the_term_stands_still(taak: InterneTaak) -> None:
    InterneTaak.objects.update(
        terugbellen_van=moment("2026-11-19 10:00"), terugbellen_tot=moment("2026-11-19 12:00"),
        gepauzeerd_op=VRIJDAG, reden_pauze="Wacht op de klant.",
    )  # fmt: skip
    run_guard(at=MAANDAG)
    assert treden(taak) == [Trede.TERUGBELLEN, Trede.TERUGBELLEN_GEMIST]


# --- the calendar ---


@pytest.mark.parametrize(
    ("termijn", "trede", "op"),
    [
        # The clock goes back in the night of Saturday 24 to Sunday 25 October 2026.
        ("2026-10-26 11:00", Trede.HERINNERING, "2026-10-23 15:00"),
        ("2026-10-23 17:00", Trede.HOOFD, "2026-10-26 17:00"),
        # And forward in the night to Sunday 29 March 2026.
        ("2026-03-30 10:00", Trede.HERINNERING, "2026-03-27 14:00"),
        # Christmas Day is a Friday in 2026.
        ("2026-12-28 10:00", Trede.HERINNERING, "2026-12-24 14:00"),
        ("2026-12-24 17:00", Trede.HOOFD, "2026-12-28 17:00"),
    ],
)
def test_nights_that_the_clock_changes_and_feestdagen(termijn: str, trede: Trede, op: str) -> None:
    taak = InterneTaakFactory.create(
        aangemaakt_op=moment("2026-01-05 10:00"), termijn_op=moment(termijn)
    )
    run_guard(at=moment(op) - timedelta(seconds=1))
    assert trede not in treden(taak)
    with time_machine.travel(moment(op), tick=False):
        bewaak_termijnen()
    assert trede in treden(taak)


def test_the_bounds_are_those_of_a_slow_look_at_every_term() -> None:
    """Every half hour of three weeks with a feestdag and a change of clocks, against the plain
    definition.
    """
    kalender = laad_werkkalender()
    termijnen = [t for t in half_hours("2026-03-26 09:00", 14) if is_open(t, kalender)]
    for nu in half_hours("2026-03-25 08:00", 20)[::3]:
        vier, hoofd = reminder_bound(nu, 4, kalender), head_bound(nu, kalender)
        for termijn in termijnen:
            over = werkseconden_tussen(nu, termijn, kalender=kalender)
            assert (termijn <= vier) == (termijn <= nu or over <= 4 * 3600), (nu, termijn)
            dag_erna = add_werktijd(termijn, aantal=1, eenheid=WERKDAGEN, kalender=kalender)
            assert (termijn <= hoofd) == (dag_erna <= nu), (nu, termijn)


def half_hours(begin: str, dagen: int) -> list[datetime]:
    eerste = moment(begin)
    return [eerste + timedelta(minutes=30 * n) for n in range(48 * dagen)]


def is_open(op: datetime, kalender: Werkkalender) -> bool:
    return any(van < op <= tot for van, tot in kalender.blokken(op.date()))


def test_the_database_and_the_look_under_the_lock_agree(taak: InterneTaak) -> None:
    InterneTaak.objects.update(
        terugbellen_van=moment("2026-11-19 10:00"), terugbellen_tot=moment("2026-11-19 12:00")
    )
    taak.refresh_from_db()
    regels = Regels()
    for nu in half_hours("2026-11-19 08:00", 5):
        for trede in Trede:
            in_database = regels.due(trede, nu).filter(pk=taak.pk).exists()
            assert in_database == (regels.is_due(trede, taak, nu) is not None), (trede, nu)


# --- who guards the guard ---


def test_a_guard_that_stops_is_noticed_everywhere(client_as: Callable[..., KccClient]) -> None:
    beheerder, teamleider = client_as("beheerder"), client_as("teamleider")
    begin = moment("2026-11-18 10:00")

    def look() -> tuple[Any, str, str, str]:
        return (
            Client().get("/gezond/").json(),
            beheerder.get(reverse("organisatie:beheer")).content.decode(),
            teamleider.get(reverse("zaken:bewaking")).content.decode(),
            teamleider.get(reverse("zaken:beloften")).content.decode(),
        )

    with time_machine.travel(begin, tick=False):
        bewaak_termijnen()
        gezond, *paginas = look()
        assert gezond["bewaking"] == "goed"
        assert gezond["melding"] == ""
        assert not [p for p in paginas if "De bewaking van termijnen staat stil" in p]
    with time_machine.travel(begin + timedelta(minutes=6), tick=False):
        gezond, *paginas = look()
        assert gezond["bewaking"] == "stil"
        assert "staat stil" in gezond["melding"]
        assert all("De bewaking van termijnen staat stil" in p for p in paginas)


def test_a_guard_that_falls_over_does_not_beat(
    taak: InterneTaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(**kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(bewaking, "warn", falls)
    with pytest.raises(RuntimeError):
        run_guard(at=MAANDAG)
    assert not Hartslag.objects.filter(naam="bewaking").exists()


# --- the page ---


def test_the_page_shows_the_warnings_of_what_one_may_see(
    taak: InterneTaak, client_as: Callable[..., KccClient]
) -> None:
    run_guard(at=VRIJDAG)
    eigen = client_as("coordinator", afdelingen=[taak.afdeling])
    ander = client_as("coordinator", afdelingen=[AfdelingFactory.create(identificatie="wonen")])
    uuid = str(taak.uuid)
    assert uuid in eigen.get(reverse("zaken:bewaking")).content.decode()
    assert uuid in client_as("teamleider").get(reverse("zaken:bewaking")).content.decode()
    assert uuid not in ander.get(reverse("zaken:bewaking")).content.decode()
    for rol in ("kcc_medewerker", "vakspecialist", "buitendienst"):
        assert client_as(rol).get(reverse("zaken:bewaking")).status_code == 403


def test_the_taak_itself_shows_it(taak: InterneTaak, client_as: Callable[..., KccClient]) -> None:
    run_guard(at=VRIJDAG)
    client = client_as("vakspecialist", afdelingen=[taak.afdeling])
    pagina = client.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
    assert "Gewaarschuwd" in pagina
    assert "Bericht aan coördinator" in pagina
    assert "None" not in pagina
