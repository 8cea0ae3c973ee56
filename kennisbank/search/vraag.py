"""A question: cleaned, and as PostgreSQL's tsquery."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable

from kennisbank.models import ZOEKTAAL

MAX_TEKENS = 200
ZIN_VANAF = 5  # words


@dataclass(frozen=True)
class Vraag:
    """A question that is fit for the database."""

    tekst: str
    is_afgekapt: bool = False

    @property
    def is_zin(self) -> bool:
        """A whole question, as a citizen says it: no answer has all of its words."""
        return len(self.tekst.split()) >= ZIN_VANAF and not self.is_letterlijk

    @property
    def woorden(self) -> list[str]:
        """Its words, once each."""
        return list(dict.fromkeys(re.findall(r"\w+", self.tekst)))

    @property
    def is_letterlijk(self) -> bool:
        """Somebody knows what he is doing: "precies dit" or -zonder. Then nothing is loosened."""
        return '"' in self.tekst or re.search(r"(^|\s)-\w", self.tekst) is not None

    @property
    def alle(self) -> SearchQueryCombinable:
        """All words, in the notation of web search engines; the last one may be unfinished."""
        vraag = SearchQuery(self.tekst, config=ZOEKTAAL, search_type="websearch")
        laatste = re.search(r"\w{2,}\W*$", self.tekst)
        if self.is_letterlijk or laatste is None:
            return vraag
        rest = SearchQuery(self.tekst[: laatste.start()], config=ZOEKTAAL, search_type="websearch")
        return vraag | (rest & any_of([], begin=laatste[0]))

    @property
    def enkele(self) -> SearchQueryCombinable:
        """One or more of the words."""
        woorden = [woord for woord in self.woorden if len(woord) > 1]
        if self.is_letterlijk or not woorden:
            return self.alle
        return any_of(woorden, begin=woorden[-1])


def any_of(woorden: list[str], *, begin: str = "") -> SearchQuery:
    """One of these words, or a word that begins with ``begin``. Nothing but letters and digits
    gets through: this notation has operators.
    """
    termen = [f"'{kaal}'" for woord in woorden if (kaal := re.sub(r"\W", "", woord))]
    if kaal := re.sub(r"\W", "", begin):
        termen.append(f"'{kaal}':*")
    return SearchQuery(" | ".join(termen), config=ZOEKTAAL, search_type="raw")


def clean(vraag: str) -> Vraag:
    """The question without what a database cannot hold, and cut at MAX_TEKENS."""
    tekst = vraag.encode("utf-8", "ignore").decode()
    tekst = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", tekst).split())
    return Vraag(tekst[:MAX_TEKENS].strip(), is_afgekapt=len(tekst) > MAX_TEKENS)
