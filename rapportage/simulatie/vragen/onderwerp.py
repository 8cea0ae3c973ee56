"""What people ask about one product, and how often."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Onderwerp:
    """``gewicht``: share of all contacts, in thousandths. ``balie`` and ``web``: how much likelier
    at the desk or as a form. ``overdracht``: how much likelier the KCC has to hand it off.
    ``vragen``: everyday sentences; {straat}, {dag}, {maand} and {bedrag} are filled in.
    """

    gewicht: float
    vragen: tuple[str, ...]
    balie: float = 0.3
    web: float = 1.0
    overdracht: float = 1.0
    ondernemer: bool = False


def over(
    gewicht: float,
    *vragen: str,
    balie: float = 0.3,
    web: float = 1.0,
    overdracht: float = 1.0,
    ondernemer: bool = False,
) -> Onderwerp:
    """Short hand for the tables of this package."""
    return Onderwerp(gewicht, vragen, balie, web, overdracht, ondernemer)
