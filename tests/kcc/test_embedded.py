"""PostgreSQL and Redis of our own: they start, are found again, survive a kill and stop."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import redis

from kcc import embedded
from kcc.embedded import Postgres, Redis, ServiceError
from tests.proces import kill_whole


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path / "gegevens", durable=False, tied=True)
    yield server
    server.stop()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path / "gegevens", tied=True)
    yield server
    server.stop()


def connect(server: Postgres) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(embedded.database_url(server.data), autocommit=True)


def test_addresses_are_sockets_below_the_data_directory(tmp_path: Path) -> None:
    data = Path("/var/lib/kcc met spatie")
    assert embedded.database_url(data) == (
        "postgresql://kcc@/kcc?host=/var/lib/kcc%20met%20spatie/run/pg"
    )
    assert embedded.redis_url(data) == (
        "redis+socket:///var/lib/kcc%20met%20spatie/run/redis.sock?virtual_host=0"
    )
    assert not data.exists()


def test_a_long_path_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    one, other = Path("/data" + "/lang" * 30), Path("/data" + "/lang" * 31)
    directory = parse_qs(urlsplit(embedded.database_url(one)).query)["host"][0]
    assert len(f"{directory}/.s.PGSQL.5432") <= 107
    assert len(str(embedded.redis_socket(one))) <= 107
    assert embedded.run_dir(one) == embedded.run_dir(one) != embedded.run_dir(other)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis+socket:///run/redis.sock?virtual_host=3", "unix:///run/redis.sock?db=3"),
        ("redis+socket:///run/redis.sock", "unix:///run/redis.sock?db=0"),
        ("redis://redis:6379/0", "redis://redis:6379/0"),
    ],
)
def test_redis_py_wants_another_address(url: str, expected: str) -> None:
    assert embedded.redis_py_url(url) == expected


def test_the_environment_names_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCC_DATA_DIR", "/srv/kcc")
    assert embedded.data_dir() == Path("/srv/kcc")
    monkeypatch.delenv("KCC_DATA_DIR")
    assert embedded.data_dir() == embedded.BASE_DIR / ".kcc"


def test_set_addresses_leave_nothing_to_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elders/kcc")
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert [service.name for service in embedded.services(tmp_path)] == ["redis"]
    monkeypatch.setenv("REDIS_URL", "redis://elders/0")
    assert embedded.services(tmp_path) == []


def test_postgres_serves_an_ordinary_owner_with_the_extensions(postgres: Postgres) -> None:
    assert postgres.start()
    with connect(postgres) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, current_setting('TimeZone'),"
            " current_setting('server_encoding'), current_setting('listen_addresses'),"
            " current_setting('synchronous_commit') FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, True, "UTC", "UTF8", "", "on")
        for name in ("pg_trgm", "unaccent", "btree_gin"):
            connection.execute(f'CREATE EXTENSION "{name}"')
        assert connection.execute("SELECT to_tsvector('dutch', 'paspoorten')").fetchone() == (
            "'paspoort':1",
        )


def test_a_second_start_finds_the_running_server(postgres: Postgres) -> None:
    assert postgres.start()
    pid = postgres.pid()
    again = Postgres(postgres.data)
    assert not again.start()
    assert again.pid() == pid
    again.stop()
    assert postgres.pid() is None
    again.stop()


def test_postgres_comes_back_after_kill_9_with_all_that_was_committed(postgres: Postgres) -> None:
    postgres.start()
    with connect(postgres) as connection:
        connection.execute("CREATE TABLE bewaard (tekst text)")
        connection.execute("INSERT INTO bewaard VALUES ('er nog')")
        pid = postgres.pid()
        assert pid is not None
        kill_whole(pid)
    assert (postgres.cluster / "postmaster.pid").exists()
    assert postgres.start()
    with connect(postgres) as connection:
        assert connection.execute("SELECT tekst FROM bewaard").fetchone() == ("er nog",)


def test_a_left_over_number_that_another_process_got_does_not_matter(postgres: Postgres) -> None:
    postgres.start()
    pid = postgres.pid()
    assert pid is not None
    kill_whole(pid)
    left_over = postgres.cluster / "postmaster.pid"
    left_over.write_text(left_over.read_text().replace(str(pid), str(os.getpid()), 1))
    assert postgres.pid() is None
    assert postgres.start()


def test_an_initdb_that_was_cut_short_is_done_again(postgres: Postgres) -> None:
    half = postgres.data / "postgres.nieuw"
    half.mkdir(parents=True)
    (half / "rommel").touch()
    assert postgres.start()
    assert not half.exists()


def test_redis_is_found_again_killed_and_started(redis_server: Redis) -> None:
    assert redis_server.start()
    client = redis.Redis.from_url(
        embedded.redis_py_url(embedded.redis_url(redis_server.data)), decode_responses=True
    )
    client.set("sleutel", "waarde")
    again = Redis(redis_server.data)
    assert not again.start()
    assert client.get("sleutel") == "waarde"
    pid = again.pid()
    assert pid is not None
    kill_whole(pid)
    assert again.start()
    assert client.get("sleutel") is None
    again.stop()
    assert redis_server.pid() is None
    client.close()


@pytest.mark.parametrize("service", [Postgres, Redis])
def test_a_full_disk_is_one_sentence(
    service: type[Postgres] | type[Redis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(ServiceError, match=r"^De schijf is vol: er is geen ruimte meer voor .*\.$"):
        service(tmp_path / "gegevens").start()


def test_a_data_directory_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(ServiceError, match="is geen map; kies een andere map met KCC_DATA_DIR"):
        Redis(tmp_path / "bestand").start()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_missing_right_is_one_sentence(number: int, tmp_path: Path) -> None:
    sentence = embedded.explain(OSError(number, "", str(tmp_path)), tmp_path)
    assert sentence.startswith(f"Er is geen recht om te schrijven in {tmp_path};")


def test_somebody_elses_socket_directory_is_refused(tmp_path: Path) -> None:
    data = tmp_path / ("lang" * 30)
    run = embedded.run_dir(data)
    run.symlink_to(tmp_path)
    try:
        with pytest.raises(ServiceError, match="is van iemand anders"):
            embedded.prepare_data_dir(data)
    finally:
        run.unlink()
