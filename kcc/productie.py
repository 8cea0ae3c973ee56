"""The start of the web application: what it must not start with, and what it gets ready."""

import sys
from threading import Thread

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.module_loading import import_string


def check_start() -> None:
    """Refuse to serve with the demo accounts in the database. DEBUG and a default secret are
    refused before this, by the settings themselves.

    Raises ImproperlyConfigured. A database that cannot be asked does not stop the start: then
    nobody can log in either, and the login itself refuses demo accounts outside the demo.
    """
    if not settings.PRODUCTIE:
        return
    from django.contrib.auth import get_user_model  # kcc knows no room, and models load late

    try:
        demo = get_user_model().objects.filter(is_demo=True).exists()
    except DatabaseError:
        print("De database kan nog niet gevraagd worden naar demo-accounts.", file=sys.stderr)  # noqa: T201
        return
    if demo:
        raise ImproperlyConfigured("Productie start niet met demo-accounts in de database.")


def warm_up() -> None:
    """Get ready what the first question would wait for, beside answering the first requests.

    Per process, and after it was split off: threads and connections do not survive that.
    """
    for naam in settings.KLAARZETTEN:
        Thread(target=import_string(naam), name=naam, daemon=True).start()
