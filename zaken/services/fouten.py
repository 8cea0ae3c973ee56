"""What can go wrong with a taak in ways that we expect, each with a sentence for the screen."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

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


class TaakGone(TaakFout):
    """A second taak was named that this person cannot see, or that is not there."""

    def __init__(self) -> None:
        super().__init__("Deze taak kennen we niet, of zij ligt niet bij u. Controleer het nummer.")


class TaakNotClosed(TaakFout):
    """Only what is closed can be opened again."""

    def __init__(self) -> None:
        super().__init__("Deze taak staat al open. Er is niets gewijzigd.")


class TaakMerged(TaakFout):
    """What went into another taak is not opened by itself."""

    def __init__(self, in_taak: str) -> None:
        super().__init__(
            f"Deze taak is samengevoegd met {in_taak}. Heropen die, of maak het samenvoegen "
            "dezelfde dag ongedaan."
        )


class TaakChanged(TaakFout):
    """The screen was older than the taak; ``gebeurtenissen`` is what happened in between."""

    def __init__(self, gebeurtenissen: Sequence[TaakGebeurtenis]) -> None:
        wat = "; ".join(
            f"{g.get_soort_display().lower()} {f'door {g.door}' if g.door else 'vanzelf'}"
            for g in gebeurtenissen
        )
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


class MedewerkerAbsent(TaakFout):
    """The chosen person is away; ``vervanger`` is who takes over, if that is known."""

    veld = "medewerker"

    def __init__(
        self, medewerker: Medewerker, *, tot: datetime | None, vervanger: Medewerker | None
    ) -> None:
        wanneer = f" tot {date_format(localtime(tot), 'j F, H:i')} uur" if tot else ""
        wie = f"{vervanger} vervangt {medewerker}." if vervanger else "Kies een ander."
        super().__init__(f"{medewerker} is afwezig{wanneer}. {wie}")
        self.medewerker, self.tot, self.vervanger = medewerker, tot, vervanger


class TaakAlreadyWith(TaakFout):
    """Handing a taak to the one who has it already."""

    veld = "medewerker"

    def __init__(self, medewerker: Medewerker) -> None:
        super().__init__(f"{medewerker} heeft deze taak al. Kies een ander.")


class TaakNotYours(TaakFout):
    """Only a coordinator gives away what a colleague has."""

    def __init__(self, wie: Medewerker) -> None:
        super().__init__(
            f"{wie} heeft deze taak. Alleen {wie} of een coördinator geeft haar aan een ander."
        )


class PrioriteitSame(TaakFout):
    """The priority is this already."""

    veld = "prioriteit"

    def __init__(self) -> None:
        super().__init__("De taak heeft deze prioriteit al.")


class TerugbelFout(TaakFout):
    """A call-back window that we cannot keep."""

    veld = "van"


class NotDouble(TaakFout):
    """Two taken that are not about the same person, or one and the same taak."""

    veld = "nummer"


class KoppelingExists(TaakFout):
    """The two are linked already, or are one and the same."""

    veld = "nummer"


class CannotUndo(TaakFout):
    """A merge is undone on the day itself, once."""

    def __init__(self) -> None:
        super().__init__(
            "Samenvoegen is alleen dezelfde dag ongedaan te maken, en maar één keer. "
            "Draag de vraag opnieuw over als dat nodig is."
        )


class NotitieEmpty(TaakFout):
    """A note without a word."""

    veld = "tekst"

    def __init__(self) -> None:
        super().__init__("Schrijf de notitie op.")


class CannotMention(TaakFout):
    """Who cannot see the taak is not named in it."""

    veld = "genoemd"

    def __init__(self, medewerker: Medewerker) -> None:
        super().__init__(f"{medewerker} kan deze taak niet zien. Noem iemand van de afdeling.")


class BerichtFout(TaakFout):
    """A message to the citizen that cannot go; ``veld`` says what is wrong with which field."""

    def __init__(self, veld: str | None, melding: str) -> None:
        super().__init__(melding)
        self.veld = veld


class BijlageFout(TaakFout):
    """A file that we do not take."""

    veld = "bestanden"
