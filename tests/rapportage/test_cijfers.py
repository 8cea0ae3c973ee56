"""Percentages, percentiles, periods and norms, as the dashboard computes them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from organisatie.models import Afdeling
from rapportage.cijfers import Keuze, Waarde, load_cijfers, tijdvakken, voorlopige_waarde
from rapportage.kpis import BINNEN_TERMIJN, CONTACTEN, FCR_B, FCR_C, KPIS, MEDIAAN, P90
from rapportage.models import Norm
from rapportage.normen import is_gehaald, load_normen
from rapportage.opvallend import opvallend
from rapportage.tabellen import punten, rijen_afdeling, rijen_kanaal
from rapportage.weergave import cijfer, getal, oordeel, procent, tegels, verschil
from tests.factories import AfdelingFactory, PartijFactory, ProductFactory, moment
from tests.rapportage.records import DAG, NU, compute, contact, taak

MAAND = Keuze(date(2026, 10, 24), date(2026, 11, 22))


def waarde(teller: int, noemer: int, slug: str = "fcr-b") -> Waarde:
    """A figure from nowhere."""
    return Waarde(KPIS[slug], teller, noemer)


@pytest.mark.django_db
def test_a_percentage_is_the_sum_of_counts_and_never_a_mean_of_percentages() -> None:
    contact(DAG)
    for _ in range(9):
        contact(DAG + timedelta(days=1), "verwezen", kanaal="balie")
    compute()
    cijfers = load_cijfers(MAAND, nu=NU)
    # The mean of 100 % and 0 % would be 50 %.
    assert cijfer(cijfers.totaal.waarde(FCR_B)) == "10,0"
    assert cijfer(cijfers.per_kanaal["telefoon"].waarde(FCR_B)) == "100,0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minuten", "mediaan", "p90"),
    [
        ([10], 10, 10),
        ([10, 20], 10, 20),
        ([10, 20, 30], 20, 30),
        (list(range(1, 11)), 5, 9),
        ([5] * 9 + [600], 5, 5),
        ([5] * 8 + [600] * 2, 5, 600),
    ],
)
def test_percentiles_are_by_nearest_rank(minuten: list[int], mediaan: int, p90: int) -> None:
    afdeling = AfdelingFactory.create()
    for minuut in minuten:
        taak(afgehandeld_op=DAG + timedelta(hours=3), werkminuten=minuut, afdeling=afdeling)
    compute()
    totaal = load_cijfers(MAAND, nu=NU).totaal
    assert (totaal.waarde(MEDIAAN).teller, totaal.waarde(P90).teller) == (mediaan, p90)
    assert totaal.waarde(MEDIAAN).noemer == len(minuten)


@pytest.mark.django_db
def test_percentiles_per_afdeling_stand_on_their_own() -> None:
    snel, traag = (AfdelingFactory.create(identificatie=naam) for naam in ("snel", "traag"))
    for afdeling, minuten in ((snel, 10), (snel, 10), (traag, 500)):
        taak(afgehandeld_op=DAG + timedelta(hours=3), werkminuten=minuten, afdeling=afdeling)
    compute()
    cijfers = load_cijfers(MAAND, nu=NU)
    assert cijfers.per_afdeling[traag.pk].waarde(MEDIAAN).teller == 500
    assert cijfers.totaal.waarde(MEDIAAN).teller == 10


@pytest.mark.django_db
def test_the_last_seven_days_of_fcr_c_are_provisional() -> None:
    partijen, product = [PartijFactory.create() for _ in range(3)], ProductFactory.create()
    contact(NU - timedelta(days=8), partij=partijen[0], product=product)
    contact(NU - timedelta(days=6), partij=partijen[1], product=product)
    contact(NU - timedelta(days=2), partij=partijen[2], product=product)
    contact(NU - timedelta(days=1), partij=partijen[2], product=product)
    compute()
    totaal = load_cijfers(MAAND, nu=NU).totaal
    assert (totaal.waarde(FCR_C).teller, totaal.waarde(FCR_C).noemer) == (1, 1)
    assert (voorlopige_waarde(totaal.nu).teller, voorlopige_waarde(totaal.nu).noemer) == (2, 3)
    assert totaal.waarde(KPIS["fcr-c-dekking"]).noemer == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("over", "noemer"), [(timedelta(hours=1), 0), (timedelta(hours=3), 1)])
def test_a_term_counts_when_its_hour_is_over(over: timedelta, noemer: int) -> None:
    termijn = NU - timedelta(minutes=20)
    taak(termijn - timedelta(days=2), termijn_op=termijn)
    compute()
    nu = termijn.replace(minute=0) + over - timedelta(minutes=1)
    assert load_cijfers(MAAND, nu=nu).totaal.waarde(BINNEN_TERMIJN).noemer == noemer


def test_the_period_before_is_as_long_and_ends_at_the_same_hour_on_the_clock() -> None:
    # Summer time ended on 25 October: 720 hours earlier would be an hour off.
    huidig, vorig = tijdvakken(MAAND, nu=moment("2026-11-22 14:30"))
    assert huidig.begin == moment("2026-10-24 00:00")
    assert huidig.eind == moment("2026-11-22 15:00")
    assert vorig.begin == moment("2026-09-24 00:00")
    assert vorig.eind == moment("2026-10-23 15:00")


def test_a_period_in_the_past_is_whole() -> None:
    huidig, _ = tijdvakken(Keuze(date(2026, 10, 25), date(2026, 10, 25)), nu=NU)
    assert huidig.eind - huidig.begin == timedelta(hours=25)


@pytest.mark.django_db
def test_days_are_days_in_amsterdam() -> None:
    contact(moment("2026-11-05 00:30"))
    contact(moment("2026-11-04 23:30"))
    compute()
    per_dag = load_cijfers(MAAND, nu=NU).per_dag
    assert {dag.day: paar.nu["contacten"] for dag, paar in per_dag.items()} == {4: 1, 5: 1}


@pytest.mark.django_db
def test_filters_on_kanaal_and_afdeling() -> None:
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    contact(kanaal="balie")
    contact(kanaal="balie", afdeling=parkeren)
    contact(afdeling=parkeren)
    compute()

    def aantal(kanaal: str = "", afdeling: Afdeling | None = None) -> int:
        keuze = Keuze(MAAND.van, MAAND.tot, kanaal, afdeling)
        return load_cijfers(keuze, nu=NU).totaal.waarde(CONTACTEN).teller

    assert [aantal(), aantal("balie"), aantal("balie", parkeren), aantal("chat")] == [3, 2, 1, 0]


@pytest.mark.django_db
def test_the_most_specific_norm_of_the_day_holds(normen: None) -> None:
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    dag = date(2026, 11, 1)
    for doel, velden in (
        (81, {"geldig_vanaf": "2026-01-01", "geldig_tot": "2026-10-31"}),
        (70, {"geldig_vanaf": "2026-01-01", "kanaal": "email"}),
        (60, {"geldig_vanaf": "2026-01-01", "afdeling": parkeren}),
        (50, {"geldig_vanaf": "2026-01-01", "afdeling": parkeren, "kanaal": "email"}),
        (99, {"geldig_vanaf": "2026-12-01"}),
    ):
        Norm.objects.create(kpi="fcr-b", doelwaarde=doel, **velden)
    alle = load_normen()

    def geldend(dag: date, **bereik: object) -> Decimal | None:
        norm = alle.op("fcr-b", dag, **bereik)  # type: ignore[arg-type]
        return norm.doelwaarde if norm else None

    assert geldend(dag) == 80
    assert geldend(date(2026, 10, 31)) == 81
    assert geldend(date(2026, 12, 1)) == 99
    assert geldend(dag, kanaal="email") == 70
    assert geldend(dag, afdeling_id=parkeren.pk) == 60
    assert geldend(dag, kanaal="email", afdeling_id=parkeren.pk) == 50
    assert geldend(date(2019, 12, 31)) is None


def test_the_verdict_follows_the_exact_figure_and_the_screen_does_not_contradict_it() -> None:
    norm = Norm(kpi="fcr-b", doelwaarde=Decimal("80.00"))
    net_niet = waarde(79_996, 100_000)
    assert not is_gehaald(net_niet, norm)
    # Rounded to one decimal it would read 80,0 and yet not be reached.
    assert cijfer(net_niet, norm) == "79,996"
    assert cijfer(waarde(8, 10), norm) == "80,0"
    assert is_gehaald(waarde(8, 10), norm)
    assert oordeel(waarde(0, 0), norm) is None


def test_for_a_duration_lower_is_better() -> None:
    norm = Norm(kpi="doorlooptijd-p90", doelwaarde=Decimal("16.00"))
    assert is_gehaald(waarde(960, 5, "doorlooptijd-p90"), norm)
    assert not is_gehaald(waarde(961, 5, "doorlooptijd-p90"), norm)
    uitspraak = oordeel(waarde(961, 5, "doorlooptijd-p90"), norm)
    assert uitspraak is not None
    assert (uitspraak.norm, uitspraak.woord) == ("hoogstens 16 werkuren", "niet gehaald")


def test_numbers_are_written_in_dutch() -> None:
    assert getal(1_234_567) == "1.234.567"
    assert procent(8_145, 10_000) == "81,5 %"
    assert procent(0, 0) == "–"
    assert cijfer(waarde(205, 3, "doorlooptijd-mediaan")) == "3,4"
    assert cijfer(waarde(1204, 0, "contacten")) == "1.204"
    assert cijfer(waarde(0, 0)) == "–"


def test_change_is_said_in_words() -> None:
    assert verschil(waarde(81, 100), waarde(80, 100)) == "1,0 procentpunt hoger dan"
    assert verschil(waarde(60, 1, "doorlooptijd-p90"), waarde(150, 1, "doorlooptijd-p90")) == (
        "1,5 werkuren korter dan"
    )
    assert verschil(waarde(110, 0, "contacten"), waarde(100, 0, "contacten")) == "10,0 % meer dan"
    assert verschil(waarde(80, 100), waarde(80, 100)) == "gelijk aan"
    assert verschil(waarde(80, 100), waarde(0, 0)) == ""


@pytest.mark.django_db
def test_afdelingen_stand_worst_first_and_those_with_few_taken_last(normen: None) -> None:
    goed, slecht, klein = (AfdelingFactory.create(identificatie=n) for n in ("goed", "slecht", "x"))
    for afdeling, op_tijd, te_laat in ((goed, 10, 0), (slecht, 5, 5), (klein, 0, 3)):
        for nummer in range(op_tijd + te_laat):
            klaar = DAG + timedelta(hours=1) if nummer < op_tijd else None
            taak(afdeling=afdeling, afgehandeld_op=klaar)
    compute()
    namen = dict(Afdeling.objects.values_list("pk", "naam"))
    rijen = rijen_afdeling(load_cijfers(MAAND, nu=NU), load_normen(), namen)
    assert [(r.naam, r.binnen_termijn, r.verschuldigd) for r in rijen] == [
        ("Slecht", "50,0 %", "10"),
        ("Goed", "100,0 %", "10"),
        ("X", "0,0 %", "3"),
    ]
    assert [r.oordeel.woord for r in rijen if r.oordeel] == [
        "niet gehaald", "gehaald", "niet gehaald",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_long_period_is_drawn_by_the_week_and_nothing_falls_out(normen: None) -> None:
    keuze = Keuze(date(2026, 7, 1), date(2026, 11, 22))
    contact(moment("2026-07-01 10:00"))
    contact(moment("2026-07-05 10:00"))
    contact(moment("2026-11-22 10:00"))
    compute()
    weken = punten(load_cijfers(keuze, nu=NU), load_normen())
    assert weken[0].begin == date(2026, 6, 29)
    assert (weken[0].contacten, weken[-1].contacten) == (2, 1)
    assert sum(week.contacten for week in weken) == 3
    assert {week.norm for week in weken} == {80.0}


@pytest.mark.django_db
def test_what_stands_out_needs_enough_to_go_by(normen: None) -> None:
    parkeren = AfdelingFactory.create(identificatie="parkeren")
    for nummer in range(40):
        klaar = DAG + timedelta(hours=1) if nummer < 10 else None
        taak(afdeling=parkeren, afgehandeld_op=klaar)
    for _ in range(29):
        taak(afdeling=AfdelingFactory.create(identificatie="klein"))
        contact(DAG - timedelta(days=30), "verwezen", kanaal="balie")
        contact(DAG, kanaal="balie")
    compute()
    cijfers, alle = load_cijfers(MAAND, nu=NU), load_normen()
    namen = dict(Afdeling.objects.values_list("pk", "naam"))
    zinnen = opvallend(
        cijfers,
        afdelingen=rijen_afdeling(cijfers, alle, namen),
        kanalen=rijen_kanaal(cijfers, alle),
        producten=[],
    )
    assert zinnen == ["Parkeren haalde 25,0 % van 40 termijnen; de norm is 90 %."]


@pytest.mark.django_db
def test_a_change_beyond_chance_becomes_a_sentence(normen: None) -> None:
    product = ProductFactory.create(naam="bezoekersvergunning")
    for nummer in range(90):
        contact(DAG, product=product)
        if nummer % 3 == 0:
            contact(DAG - timedelta(days=30), product=product)
    compute()
    cijfers = load_cijfers(MAAND, nu=NU)
    zinnen = opvallend(
        cijfers,
        afdelingen=[],
        kanalen=rijen_kanaal(cijfers, load_normen()),
        producten=[("bezoekersvergunning", cijfers.per_product[product.pk])],
    )
    assert zinnen == [
        "Over bezoekersvergunning kwamen 90 vragen, 200,0 % meer dan in de 30 dagen ervoor (30)."
    ]


@pytest.mark.django_db
def test_a_short_period_shows_fcr_c_as_provisional_without_a_verdict(normen: None) -> None:
    contact(NU - timedelta(days=1), partij=PartijFactory.create(), product=ProductFactory.create())
    compute()
    week = Keuze(date(2026, 11, 16), date(2026, 11, 22))
    tegel = next(t for t in tegels(load_cijfers(week, nu=NU), load_normen()) if t.kpi is FCR_C)
    assert tegel.klasse == "tegel--voorlopig"
    assert (tegel.cijfer, tegel.oordeel) == ("100,0", None)
