"""Fifty people at once on five thousand taken, each over a connection of his own.

They claim, let go, hand over, pass on, give back, answer by mail and finish, at random and without
waiting for one another. Afterwards every taak must have one owner or none, one unbroken history,
and exactly the messages that were sent about it.
"""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count

from kcc.models import UitgaandBericht
from organisatie.models import Afdeling, Medewerker
from tests.factories import (
    WOENSDAG,
    AfdelingFactory,
    KlantcontactFactory,
    MedewerkerFactory,
    gewone_openingstijden,
)
from zaken import services
from zaken.models import InterneTaak, TaakGebeurtenis, TaakStatus

pytestmark = pytest.mark.django_db(transaction=True)

WERKERS = 50
TAKEN = 5_000
GEWILD = 250  # taken that everybody wants, or nobody would ever meet a colleague
KEREN = 10  # that somebody tries one of those
LATER = WOENSDAG + timedelta(minutes=10)
Soort = TaakGebeurtenis.Soort

# Steps after which nobody has the taak.
LAAT_LOS = {Soort.LOSGELATEN, Soort.DOORGESTUURD, Soort.TERUGGEGEVEN}


@pytest.fixture
def afdelingen() -> list[Afdeling]:
    gewone_openingstijden()
    namen = ["kcc", "burgerzaken", "parkeren", "wmo"]
    return [AfdelingFactory.create(identificatie=naam) for naam in namen]


@pytest.fixture
def mensen(afdelingen: list[Afdeling]) -> list[Medewerker]:
    """Coordinators, so that each may do everything; a few in more than one department."""
    return [
        MedewerkerFactory.create(
            rollen=["coordinator"],
            afdelingen=[afdelingen[n % 4], *([afdelingen[0]] if n % 5 == 0 else [])],
        )
        for n in range(WERKERS)
    ]


@pytest.fixture
def taken(afdelingen: list[Afdeling], mensen: list[Medewerker]) -> list[InterneTaak]:
    contact = KlantcontactFactory.create(
        afgerond=True, gespreksresultaat="overgedragen", medewerker=mensen[0]
    )
    return InterneTaak.objects.bulk_create(
        InterneTaak(
            nummer=f"T{n:09d}",
            klantcontact=contact,
            afdeling=afdelingen[n % 4],
            gevraagde_handeling="Terugbellen",
            aangemaakt_op=WOENSDAG,
            aangemaakt_door=mensen[0],
            termijn_op=WOENSDAG + timedelta(days=2),
        )
        for n in range(TAKEN)
    )


class Werker(threading.Thread):
    """Somebody who takes what comes, and does something with it."""

    def __init__(
        self,
        wie: Medewerker,
        zaad: int,
        werk: Iterator[InterneTaak],
        afdelingen: list[Afdeling],
        collegas: list[Medewerker],
    ) -> None:
        super().__init__()
        self.wie, self.werk = wie, werk
        self.kans = random.Random(zaad)
        self.afdelingen, self.collegas = afdelingen, collegas
        self.gelukt: list[tuple[int, str]] = []
        self.geweigerd: Counter[str] = Counter()
        self.fouten: list[BaseException] = []

    def run(self) -> None:
        try:
            for taak in self.werk:
                self._try(self.kans.choice(STAPPEN), taak)
        except BaseException as exc:
            self.fouten.append(exc)
        finally:
            connection.close()

    def _try(self, stap: "Callable[[Werker, InterneTaak], object]", taak: InterneTaak) -> None:
        try:
            stap(self, taak)
        except services.TaakFout as exc:
            self.geweigerd[type(exc).__name__] += 1
        else:
            self.gelukt.append((taak.pk, stap.__name__))


def neem(w: Werker, taak: InterneTaak) -> None:
    services.claim_interne_taak(taak=taak, by=w.wie, at=LATER)


def laat_los(w: Werker, taak: InterneTaak) -> None:
    services.release_interne_taak(taak=taak, by=w.wie, at=LATER)


def stuur_door(w: Werker, taak: InterneTaak) -> None:
    naar = w.kans.choice(w.afdelingen)
    services.forward_interne_taak(taak=taak, afdeling=naar, reden="Daar.", by=w.wie, at=LATER)


def geef_terug(w: Werker, taak: InterneTaak) -> None:
    services.return_interne_taak(taak=taak, reden="anders", toelichting="Zelf.", by=w.wie, at=LATER)


def geef_aan(w: Werker, taak: InterneTaak) -> None:
    services.assign_interne_taak(taak=taak, to=w.kans.choice(w.collegas), by=w.wie, at=LATER)


def mail(w: Werker, taak: InterneTaak) -> None:
    services.send_antwoord(
        taak=taak, aan="m.devries@voorbeeld.test", bevestigd=True, onderwerp="Uw vraag",
        tekst="Het antwoord.", afhandelen=False, by=w.wie, at=LATER,
    )  # fmt: skip


def antwoord(w: Werker, taak: InterneTaak) -> None:
    services.save_antwoord(taak=taak, antwoord="Ja.", by=w.wie, at=LATER)


