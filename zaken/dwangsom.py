"""What the municipality owes somebody whom it lets wait too long (art. 4:17 and 4:18 Awb).

Pure functions: dates in, days and whole euros out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from organisatie.werkkalender import Werkkalender, wettelijke_einddatum

# Days and euros per day: the first fourteen, the next fourteen, and the rest (art. 4:17 lid 2).
TARIEVEN = ((14, 23), (14, 35), (14, 45))
MAX_DAGEN = sum(dagen for dagen, _ in TARIEVEN)
MAX_BEDRAG = sum(dagen * bedrag for dagen, bedrag in TARIEVEN)
RESPIJT_WEKEN = 2
EEN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Dwangsom:
    """How it stands on a day: ``dagen`` are owed so far and come to ``bedrag`` euros."""

    eerste_dag: date
    laatste_dag: date
    dagen: int
    bedrag: int
    besluit_voor: date

    @property
    def is_vol(self) -> bool:
        """No day can come on top."""
        return self.dagen == MAX_DAGEN


def amount_after(dagen: int) -> int:
    """Euros owed after so many days; nothing is added after 42. Raises ValueError below 0."""
    if dagen < 0:
        raise ValueError("Nobody owes for less than no days.")
    bedrag = 0
    for duur, per_dag in TARIEVEN:
        deel = min(dagen, duur)
        bedrag += deel * per_dag
        dagen -= deel
    return bedrag


def compute_dwangsom(
    *,
    einde_termijn: date,
    ingebrekestelling: date,
    peildatum: date,
    besluit: date | None = None,
    kalender: Werkkalender | None = None,
) -> Dwangsom:
    """What is owed on ``peildatum``, that day included.

    ``einde_termijn`` is the last day of the term, ``ingebrekestelling`` the day on which the letter
    came in, ``besluit`` the day on which the decision was sent, which is not owed for any more. The
    first day that counts comes after two weeks that begin when both the term is over and the letter
    is there (art. 4:17 lid 3). Those two weeks follow the Algemene termijnenwet, the 42 days that
    come after them do not (art. 4:17 lid 2). Within two weeks after the last day the municipality
    decides how much it owes (art. 4:18).
    """
    begin = max(ingebrekestelling, einde_termijn)
    respijt = wettelijke_einddatum(begin, weken=RESPIJT_WEKEN, kalender=kalender)
    eerste = respijt + EEN_DAG
    laatste = eerste + timedelta(days=MAX_DAGEN - 1)
    if besluit is not None:
        laatste = min(laatste, besluit - EEN_DAG)
    dagen = max(0, (min(peildatum, laatste) - eerste).days + 1)
    besluit_voor = wettelijke_einddatum(
        max(laatste, respijt), weken=RESPIJT_WEKEN, kalender=kalender
    )
    return Dwangsom(eerste, laatste, dagen, amount_after(dagen), besluit_voor)
