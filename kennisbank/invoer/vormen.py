"""What every kind of file is turned into: rows, what is wrong with them, and what they would do."""

from dataclasses import dataclass, field
from typing import Any

MAX_TOON = 400  # characters of a text that is shown in a preview

NIEUW, GEWIJZIGD, ONGEWIJZIGD = "nieuw", "gewijzigd", "ongewijzigd"
OVERGESLAGEN = "overgeslagen"


@dataclass(frozen=True)
class Fout:
    """What is wrong in one row: its number as a spreadsheet shows it (0: the file), and where."""

    rij: int
    veld: str
    zin: str

    def as_json(self) -> dict[str, Any]:
        """As Invoer keeps it."""
        return {"rij": self.rij, "veld": self.veld, "zin": self.zin}


@dataclass(frozen=True)
class Rij:
    """One record of the file: its number there, what tells it from others, and what it says."""

    nummer: int
    sleutel: str
    waarden: dict[str, Any]


@dataclass
class Gelezen:
    """All rows of a file, what is wrong with them, and what the reader should know."""

    rijen: list[Rij] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)

    def find_doubles(self) -> None:
        """A key that occurs twice in one file is a fault: which of the two would be true?"""
        gezien: dict[str, int] = {}
        for rij in self.rijen:
            eerder = gezien.setdefault(rij.sleutel.casefold(), rij.nummer)
            if eerder != rij.nummer:
                zin = f"Dit staat ook in rij {eerder}. Laat er één staan."
                self.fouten.append(Fout(rij.nummer, "", zin))


@dataclass
class Uitkomst:
    """What one row does, or would do. ``velden``: name, what it was and what it becomes; of a text
    of another source also what stands here.
    """

    rij: int
    titel: str
    wat: str = ONGEWIJZIGD
    velden: list[tuple[str, ...]] = field(default_factory=list)
    opmerking: str = ""
    fouten: list[Fout] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As Invoer keeps it: long texts are cut, since a person reads it."""
        return {
            "rij": self.rij,
            "titel": self.titel[:200],
            "wat": self.wat,
            "velden": [[_short(deel) for deel in veld] for veld in self.velden],
            "opmerking": self.opmerking,
        }


class RijenFout(Exception):
    """Rows that were right when they were checked are not any more; ``fouten`` says why."""

    def __init__(self, fouten: list[Fout]) -> None:
        self.fouten = fouten
        super().__init__("De gegevens zijn intussen veranderd.")


def _short(tekst: str) -> str:
    return tekst if len(tekst) <= MAX_TOON else f"{tekst[: MAX_TOON - 2]} …"
