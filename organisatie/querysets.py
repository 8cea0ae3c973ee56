"""Filters and joins over departments and people."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from organisatie.models import Medewerker


class MedewerkerQuerySet(models.QuerySet["Medewerker"]):
    """Lists of people."""

    def active(self) -> Self:
        """Those who may log in."""
        return self.filter(is_active=True)

    def in_afdeling(self, afdeling_id: int) -> Self:
        """Those who work in this department and may log in."""
        return self.active().filter(afdelingen=afdeling_id)


class MedewerkerManager(BaseUserManager["Medewerker"].from_queryset(MedewerkerQuerySet)):  # type: ignore[misc]
    """Makes people who can log in."""

    use_in_migrations = False

    def create_user(
        self, gebruikersnaam: str, password: str | None = None, **velden: Any
    ) -> "Medewerker":
        """A new medewerker; without a password nobody can log in as him."""
        medewerker: Medewerker = self.model(gebruikersnaam=gebruikersnaam, **velden)
        medewerker.set_password(password)
        medewerker.save(using=self._db)
        return medewerker

    def create_superuser(
        self, gebruikersnaam: str, password: str | None = None, **velden: Any
    ) -> "Medewerker":
        """For ``manage.py createsuperuser``: the first beheerder of a new installation."""
        return self.create_user(gebruikersnaam, password, rollen=["beheerder"], **velden)
