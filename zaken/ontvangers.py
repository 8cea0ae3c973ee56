"""Who can get a taak now: what an agent sees before he chooses somebody."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from organisatie.aanwezigheid import Aanwezig, presence_of
from organisatie.models import Afdeling, Medewerker, Stand
from zaken.models import Overdrachtsafspraak
from zaken.services import receiver_of, works_on_taken

KOPPEN = {
    Stand.BESCHIKBAAR: "Nu bereikbaar",
    Stand.BEZET: "Bezet",
    Stand.AFWEZIG: "Afwezig",
}
NOEMEN = 3


class Ontvangers:
    """The people of a department who work on taken, and whether they are there."""

    def __init__(
        self, afdeling: Afdeling | None, afspraak: Overdrachtsafspraak | None, nu: datetime
    ) -> None:
        self.afdeling = afdeling
        self.afspraak = afspraak
        self.nu = nu

    @cached_property
    def mensen(self) -> list[Medewerker]:
        """In order of name."""
        if self.afdeling is None:
            return []
        wie = Medewerker.objects.in_afdeling(self.afdeling.pk).order_by("achternaam", "voornaam")
        return [medewerker for medewerker in wie if works_on_taken(medewerker)]

    @cached_property
    def standen(self) -> dict[int, Aanwezig]:
        """Their presence now."""
        return presence_of(self.mensen, self.nu)

    @property
    def queryset(self) -> QuerySet[Medewerker]:
        """Who may be chosen; the service refuses who is away, by name and with the replacement."""
        alle: QuerySet[Medewerker] = Medewerker.objects.all()
        return alle.filter(pk__in=[medewerker.pk for medewerker in self.mensen])

    @property
    def weg(self) -> frozenset[int]:
        """Who is away."""
        return frozenset(pk for pk, stand in self.standen.items() if stand.is_afwezig)

    def choices(self) -> list[Any]:
        """For a list: who is reachable, then busy, then away, each with what we know."""
        lijst: list[Any] = [("", self._nobody())]
        for stand, kop in KOPPEN.items():
            groep = [
                (medewerker.pk, self._label(medewerker))
                for medewerker in self.mensen
                if self.standen[medewerker.pk].stand == stand
            ]
            if groep:
                lijst.append((kop, groep))
        return lijst

    def _nobody(self) -> str:
        wie = receiver_of(self.afspraak, at=self.nu)
        if wie is not None:
            return f"Volgens afspraak: {wie}"
        groep = self.afspraak.groep if self.afspraak else None
        return f"Wie het eerst kan van {groep}" if groep else "Wie het eerst kan"

    def _label(self, medewerker: Medewerker) -> str:
        stand = self.standen[medewerker.pk]
        if stand.stand == Stand.BESCHIKBAAR:
            return str(medewerker)
        delen = [str(medewerker)]
        if stand.tot is not None:
            delen.append(f"tot {self._say(stand.tot)}")
        if stand.is_afwezig and stand.vervanger is not None:
            delen.append(f"vervanger {stand.vervanger}")
        return ", ".join(delen)

    def _say(self, tot: datetime) -> str:
        lokaal = localtime(tot)
        vandaag = lokaal.date() == localdate(self.nu)
        return date_format(lokaal, "H.i" if vandaag else "j F")

    @property
    def zin(self) -> str:
        """Who is reachable now, in a sentence; empty for a department without people."""
        if not self.mensen:
            return ""
        er = [m for m in self.mensen if self.standen[m.pk].stand == Stand.BESCHIKBAAR]
        if not er:
            return f"Nu is niemand van {self.afdeling} bereikbaar."
        namen = ", ".join(str(medewerker) for medewerker in er[:NOEMEN])
        rest = f" en nog {len(er) - NOEMEN}" if len(er) > NOEMEN else ""
        return f"Nu bereikbaar: {namen}{rest} ({len(er)} van {len(self.mensen)})."
