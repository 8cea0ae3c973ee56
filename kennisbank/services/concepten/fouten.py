"""What can stop a step in the life of a draft, as sentences for the screen."""

from collections.abc import Iterable

from kennisbank.models import Concept


class ConceptFout(Exception):
    """Base of what can be told when a step cannot be done."""


class ConceptBestaatAl(ConceptFout):
    """The article has a draft on its way; ``concept`` is which."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        super().__init__(
            f"Van dit artikel is al een concept ({concept.get_stand_display()}). Twee tegelijk kan "
            "niet. Uw tekst staat nog hier. Meld met “klopt niet” wat er moet veranderen, of vraag "
            "de redactie om uw tekst erin te verwerken."
        )


class ConceptAndersBewaard(ConceptFout):
    """A colleague saved it since it was read; ``huidig`` is how it is now."""

    def __init__(self, huidig: Concept) -> None:
        self.huidig = huidig
        super().__init__(
            f"{huidig.gewijzigd_door} heeft dit concept intussen bewaard. Uw tekst staat nog hier. "
            "Vergelijk hem met die van uw collega en bewaar daarna opnieuw."
        )


class ConceptNietOpen(ConceptFout):
    """It is not in a state in which this can be done."""

    def __init__(self, concept: Concept) -> None:
        super().__init__(f"Dit kan niet meer: dit concept is {concept.get_stand_display()}.")


class ConceptVerouderd(ConceptFout):
    """The article has a newer version than the draft was made on."""

    def __init__(self, nummer: int) -> None:
        super().__init__(
            f"Versie {nummer} van het artikel is gepubliceerd nadat dit concept begon. Open het "
            "concept, vergelijk de teksten en bevestig dat die versie verwerkt is."
        )


class ConceptOnvolledig(ConceptFout):
    """Something is missing; ``fouten`` has the sentences."""

    def __init__(self, fouten: Iterable[str]) -> None:
        self.fouten = list(fouten)
        super().__init__(" ".join(self.fouten))


class NietUwAfdeling(ConceptFout):
    """Only the owner approves."""

    def __init__(self, concept: Concept) -> None:
        super().__init__(f"Alleen {concept.afdeling} kan deze tekst goedkeuren of terugsturen.")


class VierOgen(ConceptFout):
    """Nobody approves what he wrote himself."""

    def __init__(self) -> None:
        super().__init__(
            "U schreef zelf de laatste wijziging. Een collega van de afdeling moet haar goedkeuren."
        )


class MomentVoorbij(ConceptFout):
    """Planning is for later."""

    def __init__(self) -> None:
        super().__init__("Kies een moment dat nog komt, of laat het leeg om meteen te publiceren.")
