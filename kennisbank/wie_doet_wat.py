"""Who does what: from a topic, a name or a number to a department, a person and who stands in."""

from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from kennisbank.models import ArtikelSoort, Kennisartikel, Product
from kennisbank.querysets import KennisartikelQuerySet
from kennisbank.search import suggest_products
from kennisbank.woordbegin import typed_number, typed_words
from organisatie.models import Medewerker

T = TypeVar("T", bound=Model)

ONDERWERPEN, PRODUCTEN, MENSEN = 12, 3, 24  # of each at most
ALLE = 300  # topics of the list without a question

# Which topics and people have, for every word, something that begins like it: in the text, in a
# name or function, or in the name of a department or team; or a number with these digits in it.
# And which topics are about these products. As one statement, since it is asked at every key.
_OPZOEKEN = """
WITH van_afdeling AS (
  SELECT l.medewerker_id, string_agg(a.naam, ' ') AS namen
  FROM organisatie_medewerker_afdelingen l JOIN organisatie_afdeling a ON a.id = l.afdeling_id
  GROUP BY 1
), van_groep AS (
  SELECT l.medewerker_id, string_agg(g.naam, ' ') AS namen
  FROM organisatie_medewerker_groepen l JOIN organisatie_groep g ON g.id = l.groep_id GROUP BY 1
), mens AS MATERIALIZED (
  SELECT m.id, m.achternaam, m.voornaam,
    regexp_replace(m.telefoonnummer, '\\D', '', 'g') AS cijfers,
    kcc_normaliseer(concat_ws(' ', m.voornaam, m.voorvoegsel_achternaam, m.achternaam, m.functie,
      a.namen, g.namen)) AS tekst
  FROM organisatie_medewerker m
  LEFT JOIN van_afdeling a ON a.medewerker_id = m.id
  LEFT JOIN van_groep g ON g.medewerker_id = m.id
  WHERE m.is_active
), onderwerp AS MATERIALIZED (
  SELECT k.id, v.titel, k.zoekvector,
    concat_ws(' ', kcc_normaliseer(a.naam), p.tekst, r.tekst) AS tekst,
    concat_ws(' ', regexp_replace(v.telefoonnummer, '\\D', '', 'g'), p.cijfers, r.cijfers)
      AS cijfers
  FROM kennisbank_kennisartikel k
  JOIN kennisbank_artikelversie v ON v.id = k.huidige_versie_id
  JOIN organisatie_afdeling a ON a.id = k.afdeling_id
  LEFT JOIN mens p ON p.id = v.contactpersoon_id
  LEFT JOIN mens r ON r.id = v.vervanger_id
  WHERE k.soort = %(soort)s AND k.is_actief
)
(SELECT 'onderwerp', o.id, 0 FROM onderwerp o
 WHERE NOT EXISTS (
   SELECT FROM unnest(%(woorden)s::text[]) AS w (woord)
   WHERE NOT (o.tekst ~ ('\\m' || woord)
     OR o.zoekvector @@ to_tsquery('public.kcc', woord || ':*'))
 ) OR (%(nummer)s <> '' AND strpos(o.cijfers, %(nummer)s) > 0)
 ORDER BY o.titel, o.id LIMIT %(onderwerpen)s)
UNION ALL
(SELECT 'mens', m.id, 0 FROM mens m
 WHERE NOT EXISTS (
   SELECT FROM unnest(%(woorden)s::text[]) AS w (woord) WHERE m.tekst !~ ('\\m' || woord)
 ) OR (%(nummer)s <> '' AND strpos(m.cijfers, %(nummer)s) > 0)
 ORDER BY m.achternaam, m.voornaam, m.id LIMIT %(mensen)s)
UNION ALL
SELECT 'via', k.id, k.product_id FROM kennisbank_kennisartikel k
WHERE k.product_id = ANY(%(producten)s) AND k.soort = %(soort)s AND k.is_actief
UNION ALL
SELECT 'via', k.id, l.product_id FROM kennisbank_kennisartikel_andere_producten l
JOIN kennisbank_kennisartikel k ON k.id = l.kennisartikel_id
WHERE l.product_id = ANY(%(producten)s) AND k.soort = %(soort)s AND k.is_actief
"""


