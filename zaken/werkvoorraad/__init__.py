"""The list of work: what the address asks for, whose lists there are, and what stands on a page."""

from zaken.werkvoorraad.keuze import SLEUTELS, ZOEK_SLEUTEL, Keuze, keep_zoektekst
from zaken.werkvoorraad.lijst import Rij, Werkvoorraad

__all__ = [
    "SLEUTELS",
    "ZOEK_SLEUTEL",
    "Keuze",
    "Rij",
    "Werkvoorraad",
    "keep_zoektekst",
]
