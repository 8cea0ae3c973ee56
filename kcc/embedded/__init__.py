"""PostgreSQL and Redis of our own, for a demo and for tests on a bare machine.

Both listen on a Unix socket only, below the data directory, and belong to whoever started them.
Where DATABASE_URL or REDIS_URL is set, that server is used instead and nothing here starts it.
Nothing in here needs Django: kcc.settings imports it. By hand: ``python -m kcc.embedded``.
"""

import os
from pathlib import Path

from kcc.embedded.paths import (
    BASE_DIR,
    ServiceError,
    data_dir,
    database_url,
    explain,
    open_log,
    prepare_data_dir,
    redis_py_url,
    redis_socket,
    redis_url,
    run_dir,
)
from kcc.embedded.postgres import Postgres
from kcc.embedded.process import Service, tied, wait_until_gone
from kcc.embedded.redis_server import Redis

__all__ = [
    "BASE_DIR",
    "Postgres",
    "Redis",
    "Service",
    "ServiceError",
    "data_dir",
    "database_url",
    "explain",
    "open_log",
    "prepare_data_dir",
    "redis_py_url",
    "redis_socket",
    "redis_url",
    "run_dir",
    "services",
    "tied",
    "wait_until_gone",
]


def services(data: Path) -> list[Service]:
    """The services that this environment leaves to us, in the order to start them in."""
    ours: list[Service] = []
    if not os.environ.get("DATABASE_URL"):
        ours.append(Postgres(data))
    if not os.environ.get("REDIS_URL"):
        ours.append(Redis(data))
    return ours
