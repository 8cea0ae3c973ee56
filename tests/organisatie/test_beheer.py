"""Reference data: the page of the beheerder, and the administration behind it."""

from collections.abc import Callable
from datetime import date, time, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kcc.models import Hartslag, VuilUur
from kennisbank.models import Grondslag
from organisatie.models import Afdeling, BijzondereDag, Medewerker, Openingstijd
from tests.conftest import KccClient
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    MedewerkerFactory,
    ProductFactory,
)

ClientAs = Callable[..., KccClient]

BEHEERD = (
    "organisatie_afdeling",
    "organisatie_groep",
    "organisatie_medewerker",
    "organisatie_openingstijd",
    "organisatie_bijzonderedag",
    "kennisbank_product",
    "rapportage_norm",
)
PAGINAS = (
    "organisatie:beheer",
    "admin:index",
    *(f"admin:{naam}_{soort}" for naam in BEHEERD for soort in ("changelist", "add")),
)
ANDEREN = ("kcc_medewerker", "vakspecialist", "teamleider", "kennisredacteur")


@pytest.mark.parametrize("pagina", PAGINAS)
def test_the_beheerder_may_open_it(client_as: ClientAs, pagina: str) -> None:
    assert client_as("beheerder").get(reverse(pagina)).status_code == 200


@pytest.mark.parametrize("pagina", PAGINAS)
def test_nobody_else_may(client_as: ClientAs, pagina: str) -> None:
    for rol in ANDEREN:
        assert client_as(rol).get(reverse(pagina)).status_code == 403, rol
        assert client_as(rol).post(reverse(pagina), {}).status_code == 403, rol


@pytest.mark.parametrize("pagina", PAGINAS)
def test_a_stranger_is_asked_to_log_in(client: Client, db: None, pagina: str) -> None:
    response = client.get(reverse(pagina))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("inloggen"))


def test_the_page_answers_to_get_only(client_as: ClientAs) -> None:
    assert client_as("beheerder").post(reverse("organisatie:beheer")).status_code == 405


@pytest.mark.parametrize("model", ["gesprek", "klantcontact", "partij"])
def test_data_about_citizens_is_not_in_the_administration(client_as: ClientAs, model: str) -> None:
    assert client_as("beheerder").get(f"/beheer/basis/contacts/{model}/").status_code == 404


class Ingebed(HTMLParser):
    """Collects what a strict Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.gevonden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Inline style, handlers, and scripts or styles without an address."""
        namen = dict(attrs)
        if tag == "style" or any(naam == "style" or naam.startswith("on") for naam in namen):
            self.gevonden.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in namen and namen.get("type") != "application/json":
            self.gevonden.append(self.get_starttag_text() or tag)


@pytest.mark.parametrize("pagina", PAGINAS)
def test_pages_hold_nothing_that_the_csp_refuses(client_as: ClientAs, pagina: str) -> None:
    response = client_as("beheerder").get(reverse(pagina))
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    lezer = Ingebed()
    lezer.feed(response.content.decode())
    assert lezer.gevonden == []


