"""How fast a file is read in: ``make bench-invoer [RIJEN=10000]``.

A database of its own, and a worker's own road: checked whole, confirmed, read in pieces. First as
new articles, then the same file with every text changed, then once more as it is. Also what one of
every kind takes. The last line is one JSON object.
"""

import argparse
import json
import logging
import random
import time
from typing import Any

from bench.proefbank import own_database

_WOORDEN = """
paspoort aanvragen gemeente afval container vergunning verhuizen trouwen parkeren belasting bezwaar
uitkering subsidie melding afspraak balie kosten dagen nodig bewijs formulier
"""
WOORDEN = _WOORDEN.split()


def articles(rijen: int, *, toevoeging: str = "") -> bytes:
    """A CSV with that many made-up articles; the same each time."""
    kans = random.Random(1)
    regels = ["kenmerk;soort;titel;kort antwoord;uitleg;werkinstructie;afdeling;trefwoorden"]
    for nummer in range(rijen):
        zin = [" ".join(kans.choices(WOORDEN, k=12)) for _ in range(8)]
        titel = " ".join(kans.choices(WOORDEN, k=4)).capitalize()
        lang = f'"{zin[0]}.\n\n* {zin[1]}\n* {zin[2]}\n\n{zin[3]}{toevoeging}."'
        woorden = ", ".join(kans.sample(WOORDEN, 3))
        regels.append(
            f"meting-{nummer};vraag en antwoord;{titel} {nummer};{zin[4]}. {zin[5]}{toevoeging}.;"
            f"{lang};{zin[6]}.;kcc;{woorden}"
        )
    return "\n".join(regels).encode()


def products(rijen: int) -> bytes:
    """A CSV with that many made-up products."""
    regels = [
        "naam;afdeling;trefwoorden",
        *(f"meting {n};kcc;woord{n}, ding{n}" for n in range(rijen)),
    ]
    return "\n".join(regels).encode()


def synonyms(rijen: int) -> bytes:
    """A CSV with that many made-up synonyms."""
    return "\n".join(["woord;zoek ook op", *(f"woord{n};container" for n in range(rijen))]).encode()


def sdg(rijen: int) -> bytes:
    """An answer of the SDG API with that many made-up texts."""
    kans = random.Random(2)
    lijst = [
        {
            "id": f"meting-{nummer}",
            "titel": f"Tekst {nummer}",
            "tekst": "\n\n".join(" ".join(kans.choices(WOORDEN, k=40)) + "." for _ in range(4)),
            "taal": "nl",
            "self": "https://voorbeeld.test/api",
        }
        for nummer in range(rijen)
    ]
    return json.dumps({"results": lijst}).encode()


def run(naam: str, soort: str, inhoud: bytes) -> dict[str, float]:
    """Take one file all the way; prints and returns seconds and rows per second."""
    from django.utils.timezone import now

    from kennisbank.models import Invoer
    from kennisbank.services import invoer as services
    from organisatie.models import Medewerker

    door = Medewerker.objects.filter(rollen__contains=["kennisredacteur"])[0]
    begin = time.perf_counter()
    een = services.start_invoer(
        soort=soort, bestandsnaam=f"{naam}.csv", inhoud=inhoud, by=door, at=now()
    )
    services.work_on(invoer_id=een.pk)
    controle = time.perf_counter() - begin
    een = Invoer.objects.get(pk=een.pk)
    assert een.stand == "gecontroleerd", een.fouten[:3]
    services.confirm_invoer(invoer=een)
    services.work_on(invoer_id=een.pk)
    duur = time.perf_counter() - begin
    een.refresh_from_db()
    assert een.stand == "klaar", een.fouten[:3]
    print(
        f"{naam:<22}{een.totaal:>8}{een.nieuw:>8}{een.gewijzigd:>11}{een.ongewijzigd:>13}"
        f"{controle:>11.1f}{duur - controle:>10.1f}{duur:>8.1f}{een.totaal / duur:>10.0f}"
    )
    return {"seconden": round(duur, 1), "rijen_per_seconde": round(een.totaal / duur)}


def measure(rijen: int) -> dict[str, Any]:
    """All files, one after another."""
    from django.core.management import call_command

    from organisatie.models import Afdeling, Medewerker

    call_command("migrate", verbosity=0)
    Afdeling.objects.create(identificatie="kcc", naam="KCC", is_kcc=True)
    Medewerker.objects.create(
        gebruikersnaam="meting",
        voornaam="Anna",
        achternaam="Meting",
        email="meting@voorbeeld.test",
        rollen=["kennisredacteur"],
    )
    print(
        f"{'bestand':<22}{'rijen':>8}{'nieuw':>8}{'gewijzigd':>11}{'ongewijzigd':>13}"
        f"{'controle':>11}{'inlezen':>10}{'samen':>8}{'rijen/s':>10}"
    )
    return {
        "rijen": rijen,
        "artikelen_nieuw": run("artikelen nieuw", "artikelen", articles(rijen)),
        "artikelen_gewijzigd": run(
            "artikelen gewijzigd", "artikelen", articles(rijen, toevoeging=" anders")
        ),
        "artikelen_gelijk": run(
            "artikelen gelijk", "artikelen", articles(rijen, toevoeging=" anders")
        ),
        "producten": run("producten", "producten", products(rijen)),
        "synoniemen": run("synoniemen", "synoniemen", synonyms(rijen)),
        "sdg": run("sdg", "sdg", sdg(rijen)),
    }


def main() -> None:
    """Start a database, measure, and stop it; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rijen", type=int, default=10_000)
    keuze = parser.parse_args()
    with own_database():
        logging.getLogger("kcc.celery").setLevel(logging.ERROR)  # no Redis here, none needed
        uitkomst = measure(keuze.rijen)
    print(json.dumps(uitkomst))


if __name__ == "__main__":
    main()
