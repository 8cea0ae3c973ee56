"""Reading the index before the first question needs it."""

import logging

from django.db import DatabaseError, connection

from kennisbank.search import openbaar
from kennisbank.search.geheugen import open_geheugen

logboek = logging.getLogger(__name__)


def warm_up() -> None:
    """Fill the memories of this process, in the thread that calls; a question that comes meanwhile
    waits for it. A database that is not there yet is no reason to stop: the first question reads.
    """
    try:
        with open_geheugen():
            pass
        openbaar.warm_up()
    except DatabaseError:
        logboek.warning("De zoekindex is nog niet te lezen; dat gebeurt bij de eerste vraag.")
    finally:
        connection.close()
