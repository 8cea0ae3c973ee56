"""How the numbers of zaken are shown."""

from django import template

from zaken.zaaknummer import speakable_identificatie

register = template.Library()


@register.filter
def zaaknummer(identificatie: str) -> str:
    """Z-2026-0001234 as Z 2026 000 1234. The number of another's register stays as it is."""
    try:
        return speakable_identificatie(str(identificatie))
    except ValueError:
        return str(identificatie)
