"""What comes in from the pages of this room."""

from zaken.forms.behandelen import (
    AndereTaakForm,
    BerichtForm,
    BijlageForm,
    HeropenForm,
    NotitieForm,
    PrioriteitForm,
    TerugbelForm,
    ToewijsForm,
)
from zaken.forms.overdracht import OverdrachtForm
from zaken.forms.taken import AntwoordForm, DoorstuurForm, PogingForm, TaakForm, TerugForm

__all__ = [
    "AndereTaakForm",
    "AntwoordForm",
    "BerichtForm",
    "BijlageForm",
    "DoorstuurForm",
    "HeropenForm",
    "NotitieForm",
    "OverdrachtForm",
    "PogingForm",
    "PrioriteitForm",
    "TaakForm",
    "TerugForm",
    "TerugbelForm",
    "ToewijsForm",
]
