"""Which web server serves this application best: ``make bench-webserver``.

All servers run at once on one database, and one after the other gets the same requests, so that
whatever else the machine does hits all alike; the order changes with the round. An answer other
than 200 ends it all. Medians over the rounds are printed, as a table and against granian.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from kcc import demo
from kcc.embedded import BASE_DIR
from tests.proces import Stapel, free_port, kill_whole, wait_until
from tests.stapel.drukte import Browser

# As docker-compose.yml starts the one in use: two processes of eight threads on two cores.
SERVERS = {
    "granian": "granian --interface wsgi --no-ws --host 127.0.0.1 --port {port} --workers 2"
    " --blocking-threads 8 kcc.wsgi:application",
    "gunicorn": "gunicorn --worker-class gthread --bind 127.0.0.1:{port} --workers 2 --threads 8"
    " --keep-alive 30 --log-level warning kcc.wsgi:application",
    "uvicorn": "uvicorn --factory --host 127.0.0.1 --port {port} --workers 2 --no-access-log"
    " --log-level warning bench.webserver:asgi",
}
# Page → who asks for it.
PAGES = {
    "/gezond/": "agent",
    "/werkplek/": "agent",
    "/werkvoorraad/": "agent",
    "/kennisbank/?q=paspoort": "agent",
    "/rapportage/": "teamleider",
}
REQUESTS = {1: 24, 16: 128}  # clients → how many of a page in one measurement
LIGHT = 5  # times as many of /gezond/, which is answered in no time


def asgi() -> Any:
    """The application for an ASGI server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


@dataclass(frozen=True)
class Meting:
    """One page, so many clients, one round: requests per second, and milliseconds.

    ``cpu`` is what the processes of the server used for one request. Other work on the machine
    makes a server slow, but hardly makes it use more: this figure is the steadiest.
    """

    rps: float
    p50: float
    p95: float
    cpu: float


def measure(served: "Served", page: str, cookie: str, clients: int, aantal: int) -> Meting:
    """Have ``clients`` ask for a page ``aantal`` times together, each as fast as it is answered."""
    times: list[float] = []
    faults: list[str] = []
    per_client = aantal // clients
    start = threading.Barrier(clients + 1)

    def ask() -> None:
        line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        own = []
        start.wait()
        try:
            for _ in range(per_client):
                begin = time.perf_counter()
                line.request("GET", page, headers={"Cookie": cookie})
                answer = line.getresponse()
                answer.read()
                own.append(time.perf_counter() - begin)
                if answer.status != 200:
                    raise AssertionError(f"{page}: {answer.status}")
        except (OSError, http.client.HTTPException, AssertionError) as exc:
            faults.append(repr(exc))
        finally:
            line.close()
            times.extend(own)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    used = served.cpu()
    start.wait()
    begin = time.perf_counter()
    for thread in threads:
        thread.join()
    duration = time.perf_counter() - begin
    assert not faults, faults[:3]
    cuts = statistics.quantiles(times, n=20)
    cpu = (served.cpu() - used) / len(times)
    return Meting(len(times) / duration, cuts[9] * 1000, cuts[18] * 1000, cpu * 1000)


@dataclass(frozen=True)
class Served:
    """A server that runs: where it answers, and its processes."""

    port: int
    family: list[psutil.Process]

    def cpu(self) -> float:
        """Seconds of processor time that it used so far."""
        times = [process.cpu_times() for process in self.family]
        return sum(t.user + t.system for t in times)

    def memory(self) -> float:
        """MB; what its processes share counts once (PSS)."""
        return sum(process.memory_full_info().pss for process in self.family) / 1e6


@contextmanager
def serving(server: str, environment: dict[str, str]) -> Iterator[Served]:
    """Start a server and wait until it answers."""
    port = free_port()
    words = SERVERS[server].format(port=port).split()
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=BASE_DIR,
        env=os.environ | environment | {"KCC_DB_POOL": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: process.poll() is not None or demo.web_answers(port), server)
        assert process.poll() is None, f"{server} start niet"
        main = psutil.Process(process.pid)
        yield Served(port, [main, *main.children(recursive=True)])
    finally:
        kill_whole(process.pid)
        process.wait(10)


def cookies(port: int) -> dict[str, str]:
    """A session of everybody who asks for pages; it is good at every server."""
    found = {}
    for naam in set(PAGES.values()):
        browser = Browser(port)
        browser.get("/inloggen/")
        answer = browser.post("/inloggen/", {"username": naam, "password": "demo"})
        assert answer is not None and answer.status == 302, naam
        found[naam] = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
    return found


def run(stapel: Stapel, rounds: int) -> tuple[dict[tuple[str, int, str], list[Meting]], Any]:
    """All measurements, by page, clients and server; and the memory, by server."""
    metingen: dict[tuple[str, int, str], list[Meting]] = defaultdict(list)
    geheugen: dict[str, list[float]] = defaultdict(list)
    sessions = cookies(stapel.port)
    demo.stop_parts(stapel.parts.values())  # they would only take from the two cores
    names = list(SERVERS)
    with ExitStack() as stack:
        running = {
            server: stack.enter_context(serving(server, stapel.environment)) for server in names
        }
        for number in range(rounds):
            print(f"ronde {number + 1} van {rounds}", file=sys.stderr)
            order = names[number % len(names) :] + names[: number % len(names)]
            for page, who in PAGES.items():
                for server in order:  # so that no measurement has to load a template
                    measure(running[server], page, sessions[who], 4, 32)
                for clients, aantal in REQUESTS.items():
                    aantal *= LIGHT if page == "/gezond/" else 1
                    for server in order:
                        meting = measure(running[server], page, sessions[who], clients, aantal)
                        metingen[page, clients, server].append(meting)
            for server, served in running.items():
                geheugen[server].append(served.memory())
    return metingen, geheugen


def show(
    metingen: dict[tuple[str, int, str], list[Meting]], geheugen: dict[str, list[float]]
) -> None:
    """Print medians as a Markdown table. The ratio is the median of that of each round."""
    print("| pagina | klanten | server | verzoeken/s | verhouding | p50 | p95 | processor |")
    print("|---|--:|---|--:|--:|--:|--:|--:|")
    for (page, clients, server), reeks in sorted(metingen.items()):
        basis = metingen[page, clients, "granian"]
        ratio = statistics.median(m.rps / b.rps for m, b in zip(reeks, basis, strict=True))
        rps, p50, p95, cpu = (
            statistics.median(getattr(m, veld) for m in reeks)
            for veld in ("rps", "p50", "p95", "cpu")
        )
        print(
            f"| `{page}` | {clients} | {server} | {rps:.0f} | {ratio:.2f} "
            f"| {p50:.0f} | {p95:.0f} | {cpu:.1f} |"
        )
    print()
    print("| server | geheugen (MB) |")
    print("|---|--:|")
    for server, reeks_mb in geheugen.items():
        print(f"| {server} | {statistics.median(reeks_mb):.0f} |")


def main() -> None:
    """Make a municipality, measure, print."""
    parser = argparse.ArgumentParser(description="Vergelijk webservers op deze toepassing.")
    parser.add_argument("--rondes", type=int, default=5)
    parser.add_argument("--inwoners", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kcc-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as somebody else when we are root
        with Stapel(Path(folder)) as stapel:
            stapel.manage("laad_demo", "--zonder-klantcontacten")
            stapel.manage(
                "simuleer", f"--inwoners={options.inwoners}", "--dagen=31", "--seed=1", "-v", "0"
            )
            show(*run(stapel, options.rondes))


if __name__ == "__main__":
    main()
