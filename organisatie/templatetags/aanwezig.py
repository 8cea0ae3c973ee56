"""Showing whether somebody is there, and how he is reached."""

import re

from django import template

from organisatie.aanwezigheid import Aanwezig
from organisatie.models import Medewerker

register = template.Library()


@register.filter
def bij(aanwezig: dict[int, Aanwezig] | str | None, wie: Medewerker) -> Aanwezig | None:
    """What is known of this person; None on a page that did not ask."""
    return aanwezig.get(wie.pk) if isinstance(aanwezig, dict) else None


@register.filter
def bel(nummer: str) -> str:
    """What stands after tel: in a link: digits, and a plus when it begins with one."""
    plus = "+" if nummer.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", nummer)
