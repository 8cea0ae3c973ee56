"""Redis away, or there but silent: nobody at the desk waits for it."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from celery import Celery
from pytest_django import DjangoCaptureOnCommitCallbacks

import kcc.celery
from kcc.celery import nudge

TAAK = "rapportage.tasks.herbereken_vuile_uren"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """Our Celery with a Redis at an address where none is, and each wait that it would do."""
    weg = Celery("weg")
    weg.config_from_object("django.conf:settings", namespace="CELERY")
    weg.conf.update(broker_url=f"redis+socket://{tmp_path / 'weg.sock'}?virtual_host=0")
    monkeypatch.setattr(kcc.celery, "app", weg)
    monkeypatch.setattr(kcc.celery, "_failed_at", float("-inf"))
    gewacht: list[float] = []
    monkeypatch.setattr("kombu.utils.functional.sleep", gewacht.append)
    return gewacht


@pytest.fixture
def nudge_once(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[], None]:
    """A nudge as a service does it: in a transaction that commits."""

    def commit() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            nudge(TAAK)

    return commit


def test_nudge_does_not_wait_for_a_redis_that_is_away(
    waits: list[float], nudge_once: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    nudge_once()

    assert "porren mislukt" in caplog.text
    assert not waits


def test_silent_redis_is_asked_once_and_then_left_alone(
    waits: list[float],
    nudge_once: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    kcc.celery.app.conf.broker_transport_options["socket_timeout"] = 0.2
    with socket.socket(socket.AF_UNIX) as stil:
        stil.bind(str(tmp_path / "weg.sock"))
        stil.listen(20)
        for _ in range(3):
            nudge_once()
        stil.setblocking(False)
        stil.accept()[0].close()
        with pytest.raises(BlockingIOError):
            stil.accept()

    assert caplog.text.count("porren mislukt") == 1


def test_nudges_go_on_when_the_pause_is_over(
    waits: list[float],
    nudge_once: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kcc.celery, "PAUZE", -1.0)
    nudge_once()
    nudge_once()

    assert caplog.text.count("porren mislukt") == 2
