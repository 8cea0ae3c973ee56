"""Pull the plug of one part in the middle of a busy minute: nothing that was said is lost."""

from collections.abc import Callable

import pytest

from rapportage.services import SLOT
from tests.proces import Stapel, wait_until
from tests.stapel.conftest import rows
from tests.stapel.drukte import Drukte, Medewerker, Schrijf

pytestmark = [pytest.mark.stapel, pytest.mark.xdist_group("stapel")]

# Each finds rows that may not be there.
NOOIT = {
    "afgerond contact in een open gesprek": """
        SELECT k.nummer FROM contacts_klantcontact k JOIN contacts_gesprek g ON g.id = k.gesprek_id
        WHERE k.afgerond_op IS NOT NULL AND g.afgerond_op IS NULL""",
    "afgerond gesprek met een open contact": """
        SELECT k.nummer FROM contacts_klantcontact k JOIN contacts_gesprek g ON g.id = k.gesprek_id
        WHERE k.afgerond_op IS NULL AND g.afgerond_op IS NOT NULL""",
    "gesprek zonder contact": """
        SELECT g.uuid FROM contacts_gesprek g
        WHERE NOT EXISTS (SELECT FROM contacts_klantcontact k WHERE k.gesprek_id = g.id)""",
    "overgedragen contact zonder precies één taak": """
        SELECT k.nummer FROM contacts_klantcontact k
        WHERE (SELECT count(*) FROM zaken_internetaak t WHERE t.klantcontact_id = k.id)
            <> CASE WHEN k.gespreksresultaat = 'overgedragen' THEN 1 ELSE 0 END""",
    "taak zonder precies één overdracht": """
        SELECT t.nummer FROM zaken_internetaak t
        WHERE (SELECT count(*) FROM zaken_taakgebeurtenis g
            WHERE g.taak_id = t.id AND g.soort = 'overgedragen') <> 1""",
    "taak met meer of minder stappen dan gebeurtenissen": """
        SELECT t.nummer FROM zaken_internetaak t
        WHERE (SELECT count(*) FROM zaken_taakgebeurtenis g WHERE g.taak_id = t.id) <> t.versie""",
    "contactpoging zonder gebeurtenis": """
        SELECT t.nummer FROM zaken_internetaak t
        WHERE (SELECT count(*) FROM zaken_taakgebeurtenis g
            WHERE g.taak_id = t.id AND g.soort = 'contactpoging') <> t.aantal_pogingen""",
    "afhandeling zonder gebeurtenis, of andersom": """
        SELECT t.nummer FROM zaken_internetaak t
        WHERE (SELECT count(*) FROM zaken_taakgebeurtenis g
                WHERE g.taak_id = t.id AND g.soort = 'afgehandeld')
            <> CASE WHEN t.status = 'afgehandeld' THEN 1 ELSE 0 END""",
}


WACHT = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

# All that was written, under the name that who wrote it gave to it.
GEVONDEN = """
    SELECT 'concept', onderwerp, '', count(*) FROM contacts_klantcontact
    WHERE inhoud = 'Notitie bij ' || onderwerp GROUP BY onderwerp
    UNION ALL
    SELECT 'afgerond', onderwerp, gespreksresultaat, count(*) FROM contacts_klantcontact
    WHERE afgerond_op IS NOT NULL AND gespreksresultaat <> 'overgedragen'
    GROUP BY onderwerp, gespreksresultaat
    UNION ALL
    SELECT 'overgedragen', k.onderwerp, k.gespreksresultaat, count(*)
    FROM contacts_klantcontact k
    JOIN zaken_internetaak t ON t.klantcontact_id = k.id AND t.gevraagde_handeling = k.onderwerp
    JOIN zaken_taakgebeurtenis g ON g.taak_id = t.id AND g.soort = 'overgedragen'
    WHERE k.afgerond_op IS NOT NULL
    GROUP BY k.onderwerp, k.gespreksresultaat
    UNION ALL
    SELECT g.soort, t.uuid::text, '', count(*)
    FROM zaken_taakgebeurtenis g JOIN zaken_internetaak t ON t.id = g.taak_id
    WHERE g.soort <> 'overgedragen' GROUP BY g.soort, t.uuid
"""


