"""Searching over articles and products.

``begrip`` reads the question, ``score`` ranks what the index of short entries has for it (stored by
``index``, held in memory by ``geheugen``), ``rang`` weighs what else counts, and here the best are
fetched with their found words marked. Only a question with "quotes" or -minus goes to PostgreSQL's
own text search.
"""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.timezone import localdate

from kennisbank.models import Doelgroep, Product
from kennisbank.search import letterlijk
from kennisbank.search.begrip import Begrip, understand
from kennisbank.search.geheugen import open_geheugen
from kennisbank.search.hulp import Hulp, help_out
from kennisbank.search.ophalen import Gevonden, read, show
from kennisbank.search.rang import weigh
from kennisbank.search.score import BREED, Kandidaat, enough, score
from kennisbank.search.treffer import (
    ARTIKEL,
    PRODUCT,
    SOORTEN,
    Facet,
    Treffer,
    Zoekresultaat,
)
from kennisbank.search.vraag import MAX_TEKENS, Vraag, clean
from organisatie.models import Medewerker

__all__ = [
    "MAX_TEKENS",
    "SOORTEN",
    "Begrip",
    "Facet",
    "Hulp",
    "Treffer",
    "Zoekresultaat",
    "read_question",
    "search",
    "search_page",
    "suggest_products",
]

ALLES = 0.75  # from here on the best answer is one to the whole question


RUIM = 2  # times as many as asked for, since what counts beside the text may change the order


@dataclass(frozen=True)
class _Keuze:
    """Which records answer, before anybody filters them."""

    vraag: Vraag
    rijen: list[tuple[str, str, str]]  # soort, identificatie and name of the afdeling
    is_ruim: bool = False
    gevonden: list[Gevonden] | None = None  # from the index, in their order; None: literally
    begrip: Begrip | None = None


def search(
    vraag: str,
    *,
    medewerker: Medewerker,
    soort: str = "",
    afdeling: str | None = None,
    doelgroep: str = "",
    limit: int = 10,
) -> list[Treffer]:
    """The best ``limit`` results, articles before products that are equally good.

    ``soort`` is a key of SOORTEN, or "artikel" for articles of every kind; ``afdeling`` is an
    identificatie; ``doelgroep`` is a Doelgroep that counts as better. An empty question gives
    nothing. Never raises on what somebody types.
    """
    schoon = clean(vraag)
    if not schoon.tekst:
        return []
    hoogstens = None if soort or afdeling else limit * RUIM
    keuze = _choose(schoon, medewerker, doelgroep, hoogstens)
    return _fetch(keuze, medewerker, soort=soort, afdeling=afdeling or "", limit=limit)


def search_page(
    vraag: str,
    *,
    medewerker: Medewerker,
    soort: str = "",
    afdeling: str = "",
    doelgroep: str = "",
    limit: int = 20,
) -> Zoekresultaat:
    """As ``search``, with counts per soort and afdeling, and what was done to the question.

    Without a question but with a soort or afdeling: all that is in it, by name. With neither: the
    counts only.
    """
    schoon = clean(vraag)
    leeg = not (schoon.tekst or soort or afdeling)
    keuze = _choose(schoon, medewerker, doelgroep, None)
    in_soort = [rij for rij in keuze.rijen if _is_soort(rij[0], soort)]
    in_afdeling = [rij for rij in keuze.rijen if not afdeling or rij[1] == afdeling]
    per_soort = Counter(rij[0] for rij in in_afdeling)
    per_afdeling = Counter(rij[1:] for rij in in_soort if rij[1])
    aantal = sum(1 for rij in in_afdeling if _is_soort(rij[0], soort))
    return Zoekresultaat(
        vraag=schoon.tekst,
        treffers=[]
        if leeg
        else _fetch(keuze, medewerker, soort=soort, afdeling=afdeling, limit=limit),
        aantal=aantal,
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
        hulp=help_out(schoon, medewerker) if schoon.tekst and not aantal else None,
    )


def suggest_products(vraag: str, limit: int = 10) -> list[Product]:
    """Products to choose from while somebody types a name, a keyword or something like it; what
    their articles say counts as well.
    """
    schoon = clean(vraag)
    if not schoon.tekst:
        return []
    _, kandidaten = _rank(schoon, BREED)
    groepen = list(dict.fromkeys(k.groep for k in kandidaten if k.groep > 0))
    producten = Product.objects.usable().select_related("afdeling").in_bulk(groepen[: limit * 2])
    return [producten[pk] for pk in groepen if pk in producten][:limit]


def read_question(vraag: str) -> Begrip:
    """How a question is understood, to show to who keeps the synonyms."""
    with open_geheugen() as geheugen:
        return understand(clean(vraag), geheugen)


def _rank(vraag: Vraag, breed: int) -> tuple[Begrip, list[Kandidaat]]:
    with open_geheugen() as geheugen:
        begrip = understand(vraag, geheugen)
        return begrip, score(begrip, geheugen, breed=breed)


def _is_soort(soort: str, gevraagd: str) -> bool:
    return not gevraagd or soort == gevraagd or (gevraagd == ARTIKEL and soort != PRODUCT)


def _choose(vraag: Vraag, medewerker: Medewerker, doelgroep: str, hoogstens: int | None) -> _Keuze:
    """What answers; a question with "quotes" or -minus is taken literally.

    ``hoogstens``: do not look further than that many records; None: all, to count them.
    """
    if not medewerker.has_perm("kennisbank.view_kennisartikel"):
        return _Keuze(vraag, [], gevonden=[])
    if not vraag.tekst or vraag.is_letterlijk:
        return _Keuze(vraag, letterlijk.match(vraag, medewerker))
    begrip, kandidaten = _rank(vraag, BREED if hoogstens else BREED * 5)
    meest = max((kandidaat.dekt for kandidaat in kandidaten), default=0.0)
    if not vraag.is_zin:
        kandidaten = enough(kandidaten)
    gevonden = weigh(
        read(kandidaten[:hoogstens], medewerker, met_tekst=hoogstens is not None),
        doelgroep=doelgroep or (Doelgroep.BEDRIJF if begrip.is_zakelijk else ""),
        vandaag=localdate(),
    )
    return _Keuze(
        replace(vraag, tekst=begrip.tekst),
        [(g.kenmerk.soort, g.kenmerk.afdeling, g.kenmerk.afdeling_naam) for g in gevonden],
        is_ruim=bool(gevonden) and not vraag.is_zin and meest < ALLES,
        gevonden=gevonden,
        begrip=begrip,
    )


def _fetch(
    keuze: _Keuze, medewerker: Medewerker, *, soort: str, afdeling: str, limit: int
) -> list[Treffer]:
    """The best records of the choice, to show."""
    if not keuze.rijen:
        return []
    if keuze.gevonden is None or keuze.begrip is None:
        return letterlijk.fetch(
            keuze.vraag, medewerker, soort=soort, afdeling=afdeling, limit=limit
        )
    beste = [
        g
        for g in keuze.gevonden
        if _is_soort(g.kenmerk.soort, soort) and (not afdeling or g.kenmerk.afdeling == afdeling)
    ][:limit]
    if any("k_titel" not in g.rij for g in beste):
        beste = read([g.kandidaat for g in beste], medewerker, met_tekst=True)
    return show(beste, keuze.begrip)
