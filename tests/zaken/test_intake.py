"""What a department wants to know first: asked, kept, checked, stored, and shown."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.models import DigitaalAdres, Klantcontact
from contacts.services import save_concept
from organisatie.models import Afdeling, Afwezigheid, Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    ProductFactory,
)
from zaken import services
from zaken.models import Intakevraag, InterneTaak, Overdrachtsafspraak

pytestmark = pytest.mark.usefixtures("openingstijden")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def client(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("kcc_medewerker")


@pytest.fixture
def contact(client: KccClient) -> Klantcontact:
    partij = PartijFactory.create()
    DigitaalAdres.objects.create(partij=partij, soort="telefoonnummer", adres="+31612345678")
    return KlantcontactFactory.create(
        medewerker=client.medewerker, partij=partij, product=ProductFactory.create(),
        onderwerp="Kan mijn paspoort met spoed?",
    )  # fmt: skip


@pytest.fixture
def afdeling() -> Afdeling:
    return AfdelingFactory.create()


@pytest.fixture
def afspraak(contact: Klantcontact, afdeling: Afdeling) -> Overdrachtsafspraak:
    assert contact.product is not None
    return Overdrachtsafspraak.objects.create(
        product=contact.product, afdeling=afdeling, termijn_aantal=1, geldig_vanaf=date(2026, 1, 1)
    )


@pytest.fixture
def vragen(afspraak: Overdrachtsafspraak) -> dict[str, Intakevraag]:
    """One of each kind; all but the text have to be answered."""
    gevraagd = {
        "tekst": ("Waarheen gaat de reis?", "", False),
        "keuze": ("Welk document?", "paspoort\nidentiteitskaart", True),
        "datum": ("Wanneer vertrekt u?", "", True),
        "ja_nee": ("Is het oude kwijt?", "", True),
    }
    return {
        soort: Intakevraag.objects.create(
            afspraak=afspraak, volgorde=plek, tekst=tekst, soort=soort, keuzes=keuzes,
            is_verplicht=verplicht,
        )
        for plek, (soort, (tekst, keuzes, verplicht)) in enumerate(gevraagd.items(), start=1)
    }  # fmt: skip


def naam(vraag: Intakevraag) -> str:
    return f"vraag_{vraag.pk}"


def url(contact: Klantcontact, deel: str = "") -> str:
    return reverse(f"zaken:overdragen{deel}", args=[contact.uuid])


def ingevuld(afdeling: Afdeling, vragen: dict[str, Intakevraag], **anders: Any) -> dict[str, Any]:
    antwoorden = {"tekst": "Rome", "keuze": "paspoort", "datum": "2026-12-03", "ja_nee": "nee"}
    antwoorden |= {k: w for k, w in anders.items() if k in antwoorden}
    rest = {k: w for k, w in anders.items() if k not in antwoorden}
    return {
        "afdeling": afdeling.pk, "medewerker": "", "gevraagde_handeling": "Terugbellen",
        "toelichting": "Spoed.", **rest,
        **{naam(vragen[soort]): waarde for soort, waarde in antwoorden.items()},
    }  # fmt: skip


class TestAnswers:
    def test_they_are_stored_with_the_question_as_it_was_put(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        assert client.post(url(contact), ingevuld(afdeling, vragen)).status_code == 302
        taak = InterneTaak.objects.get()
        Intakevraag.objects.update(tekst="Heel iets anders?")
        assert list(taak.intake_antwoorden.values_list("vraag", "soort", "antwoord")) == [
            ("Waarheen gaat de reis?", "tekst", "Rome"),
            ("Welk document?", "keuze", "paspoort"),
            ("Wanneer vertrekt u?", "datum", "3 december 2026"),
            ("Is het oude kwijt?", "ja_nee", "nee"),
        ]

    @pytest.mark.parametrize("rol", ["vakspecialist", "kcc_medewerker"])
    def test_department_and_kcc_read_them_on_the_taak(
        self, client: KccClient, client_as: Callable[..., KccClient], contact: Klantcontact,
        afdeling: Afdeling, vragen: Any, rol: str,
    ) -> None:  # fmt: skip
        client.post(url(contact), ingevuld(afdeling, vragen, tekst="<b>Rome</b>"))
        lezer = client_as(rol)
        lezer.medewerker.afdelingen.add(afdeling)
        html = lezer.get(reverse("zaken:taak", args=[InterneTaak.objects.get().uuid]))
        assert "Waarheen gaat de reis?" in html.content.decode()
        assert "&lt;b&gt;Rome&lt;/b&gt;" in html.content.decode()

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"keuze": ""}, "Vraag dit aan de klant."),
            ({"keuze": "vliegbrevet"}, "Kies een antwoord uit de lijst."),
            ({"datum": ""}, "Vraag dit aan de klant."),
            ({"datum": "straks"}, "Dit is geen datum"),
            ({"ja_nee": "misschien"}, "Kies een antwoord uit de lijst."),
            ({"tekst": "x" * 2001}, "hoogstens 2000 tekens, dit zijn er 2001"),
        ],
    )
    def test_an_incomplete_hand_off_cannot_be_sent(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any,
        anders: dict[str, str], zin: str,
    ) -> None:  # fmt: skip
        velden = ingevuld(afdeling, vragen, toelichting="Blijf staan.", **anders)
        antwoord = client.post(url(contact), velden, headers=HTMX)
        assert antwoord.status_code == 422
        html = antwoord.content.decode()
        assert zin in html
        assert "Blijf staan." in html
        assert not InterneTaak.objects.exists()
        contact.refresh_from_db()
        assert not contact.is_afgerond

    def test_the_service_refuses_it_too(
        self, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        with pytest.raises(services.IntakeIncomplete, match=r"Welk document.*Wanneer vertrekt"):
            services.hand_off(
                klantcontact=contact, afdeling=afdeling, gevraagde_handeling="Bel",
                toelichting="", by=contact.medewerker, at=WOENSDAG,
                antwoorden={vragen["ja_nee"].pk: "ja", vragen["keuze"].pk: "  "},
            )  # fmt: skip
        assert not InterneTaak.objects.exists()

    def test_what_another_department_asks_is_not_asked(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        velden = ingevuld(parkeren, vragen, keuze="", datum="")
        assert client.post(url(contact), velden).status_code == 302
        assert not InterneTaak.objects.get().intake_antwoorden.exists()

    def test_a_file_comes_with_the_taak(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling,
        afspraak: Overdrachtsafspraak,
    ) -> None:  # fmt: skip
        vraag = Intakevraag.objects.create(
            afspraak=afspraak, volgorde=1, tekst="Kopie van het oude?", soort="bestand",
            is_verplicht=True,
        )  # fmt: skip
        velden: dict[str, Any] = {
            "afdeling": afdeling.pk, "gevraagde_handeling": "Bel", "toelichting": "",
        }  # fmt: skip
        assert client.post(url(contact), velden).status_code == 422
        velden[naam(vraag)] = SimpleUploadedFile("oud.exe", b"MZ\x90\x00 geen plaatje")
        assert client.post(url(contact), velden).status_code == 422
        velden[naam(vraag)] = SimpleUploadedFile("oud.pdf", PDF)
        assert client.post(url(contact), velden).status_code == 302
        taak = InterneTaak.objects.get()
        assert [b.naam for b in taak.bijlagen.all()] == ["oud.pdf"]
        assert taak.intake_antwoorden.get().antwoord == "oud.pdf"


class TestWhatIsStillNeeded:
    def test_it_stands_above_the_form_before_anything_is_sent(
        self, client: KccClient, contact: Klantcontact, vragen: Any
    ) -> None:
        html = client.get(url(contact), headers=HTMX).content.decode()
        boven = html.split('<div class="velden">')[0]
        for soort in ("keuze", "datum", "ja_nee"):
            assert vragen[soort].tekst in boven
        assert vragen["tekst"].tekst not in boven

    def test_it_follows_what_was_kept(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        velden = ingevuld(afdeling, vragen, datum="")
        assert client.post(url(contact, "_concept"), velden).status_code == 200
        html = client.get(url(contact, "_nodig"), headers=HTMX).content.decode()
        assert "Wanneer vertrekt u?" in html
        assert "Welk document?" not in html
        client.post(url(contact, "_concept"), ingevuld(afdeling, vragen))
        assert client.get(url(contact, "_nodig"), headers=HTMX).content.decode().strip() == ""

    def test_the_chosen_department_brings_its_questions(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        html = client.post(url(contact, "_keuze"), {"afdeling": parkeren.pk}, headers=HTMX)
        assert "Welk document?" not in html.content.decode()
        html = client.post(url(contact, "_keuze"), {"afdeling": afdeling.pk}, headers=HTMX)
        assert "Welk document?" in html.content.decode()
        assert 'hx-swap-oob="innerHTML"' in html.content.decode()


class TestConcept:
    def test_nothing_is_lost_on_a_reload(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        velden = ingevuld(afdeling, vragen, tekst="Naar Rome", toelichting="Half getyp")
        antwoord = client.post(url(contact, "_concept"), velden)
        assert antwoord.json()["opgeslagen_op"] == "14:00:00"
        html = client.get(url(contact), headers=HTMX).content.decode()
        assert "Naar Rome" in html
        assert "Half getyp" in html
        assert 'value="2026-12-03"' in html

    def test_saving_the_conversation_does_not_take_it_away_nor_the_other_way_round(
        self, client: KccClient, contact: Klantcontact
    ) -> None:
        client.post(url(contact, "_concept"), {"toelichting": "Van het paneel."})
        contact.refresh_from_db()
        versie = contact.versie
        save_concept(
            klantcontact=contact, versie=versie, velden={"concept": {"klant": "Vri"}}, at=WOENSDAG
        )
        client.post(url(contact, "_concept"), {"gevraagde_handeling": "Bellen"})
        contact.refresh_from_db()
        assert contact.versie == versie + 1
        assert contact.concept == {
            "klant": "Vri",
            "paneel": {"toelichting": "Van het paneel.", "gevraagde_handeling": "Bellen"},
        }

    def test_what_another_department_was_told_comes_back_with_it(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, vragen: Any
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        client.post(url(contact, "_concept"), ingevuld(afdeling, vragen, tekst="Naar Rome"))
        client.post(url(contact, "_keuze"), {"afdeling": parkeren.pk}, headers=HTMX)
        html = client.post(url(contact, "_keuze"), {"afdeling": afdeling.pk}, headers=HTMX)
        assert "Naar Rome" in html.content.decode()

    def test_other_keys_are_not_kept(self, client: KccClient, contact: Klantcontact) -> None:
        client.post(url(contact, "_concept"), {"toelichting": "x", "vraag_x": "1", "wie": "ik"})
        contact.refresh_from_db()
        assert contact.concept["paneel"] == {"toelichting": "x"}

    def test_too_much_is_said(self, client: KccClient, contact: Klantcontact) -> None:
        antwoord = client.post(url(contact, "_concept"), {"toelichting": "x" * 70_000})
        assert antwoord.status_code == 422
        assert "te veel tekst" in antwoord.json()["melding"]

    def test_a_closed_contact_is_said(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling
    ) -> None:
        services.hand_off(
            klantcontact=contact, afdeling=afdeling, gevraagde_handeling="Bel", toelichting="",
            by=contact.medewerker, at=WOENSDAG,
        )  # fmt: skip
        antwoord = client.post(url(contact, "_concept"), {"toelichting": "x"})
        assert antwoord.status_code == 409
        contact.refresh_from_db()
        assert contact.concept == {}

    def test_only_by_post_and_only_for_who_hands_off(
        self, client: KccClient, client_as: Callable[..., KccClient], contact: Klantcontact
    ) -> None:
        for deel in ("_concept", "_keuze"):
            assert client.get(url(contact, deel)).status_code == 405
            assert client_as("vakspecialist").post(url(contact, deel)).status_code == 403


@pytest.fixture
def karin(afdeling: Afdeling) -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"], achternaam="Smit", afdelingen=[afdeling]
    )


@pytest.fixture
def ahmed(afdeling: Afdeling) -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"], achternaam="Bouali", afdelingen=[afdeling]
    )


def away(wie: Medewerker, vervanger: Medewerker | None = None) -> None:
    Afwezigheid.objects.create(
        medewerker=wie, van=WOENSDAG - timedelta(days=1), tot=WOENSDAG + timedelta(days=5),
        vervanger=vervanger,
    )  # fmt: skip


class TestWhoGetsIt:
    def test_the_agent_sees_who_is_reachable(
        self, client: KccClient, contact: Klantcontact, karin: Medewerker, ahmed: Medewerker
    ) -> None:
        away(karin, ahmed)
        html = " ".join(client.get(url(contact), headers=HTMX).content.decode().split())
        assert "Nu bereikbaar: A. Bouali (1 van 2)." in html
        assert "A. Smit, tot 23 november, vervanger A. Bouali" in html
        assert f'<option value="{karin.pk}" disabled>' in html

    def test_who_is_away_cannot_be_chosen_and_the_replacement_is_named(
        self, client: KccClient, contact: Klantcontact, afdeling: Afdeling, karin: Medewerker,
        ahmed: Medewerker,
    ) -> None:  # fmt: skip
        away(karin, ahmed)
        velden = {"afdeling": afdeling.pk, "gevraagde_handeling": "Bel", "medewerker": karin.pk}
        antwoord = client.post(url(contact), velden)
        assert antwoord.status_code == 422
        assert "A. Bouali vervangt A. Smit." in antwoord.content.decode()
        assert not InterneTaak.objects.exists()

    @pytest.mark.parametrize(
        ("stand", "wie"), [("er", "karin"), ("weg", "ahmed"), ("beiden weg", None)]
    )
    def test_whom_the_agreement_names_gets_it_or_his_replacement(
        self, contact: Klantcontact, afdeling: Afdeling, afspraak: Overdrachtsafspraak,
        karin: Medewerker, ahmed: Medewerker, stand: str, wie: str | None,
    ) -> None:  # fmt: skip
        groep = GroepFactory.create(afdeling=afdeling)
        Overdrachtsafspraak.objects.update(medewerker=karin, groep=groep)
        if stand != "er":
            away(karin, ahmed)
        if stand == "beiden weg":
            away(ahmed)
        taak = services.hand_off(
            klantcontact=contact, afdeling=afdeling, gevraagde_handeling="Bel", toelichting="",
            by=contact.medewerker, at=WOENSDAG,
        )  # fmt: skip
        verwacht = {"karin": karin, "ahmed": ahmed}[wie] if wie else None
        assert (taak.toegewezen_aan, taak.groep) == (verwacht, groep)


def test_the_citizen_hears_what_was_agreed(
    client: KccClient, contact: Klantcontact, afdeling: Afdeling, afspraak: Overdrachtsafspraak
) -> None:
    Overdrachtsafspraak.objects.update(
        belofte="{afdeling} mailt u uiterlijk {uiterlijk}. {onbekend}"
    )
    html = client.get(url(contact), headers=HTMX).content.decode()
    zin = "Burgerzaken mailt u uiterlijk morgen, donderdag 19 november, voor 17.00 uur. {onbekend}"
    assert zin in html
    client.post(url(contact), {"afdeling": afdeling.pk, "gevraagde_handeling": "Bel"})
    assert zin in client.get(reverse("zaken:werkvoorraad")).content.decode()
