"""What can go wrong with presence in ways that we expect, each with a sentence for the screen."""

from datetime import datetime

from organisatie.aanwezigheid import say_moment
from organisatie.models import Afwezigheid, Medewerker


class AanwezigFout(Exception):
    """Parent of the expected failures; ``veld`` is the field of the form that it is about."""

    veld: str | None = None


class NotAllowed(AanwezigFout):
    """Everybody for himself; who hands out the work also for the people of his departments."""

    def __init__(self, medewerker: Medewerker) -> None:
        super().__init__(f"U mag de aanwezigheid van {medewerker} niet wijzigen.")


class MomentInPast(AanwezigFout):
    """An end that has passed says nothing."""

    def __init__(self, veld: str) -> None:
        super().__init__("Dit moment is al voorbij. Kies een later moment.")
        self.veld = veld


class StandWhileAway(AanwezigFout):
    """A period of absence is stronger than what somebody says of himself."""

    def __init__(self, tot: datetime) -> None:
        super().__init__(
            f"Er staat dat u afwezig bent, terug {say_moment(tot)}. "
            "Kies eerst Beschikbaar; dat beëindigt de afwezigheid."
        )


class AfwezigheidOver(AanwezigFout):
    """What is over does not change any more."""

    def __init__(self) -> None:
        super().__init__("Deze afwezigheid is voorbij en verandert niet meer.")


class AfwezigheidOverlaps(AanwezigFout):
    """One is away once at a time."""

    veld = "van_datum"

    def __init__(self, andere: Afwezigheid) -> None:
        super().__init__(
            f"Van {say_moment(andere.van)} tot {say_moment(andere.tot)} staat al een afwezigheid. "
            "Wijzig die."
        )


class VervangerElsewhere(AanwezigFout):
    """Who takes over works in one of the same departments."""

    veld = "vervanger"

    def __init__(self, vervanger: Medewerker) -> None:
        super().__init__(f"{vervanger} is geen collega van dezelfde afdeling. Kies een ander.")


class VervangerAway(AanwezigFout):
    """Nobody takes over while he is away himself."""

    veld = "vervanger"

    def __init__(self, vervanger: Medewerker, weg: Afwezigheid) -> None:
        super().__init__(
            f"{vervanger} is zelf afwezig van {say_moment(weg.van)} tot {say_moment(weg.tot)}. "
            "Kies een ander."
        )


class AgendaRefused(AanwezigFout):
    """A calendar that we cannot or may not read."""

    def __init__(self, melding: str, *, veld: str | None = "adres") -> None:
        super().__init__(melding)
        self.veld = veld
