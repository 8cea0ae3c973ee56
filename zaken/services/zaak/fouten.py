"""What can go wrong with a zaak in ways that we expect, each with a sentence for the screen."""

from datetime import date

from django.utils.formats import date_format

from organisatie.models import Afdeling, Medewerker
from zaken.services.fouten import TaakFout


class ZaakFout(TaakFout):
    """Parent of the expected failures of zaken."""


class ZaakNotFound(ZaakFout):
    """No zaak with this number, or not for this person."""

    def __init__(self) -> None:
        super().__init__("Een zaak met dit nummer is er niet. Controleer het nummer.")


class ZaakAlreadyClosed(ZaakFout):
    """The zaak has its result."""

    def __init__(self) -> None:
        super().__init__("Deze zaak is al afgerond. Heropen de zaak als er nog iets moet gebeuren.")


class ZaakNotClosed(ZaakFout):
    """Only what is closed can be opened again."""

    def __init__(self) -> None:
        super().__init__("Deze zaak is nog open.")


class ZaakElsewhere(ZaakFout):
    """The zaak lies with another department."""

    def __init__(self, afdeling: Afdeling) -> None:
        super().__init__(
            f"Deze zaak ligt bij {afdeling} en niet meer bij u. Er is niets gewijzigd."
        )


class ZaakChanged(ZaakFout):
    """The screen was older than the zaak."""

    def __init__(self) -> None:
        super().__init__(
            "Een collega heeft deze zaak intussen gewijzigd. Wat u typte staat hier nog. "
            "Controleer het en verstuur het dan opnieuw."
        )


class ZaaktypeInvalid(ZaakFout):
    """The kind of zaak does not hold (any more), or is not complete."""

    def __init__(self, naam: str) -> None:
        super().__init__(
            f"Met het zaaktype “{naam}” kan nu geen zaak beginnen. Kies een ander, of vraag de "
            "beheerder ernaar."
        )


class StartdatumInvalid(ZaakFout):
    """Nothing comes in tomorrow."""

    def __init__(self) -> None:
        super().__init__("Een zaak begint vandaag of eerder. Controleer de datum van ontvangst.")


class CommissieImpossible(ZaakFout):
    """This kind of zaak knows no advisory committee."""

    def __init__(self, naam: str) -> None:
        super().__init__(f"Bij “{naam}” bestaat geen termijn voor een adviescommissie.")


class StatusInvalid(ZaakFout):
    """The stage belongs to another kind of zaak, or is the one that the zaak is in."""

    def __init__(self) -> None:
        super().__init__("Kies een andere stand, die bij dit soort zaak hoort.")


class ResultaatMissing(ZaakFout):
    """The last stage takes a result."""

    def __init__(self) -> None:
        super().__init__("Een zaak eindigt met een resultaat. Rond de zaak af en kies het.")


class EinddatumInvalid(ZaakFout):
    """A zaak ends between the day that it came in and today."""

    def __init__(self) -> None:
        super().__init__("De dag van het besluit ligt na de ontvangst en niet in de toekomst.")


class RedenNodig(ZaakFout):
    """The law asks for a reason, and so does who reads it later."""

    def __init__(self) -> None:
        super().__init__("Schrijf op waarom, in hoogstens 200 tekens.")


class OpschortingImpossible(ZaakFout):
    """The term cannot be stopped, or runs already."""


class VerlengingImpossible(ZaakFout):
    """The term cannot be extended."""


class VerlengingTooLate(VerlengingImpossible):
    """After the last day there is nothing to extend (art. 4:14 Awb)."""

    def __init__(self, uiterlijk: date) -> None:
        super().__init__(
            f"De termijn liep af op {date_format(uiterlijk, 'j F Y')}. Verlengen kan alleen "
            "daarvoor. Neem contact op met de klant."
        )


class IngebrekestellingTooEarly(ZaakFout):
    """As long as the term runs nobody is in default."""

    def __init__(self) -> None:
        super().__init__(
            "De termijn is nog niet voorbij, of staat stil. Een ingebrekestelling telt dan niet: "
            "laat de klant dat weten."
        )


class IngebrekestellingImpossible(ZaakFout):
    """No penalty exists for this kind of zaak, or the letter is noted already."""


class BehandelaarUnavailable(ZaakFout):
    """The chosen person does not work there, or does not work on zaken."""

    def __init__(self, medewerker: Medewerker, afdeling: Afdeling) -> None:
        super().__init__(
            f"{medewerker} behandelt geen zaken van {afdeling}. Kies iemand anders, of niemand."
        )


class BetrokkeneDouble(ZaakFout):
    """Somebody has this part already; a zaak has one applicant."""

    def __init__(self) -> None:
        super().__init__("Deze rol is in deze zaak al vergeven. Kies een andere rol of persoon.")


class KoppelingImpossible(ZaakFout):
    """Linked already, or not there."""
