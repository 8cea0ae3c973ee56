"""What still has to be done, and what was agreed about it."""

from zaken.models.afspraken import Overdrachtsafspraak, TermijnEenheid
from zaken.models.routering import (
    Lijn,
    Niveau,
    Routeringsmodel,
    RouteringSoort,
    Routeringsregel,
    Vaardigheid,
)
from zaken.models.taken import (
    InterneTaak,
    PogingResultaat,
    Prioriteit,
    RedenTerug,
    TaakGebeurtenis,
    TaakStatus,
    Terugkoppeling,
)

__all__ = [
    "InterneTaak",
    "Lijn",
    "Niveau",
    "Overdrachtsafspraak",
    "PogingResultaat",
    "Prioriteit",
    "RedenTerug",
    "RouteringSoort",
    "Routeringsmodel",
    "Routeringsregel",
    "TaakGebeurtenis",
    "TaakStatus",
    "TermijnEenheid",
    "Terugkoppeling",
    "Vaardigheid",
]
