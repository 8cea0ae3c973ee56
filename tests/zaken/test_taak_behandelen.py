"""Working on one taak, through HTTP: what is answered, what is stored, and what is remembered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from contacts.models import DigitaalAdres
from kcc.models import Verwerkingslogregel, VuilUur
from kcc.services import whole_hour
from organisatie.models import Afdeling, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    PartijFactory,
    moment,
)
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("openingstijden")
LATER = moment("2026-11-18 16:30")  # two and a half hours after the hand-off
MUTEREND = ["nemen", "loslaten", "poging", "antwoord", "terug", "doorsturen"]


@pytest.fixture(autouse=True)
def later() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def client(client_as: Callable[..., KccClient]) -> KccClient:
    """A vakspecialist of Burgerzaken."""
    return client_as("vakspecialist", voornaam="Karin", achternaam="Smit")


@pytest.fixture
def kcc() -> Afdeling:
    return AfdelingFactory.create(identificatie="kcc", naam="KCC")


@pytest.fixture
def taak(kcc: Afdeling) -> InterneTaak:
    return InterneTaakFactory.create()


@pytest.fixture
def collega(taak: InterneTaak) -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"], voornaam="Ahmed", achternaam="Bouali", afdelingen=[taak.afdeling]
    )


def url(actie: str, taak: InterneTaak) -> str:
    return reverse(f"zaken:taak_{actie}", args=[taak.uuid])


def goed(actie: str, taak: InterneTaak) -> dict[str, Any]:
    """What a form of this action holds when all is well."""
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    velden: dict[str, dict[str, Any]] = {
        "nemen": {},
        "loslaten": {},
        "poging": {"resultaat": "geen_gehoor", "notitie": "Na 16 uur."},
        "antwoord": {"antwoord": "Ja, dat kan.", "terugkoppeling": "gebeld", "knop": "afhandelen"},
        "terug": {"reden": "informatie_ontbreekt", "toelichting": "Welk kenteken?"},
        "doorsturen": {"afdeling": parkeren.pk, "reden": "Gaat over parkeren."},
    }
    return velden[actie] | {"versie": taak.versie}


def geschiedenis(taak: InterneTaak) -> list[tuple[str, str]]:
    return list(taak.gebeurtenissen.values_list("soort", "tekst"))


def van(taak: InterneTaak, wie: Medewerker, status: str = "in_behandeling") -> InterneTaak:
    taak.toegewezen_aan, taak.status = wie, status
    taak.save()
    return taak


class TestEachAction:
    """The same questions for every view that changes something."""

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_works_without_htmx(self, client: KccClient, taak: InterneTaak, actie: str) -> None:
        if actie == "loslaten":
            van(taak, client.medewerker)
        antwoord = client.post(url(actie, taak), goed(actie, taak))
        assert antwoord.status_code == 302
        taak.refresh_from_db()
        assert taak.versie == 2
        (gebeurtenis,) = taak.gebeurtenissen.all()
        assert (gebeurtenis.door, gebeurtenis.op) == (client.medewerker, LATER)
        assert client.get(antwoord["Location"]).status_code == 200

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_works_with_htmx(self, client: KccClient, taak: InterneTaak, actie: str) -> None:
        if actie == "loslaten":
            van(taak, client.medewerker)
        antwoord = client.post(url(actie, taak), goed(actie, taak), headers=HTMX)
        assert antwoord.status_code == 204
        if actie in {"terug", "doorsturen"}:
            assert antwoord["HX-Redirect"] == reverse("zaken:werkvoorraad")
        else:
            assert "taak-gewijzigd" in antwoord["HX-Trigger"]
        assert taak.gebeurtenissen.count() == 1

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_marks_the_hours_of_its_figures(
        self, client: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        if actie == "loslaten":
            van(taak, client.medewerker)
        client.post(url(actie, taak), goed(actie, taak))
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        momenten = [taak.klantcontact.plaatsgevonden_op, taak.aangemaakt_op, taak.termijn_op]
        assert {whole_hour(m) for m in momenten} <= vuil

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_another_departments_taak_is_not_there(
        self, client: KccClient, actie: str, kcc: Afdeling
    ) -> None:
        vreemd = InterneTaakFactory.create(afdeling=AfdelingFactory.create(identificatie="wmo"))
        assert client.post(url(actie, vreemd), goed(actie, vreemd)).status_code == 404
        if actie not in {"nemen", "loslaten"}:
            assert client.get(url(actie, vreemd)).status_code == 404
        assert not vreemd.gebeurtenissen.exists()

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_the_kcc_reads_but_does_not_work_for_a_department(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, actie: str
    ) -> None:
        agent = client_as("kcc_medewerker")
        assert agent.get(reverse("zaken:taak", args=[taak.uuid])).status_code == 200
        assert agent.post(url(actie, taak), goed(actie, taak)).status_code == 404
        assert not taak.gebeurtenissen.exists()

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_a_missing_right_is_403(
        self, client_as: Callable[..., KccClient], taak: InterneTaak, actie: str
    ) -> None:
        leider = client_as("teamleider", afdelingen=[taak.afdeling])
        assert leider.post(url(actie, taak), goed(actie, taak)).status_code == 403

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_an_unknown_taak_is_404(self, client: KccClient, taak: InterneTaak, actie: str) -> None:
        pad = reverse(f"zaken:taak_{actie}", args=[uuid4()])
        assert client.post(pad, goed(actie, taak)).status_code == 404

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_a_get_changes_nothing(self, client: KccClient, taak: InterneTaak, actie: str) -> None:
        antwoord = client.get(url(actie, taak))
        assert antwoord.status_code == (405 if actie in {"nemen", "loslaten"} else 200)
        taak.refresh_from_db()
        assert taak.versie == 1
        assert not taak.gebeurtenissen.exists()

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_a_closed_taak_is_refused_and_the_text_stays(
        self, client: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        services.finish_interne_taak(
            taak=taak, antwoord="Klaar.", terugkoppeling="gebeld", by=client.medewerker, at=LATER
        )
        velden = goed(actie, taak)
        antwoord = client.post(url(actie, taak), velden, headers=HTMX)
        assert antwoord.status_code == 422
        html = antwoord.content.decode()
        assert "intussen afgehandeld" in html
        for getypt in ("notitie", "antwoord", "toelichting", "reden"):
            assert str(velden.get(getypt, "")) in html
        assert taak.gebeurtenissen.count() == 1

    @pytest.mark.parametrize("actie", ["antwoord", "terug", "doorsturen"])
    def test_a_stale_form_says_what_changed_and_keeps_the_text(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        services.log_contactpoging(
            taak=taak, resultaat="voicemail", notitie="", by=collega, at=LATER
        )
        velden = goed(actie, taak)
        antwoord = client.post(url(actie, taak), velden, headers=HTMX)
        html = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert "intussen gewijzigd (contactpoging door A. Bouali)" in html
        assert str(velden.get("antwoord") or velden.get("toelichting") or velden["reden"]) in html
        assert 'name="versie"' in html
        assert 'value="2"' in html
        # The screen now knows; sending it again is meant for the taak as it is.
        opnieuw = client.post(url(actie, taak), velden | {"versie": 2}, headers=HTMX)
        assert opnieuw.status_code == 204

    @pytest.mark.parametrize("actie", ["antwoord", "terug", "doorsturen"])
    def test_a_colleagues_taak_is_refused_with_his_name(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        van(taak, collega)
        antwoord = client.post(url(actie, taak), goed(actie, taak))
        assert antwoord.status_code == 422
        assert "A. Bouali heeft deze taak" in antwoord.content.decode()
        assert not taak.gebeurtenissen.exists()

    @pytest.mark.parametrize("met_htmx", [True, False])
    @pytest.mark.parametrize("actie", ["poging", "antwoord", "terug", "doorsturen"])
    def test_a_form_that_comes_after_the_taak_left_keeps_its_text(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker, actie: str, met_htmx: bool
    ) -> None:
        services.claim_interne_taak(taak=taak, by=client.medewerker, at=LATER)
        services.release_interne_taak(taak=taak, by=client.medewerker, at=LATER)
        wmo = AfdelingFactory.create(identificatie="wmo", naam="Wmo")
        services.forward_interne_taak(
            taak=taak, afdeling=wmo, reden="Geheim voor de rest.", by=collega, at=LATER
        )
        velden = goed(actie, taak)
        antwoord = client.post(url(actie, taak), velden, headers=HTMX if met_htmx else {})
        html = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert "Deze taak ligt bij Wmo" in html
        for getypt in ("notitie", "antwoord", "toelichting", "reden"):
            assert str(velden.get(getypt, "")) in html
        assert "Geheim voor de rest." not in html
        assert taak.gebeurtenissen.count() == 3

    @pytest.mark.parametrize("actie", ["poging", "antwoord"])
    def test_extra_keys_change_nothing(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        extra = {"toegewezen_aan": collega.pk, "afdeling": "9", "termijn_op": "2030-01-01"}
        client.post(url(actie, taak), extra | goed(actie, taak))
        vers = InterneTaak.objects.get(pk=taak.pk)
        assert vers.toegewezen_aan != collega
        assert (vers.afdeling, vers.termijn_op) == (taak.afdeling, taak.termijn_op)

    def test_no_form_goes_without_a_token(self, client: KccClient, taak: InterneTaak) -> None:
        client.handler.enforce_csrf_checks = True
        for actie in MUTEREND:
            assert client.post(url(actie, taak), goed(actie, taak)).status_code == 403
        assert not taak.gebeurtenissen.exists()


class TestFormErrors:
    @pytest.mark.parametrize(
        ("actie", "anders", "zin"),
        [
            ("poging", {"resultaat": ""}, "Kies hoe de poging afliep"),
            ("poging", {"resultaat": "onzin"}, "Selecteer een geldige keuze"),
            ("antwoord", {"antwoord": "  "}, "Schrijf het antwoord op"),
            ("antwoord", {"terugkoppeling": ""}, "Kies hoe de klant het antwoord heeft gekregen"),
            ("antwoord", {"antwoord": "x" * 10_001}, "hoogstens 10000 tekens"),
            ("terug", {"reden": ""}, "Kies een reden"),
            ("terug", {"toelichting": ""}, "Schrijf op wat het KCC moet weten"),
            ("doorsturen", {"afdeling": ""}, "Kies een afdeling"),
            ("doorsturen", {"afdeling": "0"}, "staat niet in de lijst"),
            ("doorsturen", {"reden": ""}, "waarom de taak daar hoort"),
            ("terug", {"versie": "x"}, "Laad de pagina opnieuw"),
        ],
    )
    def test_a_sentence_on_the_spot(
        self, client: KccClient, taak: InterneTaak, actie: str, anders: dict[str, str], zin: str
    ) -> None:
        velden = goed(actie, taak) | anders
        for koppen in ({}, HTMX):
            antwoord = client.post(url(actie, taak), velden, headers=koppen)
            assert antwoord.status_code == 422
            assert zin in antwoord.content.decode()
        assert not taak.gebeurtenissen.exists()

    def test_its_own_department_cannot_be_chosen(
        self, client: KccClient, taak: InterneTaak
    ) -> None:
        velden = goed("doorsturen", taak) | {"afdeling": taak.afdeling_id}
        assert client.post(url("doorsturen", taak), velden).status_code == 422


class TestClaim:
    def test_the_taak_is_mine(self, client: KccClient, taak: InterneTaak) -> None:
        client.post(url("nemen", taak))
        taak.refresh_from_db()
        assert (taak.toegewezen_aan, taak.toegewezen_op) == (client.medewerker, LATER)
        assert taak.status == "in_behandeling"

    def test_who_comes_second_reads_who_has_it(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        services.claim_interne_taak(taak=taak, by=collega, at=LATER)
        antwoord = client.post(url("nemen", taak), headers=HTMX)
        assert antwoord.status_code == 422
        assert "A. Bouali heeft deze taak." in antwoord.content.decode()
        taak.refresh_from_db()
        assert taak.toegewezen_aan == collega

    def test_a_double_click_is_told(self, client: KccClient, taak: InterneTaak) -> None:
        client.post(url("nemen", taak))
        antwoord = client.post(url("nemen", taak))
        assert antwoord.status_code == 422
        assert "U heeft deze taak al" in antwoord.content.decode()

    def test_what_is_in_my_name_i_can_begin_with(
        self, client: KccClient, taak: InterneTaak
    ) -> None:
        van(taak, client.medewerker, status="nieuw")
        assert client.post(url("nemen", taak)).status_code == 302

    def test_letting_go_makes_it_free_again(self, client: KccClient, taak: InterneTaak) -> None:
        client.post(url("nemen", taak))
        client.post(url("loslaten", taak))
        taak.refresh_from_db()
        assert (taak.toegewezen_aan, taak.status) == (None, "nieuw")
        assert geschiedenis(taak) == [("genomen", ""), ("losgelaten", "")]

    def test_a_colleague_lets_go_for_who_is_away_and_that_is_remembered(
        self, client: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        van(taak, collega)
        assert (
            "Maak los van A. Bouali"
            in client.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        )
        client.post(url("loslaten", taak))
        assert geschiedenis(taak) == [("losgelaten", "De taak was bij A. Bouali.")]

    def test_what_nobody_has_cannot_be_let_go(self, client: KccClient, taak: InterneTaak) -> None:
        antwoord = client.post(url("loslaten", taak))
        assert antwoord.status_code == 422
        assert "Deze taak is al los" in antwoord.content.decode()


class TestAttempt:
    def test_it_counts_and_leaves_the_taak_open(self, client: KccClient, taak: InterneTaak) -> None:
        for resultaat in ("geen_gehoor", "voicemail"):
            client.post(
                url("poging", taak), {"resultaat": resultaat, "notitie": "Later.", "versie": 1}
            )
        taak.refresh_from_db()
        assert (taak.aantal_pogingen, taak.status, taak.toegewezen_aan) == (2, "nieuw", None)
        assert geschiedenis(taak) == [
            ("contactpoging", "Geen gehoor. Later."),
            ("contactpoging", "Voicemail ingesproken. Later."),
        ]


class TestAnswer:
    def test_kept_but_not_given(self, client: KccClient, taak: InterneTaak) -> None:
        velden = {"antwoord": "Ja, dat kan.", "versie": 1, "knop": "bewaar"}
        assert client.post(url("antwoord", taak), velden).status_code == 302
        taak.refresh_from_db()
        assert (taak.antwoord, taak.status) == ("Ja, dat kan.", "in_behandeling")
        assert taak.toegewezen_aan == client.medewerker
        assert geschiedenis(taak) == [("genomen", ""), ("antwoord", "Ja, dat kan.")]
        assert taak.versie == 3
        assert "Ja, dat kan." in client.get(url("antwoord", taak)).content.decode()

    def test_given(self, client: KccClient, taak: InterneTaak) -> None:
        client.post(url("antwoord", taak), goed("antwoord", taak))
        taak.refresh_from_db()
        assert (taak.antwoord, taak.terugkoppeling) == ("Ja, dat kan.", "gebeld")
        assert (taak.afgehandeld_op, taak.afgehandeld_door) == (LATER, client.medewerker)
        assert taak.toegewezen_aan == client.medewerker
        assert taak.werkminuten == 150
        assert geschiedenis(taak) == [("afgehandeld", "Terugkoppeling: gebeld.")]
        assert whole_hour(LATER) in VuilUur.objects.values_list("uur", flat=True)

    def test_nights_and_weekends_take_no_working_time(
        self, client: KccClient, taak: InterneTaak
    ) -> None:
        services.finish_interne_taak(
            taak=taak, antwoord="Ja.", terugkoppeling="brief", by=client.medewerker,
            at=moment("2026-11-23 09:01"),
        )  # fmt: skip
        taak.refresh_from_db()
        assert taak.werkminuten == 3 * 60 + 2 * 8 * 60 + 1

    @pytest.mark.parametrize(("antwoord", "hoe"), [(" ", "gebeld"), ("Ja.", ""), ("Ja.", "duif")])
    def test_the_service_wants_both_answer_and_how(
        self, client: KccClient, taak: InterneTaak, antwoord: str, hoe: str
    ) -> None:
        with pytest.raises(services.AntwoordMissing):
            services.finish_interne_taak(
                taak=taak, antwoord=antwoord, terugkoppeling=hoe, by=client.medewerker, at=LATER
            )
        with pytest.raises(services.AntwoordMissing):
            services.save_antwoord(taak=taak, antwoord=" ", by=client.medewerker, at=LATER)
        taak.refresh_from_db()
        assert not taak.is_afgehandeld


class TestReturn:
    def test_the_kcc_has_it_the_same_second(
        self,
        client: KccClient,
        client_as: Callable[..., KccClient],
        taak: InterneTaak,
        kcc: Afdeling,
    ) -> None:
        van(taak, client.medewerker)
        client.post(url("terug", taak), goed("terug", taak))
        taak.refresh_from_db()
        assert (taak.afdeling, taak.terug_van) == (kcc, client.medewerker.afdelingen.get())
        assert (taak.toegewezen_aan, taak.status) == (None, "nieuw")
        assert taak.termijn_op == moment("2026-11-20 17:00")
        assert geschiedenis(taak) == [("teruggegeven", "Er ontbreekt informatie. Welk kenteken?")]
        agent = client_as("kcc_medewerker")
        lijst = agent.get(reverse("zaken:werkvoorraad"), {"tab": "terug"}).content.decode()
        assert taak.gevraagde_handeling in lijst
        assert "terug van Burgerzaken" in lijst
        assert client.get(reverse("zaken:taak", args=[taak.uuid])).status_code == 404
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
        self, client: KccClient, taak: InterneTaak, kcc: Afdeling
    ) -> None:
        kcc.delete()
        antwoord = client.post(url("terug", taak), goed("terug", taak))
        assert antwoord.status_code == 422
        assert "nog geen afdeling aangewezen als KCC" in antwoord.content.decode()

    def test_the_service_wants_a_reason(
        self, client: KccClient, taak: InterneTaak, kcc: Afdeling
    ) -> None:
        with pytest.raises(services.RedenMissing):
            services.return_interne_taak(
                taak=taak, reden="anders", toelichting=" ", by=client.medewerker, at=LATER
            )
        with pytest.raises(services.RedenMissing):
            services.forward_interne_taak(
                taak=taak, afdeling=kcc, reden=" ", by=client.medewerker, at=LATER
            )


class TestForward:
    @pytest.mark.parametrize("dagen", [0, 30])
    def test_the_promise_to_the_citizen_stays(
        self, client: KccClient, taak: InterneTaak, dagen: int
    ) -> None:
        van(taak, client.medewerker)
        services.forward_interne_taak(
            taak=taak,
            afdeling=AfdelingFactory.create(identificatie="parkeren"),
            reden="Gaat over parkeren.",
            by=client.medewerker,
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
        self, client: KccClient, taak: InterneTaak
    ) -> None:
        weg = AfdelingFactory.create(identificatie="weg", is_actief=False)
        with pytest.raises(services.AfdelingClosed):
            services.forward_interne_taak(
                taak=taak, afdeling=weg, reden="x", by=client.medewerker, at=LATER
            )
        with pytest.raises(services.TaakAlreadyThere):
            services.forward_interne_taak(
                taak=taak, afdeling=taak.afdeling, reden="x", by=client.medewerker, at=LATER
            )


class TestPage:
    @pytest.fixture
    def taak(self, kcc: Afdeling) -> InterneTaak:
        partij = PartijFactory.create(
            indicatie_geheimhouding=True, straatnaam="Geheimstraat", huisnummer=7
        )
        DigitaalAdres.objects.create(partij=partij, soort="telefoonnummer", adres="+31612345678")
        return InterneTaakFactory.create(klantcontact__partij=partij)

    def test_reading_it_is_logged_with_the_number_as_purpose(
        self, client: KccClient, taak: InterneTaak
    ) -> None:
        html = client.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Maria de Vries" in html
        assert "06 12345678" in html
        regel = Verwerkingslogregel.objects.get()
        assert (regel.medewerker, regel.doel) == (client.medewerker, taak.nummer)
        assert taak.klantcontact.partij is not None
        assert regel.partij_uuid == taak.klantcontact.partij.uuid

    @pytest.mark.parametrize("koppen", [{}, HTMX])
    def test_a_secret_address_is_shown_when_asked_for_and_that_is_logged(
        self, client: KccClient, taak: InterneTaak, koppen: dict[str, str]
    ) -> None:
        html = client.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Geheimhouding." in html
        assert "Geheimstraat" not in html
        assert client.get(url("adres", taak)).status_code == 405
        html = client.post(url("adres", taak), headers=koppen).content.decode()
        assert "Geheimstraat 7" in html
        assert Verwerkingslogregel.objects.filter(handeling="geheim adres getoond").count() == 1

    def test_a_secret_address_of_another_department_is_not_there(
        self, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        vreemd = client_as("vakspecialist", afdelingen=[AfdelingFactory.create(identificatie="x")])
        assert vreemd.post(url("adres", taak)).status_code == 404
        assert vreemd.get(reverse("zaken:taak", args=[taak.uuid])).status_code == 404
        assert not Verwerkingslogregel.objects.exists()

    def test_the_agent_sees_history_and_answer_and_no_buttons(
        self, client: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        client.post(url("poging", taak), goed("poging", taak))
        client.post(url("antwoord", taak), goed("antwoord", taak) | {"versie": 2})
        agent = client_as("kcc_medewerker")
        html = agent.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Geen gehoor. Na 16 uur." in html
        assert "Ja, dat kan." in html
        assert url("poging", taak) not in html

    def test_an_open_taak_of_a_department_is_read_only_for_the_kcc(
        self, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        agent = client_as("kcc_medewerker")
        html = agent.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "U leest mee. Burgerzaken behandelt deze taak." in html
        assert url("nemen", taak) not in html

    def test_text_of_people_is_never_markup(self, client: KccClient, taak: InterneTaak) -> None:
        velden = goed("poging", taak) | {"notitie": "<script>alert(1)</script>"}
        client.post(url("poging", taak), velden)
        html = client.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_the_fragment_costs_the_same_for_every_history(
        self, client: KccClient, taak: InterneTaak, django_assert_num_queries: Any
    ) -> None:
        pad = reverse("zaken:taak", args=[taak.uuid]) + "?tab=burgerzaken"
        client.get(pad)
        for _ in range(2):
            # session, user, taak; a line in the log within two savepoints (5); calendar (2);
            # departments, count and rows of the list; may I work on it, addresses, history
            with django_assert_num_queries(16):
                client.get(pad, headers=HTMX)
            for _ in range(20):
                services.log_contactpoging(
                    taak=taak, resultaat="geen_gehoor", notitie="", by=client.medewerker, at=LATER
                )
