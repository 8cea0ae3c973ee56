"""Words and numbers as they are typed, for short lists: whatever has a word that begins so."""

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kennisbank.models import ZOEKTAAL
from kennisbank.search.vraag import clean
from kennisbank.search.woorden import telling_words

MAX_WOORDEN = 8
KORTSTE_NUMMER = 3  # digits
# Words around the topic, when somebody asks for a person.
OM_HEEN = frozenset(
    {"afdeling", "team", "nummer", "telefoonnummer", "telefoon", "contactpersoon", "bellen", "gaat"}
)


def typed_words(vraag: str) -> list[str]:
    """The words that tell something: small letters and digits only, without accents."""
    woorden = telling_words(clean(vraag).tekst)
    return [woord for woord in woorden if woord not in OM_HEEN][:MAX_WOORDEN]


def typed_number(vraag: str) -> str:
    """The digits of a telephone number, without the country; "" when no number was typed."""
    if not re.fullmatch(r"[\d\s()+./-]+", vraag, re.ASCII):
        return ""
    cijfers = re.sub(r"^(0031|31|0)", "", re.sub(r"\D", "", vraag))
    return cijfers if len(cijfers) >= KORTSTE_NUMMER else ""


def in_text(woord: str) -> Q:
    """Articles with a word that begins like this."""
    return Q(zoekvector=SearchQuery(f"{woord}:*", config=ZOEKTAAL, search_type="raw"))
