"""Routing is configuration: another model sends the same question elsewhere (S1-7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Kanaal, KlantDoelgroep
from organisatie.inhoud import laad_organisatie
from organisatie.models import Groep
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    GroepFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    ProductFactory,
)
from zaken import services
from zaken.inhoud import laad_routering
from zaken.models import Routeringsmodel, Routeringsregel, Vaardigheid
from zaken.routering import Router, Routevraag, simulate

pytestmark = pytest.mark.django_db


def make_model(naam: str, *regels: dict[str, Any], is_actief: bool = False) -> Routeringsmodel:
    """A model with these rules, in this order."""
    model = Routeringsmodel.objects.create(naam=naam, soort="generalist", is_actief=is_actief)
    for plek, regel in enumerate(regels, start=1):
        Routeringsregel.objects.create(model=model, volgorde=plek, **regel)
    return model


def vraag(**anders: Any) -> Routevraag:
    """A phone call of an inwoner about nothing in particular."""
    return Routevraag(
        **{
            "kanaal": Kanaal.TELEFOON,
            "doelgroep": KlantDoelgroep.INWONER,
            "product_id": None,
            "afdeling_id": None,
            **anders,
        }
    )


def test_the_first_rule_that_fits_decides() -> None:
    balie, bedrijven, rest = GroepFactory.create_batch(3)
    router = Router(
        make_model(
            "m",
            {"kanaal": "balie", "groep": balie},
            {"doelgroep": "ondernemer", "groep": bedrijven, "lijn": 2},
            {"groep": rest},
        )
    )
    assert router.route(vraag()).groep == rest
    assert router.route(vraag(kanaal="balie", doelgroep="ondernemer")).groep == balie
    tweede = router.route(vraag(doelgroep="ondernemer"))
    assert (tweede.groep, tweede.lijn) == (bedrijven, 2)


def test_a_question_that_no_rule_fits_goes_nowhere() -> None:
    router = Router(make_model("m", {"kanaal": "balie", "groep": GroepFactory.create()}))
    assert router.route(vraag()).groep is None


@pytest.mark.parametrize(("niveau", "komt_er"), [(2, False), (3, True), (4, True)])
def test_a_rule_on_skill_fits_only_where_somebody_can_do_it(niveau: int, komt_er: bool) -> None:
    product = ProductFactory.create(naam="paspoort")
    kundig, rest = GroepFactory.create_batch(2)
    iemand = MedewerkerFactory.create()
    iemand.groepen.add(kundig)
    Vaardigheid.objects.create(medewerker=iemand, product=product, niveau=niveau)
    router = Router(make_model("m", {"niveau": 3, "groep": kundig}, {"groep": rest}))
    naar = router.route(vraag(product_id=product.pk)).groep
    assert naar == (kundig if komt_er else rest)


def test_somebody_who_left_can_do_nothing_any_more() -> None:
    product = ProductFactory.create(naam="paspoort")
    kundig = GroepFactory.create()
    iemand = MedewerkerFactory.create(is_active=False)
    iemand.groepen.add(kundig)
    Vaardigheid.objects.create(medewerker=iemand, product=product, niveau=4)
    router = Router(make_model("m", {"niveau": 3, "groep": kundig}))
    assert router.route(vraag(product_id=product.pk)).groep is None


def test_switching_the_model_sends_the_next_hand_off_elsewhere(openingstijden: None) -> None:
    afdeling = AfdelingFactory.create(identificatie="burgerzaken")
    een, twee = GroepFactory.create_batch(2, afdeling=afdeling)
    agent = MedewerkerFactory.create()
    eerst = make_model("eerst", {"groep": een}, is_actief=True)
    daarna = make_model("daarna", {"groep": twee})

    def hand_off() -> Groep | None:
        return services.hand_off(
            klantcontact=KlantcontactFactory.create(medewerker=agent, onderwerp="Terugbellen"),
            afdeling=afdeling,
            gevraagde_handeling="Bel terug",
            toelichting="",
            by=agent,
            at=WOENSDAG,
        ).groep

    assert hand_off() == een
    services.activate_routering(model=daarna, by=agent, at=WOENSDAG)
    eerst.refresh_from_db()
    assert not eerst.is_actief
    assert hand_off() == twee


def test_a_group_of_another_department_is_not_put_on_the_taak(openingstijden: None) -> None:
    elders = GroepFactory.create(afdeling=AfdelingFactory.create(identificatie="parkeren"))
    make_model("m", {"groep": elders}, is_actief=True)
    agent = MedewerkerFactory.create()
    taak = services.hand_off(
        klantcontact=KlantcontactFactory.create(medewerker=agent, onderwerp="x"),
        afdeling=AfdelingFactory.create(identificatie="burgerzaken"),
        gevraagde_handeling="Bel terug",
        toelichting="",
        by=agent,
        at=WOENSDAG,
    )
    assert taak.groep is None


def test_a_simulation_counts_every_contact_once_and_beside_the_model_in_force() -> None:
    balie, rest = GroepFactory.create_batch(2)
    for kanaal, aantal in (("balie", 3), ("telefoon", 2)):
        KlantcontactFactory.create_batch(aantal, kanaal=kanaal, afgerond=True)
    KlantcontactFactory.create(plaatsgevonden_op=WOENSDAG - timedelta(days=40), afgerond=True)
    make_model("nu", {"groep": rest}, is_actief=True)
    nieuw = make_model("nieuw", {"kanaal": "balie", "groep": balie})
    beeld = simulate(nieuw, van=WOENSDAG - timedelta(days=1), tot=WOENSDAG + timedelta(days=1))
    assert (beeld.totaal, beeld.nergens) == (5, 2)
    assert [(b.aantal, b.nu) for b in beeld.bestemmingen] == [(3, 0), (0, 5)]
    assert beeld.totaal == sum(b.aantal for b in beeld.bestemmingen) + beeld.nergens


def test_a_simulation_costs_the_same_for_a_month_of_any_size() -> None:
    model = make_model("m", {"groep": GroepFactory.create()})

    def queries() -> int:
        with CaptureQueriesContext(connection) as vragen:
            simulate(model, van=WOENSDAG - timedelta(days=1), tot=WOENSDAG + timedelta(days=1))
        return len(vragen)

    KlantcontactFactory.create(afgerond=True)
    een = queries()
    KlantcontactFactory.create_batch(20, afgerond=True)
    assert queries() == een


def test_the_models_of_the_demo_cover_every_question() -> None:
    laad_organisatie(vandaag=WOENSDAG.date())
    assert laad_routering() == 4
    assert laad_routering() == 0
    for model in Routeringsmodel.objects.all():
        router = Router(model)
        for kanaal in Kanaal.values:
            for doelgroep in KlantDoelgroep.values:
                route = router.route(vraag(kanaal=kanaal, doelgroep=doelgroep))
                assert route.groep is not None, (model, kanaal, doelgroep)


def form_data(model: Routeringsmodel, *regels: dict[str, Any], **anders: Any) -> dict[str, Any]:
    """The form of a model as a browser sends it."""
    data = {
        "versie": model.versie,
        "regel-TOTAL_FORMS": len(regels),
        "regel-INITIAL_FORMS": 0,
        **anders,
    }
    for plek, regel in enumerate(regels):
        for veld, waarde in {"lijn": 1, **regel}.items():
            data[f"regel-{plek}-{veld}"] = waarde
    return data


def test_rules_are_stored_in_the_order_of_their_numbers(client_as: Any) -> None:
    een, twee = GroepFactory.create_batch(2)
    model = make_model("m")
    ProductFactory.create(naam="paspoort")
    url = reverse("zaken:routeringsmodel", args=[model.uuid])
    data = form_data(
        model,
        {"volgorde": 2, "groep": een.pk},
        {"volgorde": 1, "groep": twee.pk, "product": "Paspoort", "kanaal": "balie"},
    )
    response = client_as("beheerder").post(url, data)
    assert response.status_code == 302
    regels = list(model.regels.order_by("volgorde"))
    assert [regel.groep for regel in regels] == [twee, een]
    assert str(regels[0].product) == "paspoort"


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"regel-0-product": "bestaat niet"}, "Dit product staat niet in de lijst."),
        ({"regel-0-groep": ""}, "Kies de groep waar dit heen gaat."),
        ({"versie": 7}, "Een collega heeft dit model intussen gewijzigd."),
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence(
    client_as: Any, anders: dict[str, Any], zin: str
) -> None:
    model = make_model("m")
    data = form_data(model, {"groep": GroepFactory.create().pk, "kanaal": "balie"}) | anders
    url = reverse("zaken:routeringsmodel", args=[model.uuid])
    response = client_as("beheerder").post(url, data)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not model.regels.exists()


def test_a_model_without_rules_cannot_be_put_in_force(client_as: Any) -> None:
    model = make_model("leeg")
    url = reverse("zaken:routering_gebruiken", args=[model.uuid])
    client = client_as("beheerder")
    assert client.get(url).status_code == 405
    response = client.post(url)
    assert response.status_code == 422
    assert "nog geen regels" in response.content.decode()
    Routeringsregel.objects.create(model=model, volgorde=1, groep=GroepFactory.create())
    assert client.post(url).status_code == 302
    model.refresh_from_db()
    assert model.is_actief


def test_the_simulation_page_says_what_is_wrong_with_a_period(client_as: Any) -> None:
    model = make_model("m", {"groep": GroepFactory.create()})
    url = reverse("zaken:routering_simuleren", args=[model.uuid])
    client = client_as("beheerder")
    assert "Geen contacten in deze periode" in client.get(url).content.decode()
    response = client.get(url, {"van": "2020-01-01", "tot": "2026-01-01"})
    assert "Kies hoogstens 400 dagen." in response.content.decode()


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider", "coordinator"])
def test_only_the_beheerder_may(client_as: Any, rol: str) -> None:
    model = make_model("m")
    client = client_as(rol)
    for naam in ("routeringsmodel", "routering_simuleren"):
        assert client.get(reverse(f"zaken:{naam}", args=[model.uuid])).status_code == 403
    assert client.get(reverse("zaken:routering")).status_code == 403
    url = reverse("zaken:routering_gebruiken", args=[model.uuid])
    assert client.post(url).status_code == 403
