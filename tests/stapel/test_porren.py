"""Redis away, or there but silent: nobody at the desk waits for it."""

import socket
from pathlib import Path

import pytest
from celery import Celery

import kcc.celery
from kcc.celery import nudge

TAAK = "rapportage.tasks.herbereken_vuile_uren"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """Our Celery with a Redis at an address where none is, and each wait that it would do."""
    weg = Celery("weg")
    weg.config_from_object("django.conf:settings", namespace="CELERY")
    weg.conf.broker_url = f"redis+socket://{tmp_path / 'weg.sock'}?virtual_host=0"
    monkeypatch.setattr(kcc.celery, "app", weg)
    monkeypatch.setattr(kcc.celery, "_failed_at", float("-inf"))
    gewacht: list[float] = []
    monkeypatch.setattr("kombu.utils.functional.sleep", gewacht.append)
    return gewacht


def nudge_once(capture: pytest.FixtureRequest) -> None:
    """As a service does: in a transaction that commits."""
    with capture.getfixturevalue("django_capture_on_commit_callbacks")(execute=True):
        nudge(TAAK)


@pytest.mark.django_db
def test_nudge_does_not_wait_for_a_redis_that_is_away(
    waits: list[float], request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    nudge_once(request)

    assert "porren mislukt" in caplog.text
    assert not waits


@pytest.mark.django_db
def test_silent_redis_is_asked_once_and_then_left_alone(
    waits: list[float],
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    kcc.celery.app.conf.broker_transport_options["socket_timeout"] = 0.2
    with socket.socket(socket.AF_UNIX) as stil:
        stil.bind(str(tmp_path / "weg.sock"))
        stil.listen(20)
        for _ in range(3):
            nudge_once(request)
        stil.setblocking(False)
        stil.accept()[0].close()
        with pytest.raises(BlockingIOError):
            stil.accept()

    assert caplog.text.count("porren mislukt") == 1


@pytest.mark.django_db
def test_nudges_go_on_when_the_pause_is_over(
    waits: list[float],
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kcc.celery, "PAUZE", -1.0)
    nudge_once(request)
    nudge_once(request)

    assert caplog.text.count("porren mislukt") == 2
