"""A question with "quotes" or -minus, taken literally by PostgreSQL's own text search; and lists
without a question.
"""

from collections.abc import Iterable
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
from kennisbank.search.treffer import ARTIKEL, BEGIN, EIND, PRODUCT, Treffer, make_treffer
from kennisbank.search.vraag import Vraag
from organisatie.models import Medewerker

# What a word weighs in text, product name, trefwoorden, titel (PostgreSQL's D, C, B, A).
GEWICHTEN = [0.1, 0.4, 0.7, 1.0]


def _filter(vraag: Vraag) -> SearchQueryCombinable | None:
    return vraag.alle if vraag.tekst else None


def _records(medewerker: Medewerker) -> tuple[KennisartikelQuerySet, ProductQuerySet]:
    artikelen = Kennisartikel.objects.visible_to(medewerker).current(localdate())
    return artikelen, Product.objects.visible_to(medewerker)


def match(vraag: Vraag, medewerker: Medewerker) -> list[tuple[str, str, str]]:
    """Soort and afdeling of everything that matches: enough to count by."""
    filter_ = _filter(vraag)
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


def fetch(
    vraag: Vraag, medewerker: Medewerker, *, soort: str, afdeling: str, limit: int
) -> list[Treffer]:
    """The best of what matches; without a question all, by name."""
    artikelen, producten = _records(medewerker)
    filter_ = _filter(vraag)
    if filter_ is not None:
        artikelen = artikelen.filter(zoekvector=filter_)
        producten = producten.filter(zoekvector=filter_)
    if afdeling:
        artikelen = artikelen.filter(afdeling__identificatie=afdeling)
        producten = producten.filter(afdeling__identificatie=afdeling)
    if soort not in {"", ARTIKEL, PRODUCT}:
        artikelen = artikelen.filter(soort=soort)
    takken = []
    if soort != PRODUCT:
        takken.append(_artikel_columns(artikelen, vraag)[:limit])
    if soort in {"", PRODUCT}:
        takken.append(_product_columns(producten, vraag)[:limit])
    rijen: Iterable[dict[str, Any]] = takken[0]
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
