"""The whole application in processes of its own: for tests that pull the plug.

Its PostgreSQL and Redis are not those of the test run, so that they can be killed.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import psutil
import psycopg

from kcc import demo
from kcc.embedded import BASE_DIR, Postgres, Redis, Service, database_url, redis_url

SECONDS = 60  # that anything may take to answer


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(check: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    """Wait until ``check`` is true; fails with what we waited for when it takes too long."""
    limit = time.monotonic() + seconds
    while not check():
        if time.monotonic() > limit:
            raise AssertionError(f"na {seconds} s nog niet: {what}")
        time.sleep(0.05)


def kill_whole(pid: int) -> None:
    """Kill -9 a process and everything below it, as when the machine is short of memory."""
    try:
        main = psutil.Process(pid)
        family = [main, *main.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=10)


class Stapel:
    """PostgreSQL, Redis and our four programs on one data directory; each can be killed by name.

    ``with Stapel(tmp_path) as stapel:`` starts and migrates; leaving stops everything. The names
    are ``postgres``, ``redis``, ``web``, ``worker``, ``beat`` and ``postbus``.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "KCC_OMGEVING": "test",
            "KCC_DATA_DIR": str(data),
            "KCC_BASE_URL": self.url,
            "DATABASE_URL": database_url(data),
            "REDIS_URL": redis_url(data),
        }
        self.services: dict[str, Service] = {
            "postgres": Postgres(data, tied=True),
            "redis": Redis(data, tied=True),
        }
        self.parts = {part.name: part for part in demo.parts(data, self.port)}
        for part in self.parts.values():
            part.environment |= self.environment

    def __enter__(self) -> "Stapel":
        try:
            for service in self.services.values():
                service.start()
            self.manage("migrate", "--verbosity=0")
            (self.data / "beat").mkdir(exist_ok=True)
            for part in self.parts.values():
                part.start()
            for name in self.parts:
                self.wait_for(name)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        demo.stop_parts(self.parts.values())
        for service in reversed(self.services.values()):
            service.stop()

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` on the data of this stack."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=BASE_DIR,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=check,
        )

    def database(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to the database of this stack."""
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def pid(self, name: str) -> int | None:
        """The main process of a part, or None when it does not run."""
        if name in self.services:
            return self.services[name].pid()
        process = self.parts[name].process
        return process.pid if process and process.poll() is None else None

    def kill(self, name: str) -> None:
        """Kill -9 a part with all its processes, and wait until they are gone."""
        pid = self.pid(name)
        assert pid is not None, f"{name} draait niet"
        kill_whole(pid)
        if name in self.parts:
            process = self.parts[name].process
            assert process is not None
            process.wait(10)

    def restart(self, name: str) -> None:
        """Start a part that was killed, and wait until it answers."""
        if name in self.services:
            self.services[name].start()
            return
        self.parts[name].start()
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        """Wait until web answers, the worker takes tasks, beat sends them, the mailbox listens."""
        part = self.parts[name]
        checks: dict[str, Callable[[], bool]] = {
            "web": lambda: demo.web_answers(self.port),
            "worker": lambda: " ready." in part.output(),
            "beat": lambda: "Sending due task" in part.output(),
            "postbus": lambda: "De postbus luistert" in part.output(),
        }
        wait_until(lambda: part.exit_code() is not None or checks[name](), f"{name} antwoordt")
        assert part.exit_code() is None, f"{name} stopte:\n{part.output()}"
