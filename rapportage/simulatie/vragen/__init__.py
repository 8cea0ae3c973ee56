"""Everyday questions per product, and how often each is asked. All of it invented."""

from rapportage.simulatie.vragen import bouwen, buiten, burgerzaken, geld, sociaal
from rapportage.simulatie.vragen.bouwen import ALGEMEEN
from rapportage.simulatie.vragen.onderwerp import Onderwerp

ONDERWERPEN: dict[str, Onderwerp] = {
    **burgerzaken.ONDERWERPEN,
    **geld.ONDERWERPEN,
    **buiten.ONDERWERPEN,
    **sociaal.ONDERWERPEN,
    **bouwen.ONDERWERPEN,
}

__all__ = ["ALGEMEEN", "ONDERWERPEN", "Onderwerp"]
