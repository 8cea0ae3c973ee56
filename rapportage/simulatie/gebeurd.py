"""What happened, as plain facts: what the generator makes and both writers store.

Moments are whole seconds since 1970, people, departments and products are primary keys, and a
klant is a number of ``Bevolking``.
"""

from dataclasses import dataclass, field

from zaken.models import TaakGebeurtenis

Soort = TaakGebeurtenis.Soort


@dataclass(slots=True)
class Stap:
    """One step in the life of a taak. What ``code`` and ``tekst`` are depends on the soort: the
    result of an attempt and its note, the reason of a return and its words, how the answer was
    given and the answer.
    """

    soort: str
    op: int
    door: int
    tekst: str = ""
    code: str = ""
    afdeling: int = 0  # where to, when it is passed on


@dataclass(slots=True)
class Taak:
    """A hand-off with everything that was done about it up to now."""

    afdeling: int
    toegewezen_aan: int | None
    handeling: str
    toelichting: str
    termijn: int
    afspraak: int | None
    stappen: list[Stap] = field(default_factory=list)


@dataclass(slots=True)
class Bron:
    """The article version that was read."""

    versie: int
    op: int
    gebruikt: bool


@dataclass(slots=True)
class Contact:
    """One conversation with its one question."""

    kanaal: str
    agent: int
    begin: int
    opgehangen: int
    afgerond: int
    klant: int | None
    doelgroep: str
    product: int | None
    afdeling: int | None
    onderwerp: str
    inhoud: str
    reactie: str
    taal: str
    resultaat: str
    bron: Bron | None = None
    taak: Taak | None = None

    @property
    def gekozen(self) -> int:
        """When the agent knew who it was."""
        return min(self.begin + 25, self.opgehangen)
