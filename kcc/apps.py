"""Configuration of the project's own app."""

from django.apps import AppConfig


class KccConfig(AppConfig):
    """kcc: audit trail, dirty hours, heartbeat."""

    name = "kcc"
    verbose_name = "KCC"
