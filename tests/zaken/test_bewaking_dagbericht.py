"""The mail of the morning: once per open day, numbers and links, and only for who wants it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from kcc.models import UitgaandBericht
from kcc.outbox import queue_mail
from organisatie.models import Medewerker
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    moment,
)
from zaken.models import GeenDagbericht, InterneTaak
from zaken.services import dagbericht
from zaken.services.dagbericht import send_dagberichten

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("openingstijden")]

VROEG = moment("2026-11-20 07:30")


@pytest.fixture
def karin() -> Medewerker:
    return MedewerkerFactory.create(
        rollen=["vakspecialist"],
        email="karin@voorbeeld.test",
        afdelingen=[AfdelingFactory.create()],
    )


def van(wie: Medewerker, **velden: Any) -> InterneTaak:
    return InterneTaakFactory.create(toegewezen_aan=wie, status="in_behandeling", **velden)


def teksten() -> dict[str, str]:
    return dict(UitgaandBericht.objects.values_list("aan", "tekst"))


def test_it_counts_and_names_what_waits_for_this_person(karin: Medewerker) -> None:
    vandaag = van(karin)  # the term is today at 17.00
    laat = van(karin, termijn_op=moment("2026-11-19 17:00"))
    bellen = van(
        karin,
        termijn_op=moment("2026-11-30 17:00"),
        terugbellen_van=moment("2026-11-20 10:00"),
        terugbellen_tot=moment("2026-11-20 12:00"),
    )
    later = van(karin, termijn_op=moment("2026-11-23 17:00"))
    stil = van(karin, gepauzeerd_op=VROEG, reden_pauze="Wacht.")
    assert send_dagberichten(at=VROEG) == 1
    tekst = teksten()["karin@voorbeeld.test"]
    assert f"Te laat: 1\n- {laat.nummer}, sinds 19 november" in tekst
    assert f"Vandaag klaar: 1\n- {vandaag.nummer}, voor 17.00 uur" in tekst
    assert f"Terugbellen vandaag: 1\n- {bellen.nummer}, 10.00 tot 12.00 uur" in tekst
    assert reverse("zaken:taak", args=[vandaag.uuid]) in tekst
    assert later.nummer not in tekst
    assert stil.nummer not in tekst
    assert vandaag.gevraagde_handeling not in tekst
    assert reverse("zaken:dagbericht") in tekst


def test_an_agent_reads_what_came_back(karin: Medewerker) -> None:
    agent = MedewerkerFactory.create(email="agent@voorbeeld.test")
    terug = InterneTaakFactory.create(
        klantcontact=KlantcontactFactory.create(
            afgerond=True, gespreksresultaat="overgedragen", medewerker=agent
        ),
        afdeling=AfdelingFactory.create(identificatie="kcc"),
        terug_van=AfdelingFactory.create(),
        reden_terug="anders",
    )
    send_dagberichten(at=VROEG)
    assert f"Teruggekomen: 1\n- {terug.nummer}" in teksten()["agent@voorbeeld.test"]


def test_a_coordinator_reads_the_counts_of_the_department(karin: Medewerker) -> None:
    coor = MedewerkerFactory.create(rollen=["coordinator"], email="coor@voorbeeld.test")
    afdeling = AfdelingFactory.create(coordinator=coor)
    afdeling.coordinator = coor
    afdeling.save()
    van(karin, afdeling=afdeling, termijn_op=moment("2026-11-19 17:00"))
    InterneTaakFactory.create(afdeling=afdeling, termijn_op=moment("2026-11-19 17:00"))
    InterneTaakFactory.create(afdeling=afdeling)
    send_dagberichten(at=VROEG)
    tekst = teksten()["coor@voorbeeld.test"]
    assert "te laat: 2, waarvan van niemand: 1" in tekst
    assert "vandaag klaar: 1" in tekst
    assert "?afdeling=burgerzaken" in tekst


@pytest.mark.parametrize(
    ("op", "aantal"),
    [
        ("2026-11-20 07:29", 0),
        ("2026-11-20 07:30", 1),
        ("2026-11-20 11:55", 1),  # the first run was missed
        ("2026-11-21 07:30", 0),  # Saturday
        ("2026-12-25 07:30", 0),  # Christmas Day, a Friday
    ],
)
def test_only_on_open_days_from_half_past_seven(karin: Medewerker, op: str, aantal: int) -> None:
    van(karin)
    assert send_dagberichten(at=moment(op)) == aantal


def test_once_a_day_also_when_it_was_cut_short(
    karin: Medewerker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahmed = MedewerkerFactory.create(rollen=["vakspecialist"], email="ahmed@voorbeeld.test")
    van(karin)
    van(ahmed)

    def falls(**kwargs: Any) -> None:
        if kwargs["aan"].startswith("ahmed"):
            raise SystemExit
        queue_mail(**kwargs)

    with monkeypatch.context() as even:
        even.setattr(dagbericht, "queue_mail", falls)
        with pytest.raises(SystemExit):
            send_dagberichten(at=VROEG)
    send_dagberichten(at=moment("2026-11-20 07:35"))
    assert send_dagberichten(at=moment("2026-11-20 07:40")) == 0
    assert sorted(UitgaandBericht.objects.values_list("aan", flat=True)) == [
        "ahmed@voorbeeld.test",
        "karin@voorbeeld.test",
    ]
    send_dagberichten(at=moment("2026-11-23 07:30"))
    assert UitgaandBericht.objects.count() == 4


def test_who_has_nothing_waiting_gets_nothing(karin: Medewerker) -> None:
    assert send_dagberichten(at=VROEG) == 0


def test_one_may_do_without(client_as: Callable[..., KccClient]) -> None:
    client = client_as("vakspecialist", email="wie@voorbeeld.test")
    van(client.medewerker)
    url = reverse("zaken:dagbericht")
    assert "Geen dagbericht meer" in client.get(url).content.decode()
    assert client.post(url, {"keuze": "uit"}).status_code == 302
    assert "Wel een dagbericht" in client.get(url).content.decode()
    assert send_dagberichten(at=VROEG) == 0
    antwoord = client.post(url, {"keuze": "aan"}, headers=HTMX)
    assert (antwoord.status_code, "dagbericht-gewijzigd" in antwoord["HX-Trigger"]) == (204, True)
    assert not GeenDagbericht.objects.exists()


def test_a_choice_that_we_do_not_know_is_refused(client_as: Callable[..., KccClient]) -> None:
    client = client_as("vakspecialist")
    antwoord = client.post(reverse("zaken:dagbericht"), {"keuze": "soms"})
    assert antwoord.status_code == 422
    assert not GeenDagbericht.objects.exists()
    assert client_as("beheerder").get(reverse("zaken:dagbericht")).status_code == 403
