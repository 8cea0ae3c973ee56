"""The editors' list: take, give, answer, make a draft of it, and never two who both have it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from kcc.models import UitgaandBericht
from kennisbank import services, tasks
from kennisbank.models import Concept, Kennisartikel, Melding
from kennisbank.redactielijst import lead_time, lead_time_of, what_to_write
from tests.conftest import KccClient
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, ProductFactory, artikel
from tests.kennisbank.conftest import TEKST

Publiceer = Callable[..., Kennisartikel]
Als = Callable[..., KccClient]
REDACTIE = reverse("kennisbank:redactie")
STAPPEN = ("nemen", "loslaten", "geven", "antwoord", "concept")


@pytest.fixture
def redacteur(client_as: Als) -> KccClient:
    return client_as("kennisredacteur")


def meld(stuk: Kennisartikel | None = None, **velden: Any) -> Melding:
    """A report by a KCC-medewerker with a mail address."""
    standaard = {"soort": "klopt_niet", "toelichting": "De prijs is oud.", "at": WOENSDAG}
    velden = {**standaard, **velden}
    velden.setdefault("by", MedewerkerFactory.create(email="melder@voorbeeld.test"))
    return services.report_melding(artikelversie=stuk.huidige_versie if stuk else None, **velden)


def stap(client: KccClient, melding: Melding, naam: str, **velden: Any) -> Any:
    url = reverse(f"kennisbank:melding_{naam}", args=[melding.uuid])
    return client.post(url, {"versie": melding.versie, **velden})


def test_the_list_says_what_who_and_how_long(redacteur: KccClient, publiceer: Publiceer) -> None:
    meld(publiceer(titel="Paspoort met spoed"))
    with time_machine.travel(WOENSDAG + timedelta(days=3), tick=False):
        tekst = redacteur.get(REDACTIE).text.replace("\xa0", " ")
    for woord in ("klopt niet", "Paspoort met spoed", "De prijs is oud.", "3 dagen", "niemand"):
        assert woord in tekst


def test_filters(redacteur: KccClient, publiceer: Publiceer) -> None:
    ander = AfdelingFactory.create(identificatie="belastingen")
    product = ProductFactory.create(naam="hondenbelasting", afdeling=ander)
    van_mij = meld(publiceer(titel="Mijn stuk"), toelichting="een")
    meld(publiceer(titel="Ander stuk", product=product), soort="mist", toelichting="twee")
    meld(None, soort="mist", toelichting="drie", product=product)
    meld(publiceer(titel="Dank"), soort="helpt", toelichting="vier")
    klaar = meld(publiceer(titel="Klaar"), toelichting="vijf")
    services.answer_melding(melding=klaar, antwoord="Ja", by=redacteur.medewerker, at=WOENSDAG)
    services.claim_melding(melding=van_mij, by=redacteur.medewerker, at=WOENSDAG)

    def toont(**keuze: str) -> set[str]:
        tekst = redacteur.get(REDACTIE, keuze).text
        return {w for w in ("een", "twee", "drie", "vier", "vijf") if f">{w}<" in tekst}

    assert toont() == {"een", "twee", "drie"}
    assert toont(wie="mij") == {"een"}
    assert toont(wie="niemand") == {"twee", "drie"}
    assert toont(soort="klopt_niet") == {"een"}
    assert toont(afdeling="belastingen") == {"twee", "drie"}
    assert toont(stand="afgehandeld") == {"vijf"}
    assert toont(wie="x", soort="helpt", afdeling="\x00", pagina="9" * 9) == {"een", "twee", "drie"}


def test_take_let_go_and_give(redacteur: KccClient, client_as: Als, publiceer: Publiceer) -> None:
    melding = meld(publiceer())
    assert stap(redacteur, melding, "nemen").status_code == 302
    melding.refresh_from_db()
    assert (melding.behandelaar, melding.stand) == (redacteur.medewerker, "in_behandeling")
    collega = client_as("kennisredacteur").medewerker
    assert stap(redacteur, melding, "geven", medewerker=collega.pk).status_code == 302
    melding.refresh_from_db()
    assert melding.behandelaar == collega
    assert stap(redacteur, melding, "loslaten").status_code == 302
    melding.refresh_from_db()
    assert melding.behandelaar is None
    assert melding.stand == "nieuw"


def test_it_is_given_to_editors_only(redacteur: KccClient, publiceer: Publiceer) -> None:
    melding, agent = meld(publiceer()), MedewerkerFactory.create()
    antwoord = stap(redacteur, melding, "geven", medewerker=agent.pk)
    assert antwoord.status_code == 422
    assert "Kies een collega die de kennisbank bewerkt." in antwoord.text


def test_who_comes_second_is_told_who_has_it(
    redacteur: KccClient, client_as: Als, publiceer: Publiceer
) -> None:
    melding = meld(publiceer())
    ander = client_as("kennisredacteur", achternaam="Eerst")
    services.claim_melding(melding=melding, by=ander.medewerker, at=WOENSDAG)
    for naam, velden in (("nemen", {}), ("antwoord", {"antwoord": "Mijn tekst"}), ("concept", {})):
        melding.refresh_from_db()
        antwoord = stap(redacteur, melding, naam, **velden)
        assert antwoord.status_code == 422
        assert "A. Eerst behandelt deze melding al." in antwoord.text
    melding.refresh_from_db()
    assert (melding.behandelaar, melding.stand) == (ander.medewerker, "in_behandeling")
    assert not Concept.objects.exists()


@pytest.mark.parametrize("naam", ["loslaten", "geven", "antwoord", "concept"])
def test_a_step_on_what_changed_is_refused_and_keeps_the_text(
    redacteur: KccClient, publiceer: Publiceer, naam: str
) -> None:
    melding = meld(publiceer())
    services.claim_melding(melding=melding, by=redacteur.medewerker, at=WOENSDAG)
    velden = {"antwoord": "Wat ik typte", "medewerker": redacteur.medewerker.pk}
    antwoord = stap(redacteur, melding, naam, **velden)  # with the version of before
    assert antwoord.status_code == 422
    assert "Een collega heeft deze melding intussen gewijzigd." in antwoord.text
    if naam == "antwoord":
        pagina = BeautifulSoup(antwoord.content, "html.parser")
        assert pagina.select_one("#id_antwoord").get_text().strip() == "Wat ik typte"  # type: ignore[union-attr]
    melding.refresh_from_db()
    assert (melding.versie, melding.behandelaar) == (2, redacteur.medewerker)
    assert stap(redacteur, melding, naam, **velden).status_code == 302


def test_the_answer_reaches_who_reported_by_mail_without_contents(
    redacteur: KccClient, publiceer: Publiceer
) -> None:
    melding = meld(publiceer())
    antwoord = stap(redacteur, melding, "antwoord", antwoord="De prijs klopt nu.")
    assert antwoord.status_code == 302
    melding.refresh_from_db()
    assert (melding.stand, melding.antwoord) == ("afgehandeld", "De prijs klopt nu.")
    assert melding.afgehandeld_door == melding.behandelaar == redacteur.medewerker
    assert Melding.objects.unread_answers(melding.door).count() == 1
    bericht = UitgaandBericht.objects.get()
    assert bericht.aan == "melder@voorbeeld.test"
    assert reverse("kennisbank:mijn_meldingen") in bericht.tekst
    assert "prijs" not in bericht.tekst + bericht.onderwerp


def test_an_answer_has_words_and_is_given_once(redacteur: KccClient, publiceer: Publiceer) -> None:
    melding = meld(publiceer())
    leeg = stap(redacteur, melding, "antwoord", antwoord=" ")
    assert leeg.status_code == 422
    assert "Schrijf een antwoord aan wie dit meldde." in leeg.text
    stap(redacteur, melding, "antwoord", antwoord="Eerst")
    melding.refresh_from_db()
    tweede = stap(redacteur, melding, "antwoord", antwoord="Tweede")
    assert tweede.status_code == 422
    assert "Deze melding is al afgehandeld." in tweede.text
    melding.refresh_from_db()
    assert melding.antwoord == "Eerst"
    assert UitgaandBericht.objects.count() == 1


def test_no_mail_to_oneself_or_to_who_left(redacteur: KccClient, publiceer: Publiceer) -> None:
    weg = MedewerkerFactory.create(email="weg@voorbeeld.test", is_active=False)
    for wie in (weg, MedewerkerFactory.create(email=""), redacteur.medewerker):
        stap(redacteur, meld(publiceer(), by=wie), "antwoord", antwoord="Gedaan")
    assert not UitgaandBericht.objects.exists()
    assert not Melding.objects.unread_answers(redacteur.medewerker).exists()


def test_a_draft_out_of_it_is_answered_when_it_is_published(
    redacteur: KccClient, publiceer: Publiceer
) -> None:
    stuk = publiceer()
    melding, tweede = meld(stuk), meld(stuk, toelichting="Ook fout")
    for een in (melding, tweede):  # the second joins the draft of the first
        assert stap(redacteur, een, "concept").status_code == 302
        een.refresh_from_db()
    concept = Concept.objects.get()
    assert (concept.artikel, melding.concept, tweede.concept) == (stuk, concept, concept)
    assert "De prijs is oud." in concept.toelichting
    nog_eens = stap(redacteur, melding, "concept")
    assert nog_eens.status_code == 422
    assert "al een concept gemaakt" in nog_eens.text
    pagina = reverse("kennisbank:melding", args=[melding.uuid])
    assert concept.titel in redacteur.get(pagina).text
    Concept.objects.filter(pk=concept.pk).update(uitleg="De prijs is 80 euro.")
    services.publish_urgent(
        concept=concept, versie=concept.versie, reden="fout", by=redacteur.medewerker, at=now()
    )
    for een in (melding, tweede):
        een.refresh_from_db()
        assert een.stand == "afgehandeld"
        assert een.antwoord
        assert Melding.objects.unread_answers(een.door).count() == 1
    assert "na de melding" in redacteur.get(pagina).text
    assert lead_time(nu=now()).aantal == 1


def test_a_new_article_out_of_what_is_missing(redacteur: KccClient) -> None:
    melding = meld(None, soort="mist", zoekvraag="kermis", toelichting="")
    zonder = stap(redacteur, melding, "concept", titel="Kermis")
    assert zonder.status_code == 422
    assert "Kies welke afdeling eigenaar wordt." in zonder.text
    afdeling = AfdelingFactory.create()
    stap(redacteur, melding, "concept", titel="Kermis in de wijk", afdeling=afdeling.pk)
    concept = Concept.objects.get()
    assert (concept.titel, concept.afdeling, concept.artikel) == (
        "Kermis in de wijk", afdeling, None,
    )  # fmt: skip


@pytest.mark.parametrize("naam", STAPPEN)
def test_who_may_do_what(
    redacteur: KccClient, client_as: Als, publiceer: Publiceer, naam: str
) -> None:
    melding = meld(publiceer())
    url = reverse(f"kennisbank:melding_{naam}", args=[melding.uuid])
    assert redacteur.get(url).status_code == 405
    weg = reverse(f"kennisbank:melding_{naam}", args=[uuid4()])
    assert redacteur.post(weg, {"versie": 1}).status_code == 404
    for rol in ("kcc_medewerker", "vakspecialist", "teamleider", "beheerder"):
        assert client_as(rol).post(url, {"versie": 1}).status_code == 403
    for versie in ("", "0", "x", "9" * 40):
        assert redacteur.post(url, {"versie": versie}).status_code == 422
    melding.refresh_from_db()
    assert melding.versie == 1


@pytest.mark.parametrize("route", ["redactie", "te_herzien", "schrijven"])
def test_the_lists_are_for_editors(client_as: Als, route: str) -> None:
    url = reverse(f"kennisbank:{route}")
    assert client_as("kennisredacteur").get(url).status_code == 200
    for rol in ("kcc_medewerker", "vakspecialist", "teamleider", "beheerder"):
        assert client_as(rol).get(url).status_code == 403


def test_an_editor_begins_here(redacteur: KccClient) -> None:
    assert redacteur.get(reverse("start"))["Location"] == REDACTIE


@pytest.mark.parametrize("rijen", [1, 20])
def test_the_lists_cost_the_same_for_every_length(
    redacteur: KccClient, publiceer: Publiceer, rijen: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(rijen):
        stuk = publiceer(titel=f"Stuk {nummer}", herzien_op=WOENSDAG.date())
        melding = meld(stuk, toelichting=f"fout {nummer}")
        services.claim_melding(melding=melding, by=redacteur.medewerker, at=WOENSDAG)
        for _ in range(12):
            assert stuk.huidige_versie is not None
            services.log_gebruik(artikelversie=stuk.huidige_versie, soort="geopend", at=now())
        services.log_zoekactie(vraag=f"vraag{'x' * nummer}", aantal=0, at=now())
    redacteur.get(REDACTIE)
    with django_assert_num_queries(6):  # session, user, afdelingen, count, rows, lead time
        assert redacteur.get(REDACTIE).text.count("fout ") == rijen
    with django_assert_num_queries(5):  # session, user, afdelingen, count, rows
        assert redacteur.get(reverse("kennisbank:te_herzien")).text.count("Stuk ") == rijen
    with django_assert_num_queries(6):  # session, user, searches, reports, uses, articles
        redacteur.get(reverse("kennisbank:schrijven"))


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_never_both_have_it() -> None:
    melding = meld(artikel())
    redacteuren = [MedewerkerFactory.create(rollen=["kennisredacteur"]) for _ in range(4)]
    klaar, uitkomst = threading.Barrier(len(redacteuren)), []

    def neem(wie: Any) -> None:
        try:
            klaar.wait(10)
            services.claim_melding(melding=melding, by=wie, at=WOENSDAG)
            uitkomst.append(wie.pk)
        except services.MeldingVanIemandAnders:
            uitkomst.append(None)
        finally:
            connection.close()

    draden = [threading.Thread(target=neem, args=[wie]) for wie in redacteuren]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    melding.refresh_from_db()
    assert len(uitkomst) == len(redacteuren)
    assert [pk for pk in uitkomst if pk] == [melding.behandelaar_id]


class TestDoorlooptijd:
    """From what a colleague said to what was published."""

    def test_it_is_shown_and_averaged(self, redacteur: KccClient, publiceer: Publiceer) -> None:
        for dagen in (2, 5):
            stuk = publiceer(titel=f"Stuk {dagen}")
            melding = meld(stuk, at=now() - timedelta(days=dagen))
            concept = services.draft_for_melding(
                melding=melding, by=redacteur.medewerker, at=now(), versie=1
            )
            versie = services.publish_versie(artikel=stuk, **TEKST, by=None, at=now())
            Concept.objects.filter(pk=concept.pk).update(
                stand="gepubliceerd", gepubliceerde_versie=versie
            )
        uitkomst = lead_time(nu=now())
        assert uitkomst.aantal == 2
        assert uitkomst.dagen == pytest.approx(3.5, abs=0.01)
        assert "3,5 dagen" in redacteur.get(REDACTIE).text
        eigen = Melding.objects.with_row().order_by("op").first()
        assert eigen is not None
        duur = lead_time_of(eigen)
        assert duur is not None
        assert duur.days == 5
        tekst = redacteur.get(reverse("kennisbank:melding", args=[eigen.uuid])).text
        assert "5 dagen" in " ".join(tekst.split())

    def test_nothing_yet(self, redacteur: KccClient) -> None:
        assert "nog niets gepubliceerd" in redacteur.get(REDACTIE).text


class TestWatNuTeSchrijven:
    """The ranking."""

    def test_the_points(self, publiceer: Publiceer) -> None:
        fout, ongebruikt, goed = (publiceer(titel=t) for t in ("Fout", "Ongebruikt", "Goed"))
        meld(fout)
        meld(None, soort="mist", zoekvraag="kermissen aanvragen", toelichting="")
        for _ in range(4):
            services.log_zoekactie(vraag="kermis aanvraag", aantal=0, at=WOENSDAG)
        meld(None, soort="mist", product=ProductFactory.create(naam="rioolheffing"))
        for stuk, gebruikt in ((ongebruikt, 1), (goed, 3)):
            versie = stuk.huidige_versie
            assert versie is not None
            for soort, keer in (("geopend", 11), ("gebruikt", gebruikt)):
                for _ in range(keer):
                    services.log_gebruik(artikelversie=versie, soort=soort, at=WOENSDAG)
        punten = what_to_write(nu=WOENSDAG + timedelta(hours=1))
        assert [(p.titel, p.punten) for p in punten] == [
            ("kermis aanvraag", 7), ("Fout", 5), ("rioolheffing", 3), ("Ongebruikt", 2),
        ]  # fmt: skip
        assert punten[0].redenen == ["4 keer gezocht, niets gevonden", "1 keer “mist”"]
        assert punten[3].redenen == ["11 keer geopend, 1 keer gebruikt"]

    def test_the_page_states_the_formula(self, redacteur: KccClient) -> None:
        tekst = redacteur.get(reverse("kennisbank:schrijven")).text
        for zin in ("1 punt per keer, over 30 dagen", "3 punten", "5 punten", "10 keer of vaker"):
            assert zin in tekst


class TestHerzien:
    """Reminders before and after the review date."""

    VANDAAG = WOENSDAG.date()

    def remind(self, dagen: int = 0) -> int:
        dag = self.VANDAAG + timedelta(days=dagen)
        return services.remind_owners(vandaag=dag, at=WOENSDAG + timedelta(days=dagen))

    @pytest.mark.parametrize(
        ("over", "mail"),
        [(-31, 0), (-30, 1), (-29, 0), (-1, 0), (0, 1), (1, 0), (6, 0), (7, 1), (8, 0), (70, 1)],
    )
    def test_thirty_days_before_on_the_day_and_weekly_after(
        self, publiceer: Publiceer, over: int, mail: int
    ) -> None:
        afdeling = AfdelingFactory.create(identificatie="wonen", email="wonen@voorbeeld.test")
        publiceer(afdeling=afdeling, herzien_op=self.VANDAAG - timedelta(days=over))
        assert self.remind() == mail

    def test_one_mail_per_owner_with_titles_and_links_once_a_day(
        self, publiceer: Publiceer
    ) -> None:
        afdeling = AfdelingFactory.create(identificatie="wonen", email="wonen@voorbeeld.test")
        een = publiceer(titel="Een", afdeling=afdeling, herzien_op=self.VANDAAG)
        twee = publiceer(
            titel="Twee", afdeling=afdeling, herzien_op=self.VANDAAG - timedelta(days=14)
        )
        for _ in range(2):
            with time_machine.travel(WOENSDAG, tick=False):
                tasks.herinner_aan_herzien()
        bericht = UitgaandBericht.objects.get()
        assert bericht.aan == "wonen@voorbeeld.test"
        assert bericht.onderwerp == "Nakijken: 2 artikelen in de kennisbank"
        for stuk, titel in ((een, "Een"), (twee, "Twee")):
            assert f"- {titel}\n" in bericht.tekst
            assert reverse("kennisbank:artikel", args=[stuk.uuid]) in bericht.tekst
        assert "14 dagen te laat" in bericht.tekst
        self.remind(7)
        assert UitgaandBericht.objects.count() == 2

    def test_without_an_address_it_is_the_editor_and_else_nobody(
        self, publiceer: Publiceer
    ) -> None:
        zonder = AfdelingFactory.create(identificatie="zonder", email="")
        redacteur = MedewerkerFactory.create(email="redacteur@voorbeeld.test")
        velden = {"afdeling": zonder, "herzien_op": self.VANDAAG}
        publiceer(redacteur=redacteur, **velden)
        publiceer(**velden)
        assert self.remind() == 1
        assert UitgaandBericht.objects.get().aan == "redacteur@voorbeeld.test"

    def test_not_what_is_withdrawn_or_news_that_is_over(self, publiceer: Publiceer) -> None:
        afdeling = AfdelingFactory.create(identificatie="wonen", email="wonen@voorbeeld.test")
        velden = {"afdeling": afdeling, "herzien_op": self.VANDAAG}
        publiceer(is_actief=False, **velden)
        publiceer(
            soort="nieuws", geldig_van=self.VANDAAG - timedelta(days=9),
            geldig_tot=self.VANDAAG - timedelta(days=2), **velden,
        )  # fmt: skip
        assert self.remind() == 0

    def test_the_editors_see_them_too(self, redacteur: KccClient, publiceer: Publiceer) -> None:
        ander = AfdelingFactory.create(identificatie="belastingen")
        vandaag = now().date()
        publiceer(titel="Te laat stuk", herzien_op=vandaag - timedelta(days=3))
        publiceer(titel="Bijna stuk", herzien_op=vandaag + timedelta(days=20), afdeling=ander)
        publiceer(titel="Later stuk", herzien_op=vandaag + timedelta(days=40))
        url = reverse("kennisbank:te_herzien")
        alle = redacteur.get(url).text
        assert alle.index("Te laat stuk") < alle.index("Bijna stuk")
        assert "Later stuk" not in alle
        van_hen = redacteur.get(url, {"afdeling": "belastingen"}).text
        assert "Bijna stuk" in van_hen
        assert "Te laat stuk" not in van_hen
