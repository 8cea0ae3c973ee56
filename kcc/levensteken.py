"""Whether a part of the application lives: ``python -m kcc.levensteken web|worker|beat|bewaking``.

For the health checks of containers. Each looks at its own part only, so that a stopped worker does
not get the web server restarted. Exit code 0 is healthy; otherwise one Dutch sentence and 1.
"""

import http.client
import json
import os
import socket
import sys
import time

from kcc import embedded

BEAT_SECONDS = 400  # beat writes its schedule at least every 180 seconds


def web() -> bool:
    """The web server answers, and reaches the database."""
    return _health() is not None


def bewaking() -> bool:
    """The guard of the terms ran a short while ago, as the web server sees it: for a monitor, not
    for restarting anything.
    """
    return (_health() or {}).get("bewaking") == "goed"


def _health() -> dict[str, object] | None:
    """What the web server says of itself; None when it does not answer."""
    # A request for a host that is not ours is refused, whoever asks.
    host = os.environ.get("KCC_ALLOWED_HOSTS", "").split(",")[0] or "127.0.0.1"
    port = int(os.environ.get("GRANIAN_PORT") or 8000)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/gezond/", headers={"Host": host})
        antwoord = connection.getresponse()
        inhoud = antwoord.read()
        gezond: dict[str, object] = json.loads(inhoud) if antwoord.status == 200 else {}
        return gezond or None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def worker() -> bool:
    """The worker on this host answers a ping through Redis."""
    from kombu.exceptions import OperationalError

    from kcc.celery import app

    try:
        answer = app.control.ping(destination=[f"celery@{socket.gethostname()}"], timeout=3)
    except OperationalError:
        return False
    return bool(answer)


def beat() -> bool:
    """Beat wrote its schedule a short while ago."""
    written = [path.stat().st_mtime for path in (embedded.data_dir() / "beat").glob("schema*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


CHECKS = {"web": web, "worker": worker, "beat": beat, "bewaking": bewaking}


def main(argv: list[str]) -> int:
    """Check the part that is named. Returns the exit code."""
    check = CHECKS.get(argv[1]) if len(argv) == 2 else None
    if check is None:
        sys.stderr.write(f"Gebruik: python -m kcc.levensteken {'|'.join(CHECKS)}\n")
        return 2
    if check():
        return 0
    sys.stderr.write(f"{argv[1]} geeft geen teken van leven.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
