"""Opening a finished taak again, and the figures that must follow."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import Afdeling, Afwezigheid
from rapportage.services import recompute_dirty_hours
from tests.conftest import KccClient
from tests.factories import AfdelingFactory, InterneTaakFactory, moment
from tests.zaken.hulp import LATER, geschiedenis, url
from zaken import services
from zaken.models import InterneTaak

MAANDAG = moment("2026-11-23 10:00")


@pytest.fixture
def klaar(vakspecialist: KccClient, taak: InterneTaak, openingstijden: None) -> InterneTaak:
    services.finish_interne_taak(
        taak=taak,
        antwoord="Het paspoort is klaar.",
        terugkoppeling="gebeld",
        by=vakspecialist.medewerker,
        at=LATER,
    )
    taak.refresh_from_db()
    return taak


@pytest.fixture
def maandag() -> object:
    with time_machine.travel(MAANDAG, tick=False):
        yield


@pytest.mark.usefixtures("maandag")
class TestHeropenen:
    def test_open_again_with_a_new_term_and_all_of_its_past(
        self, vakspecialist: KccClient, klaar: InterneTaak
    ) -> None:
        velden = {"reden": "De klant heeft niets ontvangen.", "versie": klaar.versie}
        assert vakspecialist.post(url("heropenen", klaar), velden).status_code == 302
        klaar.refresh_from_db()
        assert (klaar.status, klaar.heropend_op) == ("nieuw", MAANDAG)
        assert klaar.termijn_op == moment("2026-11-25 17:00")  # two working days from now
        assert (klaar.afgehandeld_op, klaar.werkminuten, klaar.antwoord) == (None, None, "")
        assert klaar.toegewezen_aan == vakspecialist.medewerker
        soort, tekst = geschiedenis(klaar)[-1]
        assert soort == "heropend"
        assert "De klant heeft niets ontvangen." in tekst
        assert "Het antwoord was: Het paspoort is klaar." in tekst

    def test_the_kcc_where_the_citizen_calls_opens_it_too(
        self, client_as: Callable[..., KccClient], klaar: InterneTaak
    ) -> None:
        agent = client_as("kcc_medewerker")
        html = agent.get(reverse("zaken:taak", args=[klaar.uuid])).content.decode()
        assert url("heropenen", klaar) in html
        velden = {"reden": "Belt weer.", "versie": klaar.versie}
        assert agent.post(url("heropenen", klaar), velden).status_code == 302
        klaar.refresh_from_db()
        assert klaar.status == "nieuw"
        assert klaar.afdeling.identificatie == "burgerzaken"

    def test_who_is_away_does_not_keep_it(
        self, client_as: Callable[..., KccClient], vakspecialist: KccClient, klaar: InterneTaak
    ) -> None:
        Afwezigheid.objects.create(
            medewerker=vakspecialist.medewerker, van=LATER, tot=MAANDAG + timedelta(days=9)
        )
        services.reopen_interne_taak(
            taak=klaar, reden="Belt weer.", by=client_as("kcc_medewerker").medewerker, at=MAANDAG
        )
        klaar.refresh_from_db()
        assert klaar.toegewezen_aan is None

    @pytest.mark.parametrize("velden", [{"reden": ""}, {"reden": "   "}, {"versie": "1"}])
    def test_not_without_a_reason_nor_from_an_old_screen(
        self, vakspecialist: KccClient, klaar: InterneTaak, velden: dict[str, str]
    ) -> None:
        alles = {"reden": "Belt weer.", "versie": klaar.versie} | velden
        antwoord = vakspecialist.post(url("heropenen", klaar), alles)
        assert antwoord.status_code == 422
        klaar.refresh_from_db()
        assert klaar.is_afgehandeld

    def test_what_is_open_cannot_be_opened(
        self, vakspecialist: KccClient, taak: InterneTaak, openingstijden: None
    ) -> None:
        antwoord = vakspecialist.post(url("heropenen", taak), {"reden": "x", "versie": 1})
        assert antwoord.status_code == 422
        assert "staat al open" in antwoord.content.decode()

    def test_another_department_and_who_only_looks_cannot(
        self, client_as: Callable[..., KccClient], klaar: InterneTaak, kcc: Afdeling
    ) -> None:
        velden = {"reden": "x", "versie": klaar.versie}
        vreemd = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="w")])
        assert vreemd.get(url("heropenen", klaar)).status_code == 404
        assert vreemd.post(url("heropenen", klaar), velden).status_code == 404
        assert client_as("teamleider").post(url("heropenen", klaar), velden).status_code == 403
        assert not InterneTaak.objects.filter(heropend_op__isnull=False).exists()

    def test_every_hour_that_held_a_figure_is_computed_again(
        self, vakspecialist: KccClient, klaar: InterneTaak
    ) -> None:
        was = [klaar.afgehandeld_op, klaar.termijn_op]
        VuilUur.objects.all().delete()
        services.reopen_interne_taak(taak=klaar, reden="x", by=vakspecialist.medewerker, at=MAANDAG)
        klaar.refresh_from_db()
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        momenten = [*was, klaar.termijn_op, klaar.aangemaakt_op]
        assert {whole_hour(m) for m in momenten if m} <= vuil


@pytest.mark.usefixtures("maandag")
def test_the_figures_agree_with_the_records_after_all_of_it(
    vakspecialist: KccClient, klaar: InterneTaak
) -> None:
    """Roll-ups that were computed before a reopen, a merge and its undo, and again after."""
    while recompute_dirty_hours():
        pass
    wie = vakspecialist.medewerker
    een, twee = (InterneTaakFactory.create(afdeling=klaar.afdeling) for _ in range(2))
    services.merge_taken(taak=een, in_taak=twee, by=wie, at=MAANDAG)
    while recompute_dirty_hours():
        pass
    services.unmerge_taak(taak=een, by=wie, at=MAANDAG)
    services.reopen_interne_taak(taak=klaar, reden="Belt weer.", by=wie, at=MAANDAG)
    call_command("kpi_controle")  # raises CommandError for any difference
