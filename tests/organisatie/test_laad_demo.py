"""``manage.py laad_demo``: repeatable, complete, and never in production."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from kcc.access import Rol
from kcc.demo import ACCOUNTS
from kennisbank.inhoud.producten import laad_producten
from kennisbank.models import Kennisartikel, Product
from organisatie.inhoud import laad_organisatie
from organisatie.models import Afdeling, Medewerker, Openingstijd
from organisatie.werkkalender import add_werktijd, laad_werkkalender
from tests.factories import AfdelingFactory, ProductFactory, moment
from zaken.inhoud import laad_overdrachtsafspraken
from zaken.models import Overdrachtsafspraak

pytestmark = pytest.mark.django_db

KAMERS = ("kcc", "organisatie", "kennisbank", "contacts", "zaken", "rapportage")


def load() -> str:
    """Run the command without invented contacts; returns what it says."""
    uit = StringIO()
    call_command("laad_demo", zonder_klantcontacten=True, stdout=uit)
    return uit.getvalue()


def load_base() -> None:
    """All but the articles, which take the most time."""
    laad_organisatie(vandaag=date(2026, 11, 18))
    laad_producten()
    laad_overdrachtsafspraken(vanaf=date(2024, 1, 1))


def counts() -> dict[str, int]:
    """The number of rows of every model of ours."""
    return {
        model._meta.label: model._default_manager.count()
        for kamer in KAMERS
        for model in apps.get_app_config(kamer).get_models(include_auto_created=True)
    }


def test_a_second_time_changes_nothing_and_says_so() -> None:
    eerste = load()
    voor = counts()
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        tweede = load()
    assert counts() == voor
    assert "170 producten" in eerste
    assert tweede.splitlines() == ["De demogegevens zijn geladen."]
    schrijft = [v["sql"] for v in vragen if v["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert schrijft == []


def test_production_refuses(settings: Settings) -> None:
    settings.PRODUCTIE = True
    voor = counts()
    with pytest.raises(CommandError, match="niet in productie"):
        load()
    assert counts() == voor


def test_the_accounts_of_the_demo_are_there_with_their_roles() -> None:
    load_base()
    rollen = {
        "agent": [Rol.KCC_MEDEWERKER],
        "agent2": [Rol.KCC_MEDEWERKER],
        "burgerzaken": [Rol.VAKSPECIALIST],
        "parkeren": [Rol.VAKSPECIALIST],
        "coordinator": [Rol.COORDINATOR],
        "buitendienst": [Rol.BUITENDIENST],
        "teamleider": [Rol.TEAMLEIDER],
        "redacteur": [Rol.KENNISREDACTEUR],
        "beheerder": [Rol.BEHEERDER],
    }
    assert set(rollen) == {naam for naam, _ in ACCOUNTS}
    for naam, verwacht in rollen.items():
        medewerker = Medewerker.objects.get(gebruikersnaam=naam)
        assert medewerker.rollen == verwacht
        assert medewerker.check_password("demo")
        assert medewerker.is_demo
    for naam in ("burgerzaken", "parkeren"):
        afdelingen = Medewerker.objects.get(gebruikersnaam=naam).afdelingen.all()
        assert [afdeling.identificatie for afdeling in afdelingen] == [naam]


def test_colleagues_cannot_log_in_and_keep_production_from_starting_too() -> None:
    load_base()
    collegas = Medewerker.objects.exclude(gebruikersnaam__in=[naam for naam, _ in ACCOUNTS])
    assert len(collegas) >= 25
    assert not any(collega.has_usable_password() for collega in collegas)
    assert all(collega.is_demo for collega in collegas)


def test_every_department_that_answers_for_a_product_has_somebody_to_do_it() -> None:
    load_base()
    zonder = Afdeling.objects.filter(producten__isnull=False).exclude(
        medewerkers__rollen__contains=[Rol.VAKSPECIALIST]
    )
    assert not zonder.exists()


def test_products_carry_their_national_name_and_address() -> None:
    load_base()
    paspoort = Product.objects.get(naam="paspoort")
    assert paspoort.upn_uri == "http://standaarden.overheid.nl/owms/terms/paspoort"
    assert paspoort.afdeling is not None
    assert paspoort.afdeling.identificatie == "burgerzaken"
    assert not Product.objects.filter(upn_uri=None).exists()
    assert not Product.objects.filter(doelgroep="").exists()


def test_there_are_articles_for_sixty_products_at_least() -> None:
    load()
    met_artikel = Kennisartikel.objects.filter(is_actief=True, huidige_versie__isnull=False)
    assert met_artikel.values("product").distinct().count() >= 60


def test_agreements_fit_their_product_and_ask_two_to_four_questions() -> None:
    load_base()
    afspraken = Overdrachtsafspraak.objects.select_related("product").prefetch_related("vragen")
    assert len(afspraken) > 80
    for afspraak in afspraken:
        assert afspraak.product is not None
        assert afspraak.afdeling_id == afspraak.product.afdeling_id
        assert 2 <= len(afspraak.vragen.all()) <= 4, afspraak.product
    nood = Overdrachtsafspraak.objects.get(product__naam="noodreisdocument")
    assert (nood.termijn_aantal, nood.termijn_eenheid) == (4, "werkuren")


def test_the_calendar_of_the_demo_is_open_on_thursday_evening() -> None:
    load_base()
    eind = add_werktijd(
        moment("2026-11-18 10:00"), aantal=1, eenheid="werkdagen", kalender=laad_werkkalender()
    )
    assert eind == moment("2026-11-19 20:00")


def test_what_somebody_changed_stays_changed() -> None:
    load_base()
    Openingstijd.objects.filter(weekdag=4).delete()
    Afdeling.objects.filter(identificatie="afval").update(naam="Afval en grondstoffen")
    Medewerker.objects.get(gebruikersnaam="agent").afdelingen.clear()
    Overdrachtsafspraak.objects.update(geldig_tot=date(2030, 1, 1))
    voor = counts()
    load_base()
    assert counts() == voor
    assert Afdeling.objects.filter(naam="Afval en grondstoffen").exists()


def test_products_that_the_import_brought_get_their_department() -> None:
    uri = "http://standaarden.overheid.nl/owms/terms/paspoort"
    ProductFactory.create(naam="paspoort", upn_uri=uri, afdeling=None)
    load_base()
    paspoort = Product.objects.get(upn_uri=uri)
    assert paspoort.afdeling is not None
    assert "reisdocument" in paspoort.trefwoorden


def test_a_municipality_that_chose_its_own_kcc_keeps_it() -> None:
    eigen = AfdelingFactory.create(identificatie="antwoord", is_kcc=True)
    load_base()
    assert list(Afdeling.objects.filter(is_kcc=True)) == [eigen]