@pytest.mark.parametrize("deel", ["web", "worker", "redis", "postgres"])
def test_kill_9_loses_nothing(
    stapel: Stapel, drukte: Callable[[], Drukte], logboek: list[Schrijf], deel: str
) -> None:
    with drukte() as druk:
        druk.goes_on(3)
        stapel.kill(deel)
        if deel in {"web", "postgres"}:
            druk.notices()
        else:  # the desk works on without Redis and without a worker
            druk.goes_on(3)
        if deel == "redis":
            assert "porren mislukt" in stapel.parts["web"].output()
        stapel.restart(deel)
        druk.goes_on(3)
    alles = [*logboek, *written_by(druk.mensen)]
    assert_all_written(stapel, alles)
    assert_nothing_torn(stapel)
    assert_figures_true(stapel, alles)


@pytest.mark.parametrize("deel", ["worker", "redis", "postgres"])
def test_kill_9_in_the_middle_of_a_computation(
    stapel: Stapel, drukte: Callable[[], Drukte], logboek: list[Schrijf], deel: str
) -> None:
    with drukte() as druk:
        druk.goes_on(1)
        with stapel.database() as verbinding:
            # Holds the worker up halfway: it waits for this lock inside its transaction.
            verbinding.execute("SELECT pg_advisory_lock(%s)", [SLOT])
            wait_until(lambda: rows(stapel, WACHT), "de werker rekent")
            stapel.kill(deel)
            if deel == "redis":
                output = stapel.parts["worker"].output
                wait_until(lambda: "Connection to broker lost" in output(), "de werker merkt het")
        stapel.restart(deel)
        druk.goes_on(1)
    alles = [*logboek, *written_by(druk.mensen)]
    assert stapel.pid("worker"), stapel.parts["worker"].output()
    assert_all_written(stapel, alles)
    assert_nothing_torn(stapel)
    assert_figures_true(stapel, alles)


def written_by(mensen: list[Medewerker]) -> list[Schrijf]:
    """What these people wrote."""
    return [schrijf for mens in mensen for schrijf in mens.schrift]


def assert_all_written(stapel: Stapel, alles: list[Schrijf]) -> None:
    """Every yes is there, and once; every silence at most as often as was asked; nothing else."""
    gevonden = {
        (str(soort), str(sleutel), str(resultaat)): int(str(aantal))
        for soort, sleutel, resultaat, aantal in rows(stapel, GEVONDEN)
    }
    for schrijf in alles:
        aantal = gevonden.pop((schrijf.soort, schrijf.sleutel, schrijf.resultaat), 0)
        # Who tries to reach somebody again has tried twice; all else is done once.
        vaker = schrijf.soort == "contactpoging"
        hoogstens = schrijf.bevestigd + schrijf.onbekend if vaker else 1
        assert schrijf.bevestigd <= aantal <= hoogstens, f"{aantal} keer gevonden: {schrijf}"
    assert not gevonden, "niemand schreef dit"


def assert_nothing_torn(stapel: Stapel) -> None:
    """What belongs together was stored together."""
    for wat, sql in NOOIT.items():
        assert not rows(stapel, sql), wat


def assert_figures_true(stapel: Stapel, alles: list[Schrijf]) -> None:
    """Beat sweeps up what a lost nudge left; then each figure equals what the records say."""
    wait_until(lambda: not rows(stapel, "SELECT 1 FROM kcc_vuiluur LIMIT 1"), "geen vuile uren")
    controle = stapel.manage("kpi_controle", check=False)
    assert controle.returncode == 0, controle.stdout + controle.stderr
    assert "Uren die nog wachten" not in controle.stdout
    (geteld,) = rows(stapel, "SELECT sum(contacten)::int FROM rapportage_uurtelling")[0]
    (bewaard,) = rows(
        stapel, "SELECT count(*)::int FROM contacts_klantcontact WHERE afgerond_op IS NOT NULL"
    )[0]
    ja = sum(s.bevestigd for s in alles if s.soort in {"afgerond", "overgedragen"})
    assert geteld == bewaard
    assert int(str(geteld)) >= ja > 0
