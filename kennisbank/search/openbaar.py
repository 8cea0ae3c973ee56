"""Searching for everybody: the same way of ranking, over what is public only.

A memory of its own holds public articles and the products in use, by their short entries. So a word
that only colleagues can read matches nothing, corrects no typing error, and weighs nowhere in the
order or the number of results. The full text is left out: it has the part for the KCC in it. So are
use and review date, by which the desk breaks ties: those are ours.
"""

import re
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString, mark_safe

from kennisbank.models import OPENBARE_SOORTEN, Kennisartikel, Product
from kennisbank.search.begrip import Begrip, understand
from kennisbank.search.geheugen import Geheugen, Sleutel
from kennisbank.search.score import BREED, Kandidaat, enough, score
from kennisbank.search.vraag import Vraag, clean
from kennisbank.search.woorden import normalise, stem

_STUKKEN = """
SELECT 'artikel', a.id, coalesce(a.product_id, -a.id), a.soort = 'product',
  s.zinnen::text, s.woorden::text, '[]'
FROM kennisbank_zoekstuk s JOIN kennisbank_kennisartikel a ON a.id = s.artikel_id
WHERE a.is_actief AND a.huidige_versie_id IS NOT NULL AND NOT a.alleen_intern
  AND a.soort = ANY(%(soorten)s) AND (%(alles)s OR a.id = ANY(%(artikel)s))
UNION ALL
SELECT 'product', p.id, p.id, false, s.zinnen::text, s.woorden::text, '[]'
FROM kennisbank_zoekstuk s JOIN kennisbank_product p ON p.id = s.product_id
WHERE p.is_actief AND NOT p.is_placeholder AND (%(alles)s OR p.id = ANY(%(product)s))
ORDER BY 1, 2
"""


class OpenbaarGeheugen(Geheugen):
    """What the outside may search in, kept up by the same log of changes."""

    def _read(self, sleutels: Collection[Sleutel] | None) -> list[tuple[Any, ...]]:
        keuze = {
            soort: [pk for wat, pk in sleutels or () if wat == soort]
            for soort in ("artikel", "product")
        }
        soorten = [str(soort) for soort in OPENBARE_SOORTEN]
        with connection.cursor() as cursor:
            cursor.execute(_STUKKEN, {"alles": sleutels is None, "soorten": soorten, **keuze})
            return list(cursor.fetchall())


@dataclass(frozen=True)
class OpenbareTreffer:
    """One result: an article, or a product that has public articles; ``_html`` is safe to show."""

    artikel: Kennisartikel | None
    product: Product | None
    titel_html: SafeString
    fragment_html: SafeString


@dataclass(frozen=True)
class OpenbaarResultaat:
    """What was found. ``gelezen_als`` is set when typing errors were corrected."""

    vraag: str
    treffers: list[OpenbareTreffer] = field(default_factory=list)
    aantal: int = 0
    gelezen_als: str = ""


_geheugen = OpenbaarGeheugen()
_slot = threading.Lock()


def search_public(vraag: str, *, limit: int = 20, begin: int = 0) -> OpenbaarResultaat:
    """The best ``limit`` public results after the first ``begin``, and how many there are.

    An empty question gives nothing. Never raises on what somebody types.
    """
    # Quotes and -minus are for PostgreSQL's text search, which reads the whole text.
    schoon = clean(re.sub(r'"|(?:(?<=\s)|^)-', " ", vraag))
    if not schoon.tekst:
        return OpenbaarResultaat("")
    begrip, kandidaten = _rank(schoon)
    gevonden = _public(kandidaten)
    treffers = _fetch(gevonden[begin : begin + limit], begrip)
    return OpenbaarResultaat(
        vraag=schoon.tekst,
        treffers=treffers,
        aantal=len(gevonden),
        gelezen_als=begrip.tekst if begrip.tekst != schoon.tekst else "",
    )


def warm_up() -> None:
    """Read what the outside may search in, before the first question needs it."""
    with _slot:
        _geheugen.sync()


def _rank(vraag: Vraag) -> tuple[Begrip, list[Kandidaat]]:
    with _slot:
        _geheugen.sync()
        begrip = understand(vraag, _geheugen)
        kandidaten = score(begrip, _geheugen, breed=BREED)
    if not vraag.is_zin:
        kandidaten = enough(kandidaten)
    return begrip, kandidaten


def _public(kandidaten: list[Kandidaat]) -> list[Kandidaat]:
    """Those that are public now: asked of the database, whatever memory says. Two queries.

    A product adds nothing to its own articles; it stands for those of another product about it.
    """
    pks = {
        wat: [kandidaat.pk for kandidaat in kandidaten if kandidaat.wat == wat]
        for wat in ("artikel", "product")
    }
    openbaar = {
        "artikel": set(
            Kennisartikel.objects.public()
            .filter(pk__in=pks["artikel"])
            .values_list("pk", flat=True)
        ),
        "product": set(
            Product.objects.public().filter(pk__in=pks["product"]).values_list("pk", flat=True)
        ),
    }
    gevonden = [k for k in kandidaten if k.pk in openbaar[k.wat]]
    beantwoord = {k.groep for k in gevonden if k.wat == "artikel"}
    return [k for k in gevonden if k.wat == "artikel" or k.groep not in beantwoord]


def _fetch(kandidaten: list[Kandidaat], begrip: Begrip) -> list[OpenbareTreffer]:
    stammen = {stam for groep in begrip.groepen for stam in groep.stammen}
    artikelen = (
        Kennisartikel.objects.public()
        .citizens_part()
        .select_related("product")
        .in_bulk([k.pk for k in kandidaten if k.wat == "artikel"])
    )
    producten = Product.objects.public().in_bulk([k.pk for k in kandidaten if k.wat == "product"])
    treffers = []
    for kandidaat in kandidaten:
        if kandidaat.wat == "product" and (product := producten.get(kandidaat.pk)):
            naam = mark(product.naam, stammen)
            treffers.append(OpenbareTreffer(None, product, naam, mark("", stammen)))
        elif (artikel := artikelen.get(kandidaat.pk)) and (versie := artikel.huidige_versie):
            titel, kort = mark(versie.titel, stammen), mark(versie.kort_antwoord, stammen)
            treffers.append(OpenbareTreffer(artikel, None, titel, kort))
    return treffers


def mark(tekst: str, stammen: Collection[str]) -> SafeString:
    """A text for on screen, with the words that have one of these stems between <mark>."""
    delen = re.split(r"(\w+)", " ".join(tekst.split()))
    for plek, deel in enumerate(delen):
        veilig = escape(deel)
        raak = plek % 2 and stem(normalise(deel)) in stammen
        delen[plek] = f'<mark class="nl-mark">{veilig}</mark>' if raak else veilig
    return mark_safe("".join(delen))  # noqa: S308 - each part is escaped just above
