"""Start a zaak from a contact, from a taak, or bare; links can be seen from both sides."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import Error, connection, transaction
from django.urls import reverse

from kcc.models import Verwerkingslogregel
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    ProductFactory,
    moment,
)
from tests.zaken.zaakhulp import BEGIN, zaak, zaaktype
from zaken.models import Zaak, ZaakKoppeling, Zaaktype
from zaken.register import NieuweZaak, register
from zaken.services import zaak as services
from zaken.zaaknummer import make_identificatie, parse_identificatie, speakable_identificatie

pytestmark = pytest.mark.usefixtures("nu", "openingstijden")
NIEUW = "/werkvoorraad/zaak/nieuw/"


@pytest.fixture
def nu(db: None) -> Any:
    with time_machine.travel(BEGIN, tick=False):
        yield


def velden(soort: Zaaktype, **anders: Any) -> dict[str, Any]:
    return {
        "zaaktype": soort.pk,
        "omschrijving": "Dakkapel aan de achterkant",
        "toelichting": "",
        "startdatum": "2026-10-19",
    } | anders


def test_from_a_contact_linked_both_ways(client_as: Callable[..., KccClient]) -> None:
    """S1-8: zaak created with contact linked both ways."""
    agent, soort, partij = client_as("kcc_medewerker"), zaaktype(), PartijFactory.create()
    contact = KlantcontactFactory.create(afgerond=True, partij=partij, medewerker=agent.medewerker)
    antwoord = agent.post(f"{NIEUW}?klantcontact={contact.uuid}", velden(soort))
    gestart = Zaak.objects.get()
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("zaken:zaak", args=[gestart.uuid])
    assert gestart.startdatum.isoformat() == "2026-10-19"
    assert gestart.uiterlijke_einddatum_afdoening.isoformat() == "2026-12-14"
    assert gestart.vrager is not None
    assert gestart.vrager.partij == partij
    assert contact.zaakkoppelingen.get().zaak == gestart
    assert gestart.koppelingen.get().klantcontact == contact
    pagina = agent.get(antwoord["Location"])
    assert contact.onderwerp in pagina.text
    van_contact = agent.get(reverse("zaken:zaken_van_contact", args=[contact.uuid]), headers=HTMX)
    assert speakable_identificatie(gestart.identificatie) in van_contact.text
    van_klant = agent.get(reverse("zaken:zaken_van_partij", args=[partij.uuid]), headers=HTMX)
    assert "Dakkapel" in van_klant.text
    handelingen = Verwerkingslogregel.objects.filter(partij_uuid=partij.uuid)
    assert {"zaak gestart", "zaak getoond", "zaken getoond"} <= set(
        handelingen.values_list("handeling", flat=True)
    )


def test_from_a_conversation_back_to_it(client_as: Callable[..., KccClient]) -> None:
    agent, soort = client_as("kcc_medewerker"), zaaktype()
    contact = KlantcontactFactory.create(medewerker=agent.medewerker, onderwerp="Mag dit?")
    adres = f"{NIEUW}?klantcontact={contact.uuid}"
    assert "Mag dit?" in agent.get(adres).text
    antwoord = agent.post(adres, velden(soort), headers=HTMX)
    assert antwoord.status_code == 204
    assert antwoord["HX-Redirect"] == reverse("contacts:gesprek", args=[contact.gesprek.uuid])
    assert "uw zaaknummer is Z 2026" in agent.get(antwoord["HX-Redirect"]).text


def test_from_a_taak_with_a_line_in_its_history(client_as: Callable[..., KccClient]) -> None:
    specialist, soort = client_as("vakspecialist"), zaaktype()
    taak = InterneTaakFactory.create()
    antwoord = specialist.post(f"{NIEUW}?taak={taak.uuid}", velden(soort))
    gestart = Zaak.objects.get()
    assert antwoord["Location"] == reverse("zaken:zaak", args=[gestart.uuid])
    assert taak.zaakkoppelingen.get().zaak == gestart
    gebeurtenis = taak.gebeurtenissen.get(soort="gekoppeld")
    assert gestart.identificatie in gebeurtenis.tekst
    taak.refresh_from_db()
    assert taak.versie == 2
    van_taak = specialist.get(reverse("zaken:zaken_van_taak", args=[taak.uuid]), headers=HTMX)
    assert "Dakkapel" in van_taak.text


def test_bare(client_as: Callable[..., KccClient]) -> None:
    specialist, soort = client_as("vakspecialist"), zaaktype()
    specialist.post(NIEUW, velden(soort))
    gestart = Zaak.objects.get()
    assert (gestart.vrager, gestart.koppelingen.count()) == (None, 0)
    assert [g.soort for g in gestart.gebeurtenissen.all()] == ["gestart"]
    assert gestart.statussen.get().statustype.volgnummer == 1


def test_the_kind_follows_from_the_product(client_as: Callable[..., KccClient]) -> None:
    agent, product = client_as("kcc_medewerker"), ProductFactory.create(naam="vergunning")
    soort = zaaktype(product=product)
    contact = KlantcontactFactory.create(medewerker=agent.medewerker, product=product)
    tekst = agent.get(f"{NIEUW}?klantcontact={contact.uuid}").text
    assert f'value="{soort.pk}" selected' in tekst


class TestRefused:
    """Each with its sentence, 422, and nothing stored."""

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"zaaktype": ""}, "Kies wat voor zaak het is."),
            ({"omschrijving": " "}, "Schrijf in een paar woorden op waar het over gaat."),
            ({"omschrijving": "x" * 81}, "hoogstens 80 tekens, dit zijn er 81"),
            ({"startdatum": "gisteren"}, "Vul een datum in"),
            ({"startdatum": "2026-10-21"}, "Een zaak begint vandaag of eerder."),
            ({"met_commissie": "on"}, "bestaat geen termijn voor een adviescommissie"),
            ({"termijn_vanaf": "2026-10-30"}, "Dit is alleen nodig bij een bezwaar."),
        ],
    )
    def test_with_a_sentence(
        self, client_as: Callable[..., KccClient], anders: dict[str, str], zin: str
    ) -> None:
        agent, soort = client_as("kcc_medewerker"), zaaktype()
        antwoord = agent.post(NIEUW, velden(soort, **anders), headers=HTMX)
        assert antwoord.status_code == 422
        assert zin in antwoord.text
        assert not Zaak.objects.exists()

    def test_a_bezwaar_without_the_end_of_its_term(
        self, client_as: Callable[..., KccClient]
    ) -> None:
        agent = client_as("kcc_medewerker")
        soort = zaaktype(termijn_start="bezwaartermijn", doorlooptijd_commissie=12)
        antwoord = agent.post(NIEUW, velden(soort))
        assert antwoord.status_code == 422
        assert "wanneer de bezwaartermijn eindigt" in antwoord.text
        goed = velden(soort, termijn_vanaf="2026-11-04", met_commissie="on")
        assert agent.post(NIEUW, goed).status_code == 302
        assert Zaak.objects.get().uiterlijke_einddatum_afdoening.isoformat() == "2027-01-27"

    def test_a_kind_that_no_longer_holds(self, client_as: Callable[..., KccClient]) -> None:
        agent = client_as("kcc_medewerker")
        oud = zaaktype(einde_geldigheid="2026-10-19")
        assert agent.post(NIEUW, velden(oud)).status_code == 422
        with pytest.raises(services.ZaaktypeInvalid):
            zaak(oud)

    @pytest.mark.parametrize("rol", ["teamleider", "kennisredacteur", "beheerder", "buitendienst"])
    def test_by_who_may_not(self, client_as: Callable[..., KccClient], rol: str) -> None:
        client = client_as(rol)
        assert client.get(NIEUW).status_code == 403
        assert client.post(NIEUW, velden(zaaktype())).status_code == 403
        assert not Zaak.objects.exists()

    @pytest.mark.parametrize("sleutel", ["klantcontact", "taak"])
    def test_from_what_one_may_not_see(
        self, client_as: Callable[..., KccClient], sleutel: str
    ) -> None:
        specialist = client_as("vakspecialist")
        vreemd = InterneTaakFactory.create(afdeling=AfdelingFactory.create(identificatie="wmo"))
        uuid = vreemd.uuid if sleutel == "taak" else vreemd.klantcontact.uuid
        for waarde in (uuid, uuid4(), "onzin"):
            pad = f"{NIEUW}?{sleutel}={waarde}"
            assert specialist.get(pad).status_code == 404
            assert specialist.post(pad, velden(zaaktype())).status_code == 404
        assert not Zaak.objects.exists()

    def test_a_get_starts_nothing(self, client_as: Callable[..., KccClient]) -> None:
        client_as("kcc_medewerker").get(NIEUW, velden(zaaktype()))
        assert not Zaak.objects.exists()


class TestLinks:
    """One zaak, many contacts and taken."""

    def test_a_contact_is_linked_once(self, client_as: Callable[..., KccClient]) -> None:
        agent, dit = client_as("kcc_medewerker"), zaak()
        contact = KlantcontactFactory.create(afgerond=True)
        pad = reverse("zaken:contact_koppelen", args=[contact.uuid])
        nummer = speakable_identificatie(dit.identificatie).lower()
        antwoord = agent.post(pad, {"nummer": nummer}, headers=HTMX)
        assert antwoord.status_code == 204
        assert "zaak-gekoppeld" in antwoord["HX-Trigger"]
        assert dit.koppelingen.get().klantcontact == contact
        nogmaals = agent.post(pad, {"nummer": nummer})
        assert nogmaals.status_code == 422
        assert "hoort al bij deze zaak" in nogmaals.text
        assert dit.koppelingen.count() == 1

    def test_a_taak_too_and_off_again_with_history(
        self, client_as: Callable[..., KccClient]
    ) -> None:
        specialist, dit = client_as("vakspecialist"), zaak()
        taak = InterneTaakFactory.create()
        pad = reverse("zaken:taak_koppelen_aan_zaak", args=[taak.uuid])
        antwoord = specialist.post(pad, {"nummer": dit.identificatie})
        assert antwoord["Location"] == reverse("zaken:taak", args=[taak.uuid])
        koppeling = dit.koppelingen.get()
        los = reverse("zaken:zaak_actie", args=[dit.uuid, "ontkoppelen"])
        dit.refresh_from_db()
        specialist.post(los, {"koppeling": koppeling.pk, "versie": dit.versie})
        assert not dit.koppelingen.exists()
        soorten = [g.soort for g in dit.gebeurtenissen.all()]
        assert soorten == ["gestart", "gekoppeld", "ontkoppeld"]
        teksten = list(taak.gebeurtenissen.values_list("tekst", flat=True))
        assert teksten == [f"Zaak {dit}", f"Niet meer bij zaak {dit}"]
        taak.refresh_from_db()
        assert taak.versie == 3

    @pytest.mark.parametrize("nummer", ["", "Z-2026-0000000", "K100000012", "Dakkapel"])
    def test_an_unknown_number(self, client_as: Callable[..., KccClient], nummer: str) -> None:
        agent, contact = client_as("kcc_medewerker"), KlantcontactFactory.create(afgerond=True)
        pad = reverse("zaken:contact_koppelen", args=[contact.uuid])
        assert agent.post(pad, {"nummer": nummer}, headers=HTMX).status_code == 422
        assert agent.get(pad).status_code == 405

    def test_another_departments_zaak_or_taak(self, client_as: Callable[..., KccClient]) -> None:
        specialist, wmo = client_as("vakspecialist"), AfdelingFactory.create(identificatie="wmo")
        vreemd = zaak(zaaktype(wmo))
        taak = InterneTaakFactory.create()
        pad = reverse("zaken:taak_koppelen_aan_zaak", args=[taak.uuid])
        assert specialist.post(pad, {"nummer": vreemd.identificatie}).status_code == 422
        elders = InterneTaakFactory.create(afdeling=wmo)
        pad = reverse("zaken:taak_koppelen_aan_zaak", args=[elders.uuid])
        assert specialist.post(pad, {"nummer": zaak().identificatie}).status_code == 404
        assert not ZaakKoppeling.objects.exists()


class TestNumbers:
    """Read aloud, typed back."""

    @pytest.mark.parametrize("volgnummer", [1, 123, 999_999, 1_000_000])
    def test_there_and_back(self, volgnummer: int) -> None:
        nummer = make_identificatie(2026, volgnummer)
        assert parse_identificatie(nummer) == nummer
        assert parse_identificatie(speakable_identificatie(nummer).lower()) == nummer

    def test_each_wrong_digit_is_noticed(self) -> None:
        nummer = make_identificatie(2026, 123)
        for plek, teken in enumerate(nummer):
            if teken.isdigit():
                fout = nummer[:plek] + str((int(teken) + 1) % 10) + nummer[plek + 1 :]
                assert parse_identificatie(fout) is None

    @pytest.mark.parametrize("tekst", ["", "Z", "Z-2026", "T100000012", "Z-2026-" + "1" * 60])
    def test_what_is_no_number(self, tekst: str) -> None:
        assert parse_identificatie(tekst) is None


def test_history_is_only_added_to() -> None:
    dit = zaak()
    for tabel in ("zaken_zaakstatus", "zaken_zaakgebeurtenis"):
        for opdracht in ("UPDATE {} SET zaak_id = zaak_id", "DELETE FROM {}"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(opdracht.format(tabel))
    assert dit.statussen.count() == 1


class TestRegister:
    """What a register of somebody else has to do as well."""

    def test_start_read_and_move_on(self) -> None:
        wie, soort = MedewerkerFactory.create(rollen=["vakspecialist"]), zaaktype()
        wie.afdelingen.add(soort.afdeling)
        partij = PartijFactory.create()
        nieuw = NieuweZaak(zaaktype=soort.identificatie, omschrijving="Boom", partij=partij)
        gestart = register().start(nieuw, by=wie, at=BEGIN)
        gelezen = register().zaak(gestart.identificatie, by=wie, at=BEGIN)
        assert gelezen == gestart
        verder = register().set_status(gestart.identificatie, 2, by=wie, at=BEGIN)
        assert (verder.status, verder.statustekst) == ("Beoordeling", "Wij beoordelen uw aanvraag.")
        (een,) = register().zaken_of(partij.uuid, by=wie, at=BEGIN)
        assert een == verder

    def test_what_one_may_not_see_is_not_there(self) -> None:
        dit, wie = zaak(), MedewerkerFactory.create(rollen=["vakspecialist"])
        assert register().zaak(dit.identificatie, by=wie, at=BEGIN) is None
        with pytest.raises(services.ZaakNotFound):
            register().set_status(dit.identificatie, 2, by=wie, at=BEGIN)
        onbekend = NieuweZaak(zaaktype="bestaat-niet", omschrijving="x")
        with pytest.raises(services.ZaaktypeInvalid):
            register().start(onbekend, by=wie, at=moment("2026-10-20 10:00"))
