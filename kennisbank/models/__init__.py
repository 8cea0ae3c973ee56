"""What we know: products, articles that answer questions about them, and how those come about."""

from kennisbank.models.artikelen import OPENBARE_SOORTEN, ArtikelSoort, ArtikelVersie, Kennisartikel
from kennisbank.models.invoer import Herkomst, Invoer, InvoerSoort, InvoerStand
from kennisbank.models.leven import (
    OPEN_STANDEN,
    Afbeelding,
    ArtikelGebeurtenis,
    Concept,
    ConceptGebeurtenis,
    ConceptStand,
)
from kennisbank.models.lus import (
    Gebruik,
    Leesbevestiging,
    Linkcontrole,
    Melding,
    MeldingSoort,
    MeldingStand,
    Zoekactie,
)
from kennisbank.models.producten import ZOEKTAAL, Doelgroep, Grondslag, Product
from kennisbank.models.zoeken import Synoniem, Zoekstuk, Zoekwijziging

__all__ = [
    "OPENBARE_SOORTEN",
    "OPEN_STANDEN",
    "ZOEKTAAL",
    "Afbeelding",
    "ArtikelGebeurtenis",
    "ArtikelSoort",
    "ArtikelVersie",
    "Concept",
    "ConceptGebeurtenis",
    "ConceptStand",
    "Doelgroep",
    "Gebruik",
    "Grondslag",
    "Herkomst",
    "Invoer",
    "InvoerSoort",
    "InvoerStand",
    "Kennisartikel",
    "Leesbevestiging",
    "Linkcontrole",
    "Melding",
    "MeldingSoort",
    "MeldingStand",
    "Product",
    "Synoniem",
    "Zoekactie",
    "Zoekstuk",
    "Zoekwijziging",
]
