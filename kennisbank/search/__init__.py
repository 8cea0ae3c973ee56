"""Searching over articles and products, with PostgreSQL's own text search.

Words are compared by their Dutch stem and without accents; the last word counts from its first
letters, since somebody may still be typing it. When no text has all words, words that occur nowhere
are replaced by the nearest word that does (pg_trgm), and texts with some of the words are good too.
"""

import operator
from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQueryCombinable,
    SearchRank,
)
from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from kennisbank.models import ZOEKTAAL, ArtikelSoort, Kennisartikel, Product
from kennisbank.querysets import KennisartikelQuerySet, ProductQuerySet
from kennisbank.search.treffer import (
    ARTIKEL,
    BEGIN,
    EIND,
    PRODUCT,
    SOORTEN,
    Facet,
    Treffer,
    Zoekresultaat,
    make_treffer,
)
from kennisbank.search.vraag import MAX_TEKENS, Vraag, any_of, clean, weigh
from organisatie.models import Medewerker

__all__ = [
    "MAX_TEKENS",
    "SOORTEN",
    "Facet",
    "Treffer",
    "Zoekresultaat",
    "search",
    "search_page",
    "suggest_products",
]

# What a word weighs in text, product name, trefwoorden, titel (PostgreSQL's D, C, B, A).
GEWICHTEN = [0.1, 0.4, 0.7, 1.0]


@dataclass(frozen=True)
class _Keuze:
    """Which records answer, before anybody filters them: what to match, and what to rank by."""

    vraag: Vraag
    filter: SearchQueryCombinable | None
    rijen: list[tuple[str, str, str]]  # soort, identificatie and name of the afdeling
    is_ruim: bool = False


def search(
    vraag: str,
    *,
    medewerker: Medewerker,
    soort: str = "",
    afdeling: str | None = None,
    limit: int = 10,
) -> list[Treffer]:
    """The best ``limit`` results, articles before products that are equally good.

    ``soort`` is a key of SOORTEN, or "artikel" for articles of every kind; ``afdeling`` is an
    identificatie. An empty question gives nothing. Never raises on what somebody types.
    """
    schoon = clean(vraag)
    if not schoon.tekst:
        return []
    keuze = _choose(schoon, medewerker)
    return _fetch(keuze, medewerker, soort=soort, afdeling=afdeling or "", limit=limit)


def search_page(
    vraag: str, *, medewerker: Medewerker, soort: str = "", afdeling: str = "", limit: int = 20
) -> Zoekresultaat:
    """As ``search``, with counts per soort and afdeling, and what was done to the question.

    Without a question but with a soort or afdeling: all that is in it, by name. With neither: the
    counts only.
    """
    schoon = clean(vraag)
    leeg = not (schoon.tekst or soort or afdeling)
    keuze = _choose(schoon, medewerker)
    in_soort = [rij for rij in keuze.rijen if _is_soort(rij[0], soort)]
    in_afdeling = [rij for rij in keuze.rijen if not afdeling or rij[1] == afdeling]
    per_soort = Counter(rij[0] for rij in in_afdeling)
    per_afdeling = Counter(rij[1:] for rij in in_soort if rij[1])
    return Zoekresultaat(
        vraag=schoon.tekst,
        treffers=[]
        if leeg
        else _fetch(keuze, medewerker, soort=soort, afdeling=afdeling, limit=limit),
        aantal=sum(1 for rij in in_afdeling if _is_soort(rij[0], soort)),
        soorten=[
            Facet(waarde, naam, per_soort[waarde])
            for waarde, naam in SOORTEN.items()
            if per_soort[waarde] or waarde == soort
        ],
        afdelingen=[
            Facet(waarde, naam, aantal)
            for (waarde, naam), aantal in sorted(per_afdeling.items(), key=lambda deel: deel[0][1])
        ],
        gelezen_als=keuze.vraag.tekst if keuze.vraag.tekst != schoon.tekst else "",
        is_afgekapt=schoon.is_afgekapt,
        is_ruim=keuze.is_ruim,
    )