def beheer(client: KccClient) -> str:
    """The page of the beheerder, on a Wednesday in November 2026."""
    toen = KccClient()  # a session of now would have no place on that day
    with time_machine.travel(WOENSDAG, tick=False):
        toen.force_login(client.medewerker, backend="organisatie.backends.MedewerkerBackend")
        response = toen.get(reverse("organisatie:beheer"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_shows_feestdagen_and_special_days_of_the_coming_year(
    client_as: ClientAs, openingstijden: None
) -> None:
    BijzondereDag.objects.create(datum=date(2026, 12, 24), omschrijving="Kerstborrel")
    BijzondereDag.objects.create(
        datum=date(2027, 5, 5), omschrijving="Open op 5 mei", van=time(10), tot=time(12)
    )
    BijzondereDag.objects.create(datum=date(2026, 11, 17), omschrijving="Gisteren")
    BijzondereDag.objects.create(datum=date(2027, 11, 18), omschrijving="Over een jaar")
    tekst = beheer(client_as("beheerder"))
    volgorde = [
        "do 24 december 2026",
        "Kerstborrel",
        "vr 25 december 2026",
        "Eerste kerstdag",
        "vr 26 maart 2027",
        "Goede vrijdag",
        "Open op 5 mei",
        "(Bevrijdingsdag)",
        "10:00–12:00",
        "ma 17 mei 2027",
        "Tweede pinksterdag",
    ]
    plekken = [tekst.find(stuk) for stuk in volgorde]
    assert -1 not in plekken
    assert plekken == sorted(plekken)
    assert "Gisteren" not in tekst
    assert "Over een jaar" not in tekst


def test_it_warns_when_there_are_no_opening_hours(client_as: ClientAs) -> None:
    waarschuwing = "Er zijn geen openingstijden ingevuld"
    client = client_as("beheerder")
    assert waarschuwing in beheer(client)
    Openingstijd.objects.create(weekdag=1, van=time(9), tot=time(17))
    tekst = beheer(client)
    assert waarschuwing not in tekst
    assert "09:00–17:00" in tekst


@pytest.mark.parametrize(
    ("seconden_geleden", "stand"), [(None, "staat stil"), (10, "loopt"), (121, "staat stil")]
)
def test_it_shows_whether_the_machinery_runs(
    client_as: ClientAs, seconden_geleden: int | None, stand: str
) -> None:
    if seconden_geleden is not None:
        slag = WOENSDAG - timedelta(seconds=seconden_geleden)
        Hartslag.objects.create(naam="werker", geslagen_op=slag)
    assert f">{stand}</span>" in beheer(client_as("beheerder"))


def test_it_shows_how_many_hours_wait_and_whether_that_takes_long(client_as: ClientAs) -> None:
    client = client_as("beheerder")
    assert "bij tot nu" in beheer(client)
    uur = WOENSDAG.replace(minute=0)
    with time_machine.travel(WOENSDAG - timedelta(minutes=1), tick=False):
        VuilUur.objects.create(uur=uur)
        VuilUur.objects.create(uur=uur)  # marked twice, one hour
    assert "1 uur wacht op berekening" in beheer(client)
    assert "langer dan 5 minuten" not in beheer(client)
    with time_machine.travel(WOENSDAG - timedelta(minutes=6), tick=False):
        VuilUur.objects.create(uur=uur)
    assert "langer dan 5 minuten" in beheer(client)


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_page_costs_the_same_for_any_number_of_days(
    client_as: ClientAs, openingstijden: None, django_assert_num_queries: Any, aantal: int
) -> None:
    client = client_as("beheerder")
    client.get(reverse("start"))  # from here on the session is not written for a minute
    for n in range(aantal):
        dag = date.today() + timedelta(days=n)  # noqa: DTZ011
        BijzondereDag.objects.create(datum=dag, omschrijving="Dicht")
    # session, user, week, own hours, days, heartbeats of worker and guard, dirty hours
    with django_assert_num_queries(8):
        client.get(reverse("organisatie:beheer"))


@pytest.mark.parametrize("aantal", [1, 20])
@pytest.mark.parametrize("naam", ["afdeling", "groep", "medewerker"])
def test_lists_cost_the_same_for_any_length(
    client_as: ClientAs, django_assert_max_num_queries: Any, naam: str, aantal: int
) -> None:
    client = client_as("beheerder")
    for n in range(aantal):
        afdeling = AfdelingFactory.create(identificatie=f"afdeling-{n}")
        GroepFactory.create(afdeling=afdeling)
        MedewerkerFactory.create(afdelingen=[afdeling])
    with django_assert_max_num_queries(9):
        client.get(reverse(f"admin:organisatie_{naam}_changelist"))


STERK = "zeven-groene-fietsen"


def test_a_new_medewerker_can_log_in_with_the_password_he_was_given(client_as: ClientAs) -> None:
    gegevens = {
        "gebruikersnaam": "f.nieuw",
        "voornaam": "Femke",
        "achternaam": "Nieuw",
        "rollen": ["kcc_medewerker", "teamleider"],
        "password1": STERK,
        "password2": STERK,
    }
    url = reverse("admin:organisatie_medewerker_add")
    assert client_as("beheerder").post(url, gegevens).status_code == 302
    nieuw = Medewerker.objects.get(gebruikersnaam="f.nieuw")
    assert nieuw.rollen == ["kcc_medewerker", "teamleider"]
    assert not nieuw.is_demo
    ander = Client()
    ander.post(reverse("inloggen"), {"username": "f.nieuw", "password": STERK})
    assert ander.session["_auth_user_id"] == str(nieuw.pk)


@pytest.mark.parametrize(
    ("eerste", "tweede", "fout"),
    [
        ("kort", "kort", "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."),
        ("femke de nieuw", "femke de nieuw", "Het wachtwoord lijkt te veel op"),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "Dit wachtwoord is te algemeen"),
        (STERK, "anders", "De twee wachtwoordvelden komen niet overeen"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_in_dutch(
    client_as: ClientAs, eerste: str, tweede: str, fout: str
) -> None:
    gegevens = {
        "gebruikersnaam": "femke-de-nieuw",
        "voornaam": "Femke",
        "achternaam": "Nieuw",
        "password1": eerste,
        "password2": tweede,
    }
    response = client_as("beheerder").post(reverse("admin:organisatie_medewerker_add"), gegevens)
    assert response.status_code == 200
    assert fout in response.content.decode()
    assert not Medewerker.objects.filter(achternaam="Nieuw").exists()


def test_the_beheerder_gives_somebody_a_new_password(client_as: ClientAs) -> None:
    ander = MedewerkerFactory.create()
    url = reverse("admin:auth_user_password_change", args=[ander.pk])
    gegevens = {"usable_password": "true", "password1": STERK, "password2": STERK}
    assert client_as("beheerder").post(url, gegevens).status_code == 302
    ander.refresh_from_db()
    assert ander.check_password(STERK)


def change(client: KccClient, medewerker: Medewerker, **velden: Any) -> Any:
    """Post the change form of a medewerker."""
    gegevens = {
        "gebruikersnaam": medewerker.gebruikersnaam,
        "voornaam": medewerker.voornaam,
        "achternaam": medewerker.achternaam,
        "is_active": "on",
        "rollen": medewerker.rollen,
        **velden,
    }
    url = reverse("admin:organisatie_medewerker_change", args=[medewerker.pk])
    return client.post(url, {k: v for k, v in gegevens.items() if v})


def test_changing_a_role_changes_what_somebody_may_at_once(client_as: ClientAs) -> None:
    ander = client_as("kcc_medewerker")
    assert ander.get(reverse("organisatie:beheer")).status_code == 403
    change(client_as("beheerder"), ander.medewerker, rollen=["beheerder"])
    weg = ander.get(reverse("organisatie:beheer"))  # other work begins with a new session
    assert weg.headers["Location"].startswith(reverse("inloggen"))
    ander.medewerker.refresh_from_db()
    ander.force_login(ander.medewerker, backend="organisatie.backends.MedewerkerBackend")
    assert ander.get(reverse("organisatie:beheer")).status_code == 200


@pytest.mark.parametrize("velden", [{"rollen": ["teamleider"]}, {"is_active": ""}])
def test_the_last_beheerder_cannot_take_away_his_own_right(
    client_as: ClientAs, velden: dict[str, Any]
) -> None:
    client = client_as("beheerder")
    response = change(client, client.medewerker, **velden)
    assert "minstens één beheerder" in response.content.decode()
    client.medewerker.refresh_from_db()
    assert client.medewerker.rollen == ["beheerder"]
    assert client.medewerker.is_active
    MedewerkerFactory.create(rollen=["beheerder"])
    assert change(client, client.medewerker, **velden).status_code == 302


@pytest.mark.parametrize("naam", ["afdeling", "groep", "medewerker"])
def test_what_others_refer_to_is_switched_off_not_deleted(client_as: ClientAs, naam: str) -> None:
    rij = {
        "afdeling": AfdelingFactory.create,
        "groep": GroepFactory.create,
        "medewerker": MedewerkerFactory.create,
    }[naam]()
    client = client_as("beheerder")
    url = reverse(f"admin:organisatie_{naam}_delete", args=[rij.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    lijst = reverse(f"admin:organisatie_{naam}_changelist")
    client.post(lijst, {"action": "delete_selected", "_selected_action": [rij.pk], "post": "yes"})
    assert type(rij)._default_manager.filter(pk=rij.pk).exists()


def test_a_second_kcc_is_refused_in_dutch(client_as: ClientAs) -> None:
    AfdelingFactory.create(identificatie="kcc")
    gegevens = {"identificatie": "kcc2", "naam": "KCC 2", "is_kcc": "on", "is_actief": "on"}
    response = client_as("beheerder").post(reverse("admin:organisatie_afdeling_add"), gegevens)
    assert "Er is al een afdeling die het KCC is." in response.content.decode()
    assert Afdeling.objects.count() == 1


@pytest.mark.parametrize(
    ("van", "tot", "fout"),
    [
        ("09:00", "", "Vul beide tijden in"),
        ("", "17:00", "Vul beide tijden in"),
        ("17:00", "09:00", "De eindtijd ligt na de begintijd."),
    ],
)
def test_half_a_special_day_is_refused(client_as: ClientAs, van: str, tot: str, fout: str) -> None:
    gegevens = {"datum": "24-12-2026", "omschrijving": "Kerst", "van": van, "tot": tot}
    url = reverse("admin:organisatie_bijzonderedag_add")
    response = client_as("beheerder").post(url, gegevens)
    assert response.status_code == 200
    assert fout in response.content.decode()
    assert not BijzondereDag.objects.exists()


def test_a_special_day_opens_on_a_feestdag_from_a_link_that_fills_it_in(
    client_as: ClientAs,
) -> None:
    client = client_as("beheerder")
    tekst = beheer(client)
    link = f"{reverse('admin:organisatie_bijzonderedag_add')}?datum=27-04-2027"
    assert link in tekst
    assert 'value="27-04-2027"' in client.get(link).content.decode()
    gegevens = {"datum": "27-04-2027", "omschrijving": "Koningsdag", "van": "9:00", "tot": "12:00"}
    client.post(reverse("admin:organisatie_bijzonderedag_add"), gegevens)
    assert "09:00–12:00" in beheer(client)


def test_a_product_shows_its_law_and_keeps_what_the_import_owns(client_as: ClientAs) -> None:
    product = ProductFactory.create(naam="paspoort")
    Grondslag.objects.create(product=product, uri="https://wet.test/1", label="Artikel 26 <b>")
    ander = AfdelingFactory.create(identificatie="belastingen")
    client = client_as("beheerder")
    url = reverse("admin:kennisbank_product_change", args=[product.pk])
    assert "Artikel 26 &lt;b&gt;" in client.get(url).content.decode()
    gegevens = {
        "naam": "iets anders",
        "afdeling": ander.pk,
        "trefwoorden": "pas",
        "is_actief": "on",
    }
    assert client.post(url, gegevens).status_code == 302
    product.refresh_from_db()
    assert (product.naam, product.afdeling, product.trefwoorden) == ("paspoort", ander, "pas")
