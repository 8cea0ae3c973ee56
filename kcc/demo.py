"""``make demo``: everything on one machine, on loopback, until Ctrl-C.

One supervisor starts PostgreSQL and Redis (unless they ran already, or DATABASE_URL and REDIS_URL
name others), prepares the database, starts web, worker, beat and a mailbox, and stops what it
started.
"""

import errno
import fcntl
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

from kcc import embedded
from kcc.embedded import ServiceError

MAX_RESTARTS = 3  # of one part, each within QUIET seconds of the one before
QUIET = 300  # seconds that a restarted part has to live before it counts as well again
START_SECONDS = 60  # for each of our programs to answer
STOP_SECONDS = 15  # for a running task to end; what then still runs is killed
SAID = 3  # exit code of a preparation that told itself what is wrong

ACCOUNTS = (
    ("agent", "KCC-medewerker"),
    ("agent2", "KCC-medewerker"),
    ("burgerzaken", "vakspecialist Burgerzaken"),
    ("parkeren", "vakspecialist Parkeren"),
    ("coordinator", "coördinator Openbare Ruimte"),
    ("buitendienst", "medewerker buitendienst"),
    ("teamleider", "teamleider"),
    ("redacteur", "kennisredacteur"),
    ("beheerder", "beheerder"),
)


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or a terminal that went away."""


def say(line: str = "") -> None:
    """Write one line to the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass
