"""Searching over articles and products, in PostgreSQL.

``begrip`` reads the question, ``score`` ranks what the index of short entries (``index``) has for
it, and here the best are fetched with their found words marked. Only a question with "quotes" or
-minus goes to PostgreSQL's own text search.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQueryCombinable,
    SearchRank,
    SearchVector,
)
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localdate

from kennisbank.models import ZOEKTAAL, ArtikelSoort, Kennisartikel, Product
from kennisbank.querysets import KennisartikelQuerySet, ProductQuerySet
from kennisbank.search.begrip import understand
from kennisbank.search.score import Kandidaat, score
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
from kennisbank.search.vraag import MAX_TEKENS, Vraag, clean
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
# A record that covers less of the question than this part of what the best one covers is left out,
# unless the question is a whole sentence.
MINSTENS = 0.6
ALLES = 0.75  # from here on the best answer is one to the whole question


@dataclass(frozen=True)
class _Keuze:
    """Which records answer, before anybody filters them: what to match, and what to rank by."""

    vraag: Vraag
    filter: SearchQueryCombinable | None
    rijen: list[tuple[str, str, str]]  # soort, identificatie and name of the afdeling
    is_ruim: bool = False
    kandidaten: list[Kandidaat] | None = None  # from the index, in their order


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
    """Products to choose from while somebody types a name, a keyword or something like it; what
    their articles say counts as well.
    """
    schoon = clean(vraag)
    if not schoon.tekst:
        return []
    groepen = list(dict.fromkeys(k.groep for k in score(understand(schoon)) if k.groep > 0))
    producten = Product.objects.usable().select_related("afdeling").in_bulk(groepen[: limit * 2])
    return [producten[pk] for pk in groepen if pk in producten][:limit]


def _is_soort(soort: str, gevraagd: str) -> bool:
    return not gevraagd or soort == gevraagd or (gevraagd == ARTIKEL and soort != PRODUCT)


def _choose(vraag: Vraag, medewerker: Medewerker) -> _Keuze:
    """What answers; a question with "quotes" or -minus is taken literally."""
    artikelen, _ = _records(medewerker)
    if artikelen.query.is_empty():
        return _Keuze(vraag, None, [])
    if not vraag.tekst or vraag.is_letterlijk:
        filter_ = vraag.alle if vraag.tekst else None
        return _Keuze(vraag, filter_, _match(filter_, medewerker))
    begrip = understand(vraag)
    kandidaten = score(begrip)
    meest = max((kandidaat.dekt for kandidaat in kandidaten), default=0.0)
    if not vraag.is_zin:
        kandidaten = [k for k in kandidaten if k.dekt >= meest * MINSTENS]
    return _Keuze(
        replace(vraag, tekst=begrip.tekst),
        None,
        [(k.soort, k.afdeling, k.afdeling_naam) for k in kandidaten],
        is_ruim=bool(kandidaten) and not vraag.is_zin and meest < ALLES,
        kandidaten=kandidaten,
    )


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
    beste = None
    if keuze.kandidaten is not None:
        beste = [
            k
            for k in keuze.kandidaten
            if _is_soort(k.soort, soort) and (not afdeling or k.afdeling == afdeling)
        ][:limit]
        artikelen = artikelen.filter(pk__in=[k.pk for k in beste if k.wat == ARTIKEL])
        producten = producten.filter(pk__in=[k.pk for k in beste if k.wat != ARTIKEL])
    elif keuze.filter is not None:
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
    rijen: Iterable[dict[str, Any]] = takken[0]
    if len(takken) > 1:
        rijen = takken[0].union(takken[1], all=True).order_by("-k_score", "k_titel")[:limit]
    if beste is not None:
        scores = {(k.wat, k.pk): (plek, k) for plek, k in enumerate(beste)}
        gevonden = [(scores[_key(rij)], rij) for rij in rijen]
        rijen = [
            rij | {"k_score": k.score, "k_zin": k.zin}
            for (_, k), rij in sorted(gevonden, key=_place)
        ]
    return [make_treffer(rij, localdate()) for rij in rijen]


def _key(rij: dict[str, Any]) -> tuple[str, int]:
    return ("product" if rij["k_kenmerk"] == PRODUCT else ARTIKEL), rij["k_id"]


def _place(gevonden: tuple[tuple[int, Kandidaat], dict[str, Any]]) -> int:
    return gevonden[0][0]


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
    rang: Combinable = Value(0.0)
    if vraag.is_letterlijk:
        rang = SearchRank(F("zoekvector"), vraag.alle, weights=GEWICHTEN) + extra
    kolommen = {f"k_{naam}": waarde for naam, waarde in velden.items()}
    rijen: QuerySet[Any, dict[str, Any]] = (
        records.order_by()
        .annotate(
            k_score=ExpressionWrapper(rang * factor, output_field=FloatField()),
            k_id=F("pk"),
            k_titel=F(titel),
            k_afdeling=Coalesce("afdeling__naam", Value("")),
            k_titel_kop=_headline(F(titel), vraag, highlight_all=True),
            k_kort_kop=_headline(velden["kort"], vraag, highlight_all=True),
            k_lang_kop=_elsewhere(F(titel), velden["kort"], F(lang), vraag)
            if lang != "trefwoorden"
            else _headline(F(lang), vraag, max_words=30, min_words=15),
            **kolommen,
        )
        .order_by("-k_score", "k_titel")
        .values(
            "uuid", "k_id", "k_score", "k_titel", "k_afdeling", "k_titel_kop", "k_kort_kop",
            "k_lang_kop", *kolommen,
        )
    )  # fmt: skip
    return rijen


def _elsewhere(titel: Combinable, kort: Combinable, lang: Combinable, vraag: Vraag) -> Combinable:
    """The long text's fragment with the found words; nothing when title or short answer has them,
    since a headline of a long text takes more time than all else.
    """
    kop = _headline(lang, vraag, max_words=30, min_words=15)
    if not vraag.tekst:
        return kop
    staat_al = Func(
        SearchVector(kort, Cast(titel, TextField()), config=ZOEKTAAL), vraag.enkele,
        template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField(),
    )  # fmt: skip
    return Case(When(staat_al, then=Value("")), default=kop, output_field=TextField())


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
