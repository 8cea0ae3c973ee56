"""Dockerfile and docker-compose.yml: read by a parser, and every command run without Docker."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from kcc.embedded import BASE_DIR
from tests.proces import free_port, kill_whole, wait_until

OURS = {"migraties", "web", "worker", "beat"}
SECRET = re.compile(r"SECRET|PASSWORD|WACHTWOORD|TOKEN|_KEY$")
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text()))


def services() -> dict[str, dict[str, Any]]:
    return dict(compose()["services"])


def dockerfile() -> DockerfileParser:
    return DockerfileParser(fileobj=(BASE_DIR / "Dockerfile").open("rb"))


def instructions(kind: str) -> list[str]:
    """The values of all instructions of one kind in the last stage of the Dockerfile."""
    last: list[str] = []
    for line in dockerfile().structure:
        if line["instruction"] == "FROM":
            last = []
        elif line["instruction"] == kind:
            last.append(line["value"])
    return last


def test_the_image_does_not_run_as_root() -> None:
    (user,) = instructions("USER")
    uid, gid = user.split(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert f"--uid {uid}" in " ".join(instructions("RUN"))


def test_every_image_has_a_version() -> None:
    stages = {image.partition(" AS ")[2] for image in dockerfile().parent_images} | {
        line["value"].partition(" AS ")[2].strip()
        for line in dockerfile().structure
        if line["instruction"] == "FROM"
    }
    images = [*dockerfile().parent_images]
    images += [s["image"] for name, s in services().items() if name not in OURS]
    for image in images:
        assert image in stages or re.search(r":\d", image), image
    assert services()["postgres"]["image"].startswith("postgres:18")
    assert services()["redis"]["image"].startswith("redis:7")


def test_packages_come_with_hashes_from_files_that_exist() -> None:
    runs = [line["value"] for line in dockerfile().structure if line["instruction"] == "RUN"]
    installs = [run for run in runs if " install " in run and "pip" in run]
    assert installs
    for run in installs:
        assert "--require-hashes" in run
        for name in re.findall(r"-r (\S+)", run):
            assert "--hash=sha256:" in (BASE_DIR / name).read_text()


def test_every_part_has_a_health_check() -> None:
    (image,) = instructions("HEALTHCHECK")
    assert image.endswith('CMD ["python", "-m", "kcc.levensteken", "web"]')
    for name, service in services().items():
        if name == "migraties":  # ends by itself: its exit code says whether it went well
            assert service["restart"] == "no"
            continue
        assert service["healthcheck"]["test"][0] == "CMD", name


def test_all_wait_for_the_migrations() -> None:
    assert set(services()) == OURS | {"postgres", "redis"}
    for name in ("web", "worker", "beat"):
        waits = {key: value["condition"] for key, value in services()[name]["depends_on"].items()}
        assert waits == {
            "postgres": "service_healthy",
            "redis": "service_healthy",
            "migraties": "service_completed_successfully",
        }
    assert services()["migraties"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_no_secret_stands_in_the_files() -> None:
    for name, service in services().items():
        for key, value in service.get("environment", {}).items():
            address = urlsplit(str(value))
            hidden = [str(value)] if SECRET.search(key) else []
            hidden += [str(value)[str(value).index(":", 12) + 1 :]] if "@" in address.netloc else []
            for text in hidden:
                found = VARIABLE.match(text)
                assert found, f"{name}: {key}"
                # Not every mail server asks for a password: that one may stay empty.
                leeg = key == "KCC_SMTP_WACHTWOORD" and found[3] == ""
                assert found[2] == "?" or leeg, f"{name}: {key} moet uit de omgeving komen"
    for value in instructions("ENV") + instructions("ARG"):
        assert not SECRET.search(value.upper()), value


def test_only_loopback_is_published() -> None:
    published = {name: s["ports"] for name, s in services().items() if "ports" in s}
    assert set(published) == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_ours_can_do_nothing_but_their_work() -> None:
    for name in OURS:
        service = services()[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["environment"]["KCC_OMGEVING"] == "productie"


def test_nothing_of_this_machine_goes_into_the_image() -> None:
    lines = (BASE_DIR / ".dockerignore").read_text().split()
    assert lines[0] == "*"
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert not allowed & {".git", ".kcc", ".venv", ".env", "node_modules", "tests"}
    for name in allowed:
        assert (BASE_DIR / name).exists(), name
    rooms = {path.parent.name for path in BASE_DIR.glob("*/apps.py")}
    assert rooms <= allowed


class Outside:
    """The commands of the compose file, run here, with what Docker would have given them."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.given = {
            "KCC_SECRET_KEY": secrets.token_urlsafe(60),
            "KCC_DB_WACHTWOORD": secrets.token_hex(8),
            "KCC_ALLOWED_HOSTS": "kcc.voorbeeld.nl",
            "KCC_BASE_URL": "https://kcc.voorbeeld.nl",
        }
        # Where the containers would reach each other by name.
        self.instead = {
            "DATABASE_URL": database,
            "REDIS_URL": os.environ["REDIS_URL"],
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(self.port),
        }

    def place(self, text: str) -> str:
        """The mounted folder and the folder of the image, as they are here."""
        text = text.replace("/var/lib/kcc", str(self.folder))
        return text.replace("/app/staticfiles", str(self.folder / "staticfiles"))

    def environment(self, name: str | None) -> dict[str, str]:
        """What Dockerfile and compose file together put in the environment of a service."""
        image: dict[str, str] = {}
        for value in instructions("ENV"):
            image |= dict(re.findall(r"(\w+)=(\S+)", value.replace("\\\n", " ")))
        service = services()[name]["environment"] if name else {}
        mine = {key: VARIABLE.sub(self._fill, str(value)) for key, value in service.items()}
        # A build reaches the package registries the way this machine does.
        keep = {"HOME", "LANG"} if name else {k for k in os.environ if not k.startswith("KCC_")}
        outside = {key: value for key, value in os.environ.items() if key in keep}
        both = {key: self.place(value) for key, value in (image | mine).items()}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return outside | both | self.instead | {"PATH": path}

    def _fill(self, found: re.Match[str]) -> str:
        if found[2] == "?":
            return self.given[found[1]]
        return self.given.get(found[1], found[3] or "")

    def run(self, name: str | None, words: list[str], seconds: float = 300) -> int:
        """Run one command to its end and return its exit code. Without a name: as the build."""
        done = subprocess.run(
            [self.place(word) for word in words],
            cwd=BASE_DIR,
            env=self.environment(name),
            timeout=seconds,
            check=False,
        )
        return done.returncode

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [self.place(word) for word in services()[name]["command"]],
            cwd=BASE_DIR,
            env=self.environment(name),
            start_new_session=True,
        )


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """An empty production database in the PostgreSQL of this test run, and an empty folder."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = f"productie_{secrets.token_hex(4)}"
    (tmp_path / "beat").mkdir()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Outside(tmp_path, urlunsplit(address._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.stapel
def test_every_command_of_the_files_works(outside: Outside) -> None:
    builds = [line["value"] for line in dockerfile().structure if line["instruction"] == "RUN"]
    for build in (words for words in builds if re.match(r"python (manage\.py|-m kcc)", words)):
        # The stage that builds has the environment of a demo: it has no secret to read.
        assert outside.run(None, ["env", "KCC_OMGEVING=demo", *build.split()]) == 0, build

    assert outside.run("migraties", services()["migraties"]["command"]) == 0
    with ExitStack() as stack:
        for name in ("web", "worker", "beat"):
            process = outside.start(name)
            stack.callback(process.wait)
            stack.callback(kill_whole, process.pid)
            check = services()[name]["healthcheck"]["test"][1:]
            wait_until(
                lambda check=check, name=name, process=process: (  # type: ignore[misc]
                    process.poll() is not None or outside.run(name, check) == 0
                ),
                f"{name} is gezond",
            )
            assert process.poll() is None, f"{name} is gestopt"
        assert (
            outside.run("web", json.loads(instructions("HEALTHCHECK")[0].partition("CMD ")[2])) == 0
        )


def test_the_image_starts_the_same_web_server_as_the_compose_file() -> None:
    assert json.loads(instructions("CMD")[0]) == services()["web"]["command"]


def test_a_dead_part_gives_no_sign_of_life(outside: Outside) -> None:
    for name in ("web", "worker", "beat"):
        assert outside.run(name, services()[name]["healthcheck"]["test"][1:]) == 1
