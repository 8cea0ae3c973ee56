"""Working on one taak: what is stored, what is remembered, and where it goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import Afdeling, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    moment,
)
from tests.zaken.hulp import LATER, geschiedenis, goed, url, van
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("later")


class TestClaim:
    def test_the_taak_is_mine(self, vakspecialist: KccClient, taak: InterneTaak) -> None:
        vakspecialist.post(url("nemen", taak))
        taak.refresh_from_db()
        assert (taak.toegewezen_aan, taak.toegewezen_op) == (vakspecialist.medewerker, LATER)
        assert taak.status == "in_behandeling"

    def test_who_comes_second_reads_who_has_it(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        services.claim_interne_taak(taak=taak, by=collega, at=LATER)
        antwoord = vakspecialist.post(url("nemen", taak), headers=HTMX)
        assert antwoord.status_code == 422
        assert "A. Bouali heeft deze taak." in antwoord.content.decode()
        taak.refresh_from_db()
        assert taak.toegewezen_aan == collega

    def test_a_double_click_is_told(self, vakspecialist: KccClient, taak: InterneTaak) -> None:
        vakspecialist.post(url("nemen", taak))
        antwoord = vakspecialist.post(url("nemen", taak))
        assert antwoord.status_code == 422
        assert "U heeft deze taak al" in antwoord.content.decode()

    def test_what_is_in_my_name_i_can_begin_with(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        van(taak, vakspecialist.medewerker, status="nieuw")
        assert vakspecialist.post(url("nemen", taak)).status_code == 302

    def test_letting_go_makes_it_free_again(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        vakspecialist.post(url("nemen", taak))
        vakspecialist.post(url("loslaten", taak))
        taak.refresh_from_db()
        assert (taak.toegewezen_aan, taak.status) == (None, "nieuw")
        assert geschiedenis(taak) == [("genomen", ""), ("losgelaten", "")]

    def test_a_colleague_lets_go_for_who_is_away_and_that_is_remembered(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        van(taak, collega)
        assert (
            "Maak los van A. Bouali"
            in vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        )
        vakspecialist.post(url("loslaten", taak))
        assert geschiedenis(taak) == [("losgelaten", "De taak was bij A. Bouali.")]

    def test_what_nobody_has_cannot_be_let_go(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        antwoord = vakspecialist.post(url("loslaten", taak))
        assert antwoord.status_code == 422
        assert "Deze taak is al los" in antwoord.content.decode()


class TestAttempt:
    def test_it_counts_and_leaves_the_taak_open(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        for resultaat in ("geen_gehoor", "voicemail"):
            vakspecialist.post(
                url("poging", taak), {"resultaat": resultaat, "notitie": "Later.", "versie": 1}
            )
        taak.refresh_from_db()
        assert (taak.aantal_pogingen, taak.status, taak.toegewezen_aan) == (2, "nieuw", None)
        assert geschiedenis(taak) == [
            ("contactpoging", "Geen gehoor. Later."),
            ("contactpoging", "Voicemail ingesproken. Later."),
        ]


class TestAnswer:
    def test_kept_but_not_given(self, vakspecialist: KccClient, taak: InterneTaak) -> None:
        velden = {"antwoord": "Ja, dat kan.", "versie": 1, "knop": "bewaar"}
        assert vakspecialist.post(url("antwoord", taak), velden).status_code == 302
        taak.refresh_from_db()
        assert (taak.antwoord, taak.status) == ("Ja, dat kan.", "in_behandeling")
        assert taak.toegewezen_aan == vakspecialist.medewerker
        assert geschiedenis(taak) == [("genomen", ""), ("antwoord", "Ja, dat kan.")]
        assert taak.versie == 3
        assert "Ja, dat kan." in vakspecialist.get(url("antwoord", taak)).content.decode()

    def test_given(self, vakspecialist: KccClient, taak: InterneTaak) -> None:
        vakspecialist.post(url("antwoord", taak), goed("antwoord", taak))
        taak.refresh_from_db()
        assert (taak.antwoord, taak.terugkoppeling) == ("Ja, dat kan.", "gebeld")
        assert (taak.afgehandeld_op, taak.afgehandeld_door) == (LATER, vakspecialist.medewerker)
        assert taak.toegewezen_aan == vakspecialist.medewerker
        assert taak.werkminuten == 150
        assert geschiedenis(taak) == [("afgehandeld", "Terugkoppeling: gebeld.")]
        assert whole_hour(LATER) in VuilUur.objects.values_list("uur", flat=True)

    def test_nights_and_weekends_take_no_working_time(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        services.finish_interne_taak(
            taak=taak, antwoord="Ja.", terugkoppeling="brief", by=vakspecialist.medewerker,
            at=moment("2026-11-23 09:01"),
        )  # fmt: skip
        taak.refresh_from_db()
        assert taak.werkminuten == 3 * 60 + 2 * 8 * 60 + 1

    @pytest.mark.parametrize(("antwoord", "hoe"), [(" ", "gebeld"), ("Ja.", ""), ("Ja.", "duif")])
    def test_the_service_wants_both_answer_and_how(
        self, vakspecialist: KccClient, taak: InterneTaak, antwoord: str, hoe: str
    ) -> None:
        with pytest.raises(services.AntwoordMissing):
            services.finish_interne_taak(
                taak=taak,
                antwoord=antwoord,
                terugkoppeling=hoe,
                by=vakspecialist.medewerker,
                at=LATER,
            )
        with pytest.raises(services.AntwoordMissing):
            services.save_antwoord(taak=taak, antwoord=" ", by=vakspecialist.medewerker, at=LATER)
        taak.refresh_from_db()
        assert not taak.is_afgehandeld


class TestReturn:
    def test_the_kcc_has_it_the_same_second(
        self,
        vakspecialist: KccClient,
        client_as: Callable[..., KccClient],
        taak: InterneTaak,
        kcc: Afdeling,
    ) -> None:
        van(taak, vakspecialist.medewerker)
        vakspecialist.post(url("terug", taak), goed("terug", taak))
        taak.refresh_from_db()
        assert (taak.afdeling, taak.terug_van) == (kcc, vakspecialist.medewerker.afdelingen.get())
        assert (taak.toegewezen_aan, taak.status) == (None, "nieuw")
        assert taak.termijn_op == moment("2026-11-20 17:00")
        assert geschiedenis(taak) == [("teruggegeven", "Er ontbreekt informatie. Welk kenteken?")]
        agent = client_as("kcc_medewerker")
        lijst = agent.get(reverse("zaken:werkvoorraad"), {"tab": "terug"}).content.decode()
        assert taak.gevraagde_handeling in lijst
        assert "terug van Burgerzaken" in lijst
        assert vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).status_code == 404
        pagina = agent.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Welk kenteken?" in pagina
        assert "Terug naar KCC" not in pagina

    def test_the_kcc_passes_it_on_and_it_leaves_the_list(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, kcc: Afdeling
    ) -> None:
        wmo = AfdelingFactory.create(identificatie="wmo", naam="Wmo")
        terug = InterneTaakFactory.create(
            afdeling=kcc, terug_van=taak.afdeling, reden_terug="verkeerde_afdeling"
        )
        agent = client_as("kcc_medewerker")
        velden = {"afdeling": wmo.pk, "reden": "Hoort bij de Wmo.", "versie": 1}
        assert agent.post(url("doorsturen", terug), velden).status_code == 302
        terug.refresh_from_db()
        assert (terug.afdeling, terug.terug_van, terug.reden_terug) == (wmo, None, "")
        lijst = agent.get(reverse("zaken:werkvoorraad"), {"tab": "terug"}).content.decode()
        assert "Niets teruggekomen" in lijst

    def test_the_kcc_cannot_give_it_back_to_itself(
        self, client_as: Callable[..., KccClient], kcc: Afdeling
    ) -> None:
        eigen = InterneTaakFactory.create(afdeling=kcc)
        antwoord = client_as("kcc_medewerker").post(url("terug", eigen), goed("terug", eigen))
        assert antwoord.status_code == 422
        assert "ligt al bij KCC" in antwoord.content.decode()

    def test_without_a_kcc_there_is_a_sentence(
        self, vakspecialist: KccClient, taak: InterneTaak, kcc: Afdeling
    ) -> None:
        kcc.delete()
        antwoord = vakspecialist.post(url("terug", taak), goed("terug", taak))
        assert antwoord.status_code == 422
        assert "nog geen afdeling aangewezen als KCC" in antwoord.content.decode()

    def test_the_service_wants_a_reason(
        self, vakspecialist: KccClient, taak: InterneTaak, kcc: Afdeling
    ) -> None:
        with pytest.raises(services.RedenMissing):
            services.return_interne_taak(
                taak=taak, reden="anders", toelichting=" ", by=vakspecialist.medewerker, at=LATER
            )
        with pytest.raises(services.RedenMissing):
            services.forward_interne_taak(
                taak=taak, afdeling=kcc, reden=" ", by=vakspecialist.medewerker, at=LATER
            )


class TestForward:
    @pytest.mark.parametrize("dagen", [0, 30])
    def test_the_promise_to_the_citizen_stays(
        self, vakspecialist: KccClient, taak: InterneTaak, dagen: int
    ) -> None:
        van(taak, vakspecialist.medewerker)
        services.forward_interne_taak(
            taak=taak,
            afdeling=AfdelingFactory.create(identificatie="parkeren"),
            reden="Gaat over parkeren.",
            by=vakspecialist.medewerker,
            at=LATER + timedelta(days=dagen),
        )
        taak.refresh_from_db()
        assert taak.afdeling.identificatie == "parkeren"
        assert (taak.toegewezen_aan, taak.status) == (None, "nieuw")
        assert taak.termijn_op == moment("2026-11-20 17:00")
        (gebeurtenis,) = taak.gebeurtenissen.all()
        assert (gebeurtenis.soort, gebeurtenis.tekst) == ("doorgestuurd", "Gaat over parkeren.")
        assert gebeurtenis.afdeling == taak.afdeling

    def test_a_department_that_is_gone_gets_nothing(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        weg = AfdelingFactory.create(identificatie="weg", is_actief=False)
        with pytest.raises(services.AfdelingClosed):
            services.forward_interne_taak(
                taak=taak, afdeling=weg, reden="x", by=vakspecialist.medewerker, at=LATER
            )
        with pytest.raises(services.TaakAlreadyThere):
            services.forward_interne_taak(
                taak=taak, afdeling=taak.afdeling, reden="x", by=vakspecialist.medewerker, at=LATER
            )
