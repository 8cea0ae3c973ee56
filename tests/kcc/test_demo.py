"""``make demo``: one supervisor starts everything, says where, and stops what it started."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kcc import demo
from kcc.embedded import BASE_DIR, Postgres, Redis, ServiceError
from tests.proces import free_port, kill_whole, wait_until

NOT_OURS = {"DATABASE_URL", "REDIS_URL", "KCC_TEST_REDIS", "KCC_OMGEVING", "DJANGO_SETTINGS_MODULE"}


class Running:
    """A demo in a process of its own, and what it said so far."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        self.environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
        self.environment |= {"KCC_DATA_DIR": str(data), "PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kcc.demo"],
            cwd=BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def says(self, text: str) -> None:
        """Wait until it said this, or fails with all that it did say."""
        wait_until(lambda: text in self.said or self.process.poll() is not None, text, 120)
        assert text in self.said, self.said

    def ends(self) -> int:
        """Wait until it ended, and return its exit code."""
        code = self.process.wait(60)
        self.reader.join(10)
        return code


@contextmanager
def running(data: Path, port: int) -> Iterator[Running]:
    one = Running(data, port)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.process.send_signal(signal.SIGTERM)
            one.ends()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory; servers that a failing test leaves behind in it are stopped."""
    yield tmp_path / "gegevens"
    Redis(tmp_path / "gegevens").stop()
    Postgres(tmp_path / "gegevens").stop()


def processes_of(data: Path) -> dict[int, list[str]]:
    """Number and words of all processes with the data directory in them or their environment."""
    found = {}
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if str(data) in " ".join(words) or process.environ().get("KCC_DATA_DIR") == str(data):
                found[process.pid] = words
        except psutil.Error:
            continue
    return found


def programs_of(data: Path) -> dict[int, list[str]]:
    """Those of web, worker and beat."""
    return {k: v for k, v in processes_of(data).items() if {"granian", "celery"} & set(v)}


@pytest.mark.stapel
def test_a_demo_from_an_empty_folder_to_ctrl_c(data: Path, tmp_path: Path) -> None:
    with running(data, free_port()) as one:
        one.says("Het wachtwoord is overal: demo")
        assert f"http://127.0.0.1:{one.port}/" in one.said
        assert all(name in one.said for name, _ in demo.ACCOUNTS)
        assert demo.web_answers(one.port)

        # manage.py beside it, without any setting but the folder, sees the same data.
        beside = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", DEMO_ACCOUNTS],
            cwd=BASE_DIR,
            env=one.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert {name for name, _ in demo.ACCOUNTS} <= set(beside.stdout.split()), beside.stderr

        # A second one on the same data, or on the same port, is told so.
        with running(data, free_port()) as second:
            assert second.ends() == 1
            assert second.said.startswith("Er draait al een demo met de gegevens in ")
        with running(tmp_path / "andere", one.port) as third:
            assert third.ends() == 1
            assert third.said.startswith(f"Poort {one.port} is al in gebruik; ")

        # What dies is named and started again.
        kill_whole(next(pid for pid, words in processes_of(data).items() if "granian" in words))
        one.says("web is gestopt (code -9); zie ")
        wait_until(lambda: demo.web_answers(one.port), "web antwoordt weer")

        # After a kill -9 of the supervisor itself, web, worker and beat stop by themselves …
        one.process.kill()
        one.ends()
        wait_until(lambda: not programs_of(data), "web, worker en beat zijn weg")
        servers = {Postgres(data).pid(), Redis(data).pid()}
        assert None not in servers

    # … and the next demo takes over the servers that the first had started, and stops them too.
    with running(data, free_port()) as one:
        one.says("Het wachtwoord is overal: demo")
        assert {Postgres(data).pid(), Redis(data).pid()} == servers
        one.process.send_signal(signal.SIGINT)
        assert one.ends() == 0
        assert "Traceback" not in one.said
        assert processes_of(data) == {}


DEMO_ACCOUNTS = """
from organisatie.models import Medewerker
print(*Medewerker.objects.filter(is_demo=True).values_list("gebruikersnaam", flat=True))
"""


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "8000.0"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ServiceError, match="PORT is een getal van 1 tot en met 65535"):
        demo.check_port(text)


def test_a_free_port_is_accepted_and_one_in_use_is_not() -> None:
    port = free_port()
    assert demo.check_port(str(port)) == port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(ServiceError, match=f"Poort {port} is al in gebruik"):
            demo.check_port(str(port))


def test_a_part_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    part = demo.Part("slaper", ["sleep", "600"], tmp_path)
    part.start()
    assert part.exit_code() is None
    demo.stop_parts([part])
    assert part.exit_code() == -signal.SIGTERM


def test_what_ignores_a_request_to_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "STOP_SECONDS", 0.2)
    (tmp_path / "log").mkdir()
    part = demo.Part("doof", ["sh", "-c", "trap '' TERM; echo klaar; sleep 600; :"], tmp_path)
    part.start()
    wait_until(lambda: "klaar" in part.output(), "de dove draait")
    demo.stop_parts([part])
    assert part.exit_code() == -signal.SIGKILL
