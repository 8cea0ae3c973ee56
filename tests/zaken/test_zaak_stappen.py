"""Each step in the life of a zaak, and the same questions for every view that changes something."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    PartijFactory,
    moment,
)
from tests.zaken.zaakhulp import stap, zaak, zaaktype
from zaken.models import Zaak
from zaken.services import zaak as services

pytestmark = pytest.mark.usefixtures("nu", "openingstijden")
NU = moment("2026-11-18 14:00")  # Wednesday, in the fifth of eight weeks
NA = moment("2026-12-21 09:00")  # Monday, six days after the last day
ACTIES = [
    "status",
    "afronden",
    "heropenen",
    "opschorten",
    "hervatten",
    "verlengen",
    "toewijzen",
    "betrokkene",
    "ingebrekestelling",
    "ontkoppelen",
]


@pytest.fixture
def nu(db: None) -> Any:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def specialist(client_as: Callable[..., KccClient]) -> KccClient:
    return client_as("vakspecialist")


@pytest.fixture
def dit(openingstijden: None) -> Zaak:
    """A zaak that may be extended, with a contact and its citizen."""
    soort = zaaktype(verlenging_mogelijk=True, verlenging_aantal=6, servicenorm_aantal=6)
    agent = MedewerkerFactory.create()
    contact = KlantcontactFactory.create(afgerond=True, partij=PartijFactory.create())
    return zaak(soort, agent, klantcontact=contact)


def url(actie: str, van: Zaak) -> str:
    return reverse("zaken:zaak_actie", args=[van.uuid, actie])


def travel(nu: Any, op: datetime, client: KccClient) -> None:
    """Go to another day, and log in there: a session lasts a working day."""
    nu.move_to(op)
    client.force_login(client.medewerker, backend="organisatie.backends.MedewerkerBackend")


def ready(actie: str, dit: Zaak, client: KccClient, nu: Any) -> dict[str, Any]:
    """Bring the zaak to where this action is possible; returns what its form holds."""
    wie = client.medewerker
    if actie == "heropenen":
        resultaat = dit.zaaktype.resultaattypen.all()[0]
        services.close_zaak(zaak=dit, resultaat=resultaat, by=wie, at=NU)
    if actie == "hervatten":
        services.suspend_zaak(zaak=dit, reden="papieren", sinds=date(2026, 11, 8), by=wie, at=NU)
    if actie == "ingebrekestelling":
        travel(nu, NA, client)
    dit.refresh_from_db()
    velden: dict[str, dict[str, Any]] = {
        "status": {"statustype": stap(dit.zaaktype, 2).pk},
        "afronden": {
            "resultaat": dit.zaaktype.resultaattypen.all()[0].pk,
            "einddatum": "2026-11-17",
        },
        "heropenen": {"reden": "Er kwam een nieuwe tekening."},
        "opschorten": {"sinds": "2026-11-18", "reden": "Wij wachten op de tekening."},
        "hervatten": {"binnen": "2026-11-18"},
        "verlengen": {"aantal": 6, "reden": "Er is advies nodig."},
        "toewijzen": {"to": wie.pk},
        "betrokkene": {"rol": "belanghebbende", "medewerker": wie.pk},
        "ingebrekestelling": {"ontvangen": "2026-12-18"},
        "ontkoppelen": {"koppeling": dit.koppelingen.get().pk},
    }
    return velden[actie] | {"versie": dit.versie}


@pytest.mark.parametrize("actie", ACTIES)
class TestEachAction:
    """The same questions for all."""

    def test_works_with_and_without_htmx(
        self, specialist: KccClient, dit: Zaak, actie: str, nu: Any
    ) -> None:
        velden = ready(actie, dit, specialist, nu)
        assert specialist.get(url(actie, dit)).status_code == 200
        antwoord = specialist.post(url(actie, dit), velden)
        assert antwoord.status_code == 302, antwoord.text
        assert antwoord["Location"] == reverse("zaken:zaak", args=[dit.uuid])
        assert specialist.get(antwoord["Location"]).status_code == 200

    def test_tells_the_page_under_htmx(
        self, specialist: KccClient, dit: Zaak, actie: str, nu: Any
    ) -> None:
        velden = ready(actie, dit, specialist, nu)
        antwoord = specialist.post(url(actie, dit), velden, headers=HTMX)
        assert antwoord.status_code == 204
        assert "zaak-gewijzigd" in antwoord["HX-Trigger"]

    def test_an_older_screen_is_refused_and_keeps_its_text(
        self, specialist: KccClient, dit: Zaak, actie: str, nu: Any
    ) -> None:
        velden = ready(actie, dit, specialist, nu)
        antwoord = specialist.post(url(actie, dit), velden | {"versie": 0}, headers=HTMX)
        assert antwoord.status_code == 422
        assert "Een collega heeft deze zaak intussen gewijzigd." in antwoord.text
        (versie,) = re.findall(r'name="versie"[^>]* value="([0-9]+)"', antwoord.text)
        assert int(versie) == Zaak.objects.get().versie

    def test_nothing_filled_in_is_422(
        self, specialist: KccClient, dit: Zaak, actie: str, nu: Any
    ) -> None:
        ready(actie, dit, specialist, nu)
        assert specialist.post(url(actie, dit), {}, headers=HTMX).status_code == 422

    def test_another_departments_zaak_is_not_there(
        self, specialist: KccClient, actie: str, openingstijden: None
    ) -> None:
        vreemd = zaak(zaaktype(AfdelingFactory.create(identificatie="wmo")))
        assert specialist.post(url(actie, vreemd), {"versie": 1}).status_code == 404
        assert specialist.get(url(actie, vreemd)).status_code == 404

    @pytest.mark.parametrize("rol", ["kcc_medewerker", "teamleider", "buitendienst"])
    def test_the_kcc_reads_only(
        self, client_as: Callable[..., KccClient], dit: Zaak, actie: str, rol: str
    ) -> None:
        client = client_as(rol)
        gelezen = client.get(reverse("zaken:zaak", args=[dit.uuid])).status_code
        assert gelezen == (403 if rol == "buitendienst" else 200)
        assert client.post(url(actie, dit), {"versie": 1}).status_code == 403

    def test_a_get_changes_nothing(
        self, specialist: KccClient, dit: Zaak, actie: str, nu: Any
    ) -> None:
        velden = ready(actie, dit, specialist, nu)
        specialist.get(url(actie, dit), velden)
        assert Zaak.objects.get().versie == dit.versie


def test_an_unknown_action_or_zaak_is_404(specialist: KccClient, dit: Zaak) -> None:
    assert specialist.get(url("slopen", dit)).status_code == 404
    assert specialist.get(reverse("zaken:zaak", args=[uuid4()])).status_code == 404


def test_take_it(specialist: KccClient, dit: Zaak) -> None:
    pad = reverse("zaken:zaak_nemen", args=[dit.uuid])
    assert specialist.get(pad).status_code == 405
    assert specialist.post(pad).status_code == 302
    dit.refresh_from_db()
    assert dit.behandelaar == specialist.medewerker
    vreemd = zaak(zaaktype(AfdelingFactory.create(identificatie="wmo")))
    assert specialist.post(reverse("zaken:zaak_nemen", args=[vreemd.uuid])).status_code == 404


class TestTerms:
    """The two ends move as the law says."""

    def test_still_for_ten_days_moves_both_by_ten(self, specialist: KccClient, dit: Zaak) -> None:
        wie = specialist.medewerker
        assert dit.uiterlijke_einddatum_afdoening == date(2026, 12, 15)
        assert dit.einddatum_gepland == date(2026, 12, 1)
        services.suspend_zaak(zaak=dit, reden="papieren", sinds=date(2026, 11, 2), by=wie, at=NU)
        # From the day after up to, and not including, the day that it came in: 3 to 12 November.
        vers = services.resume_zaak(zaak=dit, binnen=date(2026, 11, 13), by=wie, at=NU)
        assert vers.opschorting_dagen == 10
        # 25 December is Christmas, a Friday: Monday the 28th.
        assert vers.uiterlijke_einddatum_afdoening == date(2026, 12, 28)
        assert vers.einddatum_gepland == date(2026, 12, 11)

    def test_twice_still_adds_up(self, specialist: KccClient, dit: Zaak) -> None:
        wie = specialist.medewerker
        for van, tot in ((2, 5), (5, 9)):
            services.suspend_zaak(
                zaak=dit, reden="papieren", sinds=date(2026, 11, van), by=wie, at=NU
            )
            vers = services.resume_zaak(zaak=dit, binnen=date(2026, 11, tot), by=wie, at=NU)
        assert vers.opschorting_dagen == 2 + 3
        assert vers.uiterlijke_einddatum_afdoening == date(2026, 12, 21)  # the 20th is a Sunday

    def test_extended_once_and_before_the_end(self, specialist: KccClient, dit: Zaak) -> None:
        wie = specialist.medewerker
        vers = services.extend_zaak(zaak=dit, reden="Advies", by=wie, at=NU)
        assert (vers.verlenging_duur, vers.verlengd_met) == ("P6W", "6 weken")
        assert vers.uiterlijke_einddatum_afdoening == date(2027, 1, 26)
        with pytest.raises(services.VerlengingImpossible, match="maar één keer"):
            services.extend_zaak(zaak=dit, reden="Nog meer", by=wie, at=NU)

    def test_not_extended_after_the_end_or_by_too_much(
        self, specialist: KccClient, dit: Zaak
    ) -> None:
        wie = specialist.medewerker
        with pytest.raises(services.VerlengingImpossible, match="hoogstens 6 weken"):
            services.extend_zaak(zaak=dit, reden="Advies", aantal=7, by=wie, at=NU)
        laatste = moment("2026-12-15 23:30")
        with pytest.raises(services.VerlengingTooLate):
            services.extend_zaak(zaak=dit, reden="Advies", by=wie, at=moment("2026-12-16 00:30"))
        assert services.extend_zaak(zaak=dit, reden="Advies", by=wie, at=laatste).verlenging_aantal

    def test_a_late_zaak_cannot_stand_still(self, specialist: KccClient, dit: Zaak) -> None:
        with pytest.raises(services.OpschortingImpossible, match="al voorbij"):
            services.suspend_zaak(zaak=dit, reden="papieren", by=specialist.medewerker, at=NA)

    def test_a_reason_is_needed(self, specialist: KccClient, dit: Zaak) -> None:
        wie = specialist.medewerker
        for reden in (" ", "x" * 201):
            with pytest.raises(services.RedenNodig):
                services.suspend_zaak(zaak=dit, reden=reden, by=wie, at=NU)
            with pytest.raises(services.RedenNodig):
                services.extend_zaak(zaak=dit, reden=reden, by=wie, at=NU)


class TestResult:
    """The end."""

    def test_the_last_stage_takes_a_result(self, specialist: KccClient, dit: Zaak) -> None:
        wie, laatste = specialist.medewerker, stap(dit.zaaktype, 3)
        with pytest.raises(services.ResultaatMissing):
            services.set_status(zaak=dit, statustype=laatste, by=wie, at=NU)
        vreemd = stap(zaaktype(), 2)
        with pytest.raises(services.StatusInvalid):
            services.set_status(zaak=dit, statustype=vreemd, by=wie, at=NU)

    def test_closed_and_opened_again(self, specialist: KccClient, dit: Zaak) -> None:
        wie, resultaat = specialist.medewerker, dit.zaaktype.resultaattypen.all()[0]
        services.set_status(zaak=dit, statustype=stap(dit.zaaktype, 2), by=wie, at=NU)
        vers = services.close_zaak(zaak=dit, resultaat=resultaat, by=wie, at=NU)
        assert (vers.einddatum, vers.status.volgnummer) == (date(2026, 11, 18), 3)
        assert vers.archiefactiedatum == date(2036, 11, 18)
        with pytest.raises(services.ZaakAlreadyClosed):
            services.close_zaak(zaak=dit, resultaat=resultaat, by=wie, at=NU)
        vers = services.reopen_zaak(zaak=dit, reden="Toch niet", by=wie, at=NU)
        assert (vers.einddatum, vers.resultaat, vers.status.volgnummer) == (None, None, 2)
        assert [s.statustype.volgnummer for s in dit.statussen.all()] == [1, 2, 3, 2]

    @pytest.mark.parametrize("eind", [date(2026, 10, 19), date(2026, 11, 19)])
    def test_not_before_it_came_in_nor_tomorrow(
        self, specialist: KccClient, dit: Zaak, eind: date
    ) -> None:
        resultaat = dit.zaaktype.resultaattypen.all()[0]
        with pytest.raises(services.EinddatumInvalid):
            services.close_zaak(
                zaak=dit, resultaat=resultaat, einddatum=eind, by=specialist.medewerker, at=NU
            )


class TestDwangsom:
    """A late zaak, after a letter."""

    def test_not_while_the_term_runs(self, specialist: KccClient, dit: Zaak) -> None:
        with pytest.raises(services.IngebrekestellingTooEarly):
            services.note_ingebrekestelling(
                zaak=dit, ontvangen=date(2026, 11, 18), by=specialist.medewerker, at=NU
            )

    def test_shown_with_its_amount(self, specialist: KccClient, dit: Zaak, nu: Any) -> None:
        services.note_ingebrekestelling(
            zaak=dit, ontvangen=date(2026, 12, 16), by=specialist.medewerker, at=NA
        )
        pad = reverse("zaken:zaak", args=[dit.uuid])
        # Two weeks end on Wednesday 30 December; 31 December is the first day.
        travel(nu, moment("2026-12-30 10:00"), specialist)
        assert "De eerste dag die telt is donderdag 31 december 2026" in specialist.get(pad).text
        travel(nu, moment("2027-01-14 10:00"), specialist)
        tekst = specialist.get(pad).text
        assert "€ 357" in tekst
        assert "Over 15 dagen." in tekst

    def test_not_for_a_klacht(self, specialist: KccClient) -> None:
        klacht = zaak(zaaktype(dwangsom_mogelijk=False))
        with pytest.raises(services.IngebrekestellingImpossible):
            services.note_ingebrekestelling(
                zaak=klacht, ontvangen=date(2026, 12, 18), by=specialist.medewerker, at=NA
            )


class TestPeople:
    """Who deals with it, and who has a part in it."""

    def test_only_who_works_on_zaken_there(self, specialist: KccClient, dit: Zaak) -> None:
        wie = specialist.medewerker
        elders = MedewerkerFactory.create(rollen=["vakspecialist"])
        lezer = MedewerkerFactory.create(rollen=["teamleider"], afdelingen=[dit.afdeling])
        for ander in (elders, lezer):
            with pytest.raises(services.BehandelaarUnavailable):
                services.assign_zaak(zaak=dit, to=ander, by=wie, at=NU)
        assert services.assign_zaak(zaak=dit, to=wie, by=wie, at=NU).behandelaar == wie
        assert services.assign_zaak(zaak=dit, to=None, by=wie, at=NU).behandelaar is None

    def test_one_applicant_and_nobody_twice(self, specialist: KccClient, dit: Zaak) -> None:
        wie, ander = specialist.medewerker, PartijFactory.create(voornaam="Piet")
        voeg: dict[str, Any] = {"zaak": dit, "by": wie, "at": NU}
        with pytest.raises(services.BetrokkeneDouble):
            services.add_betrokkene(rol="initiator", partij=ander, **voeg)
        services.add_betrokkene(rol="gemachtigde", partij=ander, **voeg)
        with pytest.raises(services.BetrokkeneDouble):
            services.add_betrokkene(rol="gemachtigde", partij=ander, **voeg)
        assert dit.betrokkenen.count() == 2

    def test_a_citizen_from_nowhere_is_no_choice(self, specialist: KccClient, dit: Zaak) -> None:
        vreemd = PartijFactory.create(voornaam="Piet")
        velden = {"rol": "gemachtigde", "partij": vreemd.pk, "versie": dit.versie}
        assert specialist.post(url("betrokkene", dit), velden).status_code == 422


class TestTell:
    """What the agent reads aloud comes first."""

    @pytest.mark.parametrize(
        ("op", "zinnen"),
        [
            (
                NU,
                [
                    "Uw aanvraag is binnen.",
                    "Wij verwachten dat het uiterlijk dinsdag 1 december 2026 klaar is.",
                    "Volgens de wet hebben wij tot en met dinsdag 15 december 2026.",
                    "Wij kijken of alles er is.",
                ],
            ),
            (moment("2026-12-10 10:00"), ["U krijgt uiterlijk dinsdag 15 december 2026 antwoord."]),
            (NA, ["Wij zijn te laat: u had uiterlijk dinsdag 15 december 2026 antwoord moeten"]),
        ],
    )
    def test_an_open_zaak(
        self, client_as: Callable[..., KccClient], dit: Zaak, nu: Any, op: Any, zinnen: list[str]
    ) -> None:
        nu.move_to(op)
        agent = client_as("kcc_medewerker")
        tekst = agent.get(reverse("zaken:zaak", args=[dit.uuid])).text
        for zin in zinnen:
            assert zin in tekst
        assert "U leest mee." in tekst

    def test_one_that_stands_still_and_one_that_is_done(
        self, client_as: Callable[..., KccClient], specialist: KccClient, dit: Zaak
    ) -> None:
        agent, pad = client_as("kcc_medewerker"), reverse("zaken:zaak", args=[dit.uuid])
        wie = specialist.medewerker
        services.suspend_zaak(zaak=dit, reden="op de tekening.", by=wie, at=NU)
        assert "Wij wachten nu: op de tekening. Zolang" in agent.get(pad).text
        resultaat = dit.zaaktype.resultaattypen.all()[0]
        services.close_zaak(zaak=dit, resultaat=resultaat, by=wie, at=NU)
        tekst = agent.get(pad).text
        assert "Uw zaak is op woensdag 18 november 2026 afgerond." in tekst
        assert "De vergunning is verleend." in tekst
