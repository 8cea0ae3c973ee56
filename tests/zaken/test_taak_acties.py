"""Each action on a taak: the same questions for every view that changes something."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import Afdeling, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
)
from tests.zaken.hulp import LATER, MUTEREND, goed, url, van
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("later")


MET_VERSIE = [a for a in MUTEREND if a not in {"nemen", "loslaten", "poging", "bijlage"}]
GETYPT = ("notitie", "antwoord", "toelichting", "reden", "tekst", "nummer", "dag", "ander_adres")


class TestEachAction:
    """The same questions for every view that changes something."""

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_works_without_htmx(
        self, vakspecialist: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        if actie in {"loslaten", "bericht"}:
            van(taak, vakspecialist.medewerker)
        antwoord = vakspecialist.post(url(actie, taak), goed(actie, taak))
        assert antwoord.status_code == 302
        taak.refresh_from_db()
        assert taak.versie == 2
        (gebeurtenis,) = taak.gebeurtenissen.all()
        assert (gebeurtenis.door, gebeurtenis.op) == (vakspecialist.medewerker, LATER)
        assert vakspecialist.get(antwoord["Location"]).status_code == 200

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_works_with_htmx(self, vakspecialist: KccClient, taak: InterneTaak, actie: str) -> None:
        if actie in {"loslaten", "bericht"}:
            van(taak, vakspecialist.medewerker)
        antwoord = vakspecialist.post(url(actie, taak), goed(actie, taak), headers=HTMX)
        assert antwoord.status_code == 204
        if actie in {"terug", "doorsturen"}:
            assert antwoord["HX-Redirect"] == reverse("zaken:werkvoorraad")
        else:
            assert "taak-gewijzigd" in antwoord["HX-Trigger"]
        assert taak.gebeurtenissen.count() == 1

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_marks_the_hours_of_its_figures(
        self, vakspecialist: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        if actie in {"loslaten", "bericht"}:
            van(taak, vakspecialist.medewerker)
        vakspecialist.post(url(actie, taak), goed(actie, taak))
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        momenten = [taak.klantcontact.plaatsgevonden_op, taak.aangemaakt_op, taak.termijn_op]
        assert {whole_hour(m) for m in momenten} <= vuil

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_another_departments_taak_is_not_there(
        self, vakspecialist: KccClient, actie: str, kcc: Afdeling
    ) -> None:
        vreemd = InterneTaakFactory.create(afdeling=AfdelingFactory.create(identificatie="wmo"))
        assert vakspecialist.post(url(actie, vreemd), goed(actie, vreemd)).status_code == 404
        if actie not in {"nemen", "loslaten"}:
            assert vakspecialist.get(url(actie, vreemd)).status_code == 404
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
    def test_an_unknown_taak_is_404(
        self, vakspecialist: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        pad = reverse(f"zaken:taak_{actie}", args=[uuid4()])
        assert vakspecialist.post(pad, goed(actie, taak)).status_code == 404

    @pytest.mark.parametrize("actie", MUTEREND)
    def test_a_get_changes_nothing(
        self, vakspecialist: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        antwoord = vakspecialist.get(url(actie, taak))
        assert antwoord.status_code == (405 if actie in {"nemen", "loslaten"} else 200)
        taak.refresh_from_db()
        assert taak.versie == 1
        assert not taak.gebeurtenissen.exists()

    @pytest.mark.parametrize("actie", [actie for actie in MUTEREND if actie != "koppelen"])
    def test_a_closed_taak_is_refused_and_the_text_stays(
        self, vakspecialist: KccClient, taak: InterneTaak, actie: str
    ) -> None:
        services.finish_interne_taak(
            taak=taak,
            antwoord="Klaar.",
            terugkoppeling="gebeld",
            by=vakspecialist.medewerker,
            at=LATER,
        )
        velden = goed(actie, taak)
        antwoord = vakspecialist.post(url(actie, taak), velden, headers=HTMX)
        assert antwoord.status_code == 422
        html = antwoord.content.decode()
        assert "intussen afgehandeld" in html
        for getypt in GETYPT:
            assert str(velden.get(getypt, "")) in html
        assert taak.gebeurtenissen.count() == 1

    @pytest.mark.parametrize("actie", MET_VERSIE)
    def test_a_stale_form_says_what_changed_and_keeps_the_text(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        services.log_contactpoging(
            taak=taak, resultaat="voicemail", notitie="", by=collega, at=LATER
        )
        velden = goed(actie, taak)
        antwoord = vakspecialist.post(url(actie, taak), velden, headers=HTMX)
        html = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert "intussen gewijzigd (contactpoging door A. Bouali)" in html
        for getypt in GETYPT:
            assert str(velden.get(getypt, "")) in html
        assert 'name="versie"' in html
        assert 'value="2"' in html
        # The screen now knows; sending it again is meant for the taak as it is.
        opnieuw = vakspecialist.post(url(actie, taak), velden | {"versie": 2}, headers=HTMX)
        assert opnieuw.status_code == 204

    @pytest.mark.parametrize(
        "actie", [a for a in MET_VERSIE if a not in {"prioriteit", "koppelen"}]
    )
    def test_a_colleagues_taak_is_refused_with_his_name(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        van(taak, collega)
        antwoord = vakspecialist.post(url(actie, taak), goed(actie, taak))
        assert antwoord.status_code == 422
        assert "A. Bouali heeft deze taak" in antwoord.content.decode()
        assert not taak.gebeurtenissen.exists()

    @pytest.mark.parametrize("met_htmx", [True, False])
    @pytest.mark.parametrize("actie", ["poging", "bijlage", *MET_VERSIE])
    def test_a_form_that_comes_after_the_taak_left_keeps_its_text(
        self,
        vakspecialist: KccClient,
        taak: InterneTaak,
        collega: Medewerker,
        actie: str,
        met_htmx: bool,
    ) -> None:
        services.claim_interne_taak(taak=taak, by=vakspecialist.medewerker, at=LATER)
        services.release_interne_taak(taak=taak, by=vakspecialist.medewerker, at=LATER)
        wmo = AfdelingFactory.create(identificatie="wmo", naam="Wmo")
        services.forward_interne_taak(
            taak=taak, afdeling=wmo, reden="Geheim voor de rest.", by=collega, at=LATER
        )
        velden = goed(actie, taak)
        antwoord = vakspecialist.post(url(actie, taak), velden, headers=HTMX if met_htmx else {})
        html = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert "Deze taak ligt bij Wmo" in html
        for getypt in GETYPT:
            assert str(velden.get(getypt, "")) in html
        assert "Geheim voor de rest." not in html
        assert taak.gebeurtenissen.count() == 3

    @pytest.mark.parametrize("actie", ["poging", "antwoord"])
    def test_extra_keys_change_nothing(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker, actie: str
    ) -> None:
        extra = {"toegewezen_aan": collega.pk, "afdeling": "9", "termijn_op": "2030-01-01"}
        vakspecialist.post(url(actie, taak), extra | goed(actie, taak))
        vers = InterneTaak.objects.get(pk=taak.pk)
        assert vers.toegewezen_aan != collega
        assert (vers.afdeling, vers.termijn_op) == (taak.afdeling, taak.termijn_op)

    def test_no_form_goes_without_a_token(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        vakspecialist.handler.enforce_csrf_checks = True
        for actie in MUTEREND:
            assert vakspecialist.post(url(actie, taak), goed(actie, taak)).status_code == 403
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
        self,
        vakspecialist: KccClient,
        taak: InterneTaak,
        actie: str,
        anders: dict[str, str],
        zin: str,
    ) -> None:
        velden = goed(actie, taak) | anders
        for koppen in ({}, HTMX):
            antwoord = vakspecialist.post(url(actie, taak), velden, headers=koppen)
            assert antwoord.status_code == 422
            assert zin in antwoord.content.decode()
        assert not taak.gebeurtenissen.exists()

    def test_its_own_department_cannot_be_chosen(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        velden = goed("doorsturen", taak) | {"afdeling": taak.afdeling_id}
        assert vakspecialist.post(url("doorsturen", taak), velden).status_code == 422
