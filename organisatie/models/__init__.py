"""Who works here, who is there now, and when we are open."""

from organisatie.models.aanwezigheid import (
    Afwezigheid,
    Agendablok,
    Agendakoppeling,
    Dagdeel,
    EigenStand,
    Stand,
    VasteVervanger,
    Werkdagdeel,
)
from organisatie.models.mensen import (
    BEHEERDE_APPS,
    BEHEERDE_MODELLEN,
    Afdeling,
    Groep,
    Medewerker,
)
from organisatie.models.openingstijden import BijzondereDag, Openingstijd, Weekdag

__all__ = [
    "BEHEERDE_APPS",
    "BEHEERDE_MODELLEN",
    "Afdeling",
    "Afwezigheid",
    "Agendablok",
    "Agendakoppeling",
    "BijzondereDag",
    "Dagdeel",
    "EigenStand",
    "Groep",
    "Medewerker",
    "Openingstijd",
    "Stand",
    "VasteVervanger",
    "Weekdag",
    "Werkdagdeel",
]
