"""How numbers and kanalen are shown."""

from django import template

from contacts.models import Kanaal
from contacts.numbers import speakable
from contacts.validators import show_telefoonnummer

register = template.Library()

ICONEN = {Kanaal.EMAIL: "mail", Kanaal.WEBFORMULIER: "formulier"}


@register.filter
def spreekbaar(nummer: str) -> str:
    """K100000012 as K 100 000 012."""
    return speakable(nummer)


@register.filter
def telefoon(e164: str) -> str:
    """A stored phone number in the notation of the country."""
    return show_telefoonnummer(e164)


@register.filter
def kanaal_icoon(kanaal: str) -> str:
    """The icon of a kanaal; most are called after it."""
    return ICONEN.get(Kanaal(kanaal), kanaal)


@register.filter
def kanaal_naam(kanaal: str) -> str:
    """The name of a kanaal on screen."""
    return str(Kanaal(kanaal).label)


@register.filter
def gemaskeerd(object_id: str) -> str:
    """A BSN as it may be shown: only its last four digits."""
    return f"***** {object_id[-4:]}"
