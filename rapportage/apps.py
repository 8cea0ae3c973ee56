"""Configuration of the room rapportage."""

from django.apps import AppConfig


class RapportageConfig(AppConfig):
    """Rapportage."""

    name = "rapportage"
    verbose_name = "Rapportage"