def suggest_products(vraag: str, limit: int = 10) -> list[Product]:
    """Products to choose from while somebody types a name, a keyword or something like it."""
    schoon = clean(vraag)
    if not schoon.tekst:
        return []
    lijkt = _similar_to(F("naam"), schoon, "WORD_SIMILARITY")
    in_artikel = Kennisartikel.objects.filter(
        product=OuterRef("pk"), is_actief=True, zoekvector=schoon.alle
    )
    return list(
        Product.objects.usable()
        .select_related("afdeling")
        .annotate(
            lijkt=lijkt,
            # Its own words first, then the words of its articles, then what only looks like it.
            score=Case(
                When(zoekvector=schoon.alle, then=_rank(schoon) + 1.0),
                When(Exists(in_artikel), then=Value(0.8)),
                default=Value(0.0),
                output_field=FloatField(),
            )
            + F("lijkt"),
        )
        .filter(Q(score__gt=0.8) | Q(lijkt__gt=0.4))
        .order_by("-score", "naam")[:limit]
    )


def _is_soort(soort: str, gevraagd: str) -> bool:
    return not gevraagd or soort == gevraagd or (gevraagd == ARTIKEL and soort != PRODUCT)


def _choose(vraag: Vraag, medewerker: Medewerker) -> _Keuze:
    """All words, when some text has them; else, or for a whole sentence, the words that tell most,
    with typing errors corrected.
    """
    if not vraag.tekst:
        return _Keuze(vraag, None, _match(None, medewerker))
    if not vraag.is_zin and (rijen := _match(vraag.alle, medewerker)):
        return _Keuze(vraag, vraag.alle, rijen)
    gewogen = weigh(vraag)
    if not vraag.is_zin and gewogen.tekst != vraag.tekst:
        beter = replace(gewogen, gewichten={})
        if rijen := _match(beter.alle, medewerker):
            return _Keuze(beter, beter.alle, rijen)
    rijen = _match(gewogen.enkele, medewerker)
    return _Keuze(gewogen, gewogen.enkele, rijen, is_ruim=not vraag.is_zin)


def _records(medewerker: Medewerker) -> tuple[KennisartikelQuerySet, ProductQuerySet]:
    return Kennisartikel.objects.visible_to(medewerker), Product.objects.visible_to(medewerker)


def _match(
    filter_: SearchQueryCombinable | None, medewerker: Medewerker
) -> list[tuple[str, str, str]]:
    """Soort and afdeling of everything that matches: enough to count by."""
    artikelen, producten = _records(medewerker)
    if filter_ is not None:
        artikelen, producten = (
            artikelen.filter(zoekvector=filter_),
            producten.filter(zoekvector=filter_),
        )
    rijen = (
        artikelen.order_by()
        .annotate(k_soort=F("soort"), **_afdeling_van())
        .values_list("k_soort", "k_van", "k_naam")
        .union(
            producten.order_by()
            .annotate(k_soort=Value(PRODUCT), **_afdeling_van())
            .values_list("k_soort", "k_van", "k_naam"),
            all=True,
        )
    )
    return list(rijen)


def _afdeling_van() -> dict[str, Combinable]:
    return {
        "k_van": Coalesce("afdeling__identificatie", Value("")),
        "k_naam": Coalesce("afdeling__naam", Value("")),
    }


def _fetch(
    keuze: _Keuze, medewerker: Medewerker, *, soort: str, afdeling: str, limit: int
) -> list[Treffer]:
    """The best records of the choice, in one query; headlines are made for these only."""
    if not keuze.rijen:
        return []
    artikelen, producten = _records(medewerker)
    if keuze.filter is not None:
        artikelen = artikelen.filter(zoekvector=keuze.filter)
        producten = producten.filter(zoekvector=keuze.filter)
    if afdeling:
        artikelen = artikelen.filter(afdeling__identificatie=afdeling)
        producten = producten.filter(afdeling__identificatie=afdeling)
    if soort not in {"", ARTIKEL, PRODUCT}:
        artikelen = artikelen.filter(soort=soort)
    takken = []
    if soort != PRODUCT:
        takken.append(_artikel_columns(artikelen, keuze.vraag)[:limit])
    if soort in {"", PRODUCT}:
        takken.append(_product_columns(producten, keuze.vraag)[:limit])
    rijen = takken[0]
    if len(takken) > 1:
        rijen = takken[0].union(takken[1], all=True).order_by("-k_score", "k_titel")[:limit]
    return [make_treffer(rij, localdate()) for rij in rijen]


