"""Taken that belong together: linked, or merged into one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from organisatie.models import Afdeling, Medewerker
from tests.conftest import KccClient
from tests.contacts.test_races import together
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    PartijFactory,
    gewone_openingstijden,
)
from tests.zaken.hulp import LATER, andere_van, geschiedenis, url, van
from zaken import services
from zaken.models import InterneTaak, TaakKoppeling


@pytest.fixture
def twee(taak: InterneTaak) -> InterneTaak:
    return andere_van(taak)


@pytest.mark.usefixtures("later")
class TestKoppelen:
    def test_both_show_one_another(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        vakspecialist.post(url("koppelen", taak), {"nummer": twee.nummer, "versie": 1})
        for deze, ander in ((taak, twee), (twee, taak)):
            html = vakspecialist.get(reverse("zaken:taak", args=[deze.uuid])).content.decode()
            assert reverse("zaken:taak", args=[ander.uuid]) in html
            assert geschiedenis(deze) == [("gekoppeld", f"Met {ander.nummer}.")]
        assert TaakKoppeling.objects.count() == 1

    def test_once_and_not_to_itself(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        wie = vakspecialist.medewerker
        services.link_taken(taak=twee, andere=taak, by=wie, at=LATER)
        velden = {"nummer": twee.nummer, "versie": 2}
        antwoord = vakspecialist.post(url("koppelen", taak), velden)
        assert antwoord.status_code == 422
        assert "zijn al gekoppeld" in antwoord.content.decode()
        with pytest.raises(services.KoppelingExists):
            services.link_taken(taak=taak, andere=taak, by=wie, at=LATER)

    def test_a_linked_taak_of_another_department_is_not_shown(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        services.link_taken(taak=taak, andere=twee, by=vakspecialist.medewerker, at=LATER)
        wmo = AfdelingFactory.create(identificatie="wmo")
        services.forward_interne_taak(
            taak=twee, afdeling=wmo, reden="Wmo.", by=vakspecialist.medewerker, at=LATER
        )
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert str(twee.uuid) not in html


@pytest.mark.usefixtures("later")
class TestSamenvoegen:
    def test_the_double_closes_and_lives_on_in_the_other(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        taak.toelichting = "Belde gisteren ook al."
        taak.save()
        services.log_contactpoging(
            taak=taak, resultaat="voicemail", notitie="", by=vakspecialist.medewerker, at=LATER
        )
        velden = {"nummer": twee.nummer, "versie": 2}
        assert vakspecialist.post(url("samenvoegen", taak), velden).status_code == 302
        taak.refresh_from_db()
        twee.refresh_from_db()
        assert (taak.samengevoegd_met, taak.status) == (twee, "afgehandeld")
        assert twee.status == "nieuw"
        assert geschiedenis(taak)[-1] == ("samengevoegd", f"Opgegaan in {twee.nummer}.")
        html = vakspecialist.get(reverse("zaken:taak", args=[twee.uuid])).content.decode()
        assert "Belde gisteren ook al." in html
        assert "Voicemail ingesproken" in html
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "is opgegaan in" in html
        assert url("heropenen", taak) not in html

    def test_the_earlier_of_two_promises_holds(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        eerder = taak.termijn_op - timedelta(days=1)
        InterneTaak.objects.filter(pk=taak.pk).update(termijn_op=eerder)
        services.merge_taken(taak=taak, in_taak=twee, by=vakspecialist.medewerker, at=LATER)
        twee.refresh_from_db()
        assert twee.termijn_op == eerder

    def test_it_is_undone_within_the_day(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        van(taak, vakspecialist.medewerker)
        services.merge_taken(taak=taak, in_taak=twee, by=vakspecialist.medewerker, at=LATER)
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert url("losmaken", taak) in html
        assert vakspecialist.get(url("losmaken", taak)).status_code == 405
        assert vakspecialist.post(url("losmaken", taak)).status_code == 302
        taak.refresh_from_db()
        assert (taak.samengevoegd_met, taak.status) == (None, "in_behandeling")
        assert taak.toegewezen_aan == vakspecialist.medewerker
        assert vakspecialist.post(url("losmaken", taak)).status_code == 422  # once

    def test_and_not_after_it(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        services.merge_taken(taak=taak, in_taak=twee, by=vakspecialist.medewerker, at=LATER)
        with time_machine.travel(LATER + timedelta(hours=16), tick=False):
            vakspecialist.force_login(
                vakspecialist.medewerker, backend="organisatie.backends.MedewerkerBackend"
            )
            html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
            assert url("losmaken", taak) not in html
            assert vakspecialist.post(url("losmaken", taak)).status_code == 422
        taak.refresh_from_db()
        assert taak.samengevoegd_met == twee

    def test_not_of_another_person_nor_of_one_known_and_one_unknown(
        self, vakspecialist: KccClient, taak: InterneTaak, twee: InterneTaak
    ) -> None:
        twee.klantcontact.partij = PartijFactory.create()
        twee.klantcontact.save()
        velden = {"nummer": twee.nummer, "versie": 1}
        antwoord = vakspecialist.post(url("samenvoegen", taak), velden)
        assert antwoord.status_code == 422
        assert "niet over dezelfde klant" in antwoord.content.decode()

    @pytest.mark.parametrize("wat", ["dicht", "van een ander", "zichzelf"])
    def test_not_with_what_is_closed_or_a_colleagues(
        self,
        vakspecialist: KccClient,
        taak: InterneTaak,
        twee: InterneTaak,
        collega: Medewerker,
        wat: str,
    ) -> None:
        if wat == "dicht":
            services.finish_interne_taak(
                taak=twee, antwoord="Ja.", terugkoppeling="gebeld", by=collega, at=LATER
            )
        if wat == "van een ander":
            van(twee, collega)
        with pytest.raises(services.TaakFout):
            services.merge_taken(
                taak=taak,
                in_taak=taak if wat == "zichzelf" else twee,
                by=vakspecialist.medewerker,
                at=LATER,
            )
        taak.refresh_from_db()
        assert taak.status == "nieuw"

    def test_doubles_of_the_same_person_are_offered(
        self, vakspecialist: KccClient, kcc: Afdeling
    ) -> None:
        partij = PartijFactory.create()
        taak = InterneTaakFactory.create(klantcontact__partij=partij)
        twee = andere_van(taak)
        html = vakspecialist.get(url("samenvoegen", taak)).content.decode()
        assert f"Voeg samen met {twee.nummer}" in html


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_two_taken_crosswise_do_not_hang_and_one_stays() -> None:
    gewone_openingstijden()
    wie = [
        MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[AfdelingFactory.create()])
        for _ in range(2)
    ]
    taak = InterneTaakFactory.create()
    twee = andere_van(taak)

    def merge(een: InterneTaak, ander: InterneTaak, by: Medewerker) -> Callable[[], None]:
        def run() -> None:
            services.merge_taken(taak=een, in_taak=ander, by=by, at=LATER)

        return run

    fouten = together(merge(taak, twee, wie[0]), merge(twee, taak, wie[1]))
    assert [type(fout) for fout in fouten] == [services.TaakAlreadyClosed]
    assert InterneTaak.objects.filter(samengevoegd_met__isnull=False).count() == 1
