"""How fast the list of work is when it is full: ``make bench-werkvoorraad``, by default with
200,000 open and 5,000,000 finished taken.

A database of its own, filled by SQL. Each page is asked many times, by other people each time, over
the whole application: middleware, session, rights, queries, template, processing log. Printed are
the median, the 95th percentile, the processor time (ours and the database's) and the number of
queries of each; the last line is one JSON object.
``--map DIR`` keeps the database for a next run.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcc.embedded import Postgres, database_url, run_dir

if TYPE_CHECKING:
    from django.test import Client

RONDEN = 40
NORM_MS = 50
AFDELINGEN = 40
GROEPEN = 80
MENSEN = 640  # the first 120 at the KCC, the rest spread over the departments
KCC_MENSEN = 120
PARTIJEN = 100_000
PRODUCTEN = 300
TABELLEN = (
    "contacts_partij",
    "contacts_klantcontact",
    "zaken_internetaak",
    "zaken_taakgebeurtenis",
)

BASIS = [
    """INSERT INTO organisatie_afdeling (identificatie, naam, email, is_kcc, is_actief)
        SELECT 'afdeling-' || i, 'Afdeling ' || i, '', i = {afdelingen}, true
        FROM generate_series(1, {afdelingen}) i""",
    """INSERT INTO organisatie_medewerker (password, uuid, gebruikersnaam, voornaam,
          voorvoegsel_achternaam, achternaam, functie, email, telefoonnummer, rollen, is_active,
          is_demo)
        SELECT '!', gen_random_uuid(), 'm' || i, chr(65 + i % 26) || 'nna', '',
               initcap(substr(md5(i::text), 1, 7)), '', '', '',
               CASE WHEN i <= {kcc_mensen} THEN ARRAY['kcc_medewerker']
                    WHEN i % 50 = 0 THEN ARRAY['coordinator'] ELSE ARRAY['vakspecialist'] END,
               true, false
        FROM generate_series(1, {mensen}) i""",
    """INSERT INTO organisatie_medewerker_afdelingen (medewerker_id, afdeling_id)
        SELECT m.id, a.id FROM organisatie_medewerker m, organisatie_afdeling a
        WHERE a.naam = 'Afdeling ' || CASE WHEN substr(m.gebruikersnaam, 2)::int <= {kcc_mensen}
          THEN {afdelingen} ELSE 1 + substr(m.gebruikersnaam, 2)::int % {kccnr} END""",
]

GROEPSLEDEN = """INSERT INTO organisatie_medewerker_groepen (medewerker_id, groep_id)
    SELECT ma.medewerker_id, g.id FROM organisatie_medewerker_afdelingen ma
    JOIN organisatie_groep g USING (afdeling_id)"""

# The first taken are the open ones.
VULLING = [
    """INSERT INTO contacts_partij (uuid, soort_partij, voorletters, voornaam,
          voorvoegsel_achternaam, achternaam, organisatienaam, straatnaam, huisletter,
          huisnummertoevoeging, postcode, plaats, indicatie_geheimhouding, indicatie_actief,
          aangemaakt_op)
        SELECT gen_random_uuid(), 'persoon', '',
          (ARRAY['Maria','Jan','Fatima','Ahmed','Els','Piet','Sanne','Kees','Anna','Mo'])
            [1 + i % 10],
          '', initcap(substr(md5((i % 4001)::text), 1, 8)), '', '', '', '', '', '', false, true,
          now()
        FROM generate_series(1, {partijen}) i""",
    """INSERT INTO contacts_gesprek (id, uuid, kanaal, medewerker_id, gestart_op, opgehangen_op,
          afgerond_op)
        SELECT id, gen_random_uuid(), 'telefoon', id, now(), now(), now()
        FROM organisatie_medewerker ORDER BY id LIMIT {kcc_mensen}""",
    """INSERT INTO contacts_klantcontact (id, uuid, nummer, gesprek_id, partij_id, is_anoniem,
          kanaal, medewerker_id, plaatsgevonden_op, doelgroep, onderwerp, inhoud, reactie,
          product_id,
          gespreksresultaat, taal, afgerond_op, opgeslagen_op, versie, concept)
        SELECT i, gen_random_uuid(), 'K' || lpad(i::text, 9, '0'),
          {mens} + i % {kcc_mensen},
          CASE WHEN i % 5 > 0 THEN {partij} + (i * 7919::bigint) % {partijen} END,
          i % 5 = 0,
          (ARRAY['telefoon','telefoon','telefoon','telefoon','email','email','balie','webformulier',
                 'chat','brief'])[1 + i % 10],
          {mens} + i % {kcc_mensen}, op, 'inwoner',
          (ARRAY['Spoedpaspoort aanvragen','Rijbewijs verlengen','Bezwaar parkeerbon',
                 'Afvalpas werkt niet','Vergunning dakkapel','Uitkering niet ontvangen',
                 'Losse stoeptegel','Verhuizing doorgeven','Grafrechten verlengen',
                 'Lantaarnpaal stuk','Huwelijk voltrekken'])[1 + i % 11]
            || ' ' || substr(md5((i % 30011)::text), 1, 6),
          '', '', {product} + (i * 31) % {producten}, 'overgedragen', 'nld', op, op, 1, '{{}}'
        FROM generate_series(1, {aantal}) i,
          LATERAL (SELECT now() - CASE WHEN i <= {open} THEN interval '1 minute' * (i % 20000)
                                  ELSE interval '1 minute' * (20000 + i % 2600000) END AS op) w""",
    """INSERT INTO zaken_internetaak (id, uuid, nummer, klantcontact_id, afdeling_id, groep_id,
          toegewezen_aan_id, toegewezen_op, gevraagde_handeling, toelichting, status, aangemaakt_op,
          aangemaakt_door_id, termijn_op, terug_van_id, reden_terug, aantal_pogingen, antwoord,
          terugkoppeling, afgehandeld_op, afgehandeld_door_id, werkminuten, versie, prioriteit,
          gepauzeerd_op, reden_pauze, terugbellen_van, terugbellen_tot, kanaal, product_id,
          klantnaam, zoektekst)
        SELECT i, gen_random_uuid(), 'T' || lpad(i::text, 9, '0'), i, {afdeling} + afd,
          CASE WHEN i % 3 = 0 THEN {groep} + 2 * afd + (i / 3) % 2 END,
          CASE WHEN i > {open} OR i % 5 < 2 THEN {vak} + wie END,
          CASE WHEN i > {open} OR i % 5 < 2 THEN k.plaatsgevonden_op END,
          handeling, '', CASE WHEN i > {open} THEN 'afgehandeld'
                              WHEN i % 5 < 2 THEN 'in_behandeling' ELSE 'nieuw' END,
          k.plaatsgevonden_op, k.medewerker_id,
          date_trunc('day', k.plaatsgevonden_op) + interval '1 day' * (3 + i % 12)
            + interval '16 hours',
          CASE WHEN afd = {kccnr} AND i % 4 = 0 THEN {afdeling} + i % 30 END, '', i % 3, '',
          CASE WHEN i > {open} THEN 'gebeld' ELSE '' END,
          CASE WHEN i > {open} THEN k.plaatsgevonden_op + interval '1 hour' * (i % 200) END,
          CASE WHEN i > {open} THEN {vak} + wie END, CASE WHEN i > {open} THEN 600 END, 2,
          CASE WHEN i % 20 = 0 THEN 1 WHEN i % 20 < 4 THEN 3 ELSE 2 END,
          CASE WHEN i <= {open} AND i % 40 = 1 THEN now() END,
          CASE WHEN i <= {open} AND i % 40 = 1 THEN 'wacht op klant' ELSE '' END,
          CASE WHEN i % 25 = 0 THEN now() + interval '1 hour' END,
          CASE WHEN i % 25 = 0 THEN now() + interval '2 hours' END,
          k.kanaal, k.product_id,
          CASE WHEN p.id IS NOT NULL THEN kcc_normaliseer(p.achternaam || ' ' || p.voornaam) END,
          concat_ws(' ', lower(handeling), lower(k.onderwerp), p.zoeknaam)
        FROM contacts_klantcontact k LEFT JOIN contacts_partij p ON p.id = k.partij_id,
          LATERAL (SELECT k.id AS i,
                     floor({afdelingen} * power(((k.id * 48271::bigint) % 2147483647)
                       / 2147483647.0, 2))::int AS afd) a,
          LATERAL (SELECT afd + {vakafd} * ((i / 7) % 13)::int AS wie) w,
          LATERAL (SELECT 'Terugbellen: ' || k.onderwerp AS handeling) h""",
    """INSERT INTO zaken_taakgebeurtenis (taak_id, soort, door_id, op, afdeling_id, tekst)
        SELECT id, 'overgedragen', aangemaakt_door_id, aangemaakt_op, afdeling_id, ''
        FROM zaken_internetaak WHERE status <> 'afgehandeld' ORDER BY aangemaakt_op""",
]


def fill(open_taken: int, klaar: int) -> None:
    """The municipality, and then the big tables without their indexes, which come afterwards."""
    import psycopg
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        aantallen = {
            "afdelingen": AFDELINGEN, "mensen": MENSEN,
            "kcc_mensen": KCC_MENSEN, "kccnr": AFDELINGEN - 1, "producten": PRODUCTEN,
            "partijen": PARTIJEN, "open": open_taken, "aantal": open_taken + klaar,
        }  # fmt: skip
        for zin in BASIS:
            cursor.execute(zin.format(**aantallen))
        _groups_and_products()
        cursor.execute(GROEPSLEDEN)

        def first(tabel: str) -> int:
            cursor.execute(f"SELECT min(id) FROM {tabel}")  # noqa: S608
            return int(cursor.fetchone()[0])

        getallen = aantallen | {
            "mens": first("organisatie_medewerker"),
            "product": first("kennisbank_product"),
            "afdeling": first("organisatie_afdeling"),
            "groep": first("organisatie_groep"),
            "vak": first("organisatie_medewerker") + KCC_MENSEN,
            "partij": 1,
            "vakafd": AFDELINGEN - 1,
        }
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint WHERE conname = indexname)",
            [list(TABELLEN)],
        )
        indexen = cursor.fetchall()
        for naam, _ in indexen:
            cursor.execute(f'DROP INDEX "{naam}"')
    # As superuser: foreign keys and triggers would look at every one of the ten million rows.
    with psycopg.connect(
        host=str(run_dir(Path(os.environ["KCC_DATA_DIR"])) / "pg"), user="postgres",
        dbname=connection.settings_dict["NAME"], autocommit=True,
    ) as los:  # fmt: skip
        los.execute("SET session_replication_role = replica")
        los.execute("SET maintenance_work_mem = '1GB'")
        for zin in VULLING:
            los.execute(zin.format(**getallen).encode())
            _say(f"{zin.split()[2]} na {time.perf_counter() - begin:.0f} s")
        for tabel in (*TABELLEN, "contacts_gesprek"):
            hoogste = f"(SELECT max(id) FROM {tabel})"  # noqa: S608
            los.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabel}', 'id'), {hoogste})".encode()
            )
        los.execute("INSERT INTO zaken_taakteller (aantal) VALUES (%s)", [open_taken])
        for _, definitie in indexen:
            los.execute(definitie.encode())
        _say(f"indexen na {time.perf_counter() - begin:.0f} s")
        los.execute("VACUUM ANALYZE")
    _valid_numbers()
    _say(f"gevuld in {time.perf_counter() - begin:.0f} s")


def _groups_and_products() -> None:
    from kennisbank.models import Product
    from organisatie.models import Afdeling, Groep, Openingstijd

    afdelingen = list(Afdeling.objects.order_by("pk"))
    Openingstijd.objects.bulk_create(
        Openingstijd(weekdag=dag, van=clock(9), tot=clock(17)) for dag in range(1, 6)
    )
    Groep.objects.bulk_create(
        Groep(afdeling=afdelingen[nr // 2], identificatie=f"groep-{nr + 1}", naam=f"Groep {nr + 1}")
        for nr in range(GROEPEN)
    )
    Product.objects.bulk_create(
        Product(
            naam=f"product {nr}",
            upn_uri=f"https://voorbeeld.test/upl/{nr}",
            doelgroep="eu-burger",
            afdeling=afdelingen[nr % len(afdelingen)],
        )
        for nr in range(PRODUCTEN)
    )


def _valid_numbers() -> None:
    """A few taken whose numbers have a check digit, to search for."""
    from contacts.numbers import make_nummer
    from zaken.models import InterneTaak

    for pk in range(1, 401):
        InterneTaak.objects.filter(pk=pk).update(nummer=make_nummer("T", 10_000_000 + pk))


def _say(tekst: str) -> None:
    print(tekst, file=sys.stderr, flush=True)


class Meting:
    """Asks pages as somebody, and keeps how long each took."""

    def __init__(self, ronden: int) -> None:
        self.ronden = ronden
        self.uitkomst: dict[str, dict[str, float]] = {}
        self._clients: dict[str, Client] = {}

    def client(self, naam: str) -> "Client":
        """A browser in which this person is logged in."""
        from django.test import Client

        from organisatie.models import Medewerker

        if naam not in self._clients:
            client = Client()
            client.force_login(
                Medewerker.objects.get(gebruikersnaam=naam),
                backend="organisatie.backends.MedewerkerBackend",
            )
            self._clients[naam] = client
        return self._clients[naam]

    def _work(self) -> float:
        """Seconds that the processor worked for us: in this process and in that of the database.
        On a machine that is busy with other things it says more than the clock.
        """
        import psutil
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            tijden = psutil.Process(cursor.fetchone()[0]).cpu_times()
        return time.process_time() + tijden.user + tijden.system

    def ask(self, naam: str, vraag: Callable[[int], Any], ronden: int | None = None) -> None:
        """Ask ``ronden`` times; ``vraag`` gets the round and must answer with a good response."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for keer in range(2):  # not counted: who comes first fills caches that stay filled
            vraag(keer)
        ronden = ronden or self.ronden
        tijden = []
        werk = self._work()
        for ronde in range(ronden):
            begin = time.perf_counter()
            antwoord = vraag(ronde)
            tijden.append((time.perf_counter() - begin) * 1000)
            assert antwoord.status_code < 400, (naam, antwoord.status_code)
        werk = (self._work() - werk) * 1000 / ronden
        with CaptureQueriesContext(connection) as gevangen:
            vraag(0)
        tijden.sort()
        p95 = tijden[max(0, round(len(tijden) * 0.95) - 1)]
        cijfers = {
            "p50_ms": round(statistics.median(tijden), 1),
            "p95_ms": round(p95, 1),
            "werk_ms": round(werk, 1),
            "queries": len(gevangen),
        }
        self.uitkomst[naam] = cijfers
        merk = "" if p95 < NORM_MS else "  boven de norm"
        tijd = f"{cijfers['p50_ms']:>9.1f}{p95:>9.1f}{werk:>9.1f}"
        print(f"{naam:<44}{tijd}{len(gevangen):>9}{merk}", flush=True)
        if p95 >= NORM_MS and os.environ.get("BENCH_TOON"):
            for vraag_sql in sorted(gevangen, key=lambda q: -float(q["time"]))[:3]:
                print("   ", vraag_sql["time"], vraag_sql["sql"][:1500])