def _artikel_columns(
    artikelen: KennisartikelQuerySet, vraag: Vraag
) -> QuerySet[Any, dict[str, Any]]:
    return _columns(
        artikelen,
        vraag,
        kenmerk=F("soort"),
        titel="huidige_versie__titel",
        kort=F("huidige_versie__kort_antwoord"),
        lang="huidige_versie__uitleg_html",
        product=F("product_id"),
        product_naam=Coalesce("product__naam", Value("")),
        versie=F("huidige_versie_id"),
        nummer=F("huidige_versie__nummer"),
        herzien=F("herzien_op"),
        sinds=F("huidige_versie__gepubliceerd_op"),
        # A description of the product answers its bare name better than a special case does.
        extra=Case(When(soort=ArtikelSoort.PRODUCT, then=Value(0.05)), default=Value(0.0)),
        factor=1.0,
    )


def _product_columns(producten: ProductQuerySet, vraag: Vraag) -> QuerySet[Any, dict[str, Any]]:
    return _columns(
        producten,
        vraag,
        kenmerk=Value(PRODUCT),
        titel="naam",
        kort=Value("", output_field=TextField()),
        lang="trefwoorden",
        product=F("pk"),
        product_naam=F("naam"),
        versie=Value(None, output_field=BigIntegerField()),
        nummer=Value(None, output_field=IntegerField()),
        herzien=Value(None, output_field=DateField()),
        sinds=Value(None, output_field=DateTimeField()),
        extra=Value(0.0),
        factor=0.5,
    )


def _columns(
    records: QuerySet[Any],
    vraag: Vraag,
    *,
    titel: str,
    lang: str,
    extra: Combinable,
    factor: float,
    **velden: Combinable,
) -> QuerySet[Any, dict[str, Any]]:
    """The same columns of an article or a product, best first."""
    score: Combinable = Value(0.0)
    if vraag.tekst:
        score = _rank(vraag) + _similar_to(F(titel), vraag, "SIMILARITY") * 0.3 + extra
    kolommen = {f"k_{naam}": waarde for naam, waarde in velden.items()}
    rijen: QuerySet[Any, dict[str, Any]] = (
        records.order_by()
        .annotate(
            k_score=ExpressionWrapper(score * factor, output_field=FloatField()),
            k_titel=F(titel),
            k_afdeling=Coalesce("afdeling__naam", Value("")),
            k_titel_kop=_headline(F(titel), vraag, highlight_all=True),
            k_kort_kop=_headline(velden["kort"], vraag, highlight_all=True),
            k_lang_kop=_headline(F(lang), vraag, max_words=30, min_words=15),
            **kolommen,
        )
        .order_by("-k_score", "k_titel")
        .values(
            "uuid", "k_score", "k_titel", "k_afdeling", "k_titel_kop", "k_kort_kop", "k_lang_kop",
            *kolommen,
        )
    )  # fmt: skip
    return rijen


def _rank(vraag: Vraag) -> Combinable:
    """From 0 to 1: how well the text answers, by where its words stand."""
    if not vraag.gewichten:
        return SearchRank(F("zoekvector"), vraag.enkele, weights=GEWICHTEN)
    totaal = sum(vraag.gewichten.values())
    delen = [
        SearchRank(F("zoekvector"), any_of([woord]), weights=GEWICHTEN) * (gewicht / totaal)
        for woord, gewicht in vraag.gewichten.items()
    ]
    return reduce(operator.add, delen)


def _similar_to(kolom: Combinable, vraag: Vraag, functie: str) -> Func:
    normaal = (
        Func(deel, function="kcc_normaliseer", output_field=TextField())
        for deel in (Value(vraag.tekst), kolom)
    )
    return Func(*normaal, function=functie, output_field=FloatField())


def _headline(tekst: Combinable, vraag: Vraag, **opties: Any) -> Combinable:
    """The text with its found words between marks; HTML's tags are not text."""
    kaal = Func(
        tekst, Value("<[^>]*>"), Value(" "), Value("g"),
        function="regexp_replace", output_field=TextField(),
    )  # fmt: skip
    if not vraag.tekst:
        return kaal
    return SearchHeadline(
        kaal, vraag.enkele, config=ZOEKTAAL, start_sel=BEGIN, stop_sel=EIND, **opties
    )
