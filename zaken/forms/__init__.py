"""What comes in from the pages of this room."""

from zaken.forms.overdracht import OverdrachtForm
from zaken.forms.taken import AntwoordForm, DoorstuurForm, PogingForm, TaakForm, TerugForm

__all__ = [
    "AntwoordForm",
    "DoorstuurForm",
    "OverdrachtForm",
    "PogingForm",
    "TaakForm",
    "TerugForm",
]
