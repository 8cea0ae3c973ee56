"""``manage.py simuleer``: invented people with invented questions, for demo, tests and bench."""

import time
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now
from tqdm import tqdm

from contacts.models import Klantcontact
from organisatie.werkkalender import NoOpeningstijden
from rapportage.simulatie.basis import BasisMissing
from rapportage.simulatie.uitvoeren import (
    COPY,
    SERVICES,
    Opdracht,
    Uitkomst,
    compute_figures,
    simuleer,
)


def _amount(tekst: str) -> int:
    if not tekst.isdigit() or int(tekst) < 1:
        raise ArgumentTypeError("geef een geheel getal van minstens 1")
    return int(tekst)


def _day(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError as exc:
        raise ArgumentTypeError("geef een datum als 2026-11-20") from exc


class Command(BaseCommand):
    """Fills the database with what a municipality's KCC goes through; never in production."""

    help = (
        "Verzint klantcontacten en interne taken zoals een gemeente ze heeft, met kanalen, drukte,"
    )
    help += " herhaalvragen en termijnen. Dezelfde seed geeft dezelfde gegevens."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people, how long, which luck."""
        parser.add_argument("--inwoners", type=_amount, default=100_000, help="standaard 100000")
        parser.add_argument("--dagen", type=_amount, default=90, help="standaard 90")
        parser.add_argument("--seed", type=int, default=1, help="standaard 1")
        parser.add_argument(
            "--tot", type=_day, default=None, metavar="DATUM", help="laatste dag; standaard vandaag"
        )
        parser.add_argument(
            "--via",
            choices=[COPY, SERVICES],
            default=COPY,
            help="services: via de toepassing zelf, voor hoogstens een paar dagen",
        )
        parser.add_argument(
            "--erbij", action="store_true", help="ook als er al klantcontacten zijn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Simulate, then compute the figures. Raises CommandError."""
        if settings.PRODUCTIE:
            raise CommandError("Verzonnen klantcontacten horen niet in productie.")
        al = 0 if options["erbij"] else Klantcontact.objects.count()
        if al:
            self.stdout.write(
                f"Er zijn al {al} klantcontacten; er komt niets bij. Met --erbij wel."
            )
            return
        nu = now()
        tot = options["tot"] or localdate(nu)
        if tot > localdate(nu):
            raise CommandError("De laatste dag ligt in de toekomst; daar is nog niets gebeurd.")
        opdracht = Opdracht(
            inwoners=options["inwoners"],
            dagen=options["dagen"],
            seed=options["seed"],
            tot=tot,
            nu=nu,
            via=options["via"],
        )
        begin = time.monotonic()
        uitkomst = self._run(opdracht, stil=options["verbosity"] == 0)
        if options["verbosity"]:
            self.stdout.write(
                f"{uitkomst.contacten} klantcontacten en {uitkomst.taken} interne taken verzonnen, "
                f"van {opdracht.van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}, "
                f"in {time.monotonic() - begin:.1f} s."
            )

    @staticmethod
    def _run(opdracht: Opdracht, *, stil: bool) -> Uitkomst:
        try:
            with tqdm(total=opdracht.dagen, unit="dag", disable=stil or None, leave=False) as balk:
                uitkomst = simuleer(opdracht, voortgang=balk.update)
            with tqdm(desc="cijfers", unit="×", disable=stil or None, leave=False) as balk:
                compute_figures(voortgang=balk.update)
        except (BasisMissing, NoOpeningstijden) as exc:
            raise CommandError(str(exc)) from exc
        return uitkomst
