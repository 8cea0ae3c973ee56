"""What still has to be done, and what was agreed about it."""

from zaken.models.afspraken import Overdrachtsafspraak, TermijnEenheid
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
    "Overdrachtsafspraak",
    "PogingResultaat",
    "Prioriteit",
    "RedenTerug",
    "TaakGebeurtenis",
    "TaakStatus",
    "TermijnEenheid",
    "Terugkoppeling",
]