@dataclass(frozen=True)
class Gevonden:
    """What there is, the surest first."""

    onderwerpen: list[Kennisartikel] = field(default_factory=list)
    producten: list[Product] = field(default_factory=list)  # that no topic is about
    mensen: list[Medewerker] = field(default_factory=list)
    is_meer: bool = False
    is_product_eerst: bool = False  # search is surer of the product than of the topics

    @property
    def aantal(self) -> int:
        """Of all together."""
        return len(self.onderwerpen) + len(self.producten) + len(self.mensen)

    @property
    def te_bellen(self) -> list[Medewerker]:
        """Everybody with a name on the page: of the topics and of the people."""
        versies = [stuk.huidige_versie for stuk in self.onderwerpen if stuk.huidige_versie]
        genoemd = [wie for v in versies for wie in (v.contactpersoon, v.vervanger) if wie]
        return [*genoemd, *self.mensen]


def all_topics(medewerker: Medewerker) -> KennisartikelQuerySet:
    """Every topic by name, with its department; the people are on its own page."""
    onderwerpen = Kennisartikel.objects.visible_to(medewerker).filter(
        soort=ArtikelSoort.WIE_DOET_WAT
    )
    return (
        onderwerpen.select_related("huidige_versie", "afdeling")
        .only("uuid", "huidige_versie__titel", "afdeling__naam")
        .order_by("huidige_versie__titel", "pk")[:ALLE]
    )


def find(vraag: str, *, medewerker: Medewerker) -> Gevonden:
    """All that answers the question: topics and people that say its words, and topics about the
    products that search finds for it, also by their trefwoorden. Of a product without a topic at
    least the department is known.
    """
    woorden, nummer = typed_words(vraag), typed_number(vraag)
    if not woorden:
        return Gevonden()
    producten = [] if nummer else suggest_products(" ".join(woorden), limit=PRODUCTEN)
    onderwerpen, mensen, via = _look_up(woorden, nummer, producten)
    zegt_het = bool(onderwerpen)
    if zegt_het:
        producten = producten[:1]  # beside those only what search is surest of
    for product in producten:
        onderwerpen += [pk for pk, van in via if van == product.pk and pk not in onderwerpen]
    bekend = {van for _, van in via}
    onbekend = [p for p in producten if p.afdeling_id and p.pk not in bekend]
    return Gevonden(
        _in_order(_topics(medewerker), onderwerpen[:ONDERWERPEN]),
        onbekend,
        _in_order(_people(), mensen[:MENSEN]),
        is_meer=len(onderwerpen) > ONDERWERPEN or len(mensen) > MENSEN,
        is_product_eerst=bool(onbekend) and not zegt_het and onbekend[0] == producten[0],
    )


def _look_up(
    woorden: list[str], nummer: str, producten: list[Product]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Topics and people that say it, and topic with product of those that are about one."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OPZOEKEN,
            {
                "soort": str(ArtikelSoort.WIE_DOET_WAT),
                "woorden": woorden,
                "nummer": nummer,
                "producten": [product.pk for product in producten],
                "onderwerpen": ONDERWERPEN + 1,
                "mensen": MENSEN + 1,
            },
        )
        rijen = cursor.fetchall()
    return (
        [pk for wat, pk, _ in rijen if wat == "onderwerp"],
        [pk for wat, pk, _ in rijen if wat == "mens"],
        [(pk, product) for wat, pk, product in rijen if wat == "via"],
    )


def _topics(medewerker: Medewerker) -> QuerySet[Kennisartikel]:
    """With all that a card shows."""
    return (
        Kennisartikel.objects.visible_to(medewerker)
        .select_related("huidige_versie__contactpersoon", "huidige_versie__vervanger", "afdeling")
        .defer("zoekvector")
        .prefetch_related(
            "huidige_versie__contactpersoon__groepen", "huidige_versie__vervanger__groepen"
        )
    )


def _people() -> QuerySet[Medewerker]:
    gevonden: QuerySet[Medewerker] = Medewerker.objects.active()
    return gevonden.prefetch_related("afdelingen", "groepen")


def _in_order(records: QuerySet[T], pks: list[int]) -> list[T]:
    gevonden = records.in_bulk(pks)
    return [gevonden[pk] for pk in pks if pk in gevonden]
