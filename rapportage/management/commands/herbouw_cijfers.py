"""manage.py herbouw_cijfers: all figures again, from the records."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from rapportage import services

BREEDTE = 40  # characters


class Command(BaseCommand):
    """Throws the roll-ups away and computes them again, hour by hour."""

    help = "Bereken alle cijfers opnieuw uit de contacten en taken. Afbreken mag."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with a progress bar on a terminal, and one line at the end."""
        begin = time.monotonic()
        aantal = services.rebuild_all(progress=self._show)
        if self.stdout.isatty():
            self.stdout.write("")
        self.stdout.write(f"Opnieuw berekend: {aantal} uren, in {time.monotonic() - begin:.1f} s.")

    def _show(self, klaar: int, totaal: int) -> None:
        if not self.stdout.isatty() or not totaal:
            return
        vol = BREEDTE * klaar // totaal
        balk = "█" * vol + "░" * (BREEDTE - vol)
        self.stdout.write(f"\r{balk} {klaar} van {totaal} uren", ending="")
        self.stdout.flush()
