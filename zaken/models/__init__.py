"""What still has to be done, and what was agreed about it."""

from zaken.models.afspraken import (
    IntakeAntwoord,
    Intakevraag,
    NaPogingen,
    Overdrachtsafspraak,
    Productgroep,
    TermijnEenheid,
    VraagSoort,
)
from zaken.models.behandelen import (
    Antwoordsjabloon,
    Bijlage,
    Samenvoeging,
    TaakKoppeling,
    Vermelding,
)
from zaken.models.bewaking import Bewakingsstand, GeenDagbericht, Trede, Waarschuwing
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
from zaken.models.waarnemen import Waarneming
from zaken.models.werkvoorraad import Kijker, Taakteller, Weergave
from zaken.models.zaak import Zaak, ZaakBetrokkene, ZaakGebeurtenis, ZaakKoppeling, ZaakStatus
from zaken.models.zaaktypen import (
    DuurEenheid,
    NormEenheid,
    Resultaattype,
    Statustype,
    Zaaktype,
)

__all__ = [
    "Antwoordsjabloon",
    "Bewakingsstand",
    "Bijlage",
    "DuurEenheid",
    "GeenDagbericht",
    "IntakeAntwoord",
    "Intakevraag",
    "InterneTaak",
    "Kijker",
    "Lijn",
    "NaPogingen",
    "Niveau",
    "NormEenheid",
    "Overdrachtsafspraak",
    "PogingResultaat",
    "Prioriteit",
    "Productgroep",
    "RedenTerug",
    "Resultaattype",
    "RouteringSoort",
    "Routeringsmodel",
    "Routeringsregel",
    "Samenvoeging",
    "Statustype",
    "TaakGebeurtenis",
    "TaakKoppeling",
    "TaakStatus",
    "Taakteller",
    "TermijnEenheid",
    "Terugkoppeling",
    "Trede",
    "Vaardigheid",
    "Vermelding",
    "VraagSoort",
    "Waarneming",
    "Waarschuwing",
    "Weergave",
    "Zaak",
    "ZaakBetrokkene",
    "ZaakGebeurtenis",
    "ZaakKoppeling",
    "ZaakStatus",
    "Zaaktype",
]
