"""How long it takes to give 10,000 taken a term: ``make bench-termijnen``.

Without a database: a week with an evening, special days for four years, and three calendars as a
municipality with two departments of its own hours has. Each round begins with empty calendars. The
last line is one JSON object.
"""

import json
import os
import random
import statistics
import sys
import time as klok
from datetime import datetime, time, timedelta

import django

AANTAL = 10_000
RONDES = 5


def main() -> int:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")
    django.setup()
    from organisatie.werkkalender import AMSTERDAM, Werkkalender, add_werktijd, feestdagen

    dag_uren = ((time(9), time(17)),)
    week = dict.fromkeys(range(1, 6), dag_uren) | {4: ((time(9), time(12)), (time(13), time(20)))}
    half = {dag: ((time(9), time(12, 30)),) for dag in range(1, 5)}
    begin = datetime(2026, 1, 1, tzinfo=AMSTERDAM)
    bijzonder = {dag: () for jaar in range(2026, 2030) for dag in feestdagen(jaar)}
    kans = random.Random(1)
    vragen = [
        (
            begin + timedelta(seconds=kans.randrange(3 * 365 * 86_400)),
            kans.choice([(2, "werkdagen"), (10, "werkdagen"), (4, "werkuren"), (40, "werkuren")]),
            kans.randrange(3),
        )
        for _ in range(AANTAL)
    ]
    tijden = []
    for _ in range(RONDES):
        later = ((begin.date() + timedelta(400), half),)
        kalenders = [
            Werkkalender(week, bijzonder),
            Werkkalender(half, bijzonder),
            Werkkalender(week, bijzonder, vanaf=later),
        ]
        start = klok.perf_counter()
        for moment, (aantal, eenheid), plek in vragen:
            add_werktijd(moment, aantal=aantal, eenheid=eenheid, kalender=kalenders[plek])
        tijden.append(klok.perf_counter() - start)
    uitkomst = {
        "termijnen": AANTAL,
        "seconden": round(statistics.median(tijden), 3),
        "slechtste": round(max(tijden), 3),
    }
    sys.stdout.write(json.dumps(uitkomst) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
