"""Filters and joins over departments and people."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

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

    def presence_kept_by(self, medewerker: "Medewerker") -> Self:
        """Whose presence this person may fill in: his own, and with the right to do so also that of
        the people of his departments.
        """
        mag = Q(pk=medewerker.pk)
        if medewerker.has_perm("organisatie.change_aanwezigheid"):
            mag |= Q(
                pk__in=self.model.afdelingen.through.objects.filter(
                    afdeling__in=medewerker.afdelingen.values("pk")
                ).values("medewerker")
            )
        return self.active().filter(mag)

    def colleagues_of(self, medewerker: "Medewerker") -> Self:
        """Others who work in one of his departments: they can take over from him."""
        eigen = self.model.afdelingen.through.objects.filter(
            afdeling__in=medewerker.afdelingen.values("pk")
        )
        return self.active().filter(pk__in=eigen.values("medewerker")).exclude(pk=medewerker.pk)


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
