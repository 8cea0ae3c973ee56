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
        mag = [plek for plek in PLEKKEN if user.has_perm(plek[1])]
        # A place within a place: the longest path is where one is.
        hier = max((pad for *_, pad in mag if request.path.startswith(pad)), key=len, default="")
        context["plekken"] = [
            {"naam": naam, "url": reverse(route), "actief": pad == hier}
            for naam, _, route, pad in mag
        ]
        context["mag_gesprek_starten"] = user.has_perm("contacts.add_gesprek")
        context["mag_zoeken"] = user.has_perm("kennisbank.view_kennisartikel")
    return context
