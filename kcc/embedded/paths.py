"""Where the embedded services live and what went wrong there, in words. Pure: settings read it."""

import errno
import hashlib
import os
import shutil
import stat
from pathlib import Path
from typing import IO
from urllib.parse import quote

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE = ROLE = "kcc"
MAX_SOCKET_PATH = 100  # bytes; Linux takes 107, other systems 103
MIN_FREE = 200 * 1024 * 1024  # bytes; a new cluster with its first write-ahead log fits in this
MAX_LOG = 10 * 1024 * 1024  # bytes; a larger log is put aside at the next start


class ServiceError(Exception):
    """A service cannot start or stop. The message is one Dutch sentence for whoever runs us."""


def data_dir() -> Path:
    """The directory with all data of this installation: KCC_DATA_DIR, or ``.kcc`` beside us."""
    return Path(os.environ.get("KCC_DATA_DIR") or BASE_DIR / ".kcc").expanduser().resolve()


def run_dir(data: Path) -> Path:
    """Where the sockets live: below the data directory, or in /tmp when that path is too long."""
    run = data / "run"
    if len(os.fsencode(run / "pg" / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH:
        return run
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(f"/tmp/kcc-{os.geteuid()}-{name}")  # noqa: S108 - made 0700 and owner-checked


def database_url(data: Path) -> str:
    """The URL of the embedded PostgreSQL of this data directory, running or not."""
    return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(run_dir(data) / 'pg'))}"


def redis_socket(data: Path) -> Path:
    """The socket of the embedded Redis of this data directory, running or not."""
    return run_dir(data) / "redis.sock"


def redis_url(data: Path) -> str:
    """The URL of the embedded Redis, in the form that Celery wants."""
    return f"redis+socket://{quote(str(redis_socket(data)))}?virtual_host=0"


def redis_py_url(url: str) -> str:
    """The same Redis in the form that redis-py and Django's cache want; others pass unchanged."""
    if not url.startswith("redis+socket://"):
        return url
    path, _, query = url.removeprefix("redis+socket://").partition("?")
    return f"unix://{path}?db={query.removeprefix('virtual_host=') or 0}"


def explain(exc: OSError, path: Path) -> str:
    """One Dutch sentence for what went wrong while writing at ``path``."""
    place = exc.filename or path
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"De schijf is vol: er is geen ruimte meer voor {path}."
    if exc.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Er is geen recht om te schrijven in {place}; kies een andere map met KCC_DATA_DIR."
    if exc.errno in {errno.ENOTDIR, errno.EEXIST}:
        return f"{place} is geen map; kies een andere map met KCC_DATA_DIR."
    return f"Het werken met {place} lukt niet: {exc.strerror}."


def prepare_data_dir(data: Path) -> None:
    """Make the data directory with its log and run directories. Raises ServiceError."""
    # PostgreSQL runs as somebody else when we are root, and has to pass through.
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        for directory in (data, data / "log", run_dir(data)):
            directory.mkdir(mode=mode, parents=True, exist_ok=True)
            found = directory.lstat()
            if directory != data and (
                not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid()
            ):
                raise ServiceError(f"{directory} is van iemand anders; verwijder het eerst.")
            if found.st_uid == os.geteuid():
                directory.chmod(mode)
        (data / "start.lock").touch(mode=0o600)
        if shutil.disk_usage(data).free < MIN_FREE:
            raise OSError(errno.ENOSPC, "")
    except OSError as exc:
        raise ServiceError(explain(exc, data)) from exc


def open_log(data: Path, name: str) -> IO[bytes]:
    """Open ``log/<name>.log`` to append to; one that grew too large is put aside first."""
    path = data / "log" / f"{name}.log"
    if path.exists() and path.stat().st_size > MAX_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")
