"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

# Name on screen, right that is needed, route, and the start of the paths that belong to it.
PLEKKEN = (
    ("Werkplek", "contacts.add_gesprek", "contacts:werkplek", "/werkplek/"),
    ("Werkvoorraad", "zaken.view_internetaak", "zaken:werkvoorraad", "/werkvoorraad/"),
    ("Bewaking", "zaken.view_bewaking", "zaken:bewaking", "/werkvoorraad/bewaking/"),
    ("Kennisbank", "kennisbank.view_kennisartikel", "kennisbank:zoeken", "/kennisbank/"),
    ("Rapportage", "rapportage.view_dashboard", "rapportage:overzicht", "/rapportage/"),
    ("Beheer", "organisatie.beheer", "organisatie:beheer", "/beheer/"),
)


def huisstijl(request: HttpRequest) -> dict[str, Any]:
    """Municipality, theme, and the places that this person may go to."""
    context: dict[str, Any] = {"gemeente_naam": settings.GEMEENTE_NAAM, "thema": settings.KCC_THEMA}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["plekken"] = [
            {"naam": naam, "url": reverse(route), "actief": request.path.startswith(pad)}
            for naam, recht, route, pad in PLEKKEN
            if user.has_perm(recht)
        ]
        context["mag_gesprek_starten"] = user.has_perm("contacts.add_gesprek")
        context["mag_zoeken"] = user.has_perm("kennisbank.view_kennisartikel")
    return context
