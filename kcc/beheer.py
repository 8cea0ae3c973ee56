"""The administration site, for reference data only, and only for who may."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

RECHT = "organisatie.beheer"


class BeheerSite(admin.AdminSite):
    """Django's admin behind our own login and our own rights."""

    site_header = "Beheer"
    site_title = "Beheer"
    index_title = "Basisgegevens"
    site_url = "/beheer/"
    enable_nav_sidebar = False  # the lists are wide; /beheer/ is the menu

    def has_permission(self, request: HttpRequest) -> bool:
        """Only who has the right to manage reference data."""
        return request.user.is_authenticated and request.user.has_perm(RECHT)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one login page, with one lock."""
        pad = request.GET.get("next", "")
        return redirect(f"{reverse('inloggen')}?{urlencode({'next': pad})}")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Each page of the site carries the policy, like every other view."""
        from kcc.access import access  # the apps are not loaded yet when this module is

        return access(RECHT)(_refuse_nonsense(super().admin_view(view, cacheable)))


def _refuse_nonsense(view: Any) -> Any:
    """The admin hands filters from the address to the database as they are. What neither can make
    sense of is a wrong address, and no failure of ours.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except (DataError, FieldDoesNotExist) as exc:
            raise BadRequest("Dit adres klopt niet.") from exc

    return inner


class BeheerConfig(AdminConfig):
    """Makes BeheerSite the default site."""

    default_site = "kcc.beheer.BeheerSite"


def geen_verwijderen(*args: Any, **kwargs: Any) -> bool:
    """For has_delete_permission: reference data that was used is switched off, not deleted."""
    return False
