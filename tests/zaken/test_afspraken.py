"""Agreements: which one holds, their versions, and the pages on which the beheerder keeps them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kennisbank.models import Product
from organisatie.models import Afdeling, Medewerker
from tests.conftest import KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    ProductFactory,
    moment,
)
from zaken import services
from zaken.models import Intakevraag, Overdrachtsafspraak, Productgroep
from zaken.overdracht import proposed_afdeling
from zaken.services import Vraag

VANDAAG, MORGEN = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture(autouse=True)
def woensdag() -> Any:
    with time_machine.travel(WOENSDAG, tick=False):
        yield


@pytest.fixture
def afdeling(db: None) -> Afdeling:
    return AfdelingFactory.create()


@pytest.fixture
def product(afdeling: Afdeling) -> Product:
    return ProductFactory.create(afdeling=afdeling)


@pytest.fixture
def beheerder(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("beheerder")


@pytest.fixture
def by(db: None) -> Medewerker:
    return MedewerkerFactory.create(rollen=["beheerder"])


def maak(afdeling: Afdeling, **velden: Any) -> Overdrachtsafspraak:
    return Overdrachtsafspraak.objects.create(
        **{
            "afdeling": afdeling,
            "termijn_aantal": 4,
            "geldig_vanaf": date(2026, 1, 1),
            **velden,
        }
    )


def gegevens(**anders: Any) -> dict[str, Any]:
    return {"termijn_aantal": 3, "geldig_vanaf": VANDAAG, **anders}


def renew(afspraak: Overdrachtsafspraak, by: Medewerker, **anders: Any) -> Overdrachtsafspraak:
    vragen = anders.pop("vragen", [Vraag("Waarom?")])
    return services.renew_afspraak(
        afspraak=afspraak, gegevens=gegevens(**anders), vragen=vragen, by=by, at=WOENSDAG
    )


class TestWhichHolds:
    def test_the_closest_goes_first(self, afdeling: Afdeling, product: Product) -> None:
        groep = Productgroep.objects.create(naam="Reisdocumenten")
        groep.producten.add(product)
        rest = maak(afdeling)
        assert services.agreement_for(product, afdeling, VANDAAG) == rest
        van_groep = maak(afdeling, productgroep=groep)
        assert services.agreement_for(product, afdeling, VANDAAG) == van_groep
        eigen = maak(afdeling, product=product)
        assert services.agreement_for(product, afdeling, VANDAAG) == eigen
        ander = ProductFactory.create(naam="rijbewijs", afdeling=afdeling)
        assert services.agreement_for(ander, afdeling, VANDAAG) == rest
        assert services.agreement_for(None, afdeling, VANDAAG) == rest

    def test_a_closer_one_that_is_over_gives_way(
        self, afdeling: Afdeling, product: Product
    ) -> None:
        rest = maak(afdeling)
        maak(afdeling, product=product, geldig_tot=date(2026, 11, 17))
        maak(afdeling, product=product, geldig_vanaf=MORGEN)
        assert services.agreement_for(product, afdeling, VANDAAG) == rest

    def test_two_departments_may_each_agree_about_a_product(
        self, afdeling: Afdeling, product: Product
    ) -> None:
        parkeren = AfdelingFactory.create(identificatie="parkeren")
        elders = maak(parkeren, product=product)
        assert services.agreement_for(product, afdeling, VANDAAG) is None
        assert services.agreement_for(product, parkeren, VANDAAG) == elders
        hier = maak(afdeling, product=product, geldig_vanaf=date(2025, 1, 1))
        assert services.agreement_for(product, afdeling, VANDAAG) == hier

    @pytest.mark.parametrize(
        ("wie", "verwacht"), [([], "burgerzaken"), (["parkeren"], "parkeren"),
                              (["parkeren", "burgerzaken"], "burgerzaken")]
    )  # fmt: skip
    def test_who_agreed_is_proposed_and_the_owner_first(
        self, product: Product, wie: list[str], verwacht: str
    ) -> None:
        for identificatie in wie:
            maak(AfdelingFactory.create(identificatie=identificatie), product=product)
        maak(AfdelingFactory.create(identificatie="weg", is_actief=False), product=product)
        contact = InterneTaakFactory.create(klantcontact__product=product).klantcontact
        voorstel = proposed_afdeling(contact, WOENSDAG)
        assert voorstel is not None
        assert voorstel.identificatie == verwacht

    def test_the_one_that_held_at_that_moment_counts(
        self, afdeling: Afdeling, product: Product, openingstijden: None
    ) -> None:
        """By the day in Amsterdam: at half past midnight it is a new day, though not yet in UTC."""
        maak(afdeling, product=product, geldig_tot=VANDAAG)
        nieuw = maak(afdeling, product=product, geldig_vanaf=MORGEN, termijn_aantal=1)
        nacht = moment("2026-11-19 00:30")
        assert services.compute_termijn(product, afdeling, nacht).afspraak == nieuw


class TestVersions:
    def test_a_new_version_ends_the_old_one_the_day_before(
        self, afdeling: Afdeling, product: Product, by: Medewerker
    ) -> None:
        oud = maak(afdeling, product=product)
        nieuw = renew(oud, by, geldig_vanaf=date(2026, 12, 1))
        oud.refresh_from_db()
        assert (oud.geldig_tot, nieuw.geldig_vanaf) == (date(2026, 11, 30), date(2026, 12, 1))
        assert (nieuw.product, nieuw.afdeling, nieuw.gemaakt_door) == (product, afdeling, by)
        assert [vraag.tekst for vraag in nieuw.vragen.all()] == ["Waarom?"]

    def test_what_was_planned_gives_way_to_what_begins_before_it(
        self, afdeling: Afdeling, by: Medewerker
    ) -> None:
        oud = maak(afdeling)
        renew(oud, by, geldig_vanaf=date(2027, 1, 1), termijn_aantal=9)
        nieuw = renew(oud, by, geldig_vanaf=MORGEN)
        assert list(Overdrachtsafspraak.objects.versions_of(oud)) == [nieuw, oud]

    def test_a_version_that_is_used_never_changes(self, afdeling: Afdeling, by: Medewerker) -> None:
        oud = maak(afdeling, geldig_vanaf=VANDAAG)
        InterneTaakFactory.create(afspraak=oud)
        with pytest.raises(services.AfspraakInUse, match="19 november 2026"):
            renew(oud, by)
        renew(oud, by, geldig_vanaf=MORGEN)
        oud.refresh_from_db()
        assert (oud.termijn_aantal, oud.geldig_tot) == (4, VANDAAG)

    def test_a_version_of_today_that_nobody_used_is_replaced(
        self, afdeling: Afdeling, by: Medewerker
    ) -> None:
        nieuw = renew(maak(afdeling, geldig_vanaf=VANDAAG), by)
        assert list(Overdrachtsafspraak.objects.all()) == [nieuw]

    def test_the_past_stays_as_it_was(self, afdeling: Afdeling, by: Medewerker) -> None:
        oud = maak(afdeling)
        with pytest.raises(services.AfspraakInPast):
            renew(oud, by, geldig_vanaf=date(2026, 11, 17))
        with pytest.raises(services.AfspraakInPast):
            services.end_afspraak(afspraak=oud, laatste_dag=date(2026, 11, 17), by=by, at=WOENSDAG)

    def test_an_end_takes_away_what_was_planned(self, afdeling: Afdeling, by: Medewerker) -> None:
        oud = maak(afdeling)
        renew(oud, by, geldig_vanaf=date(2027, 1, 1))
        services.end_afspraak(afspraak=oud, laatste_dag=MORGEN, by=by, at=WOENSDAG)
        assert [v.geldig_tot for v in Overdrachtsafspraak.objects.versions_of(oud)] == [MORGEN]
        with pytest.raises(services.AfspraakInPast, match="geldt die dag al niet meer"):
            services.end_afspraak(afspraak=oud, laatste_dag=MORGEN, by=by, at=WOENSDAG)

    def test_a_second_first_version_is_refused(self, afdeling: Afdeling, by: Medewerker) -> None:
        maak(afdeling)
        with pytest.raises(services.AfspraakExists):
            services.create_afspraak(
                afdeling=afdeling, product=None, productgroep=None, gegevens=gegevens(),
                vragen=[], by=by, at=WOENSDAG,
            )  # fmt: skip

    def test_who_receives_belongs_to_the_department(
        self, afdeling: Afdeling, by: Medewerker
    ) -> None:
        elders = AfdelingFactory.create(identificatie="elders")
        oud = maak(afdeling)
        for fout in (
            {"groep": GroepFactory.create(afdeling=elders)},
            {"medewerker": MedewerkerFactory.create(afdelingen=[elders])},
        ):
            with pytest.raises(services.OntvangerElsewhere):
                renew(oud, by, **fout)


def ingevuld(**anders: Any) -> dict[str, Any]:
    """A first version about everything, with one question."""
    return {
        "product": "", "productgroep": "", "geldig_vanaf": "2026-11-18", "termijn_aantal": "3",
        "termijn_eenheid": "werkdagen", "groep": "", "medewerker": "", "klaar_als": "",
        "max_pogingen": "3", "na_pogingen": "terug", "belofte": "",
        "vraag-TOTAL_FORMS": "2", "vraag-INITIAL_FORMS": "0",
        "vraag-0-volgorde": "2", "vraag-0-tekst": "Welke kleur?", "vraag-0-soort": "keuze",
        "vraag-0-keuzes": "rood\n groen \nrood", "vraag-0-is_verplicht": "on",
        "vraag-1-volgorde": "1", "vraag-1-tekst": "Hoeveel?", "vraag-1-soort": "tekst", **anders,
    }  # fmt: skip


class TestPages:
    def test_a_first_version_is_made(self, beheerder: KccClient, afdeling: Afdeling) -> None:
        url = reverse("zaken:afspraak_nieuw")
        assert f"?afdeling={afdeling.pk}" in beheerder.get(url).content.decode()
        adres = f"{url}?afdeling={afdeling.pk}"
        assert beheerder.get(adres).status_code == 200
        assert beheerder.post(adres, ingevuld()).status_code == 302
        afspraak = Overdrachtsafspraak.objects.get()
        assert (afspraak.afdeling, afspraak.na_pogingen) == (afdeling, "terug")
        assert list(afspraak.vragen.values_list("tekst", "keuzes", "is_verplicht")) == [
            ("Hoeveel?", "", False),
            ("Welke kleur?", "rood\ngroen", True),
        ]

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"termijn_aantal": "0"}, "Een termijn is minstens 1."),
            ({"geldig_vanaf": "2026-11-17"}, "gaat vandaag in of later"),
            ({"product": "bestaat niet"}, "Dit product staat niet in de lijst."),
            ({"belofte": "U hoort het {morgen}."}, "{morgen} kennen we niet."),
            ({"belofte": "U hoort het."}, "Zeg ook wanneer"),
            ({"vraag-0-keuzes": "rood"}, "Geef 2 tot 30 verschillende keuzes."),
            ({"vraag-1-tekst": "", "vraag-1-hulp": "Zomaar"}, "Schrijf de vraag op."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, beheerder: KccClient, afdeling: Afdeling, anders: dict[str, str], zin: str
    ) -> None:
        adres = f"{reverse('zaken:afspraak_nieuw')}?afdeling={afdeling.pk}"
        antwoord = beheerder.post(adres, ingevuld(klaar_als="Blijf staan.", **anders))
        assert antwoord.status_code == 422
        html = antwoord.content.decode()
        assert zin in html
        assert "Blijf staan." in html
        assert not Overdrachtsafspraak.objects.exists()

    def test_a_new_version_begins_with_the_last_and_can_drop_a_question(
        self, beheerder: KccClient, afdeling: Afdeling
    ) -> None:
        oud = maak(afdeling, termijn_eenheid="werkuren", klaar_als="De klant is blij.")
        for plek in (1, 2):
            Intakevraag.objects.create(afspraak=oud, volgorde=plek, tekst=f"Vraag {plek}?")
        url = reverse("zaken:afspraak_versie", args=[oud.uuid])
        html = beheerder.get(url).content.decode()
        assert "De klant is blij." in html
        assert 'value="Vraag 2?"' in html
        velden = ingevuld(
            **{
                "vraag-INITIAL_FORMS": "2", "vraag-0-tekst": "Vraag 1?", "vraag-0-soort": "tekst",
                "vraag-0-DELETE": "on", "vraag-1-tekst": "Vraag 2?",
            }
        )  # fmt: skip
        assert beheerder.post(url, velden).status_code == 302
        nieuw = Overdrachtsafspraak.objects.get(geldig_vanaf=VANDAAG)
        assert [vraag.tekst for vraag in nieuw.vragen.all()] == ["Vraag 2?"]
        assert oud.vragen.count() == 2

    def test_an_agreement_ends(self, beheerder: KccClient, afdeling: Afdeling) -> None:
        oud = maak(afdeling)
        url = reverse("zaken:afspraak_einde", args=[oud.uuid])
        assert beheerder.get(url).status_code == 405
        assert beheerder.post(url, {"laatste_dag": "2026-11-17"}).status_code == 422
        assert beheerder.post(url, {"laatste_dag": "2026-12-31"}).status_code == 302
        oud.refresh_from_db()
        assert oud.geldig_tot == date(2026, 12, 31)

    def test_the_list_shows_one_line_per_agreement_and_filters(
        self, beheerder: KccClient, afdeling: Afdeling, product: Product, by: Medewerker
    ) -> None:
        renew(maak(afdeling, product=product), by, geldig_vanaf=date(2027, 1, 1))
        maak(AfdelingFactory.create(identificatie="parkeren"), geldig_tot=date(2026, 2, 1))
        url = reverse("zaken:afspraken")

        def rijen(**filter: Any) -> int:
            html: str = beheerder.get(url, filter).content.decode()
            return html.count("tabel__hoofd")

        assert rijen() == 1
        assert rijen(stand="voorbij") == 1
        assert rijen(stand="alles") == 2
        assert rijen(stand="alles", afdeling=afdeling.pk) == 1
        assert rijen(zoek="PASP") == 1
        assert rijen(zoek="fiets") == 0
        assert rijen(afdeling="x", stand="y", pagina="z") == 1

    @pytest.mark.parametrize("rijen", [1, 20])
    def test_the_list_costs_the_same_for_every_length(
        self, beheerder: KccClient, rijen: int, django_assert_max_num_queries: Any
    ) -> None:
        for nummer in range(rijen):
            afspraak = maak(AfdelingFactory.create(identificatie=f"afdeling-{nummer}"))
            Intakevraag.objects.create(afspraak=afspraak, volgorde=1, tekst="Wat?")
        with django_assert_max_num_queries(8):
            beheerder.get(reverse("zaken:afspraken"))

    def test_a_group_of_products_is_made_and_changed(
        self, beheerder: KccClient, product: Product
    ) -> None:
        nieuw = reverse("zaken:productgroep_nieuw")
        assert beheerder.get(nieuw).status_code == 200
        fout = beheerder.post(nieuw, {"naam": "Reizen", "producten": "paspoort\nfiets"})
        assert fout.status_code == 422
        assert "Dit staat niet in de productenlijst: fiets." in fout.content.decode()
        assert beheerder.post(nieuw, {"naam": "Reizen", "producten": "PASPOORT"}).status_code == 302
        groep = Productgroep.objects.get()
        assert list(groep.producten.all()) == [product]
        assert beheerder.post(nieuw, {"naam": "reizen", "producten": ""}).status_code == 422
        url = reverse("zaken:productgroep", args=[groep.uuid])
        assert "paspoort" in beheerder.get(url).content.decode()
        assert beheerder.post(url, {"naam": "Reizen", "producten": ""}).status_code == 302
        assert not groep.producten.exists()
        assert "0 producten" in beheerder.get(reverse("zaken:productgroepen")).content.decode()

    @pytest.mark.parametrize(
        "rol", ["kcc_medewerker", "vakspecialist", "teamleider", "coordinator"]
    )
    def test_only_the_beheerder(
        self, client_as: Callable[..., KccClient], afdeling: Afdeling, rol: str
    ) -> None:
        afspraak, ander = maak(afdeling), client_as(rol)
        for naam in ("afspraak", "afspraak_versie", "afspraak_einde"):
            url = reverse(f"zaken:{naam}", args=[afspraak.uuid])
            assert ander.post(url, ingevuld()).status_code == 403
        for naam in ("afspraken", "afspraak_nieuw", "productgroepen", "productgroep_nieuw"):
            assert ander.get(reverse(f"zaken:{naam}")).status_code == 403

    def test_what_is_not_there_is_not_there(self, beheerder: KccClient) -> None:
        weg = "00000000-0000-4000-8000-000000000000"
        for naam in ("afspraak", "afspraak_versie", "productgroep"):
            assert beheerder.get(reverse(f"zaken:{naam}", args=[weg])).status_code == 404
