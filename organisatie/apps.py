"""Configuration of the room organisatie."""

from django.apps import AppConfig


class OrganisatieConfig(AppConfig):
    """Organisatie."""

    name = "organisatie"
    verbose_name = "Organisatie"
