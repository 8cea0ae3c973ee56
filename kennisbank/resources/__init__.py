"""Import and export of tables: what a column is called, how it is read and how it is written."""

from kennisbank.resources.kolommen import Opzoek
from kennisbank.resources.tabellen import (
    TABELLEN,
    ArtikelResource,
    ProductResource,
    SynoniemResource,
)
from kennisbank.resources.upl import UplResource

__all__ = [
    "TABELLEN",
    "ArtikelResource",
    "Opzoek",
    "ProductResource",
    "SynoniemResource",
    "UplResource",
]
