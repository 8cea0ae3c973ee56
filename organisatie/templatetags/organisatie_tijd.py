"""Moments as people say them."""

from datetime import datetime

from django import template
from django.utils.timezone import now

from organisatie.aanwezigheid import say_moment

register = template.Library()
register.filter("moment", say_moment)


@register.filter
def begonnen(van: datetime) -> bool:
    """Whether this moment has come."""
    return van <= now()
