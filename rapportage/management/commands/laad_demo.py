"""``manage.py laad_demo``: the invented municipality, ready to work with."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from contacts.models import Klantcontact
from kennisbank.inhoud import InhoudFout, laad_artikelen
from kennisbank.inhoud.meldingen import laad_meldingen
from kennisbank.inhoud.nieuws import laad_nieuws
from kennisbank.inhoud.producten import laad_producten, laad_synoniemen
from kennisbank.inhoud.wie_doet_wat import laad_wie_doet_wat
from kennisbank.models import Zoekstuk
from kennisbank.search import index
from organisatie.inhoud import laad_organisatie
from organisatie.models import Medewerker
from zaken.inhoud import laad_overdrachtsafspraken, laad_routering
from zaken.inhoud.sjablonen import laad_antwoordsjablonen
from zaken.inhoud.zaken import laad_zaaktypen, laad_zaken

SIMULATIE = {"inwoners": 100_000, "dagen": 90, "seed": 1}


class Command(BaseCommand):
    """Adds what is missing, so it may be run as often as you like; never in production."""

    help = "Laadt de gegevens van de demo: afdelingen, medewerkers, producten, artikelen, cijfers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Without contacts it is done in a second; the tests want no more than that."""
        parser.add_argument(
            "--zonder-klantcontacten", action="store_true", help="Verzin geen klantcontacten."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Lowest room first; each part is a transaction of its own. Raises CommandError."""
        if settings.PRODUCTIE:
            raise CommandError("De demogegevens horen niet in productie. Er is niets geladen.")
        vandaag = localdate()
        for naam, aantal in laad_organisatie(vandaag=vandaag).items():
            self._report(naam, aantal)
        self._report("producten", laad_producten())
        self._report("synoniemen", laad_synoniemen())
        try:
            redacteur = Medewerker.objects.filter(gebruikersnaam="redacteur").first()
            nieuw, gewijzigd, _ = laad_artikelen(by=redacteur, at=now())
        except InhoudFout as exc:
            raise CommandError(str(exc)) from exc
        self._report("artikelen", nieuw + gewijzigd)
        wie = {"by": redacteur, "at": now(), "vandaag": vandaag}
        self._report("onderwerpen van wie doet wat", laad_wie_doet_wat(**wie))
        self._report("nieuwsberichten", laad_nieuws(**wie))
        self._report("meldingen over artikelen", laad_meldingen(at=now()))
        if not Zoekstuk.objects.exists():  # data from before there was an index
            index.rebuild()
        # Also for what the simulation hands off in the past.
        vanaf = date(vandaag.year - 2, 1, 1)
        self._report("overdrachtsafspraken", laad_overdrachtsafspraken(vanaf=vanaf))
        self._report("routeringsmodellen", laad_routering())
        self._report("antwoordsjablonen", laad_antwoordsjablonen())
        self._report("zaaktypen", laad_zaaktypen(vanaf=vanaf))
        if not options["zonder_klantcontacten"]:
            self._simulate()
            self._report("zaken", laad_zaken(nu=now()))
        self.stdout.write("De demogegevens zijn geladen.")

    def _simulate(self) -> None:
        if "simuleer" in get_commands() and not Klantcontact.objects.exists():
            self.stdout.write("Een kwartaal klantcontacten wordt verzonnen …")
            call_command("simuleer", **SIMULATIE)

    def _report(self, naam: str, aantal: int) -> None:
        if aantal:
            self.stdout.write(f"  {aantal:>4} {naam}")
