"""How well and how fast search finds: ``make bench-zoeken VRAGEN=FILE``, and when
asked for with ``ARTIKELEN=5000 PRODUCTEN=1000``: made up ones to fill the base.

A database of its own with all products of the national list and our own articles. Each question is
a JSON line with ``vraag``, ``soort`` and ``goed``: names of products; a result is good when it is
such a product or an article of it. Next to it what plain PostgreSQL makes of the same texts.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.proefbank import own_database
from kcc.embedded import BASE_DIR

if TYPE_CHECKING:
    from organisatie.models import Medewerker

UPL = BASE_DIR.parent / "shared" / "data" / "UPL-actueel.csv"
DIEP = 10  # results that are looked at
RONDEN = 3  # each question is timed that many times; the middle one counts

# The same texts in one search vector per record, as anybody would make it in an hour.
_BASIS = """
SELECT naam FROM (
  SELECT p.naam, to_tsvector('dutch', p.naam || ' ' || p.trefwoorden) AS zoek
  FROM kennisbank_product p WHERE p.is_actief AND NOT p.is_placeholder
  UNION ALL
  SELECT coalesce(p.naam, ''), to_tsvector('dutch', concat_ws(' ', v.titel, a.trefwoorden, p.naam,
    v.kort_antwoord, regexp_replace(
      v.uitleg_html || v.vraag_door_html || v.werkinstructie_html, '<[^>]*>', ' ', 'g')))
  FROM kennisbank_kennisartikel a JOIN kennisbank_artikelversie v ON v.id = a.huidige_versie_id
  LEFT JOIN kennisbank_product p ON p.id = a.product_id WHERE a.is_actief
) alles, websearch_to_tsquery('dutch', %s) vraag
WHERE zoek @@ vraag ORDER BY ts_rank(zoek, vraag) DESC, naam LIMIT 10
"""


def load(artikelen: int, producten: int) -> None:
    """Products and articles, and when asked for many more that were made up."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils.timezone import localdate, now

    from bench.verzonnen import make_articles, make_products
    from kennisbank.inhoud import laad_artikelen
    from kennisbank.inhoud.producten import laad_producten, laad_synoniemen
    from organisatie.inhoud import laad_organisatie

    call_command("migrate", verbosity=0)
    laad_organisatie(vandaag=localdate())
    call_command("import_upl", UPL, verbosity=0, stdout=sys.stderr)
    laad_producten()
    laad_synoniemen()
    laad_artikelen(by=None, at=now())
    kans = random.Random(1)
    make_products(producten, kans)
    make_articles(artikelen, kans)
    begin = time.perf_counter()
    call_command("herbouw_zoekindex", stdout=sys.stderr)
    print(f"index in {time.perf_counter() - begin:.1f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def rank(namen: list[str], goed: list[str]) -> int:
    """Place of the first good result, from 1; 0 when there is none."""
    return next((plek for plek, naam in enumerate(namen, start=1) if naam in goed), 0)


def run(vragen: list[dict[str, Any]], *, toon: bool) -> dict[str, float]:
    """Ask everything, print the table, and return the figures."""
    from django.db import connection

    from kennisbank.search import search
    from organisatie.models import Medewerker

    agent = Medewerker.objects.filter(rollen__contains=["kcc_medewerker"])[0]
    plekken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    tijden = []
    for ronde in range(RONDEN):
        for nummer, vraag in enumerate(vragen):
            begin = time.perf_counter()
            treffers = search(str(vraag["vraag"]), medewerker=agent, limit=DIEP)
            duur = (time.perf_counter() - begin) * 1000
            if ronde == 0:
                tijden.append([duur])
                namen = [treffer.product_naam for treffer in treffers]
                with connection.cursor() as cursor:
                    cursor.execute(_BASIS, [vraag["vraag"]])
                    basis = [naam for (naam,) in cursor.fetchall()]
                goed = list(vraag["goed"])
                plek = rank(namen, goed), rank(basis, goed)
                plekken[str(vraag["soort"])].append(plek)
                if toon and plek[0] != 1:
                    beste = [(t.titel, t.product_naam, round(t.score, 2)) for t in treffers[:4]]
                    print(vraag["soort"], "|", vraag["vraag"], "|", plek[0], beste, goed)
            else:
                tijden[nummer].append(duur)
    print(
        f"{'soort':<14}{'vragen':>7}{'hit@1':>8}{'hit@3':>8}{'mrr':>7}{'basis@1':>9}{'basis@3':>9}"
    )
    alles = [plek for deel in plekken.values() for plek in deel]
    for soort, deel in [*sorted(plekken.items()), ("alles", alles)]:
        c = figures(deel)
        print(
            f"{soort:<14}{len(deel):>7}{c['hit1']:>8.1%}{c['hit3']:>8.1%}{c['mrr']:>7.3f}"
            f"{c['basis_hit1']:>9.1%}{c['basis_hit3']:>9.1%}"
        )
    duren = [statistics.median(tijd) for tijd in tijden]
    print(f"letter voor letter: 95e percentiel {typing_p95(vragen, agent):.1f} ms")
    return figures(alles) | {"p95_ms": round(statistics.quantiles(duren, n=20)[18], 1)}


def typing_p95(vragen: list[dict[str, Any]], agent: "Medewerker") -> float:
    """Time of a search while somebody types: after every third letter of every question."""
    from kennisbank.search import search

    duren = []
    for vraag in vragen:
        tekst = str(vraag["vraag"])
        for tot in range(2, len(tekst), 3):
            begin = time.perf_counter()
            search(tekst[:tot], medewerker=agent, limit=DIEP)
            duren.append((time.perf_counter() - begin) * 1000)
    return statistics.quantiles(duren, n=20)[18]


def figures(plekken: list[tuple[int, int]]) -> dict[str, float]:
    """Shares of the questions with a good result, and the mean of 1 / its place."""

    def share(welke: int, hoogstens: int) -> float:
        return round(sum(0 < rij[welke] <= hoogstens for rij in plekken) / len(plekken), 4)

    return {
        "hit1": share(0, 1),
        "hit3": share(0, 3),
        "mrr": round(sum(1 / rij[0] for rij in plekken if rij[0]) / len(plekken), 4),
        "basis_hit1": share(1, 1),
        "basis_hit3": share(1, 3),
    }


def main() -> None:
    """Start a database, load, ask, and stop it; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vragen", type=Path)
    parser.add_argument("--artikelen", type=int, default=0, help="vul aan tot zoveel artikelen")
    parser.add_argument("--producten", type=int, default=0, help="vul aan tot zoveel producten")
    parser.add_argument("--toon", action="store_true", help="toon wat niet als eerste kwam")
    keuze = parser.parse_args()
    regels = keuze.vragen.read_text(encoding="utf-8").splitlines()
    vragen = [json.loads(regel) for regel in regels if regel.strip()]
    with own_database():
        load(keuze.artikelen, keuze.producten)
        uitkomst = run(vragen, toon=keuze.toon)
    print(json.dumps(uitkomst))


if __name__ == "__main__":
    main()
