"""A database of its own, for the length of a measurement."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kcc.embedded import Postgres, database_url


@contextmanager
def own_database() -> Iterator[None]:
    """Start PostgreSQL in an empty folder, set Django up on it, and clean up afterwards. Import
    models inside it: until then Django does not know which database to use.
    """
    with tempfile.TemporaryDirectory(prefix="kcc-bench-") as map_:
        data = Path(map_)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "kcc.settings",
            "KCC_OMGEVING": "test",
            "KCC_DATA_DIR": map_,
            "DATABASE_URL": database_url(data),
        }
        (data / "static").mkdir()
        server = Postgres(data, tied=True)
        server.start()
        try:
            import django

            django.setup()
            yield
            from django.db import connection

            connection.close()
        finally:
            server.stop()
