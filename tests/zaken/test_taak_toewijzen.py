"""Handing a taak to a colleague, its priority, and the call-back window."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from organisatie.models import Afwezigheid, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import AfdelingFactory, MedewerkerFactory, moment
from tests.zaken.hulp import LATER, geschiedenis, goed, url, van
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("later")


def afwezig(wie: Medewerker, vervanger: Medewerker | None = None) -> None:
    Afwezigheid.objects.create(
        medewerker=wie,
        van=moment("2026-11-16 00:00"),
        tot=moment("2026-11-23 09:00"),
        vervanger=vervanger,
    )


class TestToewijzen:
    def test_a_free_taak_goes_to_a_colleague_who_has_yet_to_begin(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        velden = {"medewerker": collega.pk, "versie": 1}
        assert vakspecialist.post(url("toewijzen", taak), velden).status_code == 302
        taak.refresh_from_db()
        assert (taak.toegewezen_aan, taak.status) == (collega, "nieuw")
        assert taak.toegewezen_op == LATER
        assert taak.aantal_overdrachten == 1  # the citizen has not been sent on
        assert geschiedenis(taak) == [("toegewezen", "Aan A. Bouali.")]

    def test_out_of_ones_own_hands_counts_as_passed_on(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        van(taak, vakspecialist.medewerker)
        vakspecialist.post(url("toewijzen", taak), {"medewerker": collega.pk, "versie": 1})
        taak.refresh_from_db()
        assert taak.aantal_overdrachten == 2
        assert geschiedenis(taak) == [("toegewezen", "Aan A. Bouali; de taak was bij K. Smit.")]

    def test_only_a_coordinator_gives_away_what_a_colleague_has(
        self,
        vakspecialist: KccClient,
        client_as: Callable[..., KccClient],
        taak: InterneTaak,
        collega: Medewerker,
    ) -> None:
        van(taak, collega)
        velden = goed("toewijzen", taak)
        antwoord = vakspecialist.post(url("toewijzen", taak), velden)
        assert antwoord.status_code == 422
        assert "Alleen A. Bouali of een coördinator" in antwoord.content.decode()
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert url("toewijzen", taak) not in html
        coordinator = client_as("coordinator")
        assert coordinator.post(url("toewijzen", taak), velden).status_code == 302
        taak.refresh_from_db()
        assert taak.toegewezen_aan_id == velden["medewerker"]

    def test_of_who_is_away_the_replacement_is_one_click(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        vervanger = MedewerkerFactory.create(
            rollen=["vakspecialist"], achternaam="Kaya", afdelingen=[taak.afdeling]
        )
        afwezig(collega, vervanger)
        velden: dict[str, Any] = {"medewerker": collega.pk, "versie": 1}
        html = vakspecialist.get(url("toewijzen", taak), headers=HTMX).content.decode()
        assert "A. Bouali (afwezig)" in html
        antwoord = vakspecialist.post(url("toewijzen", taak), velden, headers=HTMX)
        html = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert "A. Bouali is afwezig tot 23 november, 09:00 uur. A. Kaya vervangt A. Bouali" in html
        assert "Geef aan A. Kaya" in html
        assert f'name="medewerker" value="{vervanger.pk}"' in html
        assert not taak.gebeurtenissen.exists()
        velden["medewerker"] = vervanger.pk
        assert vakspecialist.post(url("toewijzen", taak), velden).status_code == 302
        taak.refresh_from_db()
        assert taak.toegewezen_aan == vervanger

    def test_a_replacement_of_another_department_is_named_but_not_offered(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        elders = MedewerkerFactory.create(
            rollen=["vakspecialist"], afdelingen=[AfdelingFactory.create(identificatie="wmo")]
        )
        afwezig(collega, elders)
        html = vakspecialist.post(
            url("toewijzen", taak), {"medewerker": collega.pk, "versie": 1}, headers=HTMX
        ).content.decode()
        assert "afwezig" in html
        assert "Geef aan" not in html.replace("Geef aan collega", "")

    @pytest.mark.parametrize("wie", ["elders", "kcc_medewerker", "weg"])
    def test_only_who_works_on_taken_there_can_be_chosen(
        self, vakspecialist: KccClient, taak: InterneTaak, wie: str
    ) -> None:
        ander = MedewerkerFactory.create(
            rollen=["teamleider" if wie == "kcc_medewerker" else "vakspecialist"],
            afdelingen=[AfdelingFactory.create(identificatie="wmo")]
            if wie == "elders"
            else [taak.afdeling],
            is_active=wie != "weg",
        )
        antwoord = vakspecialist.post(url("toewijzen", taak), {"medewerker": ander.pk, "versie": 1})
        assert antwoord.status_code == 422
        with pytest.raises(services.MedewerkerUnavailable):
            services.assign_interne_taak(taak=taak, to=ander, by=vakspecialist.medewerker, at=LATER)

    def test_who_has_it_cannot_get_it_again(
        self, vakspecialist: KccClient, taak: InterneTaak, collega: Medewerker
    ) -> None:
        van(taak, vakspecialist.medewerker)
        with pytest.raises(services.TaakAlreadyWith):
            services.assign_interne_taak(
                taak=taak, to=vakspecialist.medewerker, by=vakspecialist.medewerker, at=LATER
            )


class TestPrioriteit:
    def test_it_changes_and_is_remembered(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        vakspecialist.post(url("prioriteit", taak), goed("prioriteit", taak))
        taak.refresh_from_db()
        assert taak.prioriteit == 1
        assert geschiedenis(taak) == [("prioriteit", "Van gewoon naar hoog.")]
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "hoge prioriteit" in html

    @pytest.mark.parametrize("waarde", ["2", "9", ""])
    def test_the_same_or_nonsense_is_refused(
        self, vakspecialist: KccClient, taak: InterneTaak, waarde: str
    ) -> None:
        velden = {"prioriteit": waarde, "versie": 1}
        assert vakspecialist.post(url("prioriteit", taak), velden).status_code == 422


class TestTerugbellen:
    def test_it_is_planned_shown_and_taken_back(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        vakspecialist.post(url("terugbellen", taak), goed("terugbellen", taak))
        taak.refresh_from_db()
        assert taak.terugbellen_van == moment("2026-11-19 10:00")
        assert taak.terugbellen_tot == moment("2026-11-19 12:00")
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Terugbellen donderdag 19 november, 10.00 tot 12.00 uur" in html
        html = vakspecialist.get(url("terugbellen", taak), headers=HTMX).content.decode()
        assert 'value="2026-11-19"' in html
        assert 'value="10:00"' in html
        vakspecialist.post(url("terugbellen", taak), {"knop": "vervalt", "versie": 2})
        taak.refresh_from_db()
        assert taak.terugbellen_van is None
        assert geschiedenis(taak)[1] == ("terugbelafspraak", "Vervallen.")

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"tot": "10:00"}, "eindigt na het begin"),
            ({"tot": "17:30"}, "open van 09.00 tot 17.00 uur"),
            ({"van": "08:00"}, "open van 09.00 tot 17.00 uur"),
            ({"dag": "2026-11-21"}, "die dag dicht"),
            ({"dag": "2026-11-18", "van": "16:00", "tot": "16:45"}, "al begonnen of voorbij"),
            ({"dag": ""}, "Kies een dag"),
        ],
    )
    def test_only_while_we_are_open_and_not_in_the_past(
        self, vakspecialist: KccClient, taak: InterneTaak, anders: dict[str, str], zin: str
    ) -> None:
        velden = goed("terugbellen", taak) | anders
        antwoord = vakspecialist.post(url("terugbellen", taak), velden)
        assert antwoord.status_code == 422
        assert zin in antwoord.content.decode()
        assert not taak.gebeurtenissen.exists()

    def test_there_is_nothing_to_take_back(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        velden = {"knop": "vervalt", "versie": 1}
        assert vakspecialist.post(url("terugbellen", taak), velden).status_code == 422
