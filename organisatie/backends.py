"""Logging in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kcc.herkomst import came_through_proxy
from organisatie.models import Medewerker

LOOPBACK = frozenset({"127.0.0.1", "::1"})


class MedewerkerBackend(BaseBackend):
    """Name and password. A demo account only works in the demo, and only on this very machine."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Medewerker | None:
        """The medewerker, or None. Unknown names cost as much time as wrong passwords."""
        if username is None or password is None:
            return None
        try:
            medewerker: Medewerker = Medewerker.objects.get(gebruikersnaam=username)
        except Medewerker.DoesNotExist:
            Medewerker().set_password(password)
            return None
        if not medewerker.check_password(password) or not medewerker.is_active:
            return None
        if medewerker.is_demo and not self._demo_allowed(request):
            return None
        return medewerker

    def get_user(self, user_id: int) -> Medewerker | None:
        """The person of a session, as long as he may log in."""
        medewerker: Medewerker | None = Medewerker.objects.active().filter(pk=user_id).first()
        return medewerker

    def _demo_allowed(self, request: HttpRequest | None) -> bool:
        if settings.PRODUCTIE or request is None:
            return False
        # Through a proxy everybody seems to come from loopback: what is forwarded is a stranger's.
        return request.META.get("REMOTE_ADDR") in LOOPBACK and not came_through_proxy(request)
