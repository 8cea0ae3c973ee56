"""``manage.py herbouw_zoekindex``: the search index again from what is stored."""

from typing import Any

from django.core.management.base import BaseCommand

from kennisbank.search import index


class Command(BaseCommand):
    """Run it as often as you like; searching goes on with the old index meanwhile."""

    help = "Maak de zoekindex van de kennisbank opnieuw, uit alle producten en artikelen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and tell how many entries there are."""
        self.stdout.write(f"De zoekindex is opnieuw gemaakt: {index.rebuild()} zinnen.")
