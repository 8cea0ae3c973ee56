"""What counts beside the text: is it kept up, is it for this citizen, is it used."""

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kennisbank.models import Doelgroep
from kennisbank.search.score import in_order

if TYPE_CHECKING:
    from kennisbank.search.ophalen import Gevonden

# Small next to what the text gives: these turn a near tie, and never bring up something else.
OVER_TIJD = 0.97  # its review date has passed
PAST, PAST_NIET = 1.08, 0.97  # for the doelgroep that asks, or for the other one
GEBRUIK, GEBRUIK_TOP = 0.01, 0.03  # per ten times as much use; at most


@dataclass(frozen=True)
class Kenmerk:
    """What the list and the ranking must know of a record."""

    soort: str
    afdeling: str
    afdeling_naam: str
    doelgroep: str
    herzien_op: date | None
    gebruikt: int  # in the last 90 days


def weigh(gevonden: "list[Gevonden]", *, doelgroep: str, vandaag: date) -> "list[Gevonden]":
    """The same, in the order of text, freshness, doelgroep and use together."""
    gewogen = [
        replace(ding, kandidaat=replace(ding.kandidaat, score=ding.kandidaat.score * factor))
        for ding in gevonden
        for factor in [_factor(ding.kenmerk, doelgroep, vandaag)]
    ]
    return sorted(gewogen, key=lambda ding: in_order(ding.kandidaat))


def _factor(kenmerk: Kenmerk, doelgroep: str, vandaag: date) -> float:
    factor = 1 + min(GEBRUIK * math.log10(1 + kenmerk.gebruikt), GEBRUIK_TOP)
    if kenmerk.herzien_op is not None and kenmerk.herzien_op < vandaag:
        factor *= OVER_TIJD
    if doelgroep and kenmerk.doelgroep:
        past = kenmerk.doelgroep in (doelgroep, Doelgroep.BEIDE)
        factor *= PAST if past else PAST_NIET
    return factor
