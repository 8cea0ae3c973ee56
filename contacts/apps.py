"""Configuration of the room contacts."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacten."""

    name = "contacts"
    verbose_name = "Contacten"
