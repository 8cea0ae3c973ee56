"""What can go wrong with a taak in ways that we expect, each with a sentence for the screen."""

from collections.abc import Sequence

from organisatie.models import Afdeling, Medewerker
from zaken.models import TaakGebeurtenis


class TaakFout(Exception):
    """Parent of all expected failures of this room: the message is Dutch and fit for the screen."""


class TaakAlreadyClosed(TaakFout):
    """The taak was finished in the meantime."""

    def __init__(self) -> None:
        super().__init__("Deze taak is intussen afgehandeld. Wat u typte staat hier nog.")


class TaakAlreadyClaimed(TaakFout):
    """Somebody has the taak already; ``wie`` says who."""

    def __init__(self, wie: Medewerker, *, by: Medewerker) -> None:
        super().__init__(
            "U heeft deze taak al in behandeling."
            if wie.pk == by.pk
            else f"{wie} heeft deze taak. Vraag {wie} ernaar, of maak de taak eerst los."
        )
        self.wie = wie


class TaakNotClaimed(TaakFout):
    """Nobody has the taak, so there is nothing to let go."""

    def __init__(self) -> None:
        super().__init__("Deze taak is al los: niemand heeft haar in behandeling.")


class TaakElsewhere(TaakFout):
    """The taak lies with another department than those of who wants to work on it."""

    def __init__(self, afdeling: Afdeling) -> None:
        super().__init__(
            f"Deze taak ligt bij {afdeling} en niet meer bij u. Er is niets gewijzigd; "
            "wat u typte staat hier nog."
        )


class TaakChanged(TaakFout):
    """The screen was older than the taak; ``gebeurtenissen`` is what happened in between."""

    def __init__(self, gebeurtenissen: Sequence[TaakGebeurtenis]) -> None:
        wat = "; ".join(f"{g.get_soort_display().lower()} door {g.door}" for g in gebeurtenissen)
        super().__init__(
            f"De taak is intussen gewijzigd ({wat or 'door een collega'}). Wat u typte staat hier "
            "nog. Controleer het en verstuur het dan opnieuw."
        )
        self.gebeurtenissen = gebeurtenissen


class AntwoordMissing(TaakFout):
    """A taak is finished with an answer, and with how the citizen got it."""

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(melding)
        self.veld = veld


class RedenMissing(TaakFout):
    """Passing a taak on takes a reason, so that the next one need not ask."""

    def __init__(self) -> None:
        super().__init__("Schrijf op waarom, zodat de volgende dat niet hoeft te vragen.")


class TaakAlreadyThere(TaakFout):
    """The taak lies with this department already."""

    def __init__(self, afdeling: Afdeling) -> None:
        super().__init__(f"De taak ligt al bij {afdeling}. Kies een andere afdeling.")


class NoKcc(TaakFout):
    """No department is marked as the KCC, so nothing can go back to it."""

    def __init__(self) -> None:
        super().__init__(
            "Er is nog geen afdeling aangewezen als KCC. Vraag de beheerder om dat te doen."
        )


class AfdelingClosed(TaakFout):
    """A department that no longer exists gets no new taken."""

    def __init__(self, afdeling: Afdeling) -> None:
        super().__init__(f"{afdeling} bestaat niet meer. Kies een andere afdeling.")


class MedewerkerUnavailable(TaakFout):
    """The chosen person does not work there, or does not work on taken."""

    def __init__(self, medewerker: Medewerker, afdeling: Afdeling) -> None:
        super().__init__(
            f"{medewerker} behandelt geen taken van {afdeling}. "
            "Kies iemand anders, of kies niemand."
        )
