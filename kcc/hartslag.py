"""Whether a part of the machinery still shows that it lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kcc.models import Hartslag

# How long each may be silent. The guard of the terms runs every minute, and may miss a few.
STIL_NA = {"werker": timedelta(minutes=2), "bewaking": timedelta(minutes=5)}


@dataclass(frozen=True)
class Leven:
    """The last sign of life of one part."""

    gezien_op: datetime | None
    leeft: bool


def life_sign(*, naam: str, at: datetime) -> Leven:
    """Whether the part ``naam`` (a key of STIL_NA) lives at ``at``; one query."""
    slag = Hartslag.objects.filter(naam=naam).values_list("geslagen_op", flat=True).first()
    return Leven(slag, slag is not None and at - slag < STIL_NA[naam])
