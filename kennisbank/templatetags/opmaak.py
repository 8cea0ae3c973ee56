"""Showing text with markup."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from kennisbank.opmaak import sanitise

register = template.Library()


@register.filter
def veilige_html(bron: str) -> SafeString:
    """Stored HTML for on screen. Sanitised once more: a row may have come in another way than
    through services.publish_versie.
    """
    return mark_safe(sanitise(bron))  # noqa: S308 - sanitise() leaves harmless tags only
