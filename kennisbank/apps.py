"""Configuration of the room kennisbank."""

from django.apps import AppConfig


class KennisbankConfig(AppConfig):
    """Kennisbank."""

    name = "kennisbank"
    verbose_name = "Kennisbank"
