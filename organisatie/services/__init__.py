"""Every write of this room that people do themselves."""

from organisatie.services.aanwezigheid import (
    add_afwezigheid,
    change_afwezigheid,
    end_afwezigheid,
    set_rooster,
    set_stand,
)
from organisatie.services.agenda import (
    claim_due_agendas,
    connect_agenda,
    disconnect_agenda,
    refresh_agenda,
)
from organisatie.services.fouten import (
    AanwezigFout,
    AfwezigheidOver,
    AfwezigheidOverlaps,
    AgendaRefused,
    MomentInPast,
    NotAllowed,
    StandWhileAway,
    VervangerAway,
    VervangerElsewhere,
)

__all__ = [
    "AanwezigFout",
    "AfwezigheidOver",
    "AfwezigheidOverlaps",
    "AgendaRefused",
    "MomentInPast",
    "NotAllowed",
    "StandWhileAway",
    "VervangerAway",
    "VervangerElsewhere",
    "add_afwezigheid",
    "change_afwezigheid",
    "claim_due_agendas",
    "connect_agenda",
    "disconnect_agenda",
    "end_afwezigheid",
    "refresh_agenda",
    "set_rooster",
    "set_stand",
]