def measure(ronden: int) -> dict[str, dict[str, float]]:
    """Every list, order, filter, search, and what a list asks for while it is open."""
    meting = Meting(ronden)
    print(f"{'':<44}{'p50 ms':>9}{'p95 ms':>9}{'werk ms':>9}{'queries':>9}")
    from bench.werkvoorraad_vragen import ask_all

    ask_all(meting)
    return meting.uitkomst


def main() -> None:
    """Start a database, fill it, ask, and stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=200_000)
    parser.add_argument("--klaar", type=int, default=5_000_000)
    parser.add_argument("--ronden", type=int, default=RONDEN, help="zo vaak wordt elk gevraagd")
    parser.add_argument("--map", type=Path, help="bewaar de database hier voor een volgende keer")
    keuze = parser.parse_args()
    if keuze.map is None:
        with tempfile.TemporaryDirectory(prefix="kcc-bench-") as map_:
            run(Path(map_), keuze.open, keuze.klaar, keuze.ronden)
    else:
        keuze.map.mkdir(exist_ok=True)
        run(keuze.map, keuze.open, keuze.klaar, keuze.ronden)


def run(data: Path, open_taken: int, klaar: int, ronden: int) -> None:
    """With a database of its own in this directory."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "kcc.settings",
        "KCC_OMGEVING": "test",
        "KCC_DATA_DIR": str(data),
        "DATABASE_URL": database_url(data),
    }
    (data / "static").mkdir(exist_ok=True)
    server = Postgres(data, tied=True)
    server.start()
    try:
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        if "zaken_internetaak" not in connection.introspection.table_names():
            fill(open_taken, klaar)
        else:
            call_command("migrate", verbosity=0)
        uitkomst = measure(ronden)
        connection.close()
    finally:
        server.stop()
    print(json.dumps({"open": open_taken, "klaar": klaar, "norm_ms": NORM_MS, "paginas": uitkomst}))


if __name__ == "__main__":
    main()
