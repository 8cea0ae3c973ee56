"""manage.py kpi_controle: is every figure true?"""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from rapportage import services
from rapportage.cijfers import AMSTERDAM, Keuze, Waarde
from rapportage.controle import Regel, TooBusy, Uitkomst, Verschil, control
from rapportage.forms import STANDAARD_DAGEN
from rapportage.weergave import cijfer, getal

HOOGSTENS = 25  # differences that are written out


class Command(BaseCommand):
    """Prints each KPI both ways and every difference; exit code 1 when there is one."""

    help = (
        "Reken alle cijfers op een andere manier na, rechtstreeks uit de contacten en taken."
        " Eindigt met code 1 als er een verschil is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The period of the table; the hours are always compared all."""
        parser.add_argument("--van", type=date.fromisoformat, help="eerste dag, als 2026-11-01")
        parser.add_argument("--tot", type=date.fromisoformat, help="laatste dag")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute what waits, compare, print."""
        nu = now()
        tot = options["tot"] or nu.astimezone(AMSTERDAM).date()
        van = options["van"] or tot - timedelta(days=STANDAARD_DAGEN - 1)
        if tot < van:
            raise CommandError("De laatste dag ligt voor de eerste.")
        if wachtend := services.count_dirty_hours():
            self.stdout.write(f"Uren die nog wachten: {wachtend}. Die worden eerst berekend.")
        try:
            uitkomst = control(Keuze(van, tot), nu=nu)
        except TooBusy as fout:
            raise CommandError(str(fout), returncode=2) from fout
        self._print(uitkomst, van, tot)
        if not uitkomst.is_gelijk:
            aantal = len(uitkomst.verschillen) + len(uitkomst.werkminuten)
            raise CommandError(f"Aantal verschillen: {getal(aantal)}.", returncode=1)
        self.stdout.write("Geen verschillen.")

    def _print(self, uitkomst: Uitkomst, van: date, tot: date) -> None:
        self.stdout.write(f"Van {van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}:")
        self.stdout.write(f"{'cijfer':<40}{'rapportage':>24}{'uit de bron':>24}{'verschil':>12}")
        for regel in uitkomst.regels:
            self.stdout.write(
                f"{regel.rapportage.kpi.naam:<40}{_both(regel.rapportage):>24}"
                f"{_both(regel.bron):>24}{_difference(regel):>12}"
            )
        self._list("Uren en cellen die verschillen", uitkomst.verschillen)
        self._list(
            "Taken waarvan de doorlooptijd niet uit de openingstijden volgt", uitkomst.werkminuten
        )
        if uitkomst.werkminuten:
            self.stdout.write(
                "Zijn de openingstijden veranderd nadat deze taken klaar waren? Dan is dit te"
                " verwachten: een afgehandelde taak houdt zijn doorlooptijd."
            )

    def _list(self, kop: str, verschillen: list[Verschil]) -> None:
        if not verschillen:
            return
        self.stdout.write(f"\n{kop}: {getal(len(verschillen))}")
        for v in verschillen[:HOOGSTENS]:
            self.stdout.write(
                f"  {v.tabel}.{v.veld}, {v.waar}: rapportage {v.rapportage}, bron {v.bron}"
            )
        if len(verschillen) > HOOGSTENS:
            self.stdout.write(f"  … en nog {getal(len(verschillen) - HOOGSTENS)}")


def _both(waarde: Waarde) -> str:
    """The figure, and the counts that it was made of."""
    if waarde.kpi.is_aandeel:
        return f"{cijfer(waarde)} % ({waarde.teller}/{waarde.noemer})"
    if waarde.kpi.is_percentiel:
        return f"{waarde.teller} min (n={waarde.noemer})"
    return str(waarde.teller)


def _difference(regel: Regel) -> str:
    if regel.is_gelijk:
        return "0"
    stap = regel.rapportage.teller - regel.bron.teller, regel.rapportage.noemer - regel.bron.noemer
    return f"{stap[0]:+d}/{stap[1]:+d}" if any(stap) else f"{regel.cellen} cellen"
