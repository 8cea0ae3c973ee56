"""One conversation on the desk, from the first second to the close."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from contacts import services
from contacts.models import Bron, Gesprek, Klantcontact, Partij
from kcc.models import Verwerkingslogregel, VuilUur
from kennisbank.services import publish_versie
from tests.conftest import HTMX, KccClient
from tests.factories import (
    WOENSDAG,
    GesprekFactory,
    KennisartikelFactory,
    KlantcontactFactory,
    PartijFactory,
    ProductFactory,
    artikel,
)


@pytest.fixture
def agent(client_as: object) -> KccClient:
    return client_as("kcc_medewerker")  # type: ignore[operator, no-any-return]


@pytest.fixture
def contact(agent: KccClient) -> Klantcontact:
    return services.start_gesprek(kanaal="telefoon", by=agent.medewerker, at=now())


def pagina(contact: Klantcontact) -> str:
    return reverse("contacts:gesprek", args=[contact.gesprek.uuid])


def autosave(client: Client, contact: Klantcontact, **velden: object) -> object:
    url = reverse("contacts:concept", args=[contact.gesprek.uuid])
    return client.post(url, velden, headers={"X-Autosave": "1"})


def test_a_conversation_is_a_row_from_its_first_second(agent: KccClient) -> None:
    antwoord = agent.post(reverse("contacts:gesprek_start"), {"kanaal": "balie"})
    contact = Klantcontact.objects.get()
    assert antwoord["Location"] == pagina(contact)
    assert (contact.kanaal, contact.gesprek.kanaal) == ("balie", "balie")
    assert contact.gesprek.medewerker == agent.medewerker
    assert contact.nummer.startswith("K")


def test_without_a_choice_it_is_the_telephone(agent: KccClient) -> None:
    agent.post(reverse("contacts:gesprek_start"))
    assert Gesprek.objects.get().kanaal == "telefoon"


def test_an_unknown_kanaal_is_refused_with_a_sentence(agent: KccClient) -> None:
    antwoord = agent.post(reverse("contacts:gesprek_start"), {"kanaal": "duif"}, follow=True)
    assert "Dit kanaal kennen we niet" in antwoord.text
    assert not Gesprek.objects.exists()


def test_all_that_is_typed_is_there_after_a_reload(agent: KccClient, contact: Klantcontact) -> None:
    ProductFactory.create(naam="paspoort")
    velden = {
        "klant": "06 1234",
        "onderwerp": "Kan mijn paspoort met spoed?",
        "product_naam": "Paspoort",
        "inhoud": 'Vliegt morgen. Zei: "\'t is dringend" <b>',
        "reactie": "Ja",
        "doelgroep": "ondernemer",
        "kanaal": "balie",
    }
    antwoord = autosave(agent, contact, **velden, versie=1)
    assert antwoord.json()["versie"] == 2  # type: ignore[attr-defined]
    contact.refresh_from_db()
    assert contact.onderwerp == velden["onderwerp"]
    assert contact.product is not None
    assert contact.product.naam == "paspoort"
    assert contact.afdeling == contact.product.afdeling
    assert contact.inhoud == velden["inhoud"]
    assert contact.kanaal == "balie"
    scherm = agent.get(pagina(contact)).text
    assert "06 1234" in scherm
    assert "&lt;b&gt;" in scherm
    assert "Kan mijn paspoort met spoed?" in scherm


def test_half_a_product_name_and_a_long_question_are_kept_as_typed(
    agent: KccClient, contact: Klantcontact
) -> None:
    lang = "a" * 300
    autosave(agent, contact, onderwerp=lang, product_naam="paspo", versie=1)
    contact.refresh_from_db()
    assert contact.product is None
    scherm = agent.get(pagina(contact)).text
    assert lang in scherm
    assert "paspo" in scherm


def test_a_second_tab_never_writes_over_the_first(agent: KccClient, contact: Klantcontact) -> None:
    autosave(agent, contact, onderwerp="eerste tab", versie=1)
    antwoord = autosave(agent, contact, onderwerp="tweede tab", versie=1)
    assert antwoord.status_code == 409  # type: ignore[attr-defined]
    assert "ander tabblad" in antwoord.json()["melding"]  # type: ignore[attr-defined]
    contact.refresh_from_db()
    assert contact.onderwerp == "eerste tab"


def test_ten_megabytes_get_a_sentence_and_change_nothing(
    agent: KccClient, contact: Klantcontact
) -> None:
    autosave(agent, contact, inhoud="kort", versie=1)
    groot = "tekst " * 1_700_000
    antwoord = autosave(agent, contact, inhoud=groot, versie=2)
    assert antwoord.status_code == 422  # type: ignore[attr-defined]
    assert "te lang" in antwoord.json()["melding"]  # type: ignore[attr-defined]
    heel = agent.post(pagina(contact), {"inhoud": groot, "afronden": "na_ruggespraak", "versie": 2})
    assert heel.status_code == 422
    assert "te lang" in heel.text
    assert groot[:60_000] in heel.text  # nothing typed is lost: it stands in the form again
    contact.refresh_from_db()
    assert contact.inhoud == "kort"


def test_more_than_the_server_takes_gets_a_sentence(
    agent: KccClient, contact: Klantcontact
) -> None:
    antwoord = autosave(agent, contact, inhoud="x" * 27_000_000)
    assert antwoord.status_code == 413  # type: ignore[attr-defined]
    assert "te veel tekst" in antwoord.text  # type: ignore[attr-defined]


def test_expired_session_under_autosave_and_htmx_is_401_and_no_redirect(
    contact: Klantcontact,
) -> None:
    client = Client()
    assert autosave(client, contact, onderwerp="weg?").status_code == 401  # type: ignore[attr-defined]
    antwoord = client.post(pagina(contact), {"onderwerp": "weg?"}, headers=HTMX)
    assert antwoord.status_code == 401
    assert "sessie-verlopen" in antwoord["HX-Trigger"]
    assert "Uw tekst staat nog" in antwoord.text


def test_a_colleague_cannot_open_or_write_ones_conversation(
    client_as: object, contact: Klantcontact
) -> None:
    ander = client_as("kcc_medewerker")  # type: ignore[operator]
    assert ander.get(pagina(contact)).status_code == 404
    assert ander.post(pagina(contact), {"onderwerp": "x"}).status_code == 404
    assert autosave(ander, contact, onderwerp="x").status_code == 404  # type: ignore[attr-defined]


def test_typing_an_exact_number_and_enter_is_who_it_is(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create()
    partij.digitale_adressen.create(soort="telefoonnummer", adres="+31612345678")
    antwoord = agent.post(
        pagina(contact), {"klant": "0612345678", "bewaar": "1", "versie": 1}, headers=HTMX
    )
    contact.refresh_from_db()
    assert contact.partij == partij
    assert antwoord["HX-Retarget"] == "#klant"
    assert "#id_onderwerp" in antwoord["HX-Trigger-After-Settle"]
    assert Verwerkingslogregel.objects.filter(
        partij_uuid=partij.uuid, doel=contact.nummer, medewerker=agent.medewerker
    ).exists()


def test_searching_shows_people_logs_them_and_saves_nothing_under_htmx(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create()
    antwoord = agent.post(
        pagina(contact), {"klant": "vries", "zoek_klant": "1", "versie": 1}, headers=HTMX
    )
    assert str(partij.uuid) in antwoord.text
    assert "<html" not in antwoord.text
    contact.refresh_from_db()
    assert contact.versie == 1
    assert Verwerkingslogregel.objects.get().partij_uuid == partij.uuid


def test_searching_without_javascript_keeps_all_that_was_typed(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create()
    antwoord = agent.post(
        pagina(contact),
        {"klant": "vries", "onderwerp": "Mijn vraag", "zoek_klant": "1", "versie": 1},
    )
    assert "<html" in antwoord.text
    assert "Mijn vraag" in antwoord.text
    assert str(partij.uuid) in antwoord.text
    contact.refresh_from_db()
    assert contact.onderwerp == "Mijn vraag"


def test_choose_somebody_and_somebody_else_after_all(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create()
    agent.post(pagina(contact), {"kies_klant": str(partij.uuid), "versie": 1})
    contact.refresh_from_db()
    assert contact.partij == partij
    agent.post(pagina(contact), {"wis_klant": "1", "versie": contact.versie})
    contact.refresh_from_db()
    assert contact.partij is None


@pytest.mark.parametrize("uuid", ["", "geen-uuid", "00000000-0000-0000-0000-000000000000"])
def test_choosing_nobody_that_exists_is_not_found(
    uuid: str, agent: KccClient, contact: Klantcontact
) -> None:
    assert agent.post(pagina(contact), {"kies_klant": uuid, "versie": 1}).status_code == 404


def test_add_somebody_new(agent: KccClient, contact: Klantcontact) -> None:
    antwoord = agent.post(
        pagina(contact),
        {
            "onderwerp": "Mijn vraag",
            "nieuwe_klant": "1",
            "versie": 1,
            "nieuw-soort_partij": "persoon",
            "nieuw-voornaam": "Zoë",
            "nieuw-voorvoegsel_achternaam": "van 't",
            "nieuw-achternaam": "Hof",
            "nieuw-telefoonnummer": "06-12345678",
            "nieuw-email": "Zoe@Voorbeeld.nl",
            "nieuw-postcode": "1234ab",
            "nieuw-huisnummer": "7",
            "nieuw-bsn": "999993653",
        },
    )
    assert antwoord.status_code == 200
    partij = Partij.objects.get()
    contact.refresh_from_db()
    assert contact.partij == partij
    assert partij.naam == "Zoë van 't Hof"
    assert partij.zoeknaam.split() == ["zoe", "van", "'t", "hof"]
    assert set(partij.digitale_adressen.values_list("adres", flat=True)) == {
        "+31612345678",
        "zoe@voorbeeld.nl",
    }
    assert partij.identificatoren.get().object_id == "999993653"


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"nieuw-bsn": "999993654", "nieuw-achternaam": "X"}, "geen geldig BSN"),
        ({"nieuw-achternaam": ""}, "Vul de naam in."),
        ({"nieuw-telefoonnummer": "12", "nieuw-achternaam": "X"}, "telefoonnummer"),
        ({"nieuw-postcode": "0000XX", "nieuw-achternaam": "X"}, "1234 AB"),
        ({"nieuw-soort_partij": "organisatie", "nieuw-kvk": "12"}, "acht cijfers"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_wrong_details_get_a_sentence_and_keep_the_question(
    velden: dict[str, str],
    zin: str,
    headers: dict[str, str],
    agent: KccClient,
    contact: Klantcontact,
) -> None:
    data = {"nieuw-soort_partij": "persoon", "onderwerp": "Mijn vraag", "nieuwe_klant": "1"}
    antwoord = agent.post(pagina(contact), {**data, **velden, "versie": 1}, headers=headers)
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert not Partij.objects.exists()
    contact.refresh_from_db()
    assert contact.onderwerp == "Mijn vraag"


def test_a_bsn_that_somebody_else_has(agent: KccClient, contact: Klantcontact) -> None:
    PartijFactory.create().identificatoren.create(code_soort_object_id="bsn", object_id="999993653")
    antwoord = agent.post(
        pagina(contact),
        {
            "nieuwe_klant": "1",
            "nieuw-soort_partij": "persoon",
            "nieuw-achternaam": "Smit",
            "nieuw-bsn": "999993653",
            "versie": 1,
        },
    )
    assert antwoord.status_code == 422
    assert "hoort al bij een klant" in antwoord.text
    assert Partij.objects.count() == 1


def test_geheimhouding_hides_the_address_until_asked_and_logs_the_asking(
    agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create(
        indicatie_geheimhouding=True, straatnaam="Geheimstraat", huisnummer=9, plaats="X"
    )
    services.link_partij(klantcontact=contact, partij=partij, by=agent.medewerker, at=now())
    scherm = agent.get(pagina(contact)).text
    assert "Geheimstraat" not in scherm
    assert "Geheimhouding" in scherm
    antwoord = agent.post(pagina(contact), {"toon_adres": "1", "versie": 2}, headers=HTMX)
    assert "Geheimstraat" in antwoord.text
    assert Verwerkingslogregel.objects.filter(handeling="geheim adres getoond").count() == 1


def test_opening_an_article_makes_it_a_source_and_using_it_fills_the_answer(
    agent: KccClient, contact: Klantcontact
) -> None:
    stuk = artikel(product=ProductFactory.create(naam="paspoort"))
    agent.post(pagina(contact), {"open_artikel": str(stuk.uuid), "versie": 1}, headers=HTMX)
    bron = Bron.objects.get()
    contact.refresh_from_db()
    assert (bron.artikelversie, bron.is_gebruikt) == (stuk.huidige_versie, False)
    assert contact.product == stuk.product  # what the answer is about is what the question is about
    assert contact.reactie == ""
    antwoord = agent.post(
        pagina(contact),
        {"gebruik_artikel": str(stuk.uuid), "versie": contact.versie},
        headers=HTMX,
    )
    bron.refresh_from_db()
    contact.refresh_from_db()
    assert bron.is_gebruikt
    assert contact.product == stuk.product
    assert stuk.huidige_versie is not None
    assert contact.reactie == stuk.huidige_versie.kort_antwoord
    assert "#id_reactie" in antwoord["HX-Trigger-After-Settle"]


def test_a_product_from_the_list_and_a_new_klant_begun_from_the_search(
    agent: KccClient, contact: Klantcontact
) -> None:
    product = ProductFactory.create(naam="parkeervergunning")
    antwoord = agent.post(
        pagina(contact), {"kies_product": str(product.uuid), "versie": 1}, headers=HTMX
    )
    assert 'value="parkeervergunning"' in antwoord.text
    contact.refresh_from_db()
    assert contact.product == product
    for tekst, veld in (
        ("06 1234", "telefoonnummer"),
        ("a@b.nl", "email"),
        ("1234 AB 7", "postcode"),
        ("Jan Smit", "achternaam"),
    ):
        antwoord = agent.post(pagina(contact), {"klant": tekst, "zoek_klant": "1"}, headers=HTMX)
        invoer = BeautifulSoup(antwoord.text, "html.parser").find(id=f"id_nieuw-{veld}")
        assert invoer is not None
        assert invoer["value"], tekst
    antwoord = agent.post(
        pagina(contact),
        {"klant": "Jan", "zoek_klant": "1", "nieuw-achternaam": "Al getypt"},
        headers=HTMX,
    )
    assert "Al getypt" in antwoord.text


def test_closing_counts_and_a_second_close_stores_nothing(
    agent: KccClient, contact: Klantcontact
) -> None:
    data = {"onderwerp": "Mijn vraag", "afronden": "zelfstandig_afgehandeld", "versie": 1}
    antwoord = agent.post(pagina(contact), data)
    contact.refresh_from_db()
    contact.gesprek.refresh_from_db()
    assert antwoord["Location"].endswith(f"?afgerond={contact.uuid}")
    assert contact.is_afgerond
    assert contact.is_anoniem
    assert contact.gesprek.afgerond_op == contact.afgerond_op
    assert VuilUur.objects.count() == 1
    nog_eens = agent.post(pagina(contact), {**data, "onderwerp": "Anders"})
    assert nog_eens.status_code == 409
    assert "al afgerond" in nog_eens.text
    assert "Anders" in nog_eens.text  # what was typed still stands on the page
    contact.refresh_from_db()
    assert contact.onderwerp == "Mijn vraag"
    assert VuilUur.objects.count() == 1
    onder_htmx = agent.post(pagina(contact), data, headers=HTMX)
    assert onder_htmx.status_code == 409
    assert "al afgerond" in onder_htmx.text


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"onderwerp": ""}, "Schrijf in een paar woorden op"),
        ({"onderwerp": "   "}, "Schrijf in een paar woorden op"),
        ({"onderwerp": "x" * 201}, "hoogstens 200 tekens"),
        ({"onderwerp": "x", "product_naam": "bestaat niet"}, "staat niet in de lijst"),
        ({"onderwerp": "x", "afronden": "overgedragen"}, "Kies hoe het gesprek afliep"),
        ({"onderwerp": "x", "afronden": "verzonnen"}, "Kies hoe het gesprek afliep"),
    ],
)
def test_closing_what_is_not_complete(
    velden: dict[str, str], zin: str, agent: KccClient, contact: Klantcontact
) -> None:
    data = {"inhoud": "Mijn notitie", "afronden": "zelfstandig_afgehandeld", "versie": 1}
    antwoord = agent.post(pagina(contact), {**data, **velden})
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert "Mijn notitie" in antwoord.text
    contact.refresh_from_db()
    assert not contact.is_afgerond
    assert contact.inhoud == "Mijn notitie"


def test_a_lost_connection_needs_no_question(agent: KccClient, contact: Klantcontact) -> None:
    agent.post(pagina(contact), {"afronden": "verbinding_verbroken", "versie": 1})
    contact.refresh_from_db()
    assert contact.gespreksresultaat == "verbinding_verbroken"


def test_talk_and_wrap_up_are_kept_apart(agent: KccClient) -> None:
    with time_machine.travel(WOENSDAG, tick=False) as klok:
        contact = services.start_gesprek(kanaal="telefoon", by=agent.medewerker, at=now())
        klok.shift(timedelta(minutes=4))
        agent.post(pagina(contact), {"ophangen": "1", "versie": 1}, headers=HTMX)
        klok.shift(timedelta(minutes=1))
        agent.post(pagina(contact), {"onderwerp": "x", "afronden": "na_ruggespraak", "versie": 2})
    gesprek = Gesprek.objects.get()
    assert gesprek.opgehangen_op is not None
    assert gesprek.afgerond_op is not None
    assert gesprek.opgehangen_op - gesprek.gestart_op == timedelta(minutes=4)
    assert gesprek.afgerond_op - gesprek.opgehangen_op == timedelta(minutes=1)


def test_undo_a_close_within_two_minutes_and_not_after(agent: KccClient) -> None:
    with time_machine.travel(WOENSDAG, tick=False) as klok:
        contact = services.start_gesprek(kanaal="telefoon", by=agent.medewerker, at=now())
        agent.post(pagina(contact), {"onderwerp": "x", "afronden": "verwezen", "versie": 1})
        heropen = reverse("contacts:heropenen", args=[contact.uuid])
        assert agent.get(heropen).status_code == 405
        klok.shift(timedelta(seconds=15))
        assert agent.post(heropen)["Location"] == pagina(contact)
        contact.refresh_from_db()
        assert not contact.is_afgerond
        assert contact.onderwerp == "x"
        agent.post(pagina(contact), {"onderwerp": "x", "afronden": "verwezen", "versie": 4})
        klok.shift(timedelta(minutes=3))
        agent.cookies.clear()
        agent.force_login(agent.medewerker, backend="organisatie.backends.MedewerkerBackend")
        te_laat = agent.post(heropen, follow=True)
    contact.refresh_from_db()
    assert contact.is_afgerond
    assert "kan niet meer worden heropend" in te_laat.text


def test_cancelled_is_kept_but_does_not_count(agent: KccClient, contact: Klantcontact) -> None:
    agent.post(pagina(contact), {"onderwerp": "verkeerd verbonden", "annuleren": "1", "versie": 1})
    contact.refresh_from_db()
    assert contact.gesprek.geannuleerd_op is not None
    assert contact.onderwerp == "verkeerd verbonden"
    assert not VuilUur.objects.exists()


def test_a_repeated_question_makes_the_hour_of_the_first_dirty_too(agent: KccClient) -> None:
    partij, product = PartijFactory.create(), ProductFactory.create()
    eerste = KlantcontactFactory.create(
        afgerond=True, partij=partij, product=product, plaatsgevonden_op=WOENSDAG
    )
    te_oud = KlantcontactFactory.create(
        afgerond=True,
        partij=partij,
        product=product,
        plaatsgevonden_op=WOENSDAG - timedelta(days=6),
    )
    nieuw = KlantcontactFactory.create(
        medewerker=agent.medewerker,
        partij=partij,
        product=product,
        onderwerp="Weer dezelfde vraag",
        plaatsgevonden_op=WOENSDAG + timedelta(days=2),
    )
    services.close_klantcontact(
        klantcontact=nieuw,
        gespreksresultaat="zelfstandig_afgehandeld",
        by=agent.medewerker,
        at=WOENSDAG + timedelta(days=2),
    )
    uren = set(VuilUur.objects.values_list("uur", flat=True))
    assert eerste.plaatsgevonden_op in uren
    assert nieuw.plaatsgevonden_op in uren
    assert te_oud.plaatsgevonden_op not in uren


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_desk_costs_the_same_for_every_number_of_conversations(
    aantal: int, agent: KccClient, django_assert_num_queries: object
) -> None:
    for _ in range(aantal):
        KlantcontactFactory.create(
            medewerker=agent.medewerker,
            gesprek=GesprekFactory.create(medewerker=agent.medewerker),
            partij=PartijFactory.create(),
        )
    agent.get(reverse("contacts:werkplek"))  # the first request of a minute notes that he is there
    # session, medewerker, open conversations, today, how many today, answers to reports
    with django_assert_num_queries(6):  # type: ignore[operator]
        agent.get(reverse("contacts:werkplek"))


def test_a_closed_contact_can_be_read_by_who_may(
    client_as: object, agent: KccClient, contact: Klantcontact
) -> None:
    partij = PartijFactory.create()
    services.link_partij(klantcontact=contact, partij=partij, by=agent.medewerker, at=now())
    agent.post(pagina(contact), {"onderwerp": "Mijn vraag", "afronden": "verwezen", "versie": 2})
    url = reverse("contacts:klantcontact", args=[contact.uuid])
    leider = client_as("teamleider")  # type: ignore[operator]
    assert "Mijn vraag" in leider.get(url).text
    assert Verwerkingslogregel.objects.filter(medewerker=leider.medewerker).count() == 1
    assert client_as("vakspecialist").get(url).status_code == 403  # type: ignore[operator]


def test_an_entrepreneur_gets_the_answer_for_a_business_first(
    agent: KccClient, contact: Klantcontact
) -> None:
    for doelgroep in ("eu-burger", "eu-bedrijf"):
        publish_versie(
            artikel=KennisartikelFactory.create(
                doelgroep=doelgroep, product=ProductFactory.create(naam=f"scherm {doelgroep}")
            ),
            titel=f"Zonnescherm {doelgroep}",
            kort_antwoord="Dat mag.",
            uitleg_html="",
            vraag_door_html="",
            werkinstructie_html="",
            by=None,
            at=WOENSDAG,
        )
    for wie, eerst in (("inwoner", "eu-burger"), ("ondernemer", "eu-bedrijf")):
        velden = {"onderwerp": "zonnescherm", "doelgroep": wie, "antwoorden": "1"}
        tekst = agent.post(pagina(contact), velden, headers=HTMX).text
        beide = [tekst.index("eu-burger"), tekst.index("eu-bedrijf")]
        assert tekst.index(eerst) == min(beide)