def rond_af(w: Werker, taak: InterneTaak) -> None:
    services.finish_interne_taak(
        taak=taak, antwoord="Ja.", terugkoppeling="gebeld", by=w.wie, at=LATER
    )


STAPPEN = [neem, laat_los, stuur_door, geef_terug, geef_aan, mail, antwoord, rond_af]


def test_fifty_people_on_five_thousand_taken_leave_nothing_broken(
    afdelingen: list[Afdeling], mensen: list[Medewerker], taken: list[InterneTaak]
) -> None:
    kans = random.Random(5)
    # Every taak passes by once; the wanted ones again and again, between all the others.
    werk = [*taken, *taken[:GEWILD] * KEREN]
    kans.shuffle(werk)
    stapel = itertools.count()
    start = threading.Barrier(WERKERS)

    def deel() -> Iterator[InterneTaak]:
        start.wait(timeout=30)
        while (n := next(stapel)) < len(werk):
            yield werk[n]

    werkers = [Werker(wie, n, deel(), afdelingen, mensen) for n, wie in enumerate(mensen)]
    for werker in werkers:
        werker.start()
    for werker in werkers:
        werker.join(timeout=180)
    assert not any(werker.is_alive() for werker in werkers)
    assert [fout for werker in werkers for fout in werker.fouten] == []

    gelukt = Counter(stap for werker in werkers for _, stap in werker.gelukt)
    geweigerd = sum((werker.geweigerd for werker in werkers), Counter[str]())
    assert set(gelukt) == {stap.__name__ for stap in STAPPEN}  # each was really done
    assert geweigerd["TaakElsewhere"]  # and they really were in one another's way
    assert geweigerd["TaakAlreadyClosed"]

    _check_messages(werkers)
    _check_histories(werkers)


def _check_messages(werkers: list[Werker]) -> None:
    """As many messages about a taak as were sent about it, and none under a name of another."""
    verstuurd = Counter(pk for w in werkers for pk, stap in w.gelukt if stap == mail.__name__)
    uuids = dict(InterneTaak.objects.filter(pk__in=verstuurd).values_list("pk", "uuid"))
    verwacht = {f"taak:{uuids[pk]}": aantal for pk, aantal in verstuurd.items()}
    per_reeks = UitgaandBericht.objects.values_list("reeks").annotate(Count("pk")).order_by()
    assert dict(per_reeks) == verwacht
    assert sum(verwacht.values()) > 100


def _check_histories(werkers: list[Werker]) -> None:
    """The taak is what its history says, step by step, and no step went missing."""
    stappen = Counter(pk for w in werkers for pk, _ in w.gelukt)
    geschiedenis: dict[int, list[TaakGebeurtenis]] = {}
    for gebeurtenis in TaakGebeurtenis.objects.order_by("pk"):
        geschiedenis.setdefault(gebeurtenis.taak_id, []).append(gebeurtenis)
    for taak in InterneTaak.objects.order_by("pk"):
        alles = geschiedenis.get(taak.pk, [])
        assert len(alles) == taak.versie - 1, taak
        assert len(alles) >= stappen[taak.pk], taak
        eigenaar: int | str | None = None
        status, overdrachten = str(TaakStatus.NIEUW), 1
        for gebeurtenis in alles:
            assert status != TaakStatus.AFGEHANDELD, f"{taak}: een stap na het einde"
            if gebeurtenis.soort == Soort.GENOMEN:
                # Never out of the hands of somebody else.
                assert eigenaar in {None, gebeurtenis.door_id, "gegeven"}, taak
                assert status == TaakStatus.NIEUW, taak
                eigenaar, status = gebeurtenis.door_id, TaakStatus.IN_BEHANDELING
            elif gebeurtenis.soort == Soort.TOEGEWEZEN:
                overdrachten += "de taak was bij" in gebeurtenis.tekst
                eigenaar, status = "gegeven", TaakStatus.NIEUW
            elif gebeurtenis.soort in LAAT_LOS:
                overdrachten += gebeurtenis.soort != Soort.LOSGELATEN
                eigenaar, status = None, TaakStatus.NIEUW
            elif gebeurtenis.soort in {Soort.BERICHT, Soort.ANTWOORD}:
                assert eigenaar == gebeurtenis.door_id, taak
            elif gebeurtenis.soort == Soort.AFGEHANDELD:
                assert eigenaar in {None, gebeurtenis.door_id, "gegeven"}, taak
                eigenaar, status = gebeurtenis.door_id, TaakStatus.AFGEHANDELD
        assert taak.status == status, taak
        assert taak.aantal_overdrachten == overdrachten, taak
        if eigenaar == "gegeven":
            laatste = next(g for g in reversed(alles) if g.soort == Soort.TOEGEWEZEN)
            assert laatste.tekst.startswith(f"Aan {taak.toegewezen_aan}"), taak
        else:
            assert taak.toegewezen_aan_id == eigenaar, taak
        assert (taak.toegewezen_op is None) == (taak.toegewezen_aan_id is None), taak
