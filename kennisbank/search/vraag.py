"""A question: cleaned, as PostgreSQL's tsquery, and with its typing errors corrected."""

import math
import re
from dataclasses import dataclass, field, replace

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db import connection

from kennisbank.models import ZOEKTAAL

MAX_TEKENS = 200
MAX_WOORDEN = 12  # of a whole question, those that tell most
ZIN_VANAF = 5  # words
LIJKT_OP = 0.35  # trigram similarity from which a word is taken for a typing error of another


@dataclass(frozen=True)
class Vraag:
    """A question that is fit for the database."""

    tekst: str
    is_afgekapt: bool = False
    # What each word tells, when they do not tell the same; see weigh().
    gewichten: dict[str, float] = field(default_factory=dict)

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
        if self.gewichten:
            return any_of(list(self.gewichten))
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


# How many records have each word of the question (words without meaning, such as "de", left out);
# and for one that none has, the nearest word of names, titles and trefwoorden: by trigrams, where
# a word that is used often wins from one that stands somewhere once.
_WEEG = """
WITH gevraagd AS (
  SELECT woord, plainto_tsquery('public.kcc', woord) AS zoek
  FROM unnest(%(woorden)s::text[]) invoer (woord)
  WHERE to_tsvector('public.kcc', woord) <> ''
), geteld AS (
  SELECT woord, (
    SELECT count(*) FROM kennisbank_kennisartikel WHERE is_actief AND zoekvector @@ zoek
  ) + (
    SELECT count(*) FROM kennisbank_product WHERE is_actief AND zoekvector @@ zoek
  ) AS aantal
  FROM gevraagd
), bekend AS (
  SELECT woord, count(*) AS aantal FROM (
    SELECT regexp_split_to_table(kcc_normaliseer(naam || ' ' || trefwoorden), '[^[:alnum:]]+')
    FROM kennisbank_product WHERE is_actief AND NOT is_placeholder
    UNION ALL
    SELECT regexp_split_to_table(kcc_normaliseer(v.titel || ' ' || a.trefwoorden), '[^[:alnum:]]+')
    FROM kennisbank_kennisartikel a JOIN kennisbank_artikelversie v ON v.id = a.huidige_versie_id
    WHERE a.is_actief
  ) alles (woord)
  WHERE length(woord) > 3 AND EXISTS (SELECT FROM geteld WHERE aantal = 0 AND length(woord) > 3)
  GROUP BY woord
)
SELECT geteld.woord, geteld.aantal, CASE WHEN geteld.aantal = 0 AND length(geteld.woord) > 3 THEN (
  SELECT bekend.woord FROM (
    SELECT woord, aantal, similarity(woord, kcc_normaliseer(geteld.woord)) AS gelijk FROM bekend
  ) bekend
  WHERE gelijk >= %(drempel)s
  ORDER BY gelijk * (1 + 0.2 * ln(bekend.aantal)) DESC, bekend.woord LIMIT 1
) END
FROM geteld
"""


def weigh(vraag: Vraag) -> Vraag:
    """The question with typing errors corrected, and a weight for each word: the fewer records
    have a word, the more it tells (inverse document frequency). One query.
    """
    if vraag.is_letterlijk or not vraag.woorden:
        return vraag
    with connection.cursor() as cursor:
        cursor.execute(_WEEG, {"woorden": vraag.woorden, "drempel": LIJKT_OP})
        rijen = cursor.fetchall()
    beter = {woord: naaste for woord, _, naaste in rijen if naaste}
    gewichten = {
        beter.get(woord, woord): 1 / (1 + math.log(max(aantal, 1)))
        for woord, aantal, naaste in rijen
        if aantal or naaste
    }
    zwaarste = sorted(gewichten, key=lambda woord: -gewichten[woord])[:MAX_WOORDEN]
    return replace(
        vraag,
        tekst=re.sub(r"\w+", lambda woord: beter.get(woord[0], woord[0]), vraag.tekst),
        gewichten={woord: gewichten[woord] for woord in zwaarste},
    )
