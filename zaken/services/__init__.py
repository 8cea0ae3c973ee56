"""Every write of this room."""

from zaken.services.behandeling import (
    claim_interne_taak,
    finish_interne_taak,
    forward_interne_taak,
    log_contactpoging,
    release_interne_taak,
    return_interne_taak,
    save_antwoord,
)
from zaken.services.fouten import (
    AfdelingClosed,
    AntwoordMissing,
    MedewerkerUnavailable,
    NoKcc,
    RedenMissing,
    TaakAlreadyClaimed,
    TaakAlreadyClosed,
    TaakAlreadyThere,
    TaakChanged,
    TaakElsewhere,
    TaakFout,
    TaakNotClaimed,
)
from zaken.services.inzage import (
    list_taken,
    list_taken_of,
    open_taak,
    reveal_taak_adres,
)
from zaken.services.overdracht import (
    Termijn,
    agreement_for,
    compute_termijn,
    hand_off,
    works_on_taken,
)
from zaken.services.routering import (
    RouteringChanged,
    RouteringEmpty,
    activate_routering,
    save_routering,
)

__all__ = [
    "AfdelingClosed",
    "AntwoordMissing",
    "MedewerkerUnavailable",
    "NoKcc",
    "RedenMissing",
    "RouteringChanged",
    "RouteringEmpty",
    "TaakAlreadyClaimed",
    "TaakAlreadyClosed",
    "TaakAlreadyThere",
    "TaakChanged",
    "TaakElsewhere",
    "TaakFout",
    "TaakNotClaimed",
    "Termijn",
    "activate_routering",
    "agreement_for",
    "claim_interne_taak",
    "compute_termijn",
    "finish_interne_taak",
    "forward_interne_taak",
    "hand_off",
    "list_taken",
    "list_taken_of",
    "log_contactpoging",
    "open_taak",
    "release_interne_taak",
    "return_interne_taak",
    "reveal_taak_adres",
    "save_antwoord",
    "save_routering",
    "works_on_taken",
]
