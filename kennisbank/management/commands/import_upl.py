"""``manage.py import_upl [FILE]``: the national product list into the kennisbank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kennisbank import services
from kennisbank.upl import MAX_BYTES, UplFout, UplNietOpgehaald, fetch_upl


class Command(BaseCommand):
    """Read a file, or without one fetch the list from its published address."""

    help = "Haal de producten van gemeenten uit de Uniforme Productnamenlijst (UPL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One optional argument."""
        parser.add_argument(
            "bestand",
            nargs="?",
            type=Path,
            help="CSV-bestand van de UPL; zonder bestand wordt de lijst opgehaald van internet",
        )

    def handle(self, *args: Any, bestand: Path | None, **options: Any) -> None:
        """Import, and tell what changed; the last line holds the counts."""
        try:
            verslag = services.import_upl(bestand=self._read(bestand))
        except UplFout as exc:
            regels = [str(fout) for fout in exc.fouten]
            if exc.aantal > len(regels):
                regels.append(f"… en nog {exc.aantal - len(regels)} rijen")
            raise CommandError("\n".join([str(exc), *regels])) from exc
        except UplNietOpgehaald as exc:
            raise CommandError(str(exc)) from exc
        for naam, wat in verslag.wijzigingen:
            if options["verbosity"] > 1 or not wat.startswith("nieuw"):
                self.stdout.write(f"{naam}: {wat}")
        for naam in verslag.niet_meer_in_lijst:
            self.stdout.write(f"{naam}: staat niet meer in de lijst, blijft bewaard")
        self.stdout.write(str(verslag))

    def _read(self, bestand: Path | None) -> bytes:
        if bestand is None:
            self.stdout.write(f"Lijst ophalen van {settings.UPL_ADRES}")
            return fetch_upl(settings.UPL_ADRES)
        try:
            with bestand.open("rb") as stroom:
                return stroom.read(MAX_BYTES + 1)  # one too many is enough to refuse it
        except OSError as exc:
            raise CommandError(f"Het bestand {bestand} is niet te lezen: {exc.strerror}.") from exc