class Part:
    """One program of ours: web, worker, beat or postbus."""

    name: str
    command: list[str]
    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    log_offset: int = 0
    restarts: int = 0
    started_at: float = 0.0

    @property
    def log(self) -> Path:
        """Where it writes what it does."""
        return self.data / "log" / f"{self.name}.log"

    def start(self) -> None:
        """Start it; it dies with us, even when we are killed."""
        with embedded.open_log(self.data, self.name) as log:
            self.log_offset = log.tell()
            self.process = subprocess.Popen(
                embedded.tied(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=embedded.BASE_DIR,
                env=os.environ | self.environment,
                start_new_session=True,  # a Ctrl-C in the terminal is for us alone
            )
        self.started_at = time.monotonic()

    def exit_code(self) -> int | None:
        """The code that it ended with, or None while it runs."""
        return self.process.poll() if self.process else None

    def output(self) -> str:
        """What its log got since the last start."""
        with self.log.open("rb") as log:
            log.seek(self.log_offset)
            return log.read(1_000_000).decode(errors="replace")


def parts(data: Path, port: int) -> list[Part]:
    """Web, worker, beat and a mailbox for this data directory and this port on loopback."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    web += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    web += ["--blocking-threads", "8", "kcc.wsgi:application"]
    celery = [sys.executable, "-m", "celery", "-A", "kcc.celery"]
    worker = [*celery, "worker", "-n", node_name(data), "--concurrency", "2"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--schedule", str(data / "beat" / "schema")]
    beat += ["--pidfile=", "--loglevel", "INFO"]
    post = free_port()
    mail = {"KCC_SMTP_HOST": "127.0.0.1", "KCC_SMTP_POORT": str(post), "KCC_SMTP_TLS": "geen"}
    mail |= {"KCC_SMTP_GEBRUIKER": "", "KCC_SMTP_WACHTWOORD": ""}
    return [
        Part("web", web, data, {"KCC_DB_POOL": "1", **mail}),
        Part("worker", worker, data, mail),
        Part("beat", beat, data),
        Part("postbus", [sys.executable, "-m", "kcc.postbus", str(post)], data),
    ]


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def node_name(data: Path) -> str:
    """The name of our worker: of this data directory, for others may share the Redis."""
    number = hashlib.sha256(os.fsencode(data)).hexdigest()[:8]
    return f"demo-{number}@{socket.gethostname()}"


def stop_parts(running: Iterable[Part]) -> None:
    """Ask all of them to stop, wait, and kill what does not listen, with what it started."""
    processes = [part.process for part in running if part.process]
    for process in processes:
        process.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, limit - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # each leads a group of its own
        process.wait()


def check_port(text: str) -> int:
    """The port number in ``text`` when it is free on loopback. Raises ServiceError."""
    port = int(text) if text.isdigit() else 0
    if not 0 < port < 65536:
        raise ServiceError(f"PORT is een getal van 1 tot en met 65535, niet {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise ServiceError(
                    f"Poort {port} is al in gebruik; kies een andere, zoals: "
                    f"make demo PORT={port + 1 if port < 65535 else 8001}"
                ) from exc
            raise ServiceError(f"Poort {port} mag hier niet gebruikt worden.") from exc
    return port


def web_answers(port: int) -> bool:
    """Whether the web server says that it is healthy."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/gezond/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker_answers(data: Path) -> bool:
    """Whether our own worker answers a ping through Redis."""
    from kcc.celery import app

    return bool(app.control.ping(destination=[node_name(data)], timeout=0.5))


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data directory: two demos on one would run every job twice. Raises ServiceError."""
    with (data / "demo.lock").open("wb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise ServiceError(f"Er draait al een demo met de gegevens in {data}.") from exc
        yield


class Supervisor:
    """Starts, watches and stops everything of one demo."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        self.services = embedded.services(data)
        self.parts = parts(data, port)
        # Which services we started. On disk, so that after a kill -9 the next demo stops them.
        self.mark = data / "demo.diensten"

    def run(self) -> int:
        """Start everything, then watch it until somebody asks to stop. Returns the exit code."""
        try:
            self._prepare()
            self._start_parts()
            self._welcome()
            self._watch()
        except Stopped:
            say("\nDe demo stopt …")
            return 0
        except ServiceError as exc:
            sys.stderr.write(f"{exc}\n")
            return 1
        except OSError as exc:
            sys.stderr.write(f"{embedded.explain(exc, self.data)}\n")
            return 1
        except subprocess.CalledProcessError as exc:
            if exc.returncode != SAID:
                log = self.data / "log" / "voorbereiden.log"
                sys.stderr.write(f"Het voorbereiden is mislukt; zie {log}.\n")
            return 1
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # once is enough; stopping takes a moment
            self._stop()

    def _prepare(self) -> None:
        say("De demo start …")
        # Building the front end and starting the servers do not wait for each other.
        front_end = subprocess.Popen(
            [sys.executable, "-m", "kcc.front_end"], start_new_session=True
        )
        try:
            self._start_services()
            if front_end.wait():
                raise ServiceError("De voorkant is niet gebouwd; de reden staat hierboven.")
        finally:
            if front_end.poll() is None:
                os.killpg(front_end.pid, signal.SIGTERM)  # npm too
                front_end.wait()
        subprocess.run([sys.executable, "-m", "kcc.demo", "voorbereiden"], check=True)

    def _start_services(self) -> None:
        ours = self._ours()
        for service in self.services:
            if service.pid() is None:
                ours.add(service.name)
                self.mark.write_text(json.dumps(sorted(ours)))
            service.start()

    def _ours(self) -> set[str]:
        try:
            return set(json.loads(self.mark.read_text()))
        except (OSError, ValueError):
            return set()

    def _start_parts(self) -> None:
        (self.data / "beat").mkdir(mode=0o700, exist_ok=True)
        for part in self.parts:
            part.start()
        web, worker, beat, postbus = self.parts
        answers: dict[str, Callable[[], bool]] = {
            web.name: lambda: web_answers(self.port),
            worker.name: lambda: worker_answers(self.data),
            beat.name: lambda: "Sending due task" in beat.output(),
            postbus.name: lambda: "De postbus luistert" in postbus.output(),
        }
        limit = time.monotonic() + START_SECONDS
        for part in self.parts:
            while not answers[part.name]():
                if part.exit_code() is not None or time.monotonic() > limit:
                    raise ServiceError(f"{part.name} start niet; zie {part.log}.")
                time.sleep(0.1)

    def _welcome(self) -> None:
        say()
        say(f"Het klantcontactcentrum draait op http://127.0.0.1:{self.port}/")
        say()
        for name, role in ACCOUNTS:
            say(f"  {name:<12} {role}")
        say()
        say("Het wachtwoord is overal: demo")
        say(f"Verstuurde mail: {self.data / 'post'}   (er gaat niets naar buiten)")
        say(f"Logboeken: {self.data / 'log'}   Stoppen: Ctrl-C")

    def _watch(self) -> NoReturn:
        while True:
            time.sleep(1)
            for service in self.services:
                if service.pid() is None:
                    say(f"{service.name} is gestopt en start opnieuw; zie {service.log}.")
                    self._start_services()
            for part in self.parts:
                if part.exit_code() is not None:
                    self._restart(part)

    def _restart(self, part: Part) -> None:
        if time.monotonic() - part.started_at > QUIET:
            part.restarts = 0
        part.restarts += 1
        reason = f"{part.name} is gestopt (code {part.exit_code()}); zie {part.log}."
        if part.restarts > MAX_RESTARTS:
            raise ServiceError(f"{reason} Dat gebeurt te vaak; de demo stopt.")
        say(f"{reason} {part.name} start opnieuw.")
        stop_parts([part])  # what it had started itself may still run
        part.start()

    def _stop(self) -> None:
        stop_parts(self.parts)
        ours = self._ours()
        for service in reversed(self.services):
            if service.name in ours:
                service.stop()
        self.mark.unlink(missing_ok=True)


def prepare() -> int:
    """In a process of its own: migrate, collect static files, load the demo data."""
    import logging

    import django
    from django.core.management import call_command
    from django.db import OperationalError
    from kombu.exceptions import OperationalError as BrokerError

    from kcc.celery import app

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=5)
        collect_static()
        call_command("laad_demo")
    except BrokerError:
        sys.stderr.write("Redis geeft geen antwoord; klopt REDIS_URL?\n")
    except OperationalError as exc:
        full = "No space left on device" in str(exc)
        reason = (
            "De schijf is vol" if full else "PostgreSQL geeft geen antwoord; klopt DATABASE_URL?"
        )
        sys.stderr.write(f"{reason}\n")
        logging.getLogger(__name__).debug("voorbereiden", exc_info=True)
    except OSError as exc:
        sys.stderr.write(f"{embedded.explain(exc, embedded.data_dir())}\n")
    except Exception:
        # For whoever has to find out why: the whole story, in the log instead of the terminal.
        import traceback

        with embedded.open_log(embedded.data_dir(), "voorbereiden") as log:
            log.write(traceback.format_exc().encode())
        return 1
    else:
        return 0
    return SAID


def collect_static() -> None:
    """Run collectstatic, but only when a source file came, went or changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = embedded.data_dir() / "static.klaar"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def _stop_signal(number: int, frame: FrameType | None) -> None:
    raise Stopped


def main(argv: list[str]) -> int:
    """Run the demo, or (``voorbereiden``) only its preparation. Returns the exit code."""
    data = embedded.data_dir()
    os.environ["KCC_OMGEVING"] = "demo"
    os.environ["KCC_DATA_DIR"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")
    if argv[1:] == ["voorbereiden"]:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor decides when this ends
        return prepare()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_signal)
    try:
        embedded.prepare_data_dir(data)
        with only_one(data):
            port = check_port(os.environ.get("PORT") or "8000")
            os.environ["KCC_BASE_URL"] = f"http://127.0.0.1:{port}"
            return Supervisor(data, port).run()
    except ServiceError as exc:
        sys.stderr.write(f"{exc}\n")
    except OSError as exc:
        sys.stderr.write(f"{embedded.explain(exc, data)}\n")
    except Stopped:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
