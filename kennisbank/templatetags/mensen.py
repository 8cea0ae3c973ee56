"""Showing how somebody is reached."""

import re

from django import template

register = template.Library()


@register.filter
def bel(nummer: str) -> str:
    """What stands after tel: in a link: digits, and a plus when it begins with one."""
    plus = "+" if nummer.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", nummer)
