"""Who may do what: roles, rights, and the policy that stands on every view.

A right is written like a Django permission (``zaken.change_internetaak``). Which role has it is
fixed here, in code: one table to read, to review and to test. Which *records* someone sees is said
by the querysets' ``visible_to``.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kcc.htmx import session_expired

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from organisatie.models import Medewerker

P = ParamSpec("P")

PUBLIEK = "publiek"
INGELOGD = "ingelogd"


class Rol(models.TextChoices):
    """The roles of the first release; a medewerker may have more than one."""

    KCC_MEDEWERKER = "kcc_medewerker", "KCC-medewerker"
    VAKSPECIALIST = "vakspecialist", "Vakspecialist"
    TEAMLEIDER = "teamleider", "Teamleider"
    KENNISREDACTEUR = "kennisredacteur", "Kennisredacteur"
    BEHEERDER = "beheerder", "Beheerder"
    COORDINATOR = "coordinator", "Coördinator"
    BUITENDIENST = "buitendienst", "Medewerker buitendienst"


RECHTEN: dict[str, frozenset[str]] = {
    Rol.KCC_MEDEWERKER: frozenset(
        {
            "contacts.add_gesprek",
            "contacts.change_klantcontact",
            "contacts.view_klantcontact",
            "contacts.view_partij",
            "contacts.change_partij",
            "kennisbank.view_kennisartikel",
            "kennisbank.add_concept",
            "kennisbank.add_melding",
            "zaken.add_internetaak",
            "zaken.view_internetaak",
            "zaken.change_internetaak",
            "zaken.view_zaak",
            "zaken.add_zaak",
        }
    ),
    Rol.VAKSPECIALIST: frozenset(
        {
            "kennisbank.view_kennisartikel",
            "kennisbank.add_concept",
            "kennisbank.add_melding",
            "kennisbank.approve_kennisartikel",
            "zaken.view_internetaak",
            "zaken.change_internetaak",
            "zaken.view_zaak",
            "zaken.add_zaak",
            "zaken.change_zaak",
        }
    ),
    Rol.TEAMLEIDER: frozenset(
        {
            "contacts.view_klantcontact",
            "kennisbank.view_kennisartikel",
            "kennisbank.add_concept",
            "kennisbank.add_melding",
            "kennisbank.approve_kennisartikel",
            "kennisbank.view_dekking",
            "zaken.view_internetaak",
            "zaken.view_bewaking",
            "organisatie.change_aanwezigheid",
            "rapportage.view_dashboard",
            "zaken.view_zaak",
        }
    ),
    Rol.KENNISREDACTEUR: frozenset(
        {
            "kennisbank.view_kennisartikel",
            "kennisbank.add_concept",
            "kennisbank.add_melding",
            "kennisbank.view_dekking",
            "kennisbank.import_artikel",
            "kennisbank.change_kennisartikel",
            "kennisbank.import_product",
        }
    ),
    Rol.BEHEERDER: frozenset(
        {
            "kennisbank.view_kennisartikel",
            "kennisbank.add_melding",
            "kennisbank.import_product",
            "organisatie.beheer",
            "zaken.beheer_afspraak",
            "zaken.beheer_routering",
        }
    ),
    Rol.COORDINATOR: frozenset(
        {
            "kennisbank.view_kennisartikel",
            "kennisbank.add_concept",
            "kennisbank.add_melding",
            "kennisbank.approve_kennisartikel",
            "zaken.view_internetaak",
            "zaken.change_internetaak",
            "zaken.assign_internetaak",
            "zaken.view_bewaking",
            "organisatie.change_aanwezigheid",
            "zaken.view_zaak",
            "zaken.add_zaak",
            "zaken.change_zaak",
        }
    ),
    Rol.BUITENDIENST: frozenset(
        {
            "kennisbank.view_kennisartikel",
            "zaken.view_internetaak",
            "zaken.change_internetaak",
        }
    ),
}


def rechten_van(rollen: "list[str]") -> frozenset[str]:
    """All rights that these roles bring together."""
    return frozenset().union(*(RECHTEN.get(rol, frozenset()) for rol in rollen))


class KccRequest(HttpRequest):
    """A request behind a policy: somebody known is asking."""

    user: "Medewerker"
    htmx: "HtmxDetails"


def access(
    recht: str,
) -> Callable[
    [Callable[Concatenate[Any, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Put a policy on a view: PUBLIEK, INGELOGD, or the right that is needed.

    Not logged in: to the login page and back, or under htmx a 401 that leaves the page and all that
    was typed on it as they are. A missing right: 403.
    """

    def decorate(
        view: Callable[Concatenate[Any, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if recht != PUBLIEK and not request.user.is_authenticated:
                return _log_in_first(request)
            if recht not in (PUBLIEK, INGELOGD) and not request.user.has_perm(recht):
                raise PermissionDenied(recht)
            return view(request, *args, **kwargs)

        inner.kcc_access = recht  # type: ignore[attr-defined]
        return inner  # type: ignore[return-value]

    return decorate


def _log_in_first(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true" or request.headers.get("X-Autosave") == "1":
        return session_expired()
    # After login a POST cannot be repeated; the page it was sent from can be opened again.
    pad = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('inloggen')}?{urlencode({'next': pad})}")
