"""The page of one taak: what is shown to whom, and what is logged about it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from contacts.models import DigitaalAdres
from kcc.models import Verwerkingslogregel
from organisatie.models import Afdeling
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    PartijFactory,
)
from tests.zaken.hulp import LATER, goed, url
from zaken import services
from zaken.models import InterneTaak

pytestmark = pytest.mark.usefixtures("later")


class TestPage:
    @pytest.fixture
    def taak(self, kcc: Afdeling) -> InterneTaak:
        partij = PartijFactory.create(
            indicatie_geheimhouding=True, straatnaam="Geheimstraat", huisnummer=7
        )
        DigitaalAdres.objects.create(partij=partij, soort="telefoonnummer", adres="+31612345678")
        return InterneTaakFactory.create(klantcontact__partij=partij)

    def test_reading_it_is_logged_with_the_number_as_purpose(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Maria de Vries" in html
        assert "06 12345678" in html
        regel = Verwerkingslogregel.objects.get(doel=taak.nummer)
        assert regel.medewerker == vakspecialist.medewerker
        assert taak.klantcontact.partij is not None
        assert regel.partij_uuid == taak.klantcontact.partij.uuid

    @pytest.mark.parametrize("koppen", [{}, HTMX])
    def test_a_secret_address_is_shown_when_asked_for_and_that_is_logged(
        self, vakspecialist: KccClient, taak: InterneTaak, koppen: dict[str, str]
    ) -> None:
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "Geheimhouding." in html
        assert "Geheimstraat" not in html
        assert vakspecialist.get(url("adres", taak)).status_code == 405
        html = vakspecialist.post(url("adres", taak), headers=koppen).content.decode()
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
        self, vakspecialist: KccClient, client_as: Callable[..., KccClient], taak: InterneTaak
    ) -> None:
        vakspecialist.post(url("poging", taak), goed("poging", taak))
        vakspecialist.post(url("antwoord", taak), goed("antwoord", taak) | {"versie": 2})
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

    def test_text_of_people_is_never_markup(
        self, vakspecialist: KccClient, taak: InterneTaak
    ) -> None:
        velden = goed("poging", taak) | {"notitie": "<script>alert(1)</script>"}
        vakspecialist.post(url("poging", taak), velden)
        html = vakspecialist.get(reverse("zaken:taak", args=[taak.uuid])).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_the_fragment_costs_the_same_for_every_history(
        self, vakspecialist: KccClient, taak: InterneTaak, django_assert_num_queries: Any
    ) -> None:
        pad = reverse("zaken:taak", args=[taak.uuid]) + "?tab=burgerzaken"
        vakspecialist.get(pad)
        for _ in range(2):
            # session, user, taak; a line in the log within two savepoints (5); calendar (2);
            # departments, count and rows of the list; may I work on it, addresses, history;
            # answers of the intake, files, links, doubles, and zaken that it belongs to
            with django_assert_num_queries(22):
                vakspecialist.get(pad, headers=HTMX)
            for _ in range(20):
                services.log_contactpoging(
                    taak=taak,
                    resultaat="geen_gehoor",
                    notitie="",
                    by=vakspecialist.medewerker,
                    at=LATER,
                )
