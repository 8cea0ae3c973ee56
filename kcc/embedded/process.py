"""What starting, finding and stopping a server has in common."""

import errno
import fcntl
import os
import shutil
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from kcc.embedded.paths import ServiceError, explain, open_log, prepare_data_dir


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Whether the process is gone within so many seconds; it need not be a child of ours."""
    try:
        psutil.Process(pid).wait(seconds)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def tied(command: list[str], number: str = "TERM") -> list[str]:
    """The same command, but it gets that signal when its parent dies, however that happens.

    Without util-linux (which is to say: not on Linux) the command comes back unchanged.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", number, *command] if setpriv else command


class Service(ABC):
    """A server that belongs to one data directory.

    ``tied``: it dies with the process that started it, as tests want.
    """

    name: str

    def __init__(self, data: Path, *, tied: bool = False) -> None:
        self.data = data
        self.tied = tied
        self._process: subprocess.Popen[bytes] | None = None
        self._log_offset = 0

    @abstractmethod
    def pid(self) -> int | None:
        """The process that serves this data directory, or None."""

    @abstractmethod
    def _start(self) -> None:
        """Start it and wait until it answers."""

    @abstractmethod
    def _wait_ready(self) -> None:
        """Wait until it answers. Raises ServiceError when it dies or takes too long."""

    @abstractmethod
    def stop(self) -> None:
        """Stop it in good order; nothing happens when it does not run."""

    @property
    def log(self) -> Path:
        """Where it writes what it does."""
        return self.data / "log" / f"{self.name}.log"

    def start(self) -> bool:
        """Start it and wait until it answers. False when it ran already. Raises ServiceError."""
        prepare_data_dir(self.data)
        try:
            with self._lock():
                if self.pid() is None:
                    self._start()
                    return True
                self._wait_ready()
                return False
        except OSError as exc:
            raise ServiceError(explain(exc, self.data)) from exc

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One starter at a time: two at once would both see no server."""
        with (self.data / "start.lock").open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _launch(self, command: list[str], **kwargs: Any) -> None:
        with open_log(self.data, self.name) as log:
            self._log_offset = log.tell()
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                umask=0o077,
                start_new_session=True,  # a Ctrl-C in the terminal is for us alone
                **kwargs,
            )

    def _died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _output(self) -> str:
        """What the log got since the last launch."""
        with self.log.open("rb") as log:
            log.seek(self._log_offset)
            return log.read(100_000).decode(errors="replace")

    def _failure(self, output: str) -> ServiceError:
        if "No space left on device" in output:
            return ServiceError(explain(OSError(errno.ENOSPC, ""), self.data))
        return ServiceError(f"{self.name} start niet; zie {self.log}.")

    def _signal(self, number: signal.Signals, seconds: float) -> bool:
        """Send a signal; whether the process is gone afterwards."""
        pid = self.pid()
        if pid is None:
            return True
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        gone = wait_until_gone(pid, seconds)
        self._died()  # reaps it, if it was a child of ours
        return gone
