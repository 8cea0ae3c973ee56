"""Input of the kennisbank, by what it is about."""

from kennisbank.forms.artikelen import DagForm, VergelijkForm
from kennisbank.forms.concepten import (
    AfbeeldingForm,
    ConceptForm,
    GoedkeurForm,
    NagekekenForm,
    RedenForm,
    VoorstelForm,
)
from kennisbank.forms.producten import ImportForm, ProductForm

__all__ = [
    "AfbeeldingForm",
    "ConceptForm",
    "DagForm",
    "GoedkeurForm",
    "ImportForm",
    "NagekekenForm",
    "ProductForm",
    "RedenForm",
    "VergelijkForm",
    "VoorstelForm",
]
