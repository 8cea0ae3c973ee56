"""The simulated municipality: the same for a seed, true to its sources, fit for the database."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import override_settings

from contacts.models import (
    Bron,
    DigitaalAdres,
    Gesprek,
    Klantcontact,
    Partij,
    PartijIdentificator,
)
from contacts.numbers import parse_nummer
from contacts.services import start_gesprek
from contacts.validators import clean_bsn, clean_kvk, clean_postcode, clean_telefoonnummer
from kcc.models import Verwerkingslogregel, VuilUur
from kennisbank.models import Product
from organisatie.models import BijzondereDag, Medewerker, Openingstijd
from rapportage.models import UurTelling
from rapportage.simulatie.basis import laad_gemeente
from rapportage.simulatie.bevolking import Bevolking
from rapportage.simulatie.gebeurd import Contact
from rapportage.simulatie.klok import lokale_dag, middernacht
from rapportage.simulatie.opslaan.via_copy import KOLOMMEN
from rapportage.simulatie.uitvoeren import COPY, SERVICES, Opdracht, simuleer
from rapportage.simulatie.verloop import Verloop
from rapportage.simulatie.vragen import ONDERWERPEN
from tests.factories import moment
from tests.rapportage.gemeente import agents, build_gemeente
from zaken.models import InterneTaak, TaakGebeurtenis

pytestmark = pytest.mark.django_db

WOENSDAG = date(2026, 11, 18)
GEVULD: tuple[type[models.Model], ...] = (
    Partij, PartijIdentificator, DigitaalAdres, Gesprek, Klantcontact, Bron, InterneTaak,
    TaakGebeurtenis, Verwerkingslogregel,
)  # fmt: skip


@pytest.fixture(autouse=True)
def gemeente() -> Iterator[None]:
    """Somewhere to simulate, on a Sunday on which nothing more happens."""
    build_gemeente()
    with time_machine.travel(moment("2026-11-22 14:30"), tick=False):
        yield


def run(tot: date = WOENSDAG, *, dagen: int = 1, **velden: Any) -> None:
    """Simulate a small town."""
    waarden: dict[str, Any] = {"inwoners": 15_000, "seed": 1, "nu": moment("2026-11-22 14:30")}
    opdracht = Opdracht(tot=tot, dagen=dagen, **{**waarden, **velden})
    simuleer(opdracht, voortgang=lambda: None)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """All that is stored, without what differs by nature: keys, uuids and the start of a series.

    A reference becomes the place of the row it refers to.
    """
    plek: dict[type[models.Model], dict[Any, int]] = {}
    for model in GEVULD:
        pks = model._default_manager.order_by("pk").values_list("pk", flat=True)
        plek[model] = {pk: nr for nr, pk in enumerate(pks)}
    nummers = {
        nr: n
        for n, nr in enumerate(Klantcontact.objects.order_by("pk").values_list("nummer", flat=True))
    }
    partijen = {
        u: n for n, u in enumerate(Partij.objects.order_by("pk").values_list("uuid", flat=True))
    }
    beeld: dict[str, list[dict[str, Any]]] = {}
    for model in GEVULD:
        weg = {"id", "uuid", "nummer"}
        if model is Klantcontact:
            weg.add("versie")  # how often a screen saves is the screen's own affair
        velden = [f for f in model._meta.concrete_fields if f.name not in weg]
        rijen = []
        for rij in model._default_manager.order_by("pk").values(*(f.attname for f in velden)):
            for veld in velden:
                doel = veld.related_model
                if doel in plek and rij[veld.attname] is not None:
                    rij[veld.attname] = plek[doel][rij[veld.attname]]
            if "doel" in rij:
                rij["doel"], rij["partij_uuid"] = nummers[rij["doel"]], partijen[rij["partij_uuid"]]
            rijen.append(rij)
        beeld[model.__name__] = rijen
    beeld["VuilUur"] = [
        {"uur": uur}
        for uur in VuilUur.objects.order_by("uur").distinct().values_list("uur", flat=True)
    ]
    return beeld


class Undone(Exception):
    """Rolls a simulation back."""


def stored(**velden: Any) -> dict[str, list[dict[str, Any]]]:
    """What a run stores, after which the database is as it was."""
    try:
        with transaction.atomic():
            run(**velden)
            beeld = snapshot()
            raise Undone
    except Undone:
        return beeld


def events(van: date, tot: date, *, inwoners: int, seed: int = 1) -> list[Contact]:
    """What would be stored, without storing it; with people enough that nobody waits."""
    basis = laad_gemeente()
    verloop = Verloop(
        gemeente=type(basis)(**{**vars(basis), "agenten": tuple(range(60))}),
        bevolking=Bevolking(seed=seed, inwoners=inwoners),
        inwoners=inwoners,
        van=van,
        tot=tot,
        grens=middernacht(date(2030, 1, 1)),
        seed=seed,
    )
    return [contact for dag in verloop.days() for contact in dag]


def test_both_writers_store_the_same_rows() -> None:
    via_copy, via_services = stored(via=COPY, dagen=2), stored(via=SERVICES, dagen=2)
    assert len(via_copy["Klantcontact"]) > 150
    assert len(via_copy["InterneTaak"]) > 10
    for tabel in via_copy:
        assert via_copy[tabel] == via_services[tabel], tabel


def test_every_kind_of_step_occurs() -> None:
    beeld = stored(via=COPY, dagen=15, inwoners=40_000)
    soorten = {rij["soort"] for rij in beeld["TaakGebeurtenis"]}
    soort = TaakGebeurtenis.Soort
    assert soorten == {
        soort.OVERGEDRAGEN,
        soort.GENOMEN,
        soort.LOSGELATEN,
        soort.CONTACTPOGING,
        soort.ANTWOORD,
        soort.TERUGGEGEVEN,
        soort.DOORGESTUURD,
        soort.AFGEHANDELD,
    }


def test_both_writers_give_figures_that_prove_true() -> None:
    for via in (COPY, SERVICES):
        call_command(
            "simuleer", inwoners=6_000, dagen=2, tot=WOENSDAG, via=via, erbij=True, verbosity=0
        )
    assert not VuilUur.objects.exists()
    assert UurTelling.objects.exists()
    call_command("kpi_controle", stdout=StringIO())  # raises when a figure differs


# Columns that only steps fill which the simulation does not play.
NIET_GESPEELD = {
    "groep_id",
    "terugbellen_van",
    "terugbellen_tot",
    "gepauzeerd_op",
    "heropend_op",
    "samengevoegd_met_id",
}
# Columns that a trigger copies from klantcontact and partij.
DOOR_DE_DATABASE = {"product_id", "klantnaam"}


def test_copy_fills_every_column_that_the_database_does_not() -> None:
    modellen: tuple[type[models.Model], ...] = (*GEVULD, VuilUur)
    for model in modellen:
        velden = [f for f in model._meta.concrete_fields if not f.generated]
        kolommen = {f.column for f in velden if not f.has_db_default()} - NIET_GESPEELD
        if model is InterneTaak:
            kolommen -= DOOR_DE_DATABASE
        assert set(KOLOMMEN[model._meta.db_table]) | {"id"} == kolommen, model.__name__


def test_the_same_seed_gives_the_same_rows_and_another_does_not() -> None:
    eerste = stored(dagen=3)
    assert stored(dagen=3) == eerste
    assert stored(dagen=3, seed=2)["Klantcontact"] != eerste["Klantcontact"]


def test_later_in_the_day_the_morning_is_still_the_same() -> None:
    hele_dag = stored()["Klantcontact"]
    nu = moment("2026-11-18 12:00")
    tot_twaalf = stored(nu=nu)["Klantcontact"]
    assert 0 < len(tot_twaalf) < len(hele_dag)
    weg = {"partij_id", "gesprek_id"}  # places, which may shift
    kern = [[(k, v) for k, v in rij.items() if k not in weg] for rij in hele_dag]
    assert all([(k, v) for k, v in rij.items() if k not in weg] in kern for rij in tot_twaalf)


def test_nothing_happens_in_the_future() -> None:
    nu = moment("2026-11-18 12:00")
    run(nu=nu, dagen=5, inwoners=40_000)
    for model in GEVULD:
        for veld in model._meta.concrete_fields:
            if isinstance(veld, models.DateTimeField) and veld.name != "termijn_op":
                laatste = model._default_manager.aggregate(m=models.Max(veld.name))["m"]
                assert laatste is None or laatste <= nu, f"{model.__name__}.{veld.name}"
    open_taken = InterneTaak.objects.open()
    assert open_taken.filter(termijn_op__gt=nu).exists()
    assert open_taken.filter(status="in_behandeling").exists()
    assert open_taken.filter(status="nieuw").exists()


def test_some_hand_offs_are_overdue_and_each_has_its_history() -> None:
    run(dagen=12, inwoners=60_000)
    einde = moment("2026-11-18 23:59")
    assert InterneTaak.objects.open().filter(termijn_op__lt=einde).exists()
    for taak in InterneTaak.objects.prefetch_related("gebeurtenissen", "klantcontact"):
        stappen = [g.soort for g in taak.gebeurtenissen.all()]
        momenten = [g.op for g in taak.gebeurtenissen.all()]
        assert stappen[0] == "overgedragen"
        assert stappen.count("contactpoging") == taak.aantal_pogingen
        assert (stappen[-1] == "afgehandeld") == taak.is_afgehandeld
        assert momenten == sorted(momenten)
        assert taak.klantcontact.gespreksresultaat == "overgedragen"
        assert taak.klantcontact.partij_id is not None


def test_volumes_and_outcomes_are_those_of_a_municipality_of_100_000() -> None:
    van, tot = date(2026, 3, 2), date(2026, 3, 20)  # three working weeks, no feestdag, no storm
    alle = events(van, tot, inwoners=100_000)
    maart = 1.10 / (12.15 / 12)
    verwacht = {
        "telefoon": 100_000 / 254 * 15 * maart,
        "balie": 50_000 / 254 * 15 * maart,
        "email": 9_000 / 365 * 19 * maart,
        "webformulier": 13_500 / 365 * 19 * maart,
        "brief": 6_000 / 365 * 19 * maart,
    }
    per_kanaal = Counter(contact.kanaal for contact in alle)
    for kanaal, aantal in verwacht.items():
        # Four standard deviations of a Poisson count, and what runs in and out at the edges.
        assert abs(per_kanaal[kanaal] - aantal) < 4 * aantal**0.5 + 0.06 * aantal, kanaal

    resultaat = Counter(contact.resultaat for contact in alle)
    for code, deel in {
        "zelfstandig_afgehandeld": 0.76, "na_ruggespraak": 0.05, "overgedragen": 0.11,
        "verwezen": 0.01, "verbinding_verbroken": 0.01,
    }.items():  # fmt: skip
        assert abs(resultaat[code] / len(alle) - deel) < 0.015, code
    doorverbonden = resultaat["doorverbonden_afdeling"] + resultaat["doorverbonden_collega"]
    assert abs(doorverbonden / len(alle) - 0.06) < 0.015

    bellers = [contact for contact in alle if contact.kanaal == "telefoon"]
    assert abs(sum(c.klant is None for c in bellers) / len(bellers) - 0.45) < 0.025
    doelgroepen = Counter(contact.doelgroep for contact in alle)
    assert abs(doelgroepen["inwoner"] / len(alle) - 0.82) < 0.03
    assert abs(sum(c.taal == "nld" for c in alle) / len(alle) - 0.93) < 0.01
    duur = sorted(c.opgehangen - c.begin for c in bellers)
    assert abs(duur[len(duur) // 2] - 240) < 20
    per_weekdag = Counter(lokale_dag(c.begin).weekday() for c in bellers)
    assert per_weekdag[0] > per_weekdag[2] > per_weekdag[4]


def test_nine_percent_of_who_is_known_asks_again_within_a_week() -> None:
    alle = events(date(2026, 9, 7), date(2026, 9, 25), inwoners=100_000)
    bekend = [c for c in alle if c.klant is not None and c.product is not None]
    bekend.sort(key=lambda c: c.begin)
    volgende: dict[tuple[int | None, int | None], int] = {}
    herhaald = 0
    eerste = [c for c in bekend if c.begin < middernacht(date(2026, 9, 19))]
    for contact in reversed(bekend):
        later = volgende.get((contact.klant, contact.product))
        if contact.begin < middernacht(date(2026, 9, 19)):
            herhaald += later is not None and later - contact.begin <= 7 * 86_400
        volgende[contact.klant, contact.product] = contact.begin
    assert 0.07 < herhaald / len(eerste) < 0.125


def test_nearly_nine_of_ten_hand_offs_are_in_time() -> None:
    taken = [c.taak for c in events(date(2026, 9, 7), date(2026, 9, 25), inwoners=60_000) if c.taak]
    klaar = [(t.stappen[-1].op, t.termijn) for t in taken]
    assert all(t.stappen[-1].soort == "afgehandeld" for t in taken)
    assert 0.82 < sum(op <= termijn for op, termijn in klaar) / len(klaar) < 0.92


def test_calls_come_in_opening_hours_only() -> None:
    BijzondereDag.objects.create(
        datum=WOENSDAG, omschrijving="personeelsdag", van="13:00", tot="15:00"
    )
    klok = laad_gemeente().klok
    alle = events(date(2026, 11, 13), date(2026, 11, 20), inwoners=50_000)
    assert len(alle) > 500
    for contact in alle:
        open_uren = klok.blokken(lokale_dag(contact.begin))
        assert any(van <= contact.begin < tot for van, tot in open_uren), contact
    assert any(middernacht(WOENSDAG) <= c.begin for c in alle)


def test_a_storm_and_reminders_stand_out_in_a_quarter() -> None:
    alle = events(date(2026, 8, 24), date(2026, 11, 20), inwoners=20_000)
    pk = Product.objects.get(naam="melding openbare ruimte (algemeen)").pk
    per_dag = Counter((c.begin - alle[0].begin) // 86_400 for c in alle if c.product == pk)
    drukste = max(per_dag.values())
    assert drukste > 3 * sum(per_dag.values()) / len(per_dag)


def test_the_night_that_the_clock_goes_back_and_the_figures_of_it() -> None:
    call_command("simuleer", inwoners=8_000, dagen=5, tot=date(2026, 10, 27), seed=3, verbosity=0)
    maandag = Klantcontact.objects.filter(plaatsgevonden_op__date=date(2026, 10, 26))
    assert maandag.exists()
    assert not Klantcontact.objects.filter(plaatsgevonden_op__lt=moment("2026-10-26 09:00")).filter(
        plaatsgevonden_op__gt=moment("2026-10-24 00:00")
    )
    call_command("kpi_controle", stdout=StringIO())


def test_every_person_is_invented_and_passes_the_checks() -> None:
    run(dagen=6, inwoners=40_000)
    bsns = PartijIdentificator.objects.filter(code_soort_object_id="bsn").values_list(
        "object_id", flat=True
    )
    assert len(bsns) > 50
    for bsn in bsns:
        assert bsn.startswith("99999")
        assert clean_bsn(bsn) == bsn
    for kvk in PartijIdentificator.objects.filter(code_soort_object_id="kvk_nummer"):
        assert clean_kvk(kvk.object_id).startswith("00")
    for adres in DigitaalAdres.objects.all():
        if adres.soort == "email":
            assert adres.adres.endswith("@example.nl")
            assert adres.adres.isascii()
        else:
            assert adres.adres.startswith("+31580")
            assert clean_telefoonnummer(adres.adres) == adres.adres
    for partij in Partij.objects.exclude(postcode=""):
        assert clean_postcode(partij.postcode) == partij.postcode
        assert partij.plaats == "Voorbeeldstad"
    try:
        Partij.objects.earliest("pk").full_clean(exclude=["zoeknaam"])
    except ValidationError as exc:
        pytest.fail(str(exc))


def test_one_in_a_hundred_has_geheimhouding_and_names_come_from_many_places() -> None:
    bevolking = Bevolking(seed=1, inwoners=20_000)
    klanten = [bevolking.describe(nr) for nr in range(4_000)]
    assert 15 < sum(klant.geheimhouding for klant in klanten) < 75
    namen = " ".join(f"{k.nieuw.voorvoegsel_achternaam} {k.nieuw.achternaam}" for k in klanten)
    for stukje in ("Yılmaz", "El Idrissi", "Nowak", "Zijlstra", "van 't", "D'Souza"):
        assert stukje in namen
    assert bevolking.describe(7) == bevolking.describe(7)
    nummers = [klant.nieuw.telefoonnummer for klant in klanten if klant.nieuw.telefoonnummer]
    assert len(set(nummers)) == len(nummers)


def test_numbers_are_valid_and_the_application_counts_on_from_them() -> None:
    run(dagen=2)
    for model in (Klantcontact, InterneTaak):
        nummers = list(model.objects.values_list("nummer", flat=True))
        assert len(nummers) == len(set(nummers)) > 0
        assert all(parse_nummer(nummer) == nummer for nummer in nummers)
    laatste = Klantcontact.objects.order_by("-nummer")[0]
    by = Medewerker.objects.get(pk=min(agents()))
    nieuw = start_gesprek(kanaal="telefoon", by=by, at=moment("2026-11-22 14:30"))
    assert nieuw.nummer > laatste.nummer
    assert nieuw.pk > laatste.pk


def test_enough_everyday_questions() -> None:
    vragen = [vraag for onderwerp in ONDERWERPEN.values() for vraag in onderwerp.vragen]
    assert len(set(vragen)) == len(vragen) >= 200
    for vraag in vragen:
        assert vraag.format(straat="Kerkplein", dag="maandag", maand="mei", bedrag=12)


def test_a_second_time_adds_nothing_unless_asked() -> None:
    opties = {"inwoners": 5_000, "dagen": 2, "tot": WOENSDAG}
    uit = StringIO()
    call_command("simuleer", **opties, stdout=uit)
    aantal = Klantcontact.objects.count()
    assert f"{aantal} klantcontacten" in uit.getvalue()
    uit = StringIO()
    call_command("simuleer", **opties, stdout=uit)
    assert "er komt niets bij" in uit.getvalue()
    assert Klantcontact.objects.count() == aantal
    call_command("simuleer", **opties, erbij=True, verbosity=0)
    assert Klantcontact.objects.count() > aantal


def test_it_says_nothing_when_told_to_be_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    call_command("simuleer", inwoners=2_000, dagen=1, tot=WOENSDAG, verbosity=0)
    assert capfd.readouterr() == ("", "")


@override_settings(PRODUCTIE=True)
def test_never_in_production() -> None:
    with pytest.raises(CommandError, match="productie"):
        call_command("simuleer", inwoners=2_000, dagen=1, tot=WOENSDAG, verbosity=0)
    assert not Klantcontact.objects.exists()


def test_not_in_the_future() -> None:
    with pytest.raises(CommandError, match="toekomst"):
        call_command("simuleer", tot=WOENSDAG + timedelta(days=30), verbosity=0)


@pytest.mark.parametrize("weg", ["openingstijden", "medewerkers"])
def test_without_base_data_it_says_what_to_do(weg: str) -> None:
    if weg == "openingstijden":
        Openingstijd.objects.all().delete()
    else:
        Medewerker.objects.update(is_active=False)
    with pytest.raises(CommandError, match="laad_demo"):
        call_command("simuleer", inwoners=2_000, dagen=1, tot=WOENSDAG, verbosity=0)
