"""Gives a test run PostgreSQL and Redis of its own, before Django reads its settings.

Loaded with ``-p`` (see pyproject.toml): a conftest comes after pytest-django, which is too late.
DATABASE_URL and REDIS_URL set → those servers are used. The controller starts what is missing;
the workers of xdist inherit the addresses.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kcc.embedded import Postgres, Redis, Service, ServiceError, database_url, redis_url

_started: list[Service] = []
_data: list[Path] = []


def _start() -> None:
    os.environ["KCC_OMGEVING"] = "test"
    # Playwright's event loop runs in the thread of the tests, where Django would take it for ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        if os.environ.get("KCC_TEST_REDIS"):
            # Each worker its own numbered database: no test sees the nudges of another.
            number = int(worker.removeprefix("gw")) + 1
            os.environ["REDIS_URL"] = f"{os.environ['KCC_TEST_REDIS']}?virtual_host={number}"
        return
    data = Path(tempfile.mkdtemp(prefix="kcc-test-"))
    _data.append(data)
    os.environ["KCC_DATA_DIR"] = str(data)
    (data / "static").mkdir()  # where a release keeps its files; here they come from the sources
    if not os.environ.get("DATABASE_URL"):
        _started.append(Postgres(data, durable=False, tied=True))
        os.environ["DATABASE_URL"] = database_url(data)
    if not os.environ.get("REDIS_URL"):
        _started.append(Redis(data, tied=True))
        os.environ["REDIS_URL"] = redis_url(data)
        os.environ["KCC_TEST_REDIS"] = redis_url(data).partition("?")[0]
    for service in _started:
        service.start()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """A wrapper runs before every other plugin's own part, and so before pytest-django's."""
    try:
        _start()
    except ServiceError as exc:
        raise pytest.UsageError(str(exc)) from exc
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop what was started here, and only that."""
    while _started:
        _started.pop().stop()
    while _data:
        shutil.rmtree(_data.pop(), ignore_errors=True)
