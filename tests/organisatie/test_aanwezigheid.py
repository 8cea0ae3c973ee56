"""Who is there: put together from what people say, their leave, their calendar and their roster."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisatie import services
from organisatie.aanwezigheid import BESCHIKBAAR, presence_of
from organisatie.inhoud import laad_organisatie
from organisatie.models import (
    Afwezigheid,
    Agendablok,
    EigenStand,
    Medewerker,
    VasteVervanger,
    Werkdagdeel,
)
from tests.factories import WOENSDAG, AfdelingFactory, MedewerkerFactory, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def wie() -> Medewerker:
    return MedewerkerFactory.create(afdelingen=[AfdelingFactory.create()])


@pytest.fixture
def collega() -> Medewerker:
    return MedewerkerFactory.create(
        voornaam="Ahmed", achternaam="Bouali", afdelingen=[AfdelingFactory.create()]
    )


def works(wie: Medewerker, *delen: tuple[int, str]) -> None:
    for weekdag, dagdeel in delen:
        Werkdagdeel.objects.create(medewerker=wie, weekdag=weekdag, dagdeel=dagdeel)


def stand(wie: Medewerker, at: datetime = WOENSDAG) -> tuple[str, datetime | None]:
    nu = presence_of([wie], at)[wie.pk]
    return str(nu.stand), nu.tot


def test_who_told_us_nothing_is_available(wie: Medewerker) -> None:
    assert presence_of([wie], WOENSDAG) == {wie.pk: BESCHIKBAAR}
    assert presence_of([], WOENSDAG) == {}


def test_a_roster_says_when_somebody_is_back(wie: Medewerker) -> None:
    works(wie, (3, "ochtend"), (5, "middag"))
    assert stand(wie, moment("2026-11-18 12:29")) == ("beschikbaar", None)
    assert stand(wie, moment("2026-11-18 12:30")) == ("afwezig", moment("2026-11-20 12:30"))
    assert stand(wie, moment("2026-11-20 12:30")) == ("beschikbaar", None)
    assert stand(wie, moment("2026-11-21 09:00")) == ("afwezig", moment("2026-11-25 00:00"))


def test_nobody_is_back_on_a_feestdag(wie: Medewerker) -> None:
    works(wie, (5, "ochtend"))  # Friday 25 December 2026 is Christmas, and 1 January a holiday too
    assert stand(wie, moment("2026-12-24 09:00")) == ("afwezig", moment("2027-01-08 00:00"))


def test_the_night_of_the_clock_moves_nothing(wie: Medewerker) -> None:
    works(wie, (7, "middag"))  # Sunday 25 October 2026 has 25 hours
    assert stand(wie, moment("2026-10-25 12:29")) == ("afwezig", moment("2026-10-25 12:30"))
    assert stand(wie, moment("2026-10-25 12:30")) == ("beschikbaar", None)


def test_a_calendar_makes_busy_or_away_but_not_present(wie: Medewerker) -> None:
    uur = moment("2026-11-18 15:00")
    Agendablok.objects.create(medewerker=wie, van=WOENSDAG, tot=uur)
    assert stand(wie) == ("bezet", uur)
    assert stand(wie, uur) == ("beschikbaar", None)
    Agendablok.objects.create(
        medewerker=wie, van=WOENSDAG, tot=moment("2026-11-19 00:00"), is_afwezig=True
    )
    assert stand(wie) == ("afwezig", moment("2026-11-19 00:00"))


def test_outside_the_roster_a_busy_calendar_does_not_bring_somebody_back(wie: Medewerker) -> None:
    works(wie, (4, "ochtend"))
    Agendablok.objects.create(medewerker=wie, van=WOENSDAG, tot=moment("2026-11-18 15:00"))
    assert stand(wie) == ("afwezig", moment("2026-11-19 00:00"))


def test_what_somebody_says_goes_before_calendar_and_roster_while_it_lasts(
    wie: Medewerker,
) -> None:
    works(wie, (4, "ochtend"))
    uur = moment("2026-11-18 15:00")
    EigenStand.objects.create(medewerker=wie, stand="beschikbaar", sinds=WOENSDAG, tot=uur)
    assert stand(wie) == ("beschikbaar", uur)
    assert stand(wie, uur) == ("afwezig", moment("2026-11-19 00:00"))


def test_leave_goes_before_all_and_ends_on_a_working_day(
    wie: Medewerker, collega: Medewerker
) -> None:
    works(wie, (2, "ochtend"))
    EigenStand.objects.create(medewerker=wie, stand="beschikbaar", sinds=WOENSDAG)
    Afwezigheid.objects.create(
        medewerker=wie, van=WOENSDAG, tot=moment("2026-11-20 00:00"), vervanger=collega
    )
    nu = presence_of([wie], WOENSDAG)[wie.pk]
    assert (nu.is_afwezig, nu.vervanger) == (True, collega)
    assert nu.tot == moment("2026-11-24 00:00")


def test_the_standing_replacement_takes_the_days_for_which_nobody_was_named(
    wie: Medewerker, collega: Medewerker
) -> None:
    ander = MedewerkerFactory.create()
    works(wie, (4, "ochtend"))
    VasteVervanger.objects.create(medewerker=wie, vervanger=collega)
    assert presence_of([wie], WOENSDAG)[wie.pk].vervanger == collega
    Afwezigheid.objects.create(
        medewerker=wie, van=WOENSDAG, tot=moment("2026-11-20 00:00"), vervanger=ander
    )
    assert presence_of([wie], WOENSDAG)[wie.pk].vervanger == ander


def test_who_left_replaces_nobody(wie: Medewerker, collega: Medewerker) -> None:
    EigenStand.objects.create(medewerker=wie, stand="afwezig", sinds=WOENSDAG)
    VasteVervanger.objects.create(medewerker=wie, vervanger=collega)
    Medewerker.objects.filter(pk=collega.pk).update(is_active=False)
    assert presence_of([wie], WOENSDAG)[wie.pk].vervanger is None


@pytest.mark.parametrize("aantal", [1, 20])
def test_it_takes_two_queries_for_any_number(aantal: int, collega: Medewerker) -> None:
    mensen = MedewerkerFactory.create_batch(aantal)
    for iemand in mensen:
        works(iemand, (4, "ochtend"))
        VasteVervanger.objects.create(medewerker=iemand, vervanger=collega)
    with CaptureQueriesContext(connection) as vragen:
        nu = presence_of(mensen, WOENSDAG)
    assert len(vragen) == 2
    assert {aanwezig.vervanger for aanwezig in nu.values()} == {collega}


@pytest.mark.parametrize(
    ("soort", "tot", "zin"),
    [
        ("afwezig", None, "afwezig"),
        ("bezet", "2026-11-18 14:30", "bezet tot 14:30 uur"),
        ("afwezig", "2026-11-18 14:30", "afwezig, terug om 14:30 uur"),
        ("afwezig", "2026-11-19 00:00", "afwezig, terug morgen"),
        ("afwezig", "2026-11-19 09:15", "afwezig, terug morgen, 09:15 uur"),
        ("afwezig", "2026-11-24 00:00", "afwezig, terug di 24 november"),
        ("afwezig", "2028-01-03 00:00", "afwezig, terug ma 3 januari 2028"),
    ],
)
def test_it_reads_as_a_sentence(wie: Medewerker, soort: str, tot: str | None, zin: str) -> None:
    EigenStand.objects.create(
        medewerker=wie, stand=soort, sinds=WOENSDAG, tot=moment(tot) if tot else None
    )
    with time_machine.travel(WOENSDAG, tick=False):
        assert presence_of([wie], WOENSDAG)[wie.pk].zin == zin


# --- services -----------------------------------------------------------------------------------


def say(wie: Medewerker, soort: str, **anders: Any) -> None:
    velden: dict[str, Any] = {"stand": soort, "tot": None, "by": wie, "at": WOENSDAG} | anders
    services.set_stand(medewerker=wie, **velden)


@pytest.mark.parametrize(
    ("soort", "tot"), [("beschikbaar", "2026-11-19 00:00"), ("bezet", "2026-11-19 00:00")]
)
def test_without_an_end_it_holds_for_the_day(wie: Medewerker, soort: str, tot: str) -> None:
    say(wie, soort)
    assert stand(wie) == (soort, moment(tot))


def test_away_without_an_end_stays(wie: Medewerker) -> None:
    say(wie, "afwezig")
    assert stand(wie, moment("2027-06-01 12:00")) == ("afwezig", None)
    say(wie, "beschikbaar")
    assert EigenStand.objects.get().stand == "beschikbaar"


def test_who_is_on_leave_can_only_say_that_he_is_back(wie: Medewerker) -> None:
    Afwezigheid.objects.create(
        medewerker=wie, van=moment("2026-11-17 00:00"), tot=moment("2026-11-20 00:00")
    )
    with pytest.raises(services.StandWhileAway):
        say(wie, "bezet")
    assert not EigenStand.objects.exists()
    say(wie, "beschikbaar")
    assert stand(wie)[0] == "beschikbaar"
    assert Afwezigheid.objects.get().tot == WOENSDAG


def test_an_end_in_the_past_is_refused(wie: Medewerker) -> None:
    with pytest.raises(services.MomentInPast):
        say(wie, "bezet", tot=WOENSDAG)


def test_only_who_hands_out_the_work_speaks_for_a_colleague_of_his_department(
    wie: Medewerker, collega: Medewerker
) -> None:
    with pytest.raises(services.NotAllowed):
        say(wie, "afwezig", by=collega)
    elders = MedewerkerFactory.create(
        rollen=["coordinator"], afdelingen=[AfdelingFactory.create(identificatie="parkeren")]
    )
    with pytest.raises(services.NotAllowed):
        say(wie, "afwezig", by=elders)
    hier = MedewerkerFactory.create(
        rollen=["coordinator"], afdelingen=[AfdelingFactory.create(identificatie="burgerzaken")]
    )
    say(wie, "afwezig", by=hier)
    assert stand(wie)[0] == "afwezig"


def leave(wie: Medewerker, van: str, tot: str, vervanger: Medewerker | None = None) -> Afwezigheid:
    return services.add_afwezigheid(
        medewerker=wie, van=moment(van), tot=moment(tot), vervanger=vervanger, by=wie, at=WOENSDAG
    )


def test_leave_does_not_overlap_and_may_touch(wie: Medewerker) -> None:
    leave(wie, "2026-11-20 00:00", "2026-11-24 00:00")
    with (
        time_machine.travel(WOENSDAG, tick=False),
        pytest.raises(services.AfwezigheidOverlaps, match="vr 20 november tot di 24 november"),
    ):
        leave(wie, "2026-11-23 00:00", "2026-11-26 00:00")
    leave(wie, "2026-11-24 00:00", "2026-11-26 00:00")
    assert Afwezigheid.objects.count() == 2


def test_a_replacement_is_a_colleague_who_is_there(wie: Medewerker, collega: Medewerker) -> None:
    elders = MedewerkerFactory.create(afdelingen=[AfdelingFactory.create(identificatie="parkeren")])
    with pytest.raises(services.VervangerElsewhere):
        leave(wie, "2026-11-20 00:00", "2026-11-24 00:00", elders)
    with pytest.raises(services.VervangerElsewhere):
        leave(wie, "2026-11-20 00:00", "2026-11-24 00:00", wie)
    leave(collega, "2026-11-23 00:00", "2026-11-25 00:00")
    with pytest.raises(services.VervangerAway, match="Bouali is zelf afwezig"):
        leave(wie, "2026-11-20 00:00", "2026-11-24 00:00", collega)
    leave(wie, "2026-11-20 00:00", "2026-11-23 00:00", collega)


def test_back_earlier_ends_it_and_what_has_not_begun_goes(wie: Medewerker) -> None:
    loopt = leave(wie, "2026-11-17 00:00", "2026-11-20 00:00")
    komt = leave(wie, "2026-12-01 00:00", "2026-12-03 00:00")
    for periode in (loopt, komt):
        services.end_afwezigheid(afwezigheid=periode, by=wie, at=WOENSDAG)
    assert list(Afwezigheid.objects.values_list("tot", flat=True)) == [WOENSDAG]
    with pytest.raises(services.AfwezigheidOver):
        services.end_afwezigheid(afwezigheid=loopt, by=wie, at=WOENSDAG)


def test_a_roster_is_replaced_whole(wie: Medewerker, collega: Medewerker) -> None:
    def keep(delen: set[tuple[int, str]], vervanger: Medewerker | None) -> None:
        services.set_rooster(
            medewerker=wie, dagdelen=delen, vervanger=vervanger, by=wie, at=WOENSDAG
        )

    keep({(1, "ochtend"), (2, "middag")}, collega)
    keep({(2, "middag"), (3, "middag")}, None)
    assert set(Werkdagdeel.objects.values_list("weekdag", "dagdeel")) == {
        (2, "middag"),
        (3, "middag"),
    }
    assert not VasteVervanger.objects.exists()


def test_the_demo_has_rosters_and_leave_the_same_every_time() -> None:
    laad_organisatie(vandaag=WOENSDAG.date())
    assert Werkdagdeel.objects.count() > 50
    weg = Afwezigheid.objects.select_related("medewerker", "vervanger").order_by("van")
    nu = presence_of([p.medewerker for p in weg], WOENSDAG)
    namen = [(p.medewerker.gebruikersnaam, nu[p.medewerker_id].is_afwezig) for p in weg]
    assert namen == [
        ("i.benali", True),
        ("o.faber", True),
        ("s.koning", True),
        ("g.steenbergen", False),
        ("c.lopes", False),
    ]
    assert laad_organisatie(vandaag=WOENSDAG.date())["roosters en verlof"] == 0
    # Whoever tries the demo logs in as these, on any day of the week.
    assert not Werkdagdeel.objects.filter(medewerker__gebruikersnaam="parkeren").exists()
