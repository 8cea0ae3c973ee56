"""One page of a list that may be very long: its first hundred pages, counted no further than need
be.
"""

from dataclasses import dataclass
from functools import cached_property

from zaken.querysets import InterneTaakQuerySet

HOOGSTENS_PAGINAS = 100
# Counting on costs time and tells nobody anything; a filter or a search does.
HOOGSTENS_GETELD = 10_000


@dataclass(frozen=True)
class Telling:
    """How many taken a list holds; with ``meer`` it is that many and some."""

    count: int
    meer: bool = False

    def __str__(self) -> str:
        if not self.meer:
            return str(self.count)
        return f"meer dan {self.count:,}".replace(",", ".")


class Bladzijde:
    """Keys of the taken on page ``gevraagd`` of ``taken``, which are in order. Has what the page
    needs of Django's Page.
    """

    def __init__(
        self, taken: InterneTaakQuerySet, gevraagd: str, per_pagina: int, telling: Telling
    ) -> None:
        self._taken = taken
        self.per_pagina = per_pagina
        self.paginator = telling
        laatste = max(1, -(-telling.count // per_pagina))
        if telling.meer:
            laatste = HOOGSTENS_PAGINAS
        self.laatste = min(laatste, HOOGSTENS_PAGINAS)
        goed = gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 10
        self.number = min(max(int(gevraagd), 1), self.laatste) if goed else 1

    @cached_property
    def pks(self) -> list[int]:
        """From an index alone, so that page 100 costs little more than page 1."""
        begin = (self.number - 1) * self.per_pagina
        return list(self._taken.values_list("pk", flat=True)[begin : begin + self.per_pagina])

    @property
    def has_previous(self) -> bool:
        """There is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """There is a page after this one, and we go there."""
        return self.number < self.laatste

    @property
    def has_other_pages(self) -> bool:
        """More than one page."""
        return self.has_previous or self.has_next

    @property
    def is_einde(self) -> bool:
        """The list goes on where our pages end."""
        return self.number == HOOGSTENS_PAGINAS and (
            self.paginator.meer or self.paginator.count > self.number * self.per_pagina
        )

    @property
    def next_page_number(self) -> int:
        """Of the page after this one."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """Of the page before this one."""
        return self.number - 1

    @property
    def start_index(self) -> int:
        """Place in the list of the first row, from 1."""
        return (self.number - 1) * self.per_pagina + 1

    @property
    def end_index(self) -> int:
        """Place in the list of the last row."""
        return (self.number - 1) * self.per_pagina + len(self.pks)
