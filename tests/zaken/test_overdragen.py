"""Handing a question off to a department: the service, the panel and the page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from contacts.models import DigitaalAdres, Klantcontact
from contacts.numbers import parse_nummer
from contacts.services import KlantcontactAlreadyClosed, KlantcontactIncomplete
from kcc.models import VuilUur
from kcc.services import whole_hour
from organisatie.models import Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    ProductFactory,
    moment,
)
from zaken import services
from zaken.models import Intakevraag, InterneTaak, Overdrachtsafspraak

pytestmark = pytest.mark.usefixtures("openingstijden")


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def client(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("kcc_medewerker")


@pytest.fixture
def contact(client: KccClient) -> Klantcontact:
    """An open question about a passport of somebody with a phone."""
    partij = PartijFactory.create()
    DigitaalAdres.objects.create(partij=partij, soort="telefoonnummer", adres="+31612345678")
    return KlantcontactFactory.create(
        medewerker=client.medewerker, partij=partij, product=ProductFactory.create(),
        onderwerp="Kan mijn paspoort met spoed?", inhoud="Vliegt zaterdag.",
    )  # fmt: skip


def afspraak(contact: Klantcontact, *, vragen: list[str] = [], **velden: Any) -> Any:  # noqa: B006
    product = contact.product
    assert product is not None
    gemaakt = Overdrachtsafspraak.objects.create(
        **{
            "product": product, "afdeling": product.afdeling, "termijn_aantal": 4,
            "termijn_eenheid": "werkuren", "geldig_vanaf": date(2026, 1, 1), **velden,
        }
    )  # fmt: skip
    for plek, tekst in enumerate(vragen, start=1):
        Intakevraag.objects.create(afspraak=gemaakt, volgorde=plek, tekst=tekst)
    return gemaakt


def overdragen(contact: Klantcontact, **velden: Any) -> InterneTaak:
    return services.hand_off(
        **{
            "klantcontact": contact, "afdeling": AfdelingFactory.create(),
            "gevraagde_handeling": "Terugbellen", "toelichting": "", "by": contact.medewerker,
            "at": WOENSDAG, **velden,
        }
    )  # fmt: skip


def panel(contact: Klantcontact) -> str:
    return reverse("zaken:overdragen", args=[contact.uuid])


def ingevuld(contact: Klantcontact, **anders: Any) -> dict[str, Any]:
    return {
        "afdeling": AfdelingFactory.create().pk,
        "medewerker": "",
        "gevraagde_handeling": "Terugbellen over spoed",
        "toelichting": "Vliegt zaterdag.",
        **anders,
    }


class TestService:
    def test_the_contact_closes_and_the_taak_stands(self, contact: Klantcontact) -> None:
        taak = overdragen(contact)
        contact.refresh_from_db()
        assert contact.gespreksresultaat == "overgedragen"
        assert contact.afgerond_op == WOENSDAG
        assert taak.klantcontact == contact
        assert taak.nummer[0] == "T"
        assert parse_nummer(taak.nummer) == taak.nummer
        assert [(g.soort, g.afdeling) for g in taak.gebeurtenissen.all()] == [
            ("overgedragen", taak.afdeling)
        ]

    def test_without_an_agreement_the_term_is_two_working_days(self, contact: Klantcontact) -> None:
        taak = overdragen(contact)
        assert (taak.termijn_op, taak.afspraak) == (moment("2026-11-20 17:00"), None)

    def test_an_agreement_that_holds_today_sets_the_term(self, contact: Klantcontact) -> None:
        afspraak(contact, geldig_vanaf=date(2025, 1, 1), geldig_tot=date(2026, 11, 17))
        geldig = afspraak(contact, geldig_vanaf=date(2026, 11, 18))
        afspraak(contact, geldig_vanaf=date(2026, 11, 19), termijn_aantal=1)
        taak = overdragen(contact)
        assert (taak.termijn_op, taak.afspraak) == (moment("2026-11-19 10:00"), geldig)

    def test_an_agreement_binds_only_the_department_that_made_it(
        self, contact: Klantcontact
    ) -> None:
        afspraak(contact)
        taak = overdragen(contact, afdeling=AfdelingFactory.create(identificatie="parkeren"))
        assert (taak.termijn_op, taak.afspraak) == (moment("2026-11-20 17:00"), None)

    def test_the_hours_of_contact_and_term_become_dirty(self, contact: Klantcontact) -> None:
        taak = overdragen(contact)
        vuil = set(VuilUur.objects.values_list("uur", flat=True))
        assert {whole_hour(WOENSDAG), whole_hour(taak.termijn_op)} <= vuil

    def test_a_failure_leaves_the_contact_open(
        self, contact: Klantcontact, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stuk(**kwargs: object) -> None:
            raise RuntimeError("stuk")

        monkeypatch.setattr("zaken.services.overdracht.add_gebeurtenis", stuk)
        with pytest.raises(RuntimeError):
            overdragen(contact)
        contact.refresh_from_db()
        assert contact.afgerond_op is None
        assert not InterneTaak.objects.exists()
        assert not VuilUur.objects.exists()

    def test_a_second_time_is_refused(self, contact: Klantcontact) -> None:
        overdragen(contact)
        with pytest.raises(KlantcontactAlreadyClosed):
            overdragen(contact)
        assert InterneTaak.objects.count() == 1

    def test_a_question_is_needed(self, contact: Klantcontact) -> None:
        Klantcontact.objects.filter(pk=contact.pk).update(onderwerp="")
        with pytest.raises(KlantcontactIncomplete):
            overdragen(contact)

    @pytest.mark.parametrize("reden", ["elders", "weg", "zonder rol"])
    def test_somebody_who_does_not_work_there_gets_no_taak(
        self, contact: Klantcontact, reden: str
    ) -> None:
        afdeling = AfdelingFactory.create()
        wie = MedewerkerFactory.create(
            rollen=[] if reden == "zonder rol" else ["vakspecialist"],
            is_active=reden != "weg",
            afdelingen=[AfdelingFactory.create(identificatie="elders")]
            if reden == "elders"
            else [afdeling],
        )
        with pytest.raises(services.MedewerkerUnavailable, match="behandelt geen taken"):
            overdragen(contact, toegewezen_aan=wie)

    def test_a_department_that_is_gone_gets_no_taak(self, contact: Klantcontact) -> None:
        weg = AfdelingFactory.create(identificatie="weg", is_actief=False)
        with pytest.raises(services.AfdelingClosed, match="bestaat niet meer"):
            overdragen(contact, afdeling=weg)


class TestPanel:
    def test_it_says_what_to_ask_and_what_to_promise(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        afspraak(contact, vragen=["Wanneer vertrekt u?", "Heeft u een identiteitskaart?"])
        html = client.get(panel(contact), headers=HTMX).content.decode()
        assert "<html" not in html
        zin = "De afdeling Burgerzaken belt u uiterlijk morgen, donderdag 19 november, voor 10.00"
        assert zin in html
        assert "Wanneer vertrekt u?" in html
        assert "Heeft u een identiteitskaart?" in html
        assert 'value="Kan mijn paspoort met spoed?"' in html
        assert "Vliegt zaterdag." in html

    def test_it_is_a_page_of_its_own_without_htmx(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        html = client.get(panel(contact)).content.decode()
        assert "<html" in html
        assert "Toon medewerkers" in html

    def test_another_department_brings_its_own_people_and_term(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        MedewerkerFactory.create(
            rollen=["vakspecialist"], achternaam="Mulder", afdelingen=[parkeren]
        )
        url = reverse("zaken:overdragen_keuze", args=[contact.uuid])
        assert f'hx-post="{url}"' in client.get(panel(contact), headers=HTMX).content.decode()
        html = client.post(url, {"afdeling": parkeren.pk}, headers=HTMX).content.decode()
        assert "A. Mulder" in html
        assert "De afdeling Parkeren belt u uiterlijk vrijdag 20 november voor 17.00 uur" in html
        assert 'name="gevraagde_handeling"' not in html

    def test_the_button_for_people_keeps_what_was_typed(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        MedewerkerFactory.create(
            rollen=["vakspecialist"], achternaam="Mulder", afdelingen=[parkeren]
        )
        velden = ingevuld(contact, afdeling=parkeren.pk, toelichting="Net getypt.", knop="toon")
        antwoord = client.post(panel(contact), velden)
        assert antwoord.status_code == 200
        assert "A. Mulder" in antwoord.content.decode()
        assert "Net getypt." in antwoord.content.decode()
        assert not InterneTaak.objects.exists()

    @pytest.mark.parametrize("rommel", ["", "x", "-1", "9" * 30, "1 OR 1=1", "²"])
    def test_nonsense_for_a_department_shows_no_people(
        self, client: KccClient, contact: Klantcontact, rommel: str
    ) -> None:
        url = reverse("zaken:overdragen_keuze", args=[contact.uuid])
        assert client.post(url, {"afdeling": rommel}, headers=HTMX).status_code == 200

    def test_it_works(self, client: KccClient, contact: Klantcontact) -> None:
        antwoord = client.post(panel(contact), ingevuld(contact))
        assert antwoord.status_code == 302
        assert antwoord["Location"].endswith(f"?afgerond={contact.uuid}")
        taak = InterneTaak.objects.get()
        assert taak.gevraagde_handeling == "Terugbellen over spoed"
        contact.refresh_from_db()
        assert contact.is_afgerond

    def test_under_htmx_it_goes_to_the_werkplek_with_a_number_to_read_aloud(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        antwoord = client.post(panel(contact), ingevuld(contact), headers=HTMX)
        assert antwoord.status_code == 204
        assert antwoord["HX-Redirect"].endswith(f"?afgerond={contact.uuid}")
        cijfers = InterneTaak.objects.get().nummer[1:]
        nummer = f"T {cijfers[:3]} {cijfers[3:6]} {cijfers[6:]}"
        pagina = client.get(reverse("zaken:werkvoorraad")).content.decode()
        assert nummer in pagina
        assert "belt u uiterlijk vrijdag 20 november" in pagina

    def test_somebody_may_be_chosen(self, client: KccClient, contact: Klantcontact) -> None:
        wie = MedewerkerFactory.create(
            rollen=["vakspecialist"], afdelingen=[AfdelingFactory.create()]
        )
        client.post(panel(contact), ingevuld(contact, medewerker=wie.pk))
        taak = InterneTaak.objects.get()
        assert (taak.toegewezen_aan, taak.status) == (wie, "nieuw")

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"afdeling": ""}, "Kies de afdeling"),
            ({"afdeling": "0"}, "staat niet in de lijst"),
            ({"medewerker": "0"}, "behandelt geen taken van deze afdeling"),
            ({"gevraagde_handeling": ""}, "Schrijf in een paar woorden"),
            ({"gevraagde_handeling": "x" * 201}, "hoogstens 200 tekens, dit zijn er 201"),
            ({"toelichting": "x" * 10_001}, "hoogstens 10000 tekens"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_typed_is_lost(
        self, client: KccClient, contact: Klantcontact, anders: dict[str, str], zin: str
    ) -> None:
        velden = ingevuld(contact, **{"toelichting": "Blijf staan.", **anders})
        antwoord = client.post(panel(contact), velden, headers=HTMX)
        assert antwoord.status_code == 422
        html = antwoord.content.decode()
        assert zin in html
        assert velden["toelichting"] in html
        contact.refresh_from_db()
        assert not contact.is_afgerond

    def test_who_cannot_be_reached_is_asked_for_a_number(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        Klantcontact.objects.filter(pk=contact.pk).update(partij=None)
        assert "De klant is anoniem." in client.get(panel(contact)).content.decode()
        antwoord = client.post(panel(contact), ingevuld(contact))
        assert antwoord.status_code == 422
        assert "kan de afdeling de klant niet bereiken" in antwoord.content.decode()

    @pytest.mark.parametrize(
        ("velden", "toelichting"),
        [
            ({"bereikbaar_via": "0612345678"}, "Bereikbaar via: 06 12345678\nVliegt zaterdag."),
            (
                {"bereikbaar_via": "m@voorbeeld.nl", "toelichting": ""},
                "Bereikbaar via: m@voorbeeld.nl",
            ),
            ({"toelichting": "Bel 06-12 34 56 78."}, "Bel 06-12 34 56 78."),
            ({"toelichting": "Mail m@voorbeeld.nl."}, "Mail m@voorbeeld.nl."),
        ],
    )
    def test_a_number_or_address_anywhere_will_do(
        self, client: KccClient, contact: Klantcontact, velden: dict[str, str], toelichting: str
    ) -> None:
        Klantcontact.objects.filter(pk=contact.pk).update(partij=None)
        assert client.post(panel(contact), ingevuld(contact, **velden)).status_code == 302
        assert InterneTaak.objects.get().toelichting.replace("\r", "") == toelichting

    def test_a_wrong_number_is_refused(self, client: KccClient, contact: Klantcontact) -> None:
        Klantcontact.objects.filter(pk=contact.pk).update(partij=None)
        antwoord = client.post(panel(contact), ingevuld(contact, bereikbaar_via="061234"))
        assert antwoord.status_code == 422

    def test_a_missing_question_is_said(self, client: KccClient, contact: Klantcontact) -> None:
        Klantcontact.objects.filter(pk=contact.pk).update(onderwerp="")
        antwoord = client.post(panel(contact), ingevuld(contact))
        assert antwoord.status_code == 422
        assert "wat de vraag was" in antwoord.content.decode()

    def test_a_closed_contact_is_said(self, client: KccClient, contact: Klantcontact) -> None:
        overdragen(contact)
        for antwoord in (
            client.get(panel(contact), headers=HTMX),
            client.post(panel(contact), ingevuld(contact, toelichting="Blijf staan.")),
        ):
            assert antwoord.status_code == 422
            assert "is al afgerond" in antwoord.content.decode()
        assert "Blijf staan." in antwoord.content.decode()
        assert InterneTaak.objects.count() == 1

    def test_without_opening_hours_there_is_a_sentence(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        from organisatie.models import Openingstijd

        Openingstijd.objects.all().delete()
        assert "geen openingstijden" in client.get(panel(contact)).content.decode()
        antwoord = client.post(panel(contact), ingevuld(contact))
        assert antwoord.status_code == 422
        assert "geen openingstijden" in antwoord.content.decode()

    def test_another_agents_contact_is_not_there(
        self, client_as: Callable[..., KccClient], contact: Klantcontact
    ) -> None:
        ander = client_as("kcc_medewerker")
        keuze = reverse("zaken:overdragen_keuze", args=[contact.uuid])
        assert ander.get(panel(contact)).status_code == 404
        assert ander.post(panel(contact), ingevuld(contact)).status_code == 404
        assert ander.post(keuze).status_code == 404
        for naam, methode in (("nodig", ander.get), ("concept", ander.post)):
            assert (
                methode(reverse(f"zaken:overdragen_{naam}", args=[contact.uuid])).status_code == 404
            )

    @pytest.mark.parametrize("rol", ["vakspecialist", "teamleider", "kennisredacteur"])
    def test_only_the_kcc_hands_off(
        self, client_as: Callable[..., KccClient], contact: Klantcontact, rol: str
    ) -> None:
        ander = client_as(rol)
        assert ander.get(panel(contact)).status_code == 403
        assert ander.post(panel(contact), ingevuld(contact)).status_code == 403

    def test_extra_keys_change_nothing(self, client: KccClient, contact: Klantcontact) -> None:
        baas = MedewerkerFactory.create()
        extra = {"status": "afgehandeld", "aangemaakt_door": baas.pk, "termijn_op": "2030-01-01"}
        client.post(panel(contact), ingevuld(contact, **extra))
        taak = InterneTaak.objects.get()
        assert (taak.status, taak.aangemaakt_door) == ("nieuw", client.medewerker)
        assert taak.termijn_op == moment("2026-11-20 17:00")
        assert Medewerker.objects.get(pk=baas.pk).rollen == ["kcc_medewerker"]
