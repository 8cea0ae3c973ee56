"""Every write of this room, by what it is about."""

from contacts.services.gesprekken import (
    HERHAAL_DAGEN,
    HEROPEN_BINNEN,
    ConceptChangedElsewhere,
    GesprekAlreadyClosed,
    KlantcontactAlreadyClosed,
    KlantcontactIncomplete,
    TooLateToReopen,
    cancel_gesprek,
    close_klantcontact,
    hang_up,
    must_be_open,
    reopen_klantcontact,
    save_concept,
    start_gesprek,
    use_bron,
)
from contacts.services.partijen import (
    IdentificatorInUse,
    add_partij,
    link_partij,
    open_partij,
    reveal_adres,
)

__all__ = [
    "HERHAAL_DAGEN",
    "HEROPEN_BINNEN",
    "ConceptChangedElsewhere",
    "GesprekAlreadyClosed",
    "IdentificatorInUse",
    "KlantcontactAlreadyClosed",
    "KlantcontactIncomplete",
    "TooLateToReopen",
    "add_partij",
    "cancel_gesprek",
    "close_klantcontact",
    "hang_up",
    "link_partij",
    "must_be_open",
    "open_partij",
    "reopen_klantcontact",
    "reveal_adres",
    "save_concept",
    "start_gesprek",
    "use_bron",
]
