"""What the tests of this room share."""

from collections.abc import Iterator

import pytest
import time_machine

from rapportage.models import Norm
from tests.rapportage.records import NU


@pytest.fixture
def nu() -> Iterator[None]:
    """It is Sunday 22 November 2026, half past two, and stays so."""
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def normen(db: None) -> None:
    """The default norms; a test that empties tables may have run before."""
    for kpi, doel in {"fcr-b": 80, "fcr-a": 80, "taken-binnen-termijn": 90}.items():
        Norm.objects.get_or_create(
            kpi=kpi, geldig_vanaf="2020-01-01", defaults={"doelwaarde": doel}
        )
