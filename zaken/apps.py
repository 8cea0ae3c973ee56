"""Configuration of the room zaken."""

from django.apps import AppConfig


class ZakenConfig(AppConfig):
    """Zaken."""

    name = "zaken"
    verbose_name = "Zaken"
