"""The term of a hand-off on the department's hours; standing still, running again, extension."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import Medewerker, Openingstijd
from tests.conftest import KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    moment,
)
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("openingstijden")
VRIJDAG = moment("2026-11-20 17:00")


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def taak(db: None) -> InterneTaak:
    """Handed off on Wednesday at 14:00, due on Friday at 17:00."""
    return InterneTaakFactory.create()


@pytest.fixture
def karin(taak: InterneTaak) -> Medewerker:
    return MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[taak.afdeling])


def open_mornings(taak: InterneTaak) -> None:
    """The department is open from 9 to 11 on working days."""
    for weekdag in range(1, 6):
        Openingstijd.objects.create(
            afdeling=taak.afdeling, weekdag=weekdag, van=time(9), tot=time(11)
        )


class TestDepartmentHours:
    def test_a_term_runs_on_the_hours_of_who_receives_it(self, taak: InterneTaak) -> None:
        open_mornings(taak)
        termijn = services.compute_termijn(None, taak.afdeling, WOENSDAG)
        assert termijn.op == moment("2026-11-20 11:00")
        elders = AfdelingFactory.create(identificatie="elders")
        assert services.compute_termijn(None, elders, WOENSDAG).op == VRIJDAG

    def test_hours_that_begin_tomorrow_leave_today_alone(self, taak: InterneTaak) -> None:
        open_mornings(taak)
        Openingstijd.objects.exclude(afdeling=None).update(geldig_vanaf=date(2026, 11, 19))
        from organisatie.werkkalender import laad_werkkalender

        kalender = laad_werkkalender(taak.afdeling)
        assert kalender.uren(date(2026, 11, 18)) == ((time(9), time(17)),)
        assert kalender.uren(date(2026, 11, 19)) == ((time(9), time(11)),)


class TestPause:
    def test_the_open_time_that_was_left_is_left_after_it(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        op = moment("2026-11-19 16:00")  # one hour today and eight tomorrow are left
        services.pause_termijn(taak=taak, reden="Wacht op een foto.", by=karin, at=op)
        taak.refresh_from_db()
        assert (taak.gepauzeerd_op, taak.termijn_op) == (op, VRIJDAG)
        services.resume_termijn(taak=taak, by=karin, at=moment("2026-11-24 10:00"))
        taak.refresh_from_db()
        assert (taak.gepauzeerd_op, taak.reden_pauze) == (None, "")
        assert taak.termijn_op == moment("2026-11-25 11:00")
        assert list(taak.gebeurtenissen.values_list("soort", "tekst")) == [
            ("stilgezet", "Wacht op een foto."),
            ("hervat", "Nieuwe termijn: morgen, woensdag 25 november, voor 11.00 uur."),
        ]

    def test_old_and_new_hour_become_dirty(self, taak: InterneTaak, karin: Medewerker) -> None:
        services.pause_termijn(taak=taak, reden="Wacht.", by=karin, at=WOENSDAG)
        VuilUur.objects.all().delete()
        services.resume_termijn(taak=taak, by=karin, at=moment("2026-11-24 10:00"))
        taak.refresh_from_db()
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        assert {whole_hour(VRIJDAG), whole_hour(taak.termijn_op)} <= vuil

    def test_it_runs_on_the_hours_of_the_department(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        open_mornings(taak)
        services.pause_termijn(taak=taak, reden="Wacht.", by=karin, at=WOENSDAG)  # 4 hours left
        services.resume_termijn(taak=taak, by=karin, at=moment("2026-11-24 10:00"))
        taak.refresh_from_db()
        assert taak.termijn_op == moment("2026-11-26 10:00")

    def test_at_once_again_it_is_never_earlier_than_promised(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        services.pause_termijn(taak=taak, reden="Wacht.", by=karin, at=WOENSDAG)
        services.resume_termijn(taak=taak, by=karin, at=WOENSDAG)
        taak.refresh_from_db()
        assert taak.termijn_op == VRIJDAG

    @pytest.mark.parametrize("stap", ["doorsturen", "terug", "afhandelen"])
    def test_what_leaves_goes_on_first(
        self, taak: InterneTaak, karin: Medewerker, stap: str
    ) -> None:
        AfdelingFactory.create(identificatie="kcc")
        services.pause_termijn(taak=taak, reden="Wacht.", by=karin, at=WOENSDAG)
        at = moment("2026-11-24 14:00")
        wie: dict[str, Any] = {"taak": taak, "by": karin, "at": at}
        if stap == "doorsturen":
            elders = AfdelingFactory.create(identificatie="elders")
            services.forward_interne_taak(afdeling=elders, reden="Hoort daar.", **wie)
        elif stap == "terug":
            reden = "kcc_kan_dit"
            services.return_interne_taak(reden=reden, toelichting="Het kan daar.", **wie)
        else:
            services.finish_interne_taak(antwoord="Ja.", terugkoppeling="gebeld", **wie)
        taak.refresh_from_db()
        assert taak.gepauzeerd_op is None
        assert taak.termijn_op == moment("2026-11-26 17:00")
        assert "hervat" in taak.gebeurtenissen.values_list("soort", flat=True)

    def test_what_cannot_be_is_refused_by_name(self, taak: InterneTaak, karin: Medewerker) -> None:
        with pytest.raises(services.TermijnRuns):
            services.resume_termijn(taak=taak, by=karin, at=WOENSDAG)
        with pytest.raises(services.RedenMissing):
            services.pause_termijn(taak=taak, reden=" ", by=karin, at=WOENSDAG)
        with pytest.raises(services.TermijnOver):
            services.pause_termijn(taak=taak, reden="x", by=karin, at=moment("2026-11-20 17:01"))
        services.pause_termijn(taak=taak, reden="x", by=karin, at=WOENSDAG)
        with pytest.raises(services.TermijnPaused):
            services.pause_termijn(taak=taak, reden="x", by=karin, at=WOENSDAG)
        with pytest.raises(services.TermijnPaused):
            services.extend_termijn(taak=taak, aantal=1, reden="x", by=karin, at=WOENSDAG)


class TestExtension:
    def test_the_promise_moves_with_a_reason_that_the_kcc_reads(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        VuilUur.objects.all().delete()
        services.extend_termijn(taak=taak, aantal=2, reden="Archief dicht.", by=karin, at=WOENSDAG)
        taak.refresh_from_db()
        assert taak.termijn_op == moment("2026-11-24 17:00")
        assert taak.gebeurtenissen.get().tekst == (
            "Nieuwe termijn: dinsdag 24 november voor 17.00 uur. Archief dicht."
        )
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        assert {whole_hour(VRIJDAG), whole_hour(taak.termijn_op)} <= vuil

    def test_only_while_the_promise_is_not_broken(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        services.extend_termijn(taak=taak, aantal=1, reden="x", by=karin, at=VRIJDAG)
        InterneTaak.objects.update(termijn_op=VRIJDAG)
        with pytest.raises(services.TermijnOver, match="al voorbij"):
            services.extend_termijn(
                taak=taak, aantal=1, reden="x", by=karin, at=moment("2026-11-20 17:01")
            )

    @pytest.mark.parametrize(
        ("anders", "fout"),
        [({"aantal": 0}, services.ExtensionTooLong), ({"aantal": 61}, services.ExtensionTooLong),
         ({"reden": ""}, services.RedenMissing)],
    )  # fmt: skip
    def test_within_reason(
        self, taak: InterneTaak, karin: Medewerker, anders: dict[str, Any], fout: type[Exception]
    ) -> None:
        wat = {"aantal": 1, "reden": "x", **anders}
        with pytest.raises(fout):
            services.extend_termijn(taak=taak, by=karin, at=WOENSDAG, **wat)

    def test_not_of_what_a_colleague_has_nor_from_another_department(
        self, taak: InterneTaak, karin: Medewerker
    ) -> None:
        vreemd = MedewerkerFactory.create(rollen=["vakspecialist"])
        with pytest.raises(services.TaakElsewhere):
            services.extend_termijn(taak=taak, aantal=1, reden="x", by=vreemd, at=WOENSDAG)
        services.claim_interne_taak(taak=taak, by=karin, at=WOENSDAG)
        collega = MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[taak.afdeling])
        with pytest.raises(services.TaakAlreadyClaimed):
            services.extend_termijn(taak=taak, aantal=1, reden="x", by=collega, at=WOENSDAG)


def test_what_needs_word_to_the_citizen_now(taak: InterneTaak, karin: Medewerker) -> None:
    def wacht(op: str) -> list[InterneTaak]:
        return list(services.awaiting_tussenbericht(at=moment(op)))

    assert wacht("2026-11-20 12:59") == []
    assert wacht("2026-11-20 13:00") == [taak]
    assert wacht("2026-11-20 17:01") == []
    services.pause_termijn(taak=taak, reden="Wacht.", by=karin, at=WOENSDAG)
    assert wacht("2026-11-20 14:00") == []
    services.resume_termijn(taak=taak, by=karin, at=WOENSDAG)
    services.save_antwoord(taak=taak, antwoord="Ja.", by=karin, at=WOENSDAG)
    assert wacht("2026-11-20 14:00") == []


class TestPages:
    @pytest.fixture
    def client(self, client_as: Callable[..., KccClient], taak: InterneTaak) -> KccClient:
        client = client_as("vakspecialist")
        client.medewerker.afdelingen.add(taak.afdeling)
        return client

    def url(self, taak: InterneTaak, actie: str) -> str:
        return reverse(f"zaken:taak_{actie}", args=[taak.uuid])

    GOED: dict[str, dict[str, str]] = {
        "stilzetten": {"reden": "Wacht op een foto."},
        "verlengen": {"aantal": "3", "reden": "Archief dicht."},
    }

    @pytest.mark.parametrize("actie", GOED)
    def test_it_works_and_says_what_is_missing(
        self, client: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        url = self.url(taak, actie)
        assert client.get(url).status_code == 200
        assert client.post(url, {"versie": taak.versie}).status_code == 422
        oud = client.post(url, {**self.GOED[actie], "versie": taak.versie + 5})
        assert oud.status_code == 422
        assert "intussen gewijzigd" in oud.content.decode()
        goed = client.post(url, {**self.GOED[actie], "versie": taak.versie})
        assert goed.status_code == 302
        assert self.GOED[actie]["reden"] in client.get(goed["Location"]).content.decode()

    def test_it_runs_again_with_one_button(self, client: KccClient, taak: InterneTaak) -> None:
        url = self.url(taak, "hervatten")
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 422
        services.pause_termijn(taak=taak, reden="Wacht.", by=client.medewerker, at=WOENSDAG)
        assert "Laat de termijn weer lopen" in client.get(
            reverse("zaken:taak", args=[taak.uuid])
        ).content.decode()  # fmt: skip
        assert client.post(url).status_code == 302
        taak.refresh_from_db()
        assert taak.gepauzeerd_op is None

    @pytest.mark.parametrize("actie", ["stilzetten", "verlengen", "hervatten"])
    def test_not_for_others(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, actie: str
    ) -> None:
        url = self.url(taak, actie)
        elders = client_as("vakspecialist")
        elders.medewerker.afdelingen.clear()
        assert elders.post(url, {}).status_code == 404
        assert client_as("teamleider").post(url, {}).status_code == 403
