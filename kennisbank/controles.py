"""What stands out about a text: is it readable, does it fit the rest? Advice; it blocks nothing.

Readability follows what plain Dutch at level B1 asks for: sentences of about ten words and none of
more than twenty, somebody who does something, and everyday words (inhoud/jargon.csv).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from kennisbank.models import ArtikelSoort, Doelgroep, Kennisartikel, Product
from kennisbank.opmaak import (
    foreign_images,
    images_without_text,
    markdown_to_html,
    plain_text,
)
from kennisbank.services.links import dead_links

GEMIDDELD, LANGSTE = 12, 20  # words in a sentence: on average, and at most
KORT_ANTWOORD = 60  # words; more is not read out on the phone
JARGON = Path(__file__).parent / "inhoud" / "jargon.csv"
HOOGSTENS = 5  # sentences or words that are named; the rest is a number

_ZIN = re.compile(r"(?<=[.?!:])\s+")
_WOORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LIJDEND = re.compile(
    r"\b(?:word(?:t|en)|werd(?:en)?)\b.*?\b(?:ge|be|ver|ont|her|aange|afge|inge|opge|uitge|voorge)"
    r"\w+(?:d|t|en)\b",
    re.I,
)


@dataclass(frozen=True)
class Opmerking:
    """One piece of advice. ``soort``: fout (will have to change), let-op or tip."""

    soort: str
    onderwerp: str
    tekst: str


# --- readable ----------------------------------------------------------------------------------


def html_sentences(bron: str) -> list[str]:
    """The sentences of HTML: an item of a list or a heading is one by itself."""
    blokken = re.split(r"<(?:/?p|br|/?li|/?h[1-6]|/?ul|/?ol)\b[^>]*>", bron)
    regels = (plain_text(blok) for blok in blokken)
    return [zin for regel in regels if regel for zin in _ZIN.split(regel) if zin.strip()]


@cache
def jargon() -> list[tuple[re.Pattern[str], str, str]]:
    """Words that not everybody knows, with the plain word, from the file that an editor keeps."""
    with JARGON.open(encoding="utf-8", newline="") as bestand:
        rijen = [(rij["woord"].strip(), rij["gewoon"].strip()) for rij in csv.DictReader(bestand)]
    return [(re.compile(rf"\b{re.escape(w)}\b", re.I), w, g) for w, g in rijen if w]


def check_readable(kort_antwoord: str, uitleg_html: str) -> list[Opmerking]:
    """Hints for the citizen's part: long sentences, passive voice, hard words."""
    kort = [zin for regel in kort_antwoord.split("\n") for zin in _ZIN.split(regel) if zin.strip()]
    zinnen = kort + html_sentences(uitleg_html)
    hele = [z for z in zinnen if len(_WOORD.findall(z)) >= 4]
    uit: list[Opmerking] = []

    def add(soort: str, tekst: str) -> None:
        uit.append(Opmerking(soort, "Leesbaar", tekst))

    lengtes = [len(_WOORD.findall(zin)) for zin in hele]
    if lengtes and sum(lengtes) / len(lengtes) > GEMIDDELD:
        gemiddeld = f"{sum(lengtes) / len(lengtes):.1f}".replace(".", ",")
        add(
            "tip",
            f"Een zin heeft gemiddeld {gemiddeld} woorden. Streef naar {GEMIDDELD} of minder.",
        )
    lange = [(n, z) for n, z in zip(lengtes, hele, strict=True) if n > LANGSTE]
    for aantal, zin in sorted(lange, reverse=True)[:HOOGSTENS]:
        add("tip", f"Lange zin ({aantal} woorden): “{_shorten(zin)}”")
    lijdend = [z for z in hele if _LIJDEND.search(z)]
    if len(lijdend) >= 3 and len(lijdend) * 4 > len(hele):
        add(
            "tip",
            f"{len(lijdend)} van de {len(hele)} zinnen zeggen niet wie iets doet, zoals: "
            f"“{_shorten(lijdend[0])}”",
        )
    woorden = sum(len(_WOORD.findall(zin)) for zin in kort)
    if woorden > KORT_ANTWOORD:
        add(
            "tip",
            f"Het korte antwoord heeft {woorden} woorden. Voorlezen gaat tot {KORT_ANTWOORD}.",
        )
    tekst = "\n".join(zinnen)
    moeilijk = [(w, g) for patroon, w, g in jargon() if patroon.search(tekst)]
    for woord, gewoon in moeilijk[: 2 * HOOGSTENS]:
        add("tip", f"Moeilijk woord: “{woord}”. Gewoner is: {gewoon}.")
    return uit


def _shorten(zin: str) -> str:
    return zin if len(zin) <= 90 else f"{zin[:90].rsplit(' ', 1)[0]} …"


# --- whole -------------------------------------------------------------------------------------


def check_concept(waarden: Mapping[str, Any], *, vandaag: date) -> list[Opmerking]:
    """All advice about a draft: ``waarden`` are its fields by name, as typed (Markdown)."""
    ruw = [str(waarden.get(n) or "") for n in ("uitleg", "vraag_door", "werkinstructie")]
    delen = [markdown_to_html(deel) for deel in ruw]
    uit = [
        *_check_images("\n\n".join(ruw)),
        *_check_owner(waarden, vandaag),
        *(
            Opmerking("let-op", "Links", f"Deze link werkt niet: {link.url} ({link.uitkomst})")
            for link in dead_links(" ".join(delen))
        ),
    ]
    product = waarden.get("product")
    if product is not None:
        uit += _check_product(waarden, product)
        tekst = "".join((f"<p>{waarden.get('kort_antwoord') or ''}</p>", *delen))
        uit += _check_facts(tekst, product, waarden.get("artikel"))
    uit += check_readable(str(waarden.get("kort_antwoord") or ""), delen[0])
    return uit


def _check_images(tekst: str) -> Iterator[Opmerking]:
    if images_without_text(tekst):
        yield Opmerking(
            "fout", "Afbeeldingen",
            "Bij een afbeelding staat niet wat erop te zien is: ![wat u ziet](afbeelding:…).",
        )  # fmt: skip
    if foreign_images(tekst):
        yield Opmerking(
            "fout", "Afbeeldingen",
            "Een afbeelding van een ander adres komt niet mee. Voeg haar toe met de knop.",
        )  # fmt: skip


def _check_owner(waarden: Mapping[str, Any], vandaag: date) -> Iterator[Opmerking]:
    afdeling, herzien_op = waarden.get("afdeling"), waarden.get("herzien_op")
    if afdeling is None:
        yield Opmerking("fout", "Eigenaar", "Er is nog geen afdeling die eigenaar is.")
    elif not afdeling.is_actief:
        yield Opmerking("let-op", "Eigenaar", f"{afdeling} bestaat niet meer als afdeling.")
    if waarden.get("redacteur") is None:
        yield Opmerking("tip", "Eigenaar", "Nog niemand van de redactie heeft dit opgepakt.")
    if herzien_op is None:
        yield Opmerking(
            "tip", "Herzien", "Geen dag om na te kijken gekozen: het wordt over een jaar."
        )
    elif herzien_op <= vandaag:
        yield Opmerking("let-op", "Herzien", "De dag om na te kijken is al voorbij.")


def _check_product(waarden: Mapping[str, Any], product: Product) -> Iterator[Opmerking]:
    for tekst in product_conflicts(
        product, doelgroep=str(waarden.get("doelgroep") or ""), afdeling=waarden.get("afdeling")
    ):
        yield Opmerking("let-op", "Product", tekst)


def product_conflicts(product: Product, *, doelgroep: str, afdeling: Any) -> Iterator[str]:
    """Where an article says something else about itself than its product does, as sentences."""
    if not product.is_actief or product.is_placeholder:
        yield f"Het product “{product}” is niet meer in gebruik."
    bekend = bool(doelgroep and product.doelgroep)
    if (
        bekend
        and doelgroep != product.doelgroep
        and Doelgroep.BEIDE
        not in (
            doelgroep,
            product.doelgroep,
        )
    ):
        yield (
            f"Dit artikel is voor {Doelgroep(doelgroep).label}, "
            f"maar “{product}” is voor {Doelgroep(product.doelgroep).label}."
        )
    if afdeling is not None and product.afdeling is not None and product.afdeling != afdeling:
        yield f"Eigenaar is {afdeling}, maar “{product}” hoort bij {product.afdeling}."


# --- facts: amounts and terms -------------------------------------------------------------------

_GETAL = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7,
    "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "veertien": 14,
}  # fmt: skip
_BEDRAG = re.compile(r"€\s*(\d[\d.]*(?:,\d{2})?)(?:,-|,--)?|\b(\d[\d.]*(?:,\d{2})?)\s*euro\b", re.I)
_TERMIJN = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_GETAL)})\s+(werkdag(?:en)?|dag(?:en)?|we(?:ek|ken))\b", re.I
)
_STOP = frozenset(
    [
        "deze",
        "heeft",
        "hebben",
        "kunt",
        "krijgt",
        "moet",
        "moeten",
        "mogen",
        "naar",
        "niet",
        "onder",
        "soms",
        "tussen",
        "vanaf",
        "voor",
        "waar",
        "wanneer",
        "wordt",
        "worden",
        "zijn",
        "binnen",
        "uiterlijk",
        "meestal",
        "ongeveer",
        "maximaal",
        "minimaal",
        "hoogstens",
        "euro",
        "werkdag",
        "werkdagen",
        "dagen",
        "week",
        "weken",
        "daarna",
        "door",
        "maar",
        "alle",
        "alleen",
        "andere",
        "meer",
        "over",
    ]
)


@dataclass(frozen=True)
class Feit:
    """The amounts, or the terms, in one sentence, and the words that say what they are of."""

    soort: str  # bedrag, werkdagen or dagen (a week is seven)
    waarden: frozenset[Decimal]
    woorden: frozenset[str]
    zin: str


def facts_of(bron: str) -> list[Feit]:
    """What HTML says about euros, days and weeks, sentence by sentence."""
    feiten: list[Feit] = []
    for zin in html_sentences(bron):
        gevonden: dict[str, set[Decimal]] = defaultdict(set)
        for links, rechts in _BEDRAG.findall(zin):
            getal = (links or rechts).rstrip(".").replace(".", "").replace(",", ".")
            gevonden["bedrag"].add(Decimal(getal))
        for aantal, eenheid in _TERMIJN.findall(zin):
            getal = Decimal(_GETAL.get(aantal.lower()) or aantal)
            if eenheid.lower().startswith("we") and not eenheid.lower().startswith("werk"):
                getal *= 7
            soort = "werkdagen" if eenheid.lower().startswith("werk") else "dagen"
            gevonden[soort].add(getal)
        if gevonden:
            woorden = frozenset(w for w in _words(zin) if len(w) > 3 and w not in _STOP)
            feiten += [Feit(s, frozenset(w), woorden, zin) for s, w in gevonden.items()]
    return feiten


def _words(zin: str) -> Iterator[str]:
    return (woord.lower() for woord in _WOORD.findall(zin))


def contradict(een: Feit, ander: Feit) -> bool:
    """True when two sentences seem to be about one thing and name other numbers for it."""
    if een.soort != ander.soort or een.waarden & ander.waarden:
        return False
    samen = len(een.woorden & ander.woorden)
    kleinste = min(len(een.woorden), len(ander.woorden))
    return samen >= 2 and samen >= 0.6 * kleinste


def contradictions(een: Iterable[Feit], ander: Iterable[Feit]) -> Iterator[tuple[Feit, Feit]]:
    """The pairs of sentences of two texts that contradict one another."""
    ander = list(ander)
    return ((a, b) for a in een for b in ander if contradict(a, b))


def _check_facts(
    tekst: str, product: Product, artikel: Kennisartikel | None
) -> Iterator[Opmerking]:
    eigen = facts_of(tekst)
    if not eigen:
        return
    anderen = Kennisartikel.objects.filter(
        product=product, is_actief=True, huidige_versie__isnull=False
    ).select_related("huidige_versie")
    if artikel is not None:
        anderen = anderen.exclude(pk=artikel.pk)
    for stuk in anderen[:20]:
        for a, b in contradictions(eigen, facts_of(whole_html(stuk))):
            assert stuk.huidige_versie is not None  # noqa: S101 - filtered above
            yield Opmerking(
                "let-op", "Product",
                f"Hier staat “{_shorten(a.zin)}”, maar in “{stuk.huidige_versie.titel}” staat "
                f"“{_shorten(b.zin)}”",
            )  # fmt: skip


def whole_html(artikel: Kennisartikel) -> str:
    """All text of an article's current version."""
    versie = artikel.huidige_versie
    if versie is None:
        return ""
    kort = f"<p>{versie.kort_antwoord}</p>"
    return kort + versie.uitleg_html + versie.vraag_door_html + versie.werkinstructie_html


# --- the whole kennisbank -----------------------------------------------------------------------

MISSEND, TEGENSTRIJDIG, VERLOPEN = "missend", "tegenstrijdig", "verlopen"
BEVINDINGEN = {
    TEGENSTRIJDIG: "Tegenstrijdig", VERLOPEN: "Verlopen", MISSEND: "Ontbreekt",
}  # fmt: skip


@dataclass(frozen=True)
class Bevinding:
    """Something that does not fit, in one article or between two."""

    soort: str
    artikel: Kennisartikel
    tekst: str
    ander: Kennisartikel | None = None


def find_incoherence(artikelen: Iterable[Kennisartikel], *, vandaag: date) -> list[Bevinding]:
    """Missing, conflicting and expired, over all these articles (S1-4): contradictions first.

    They come with huidige_versie, afdeling and product with its afdeling.
    """
    uit: list[Bevinding] = []
    per_product: dict[int, list[tuple[Kennisartikel, list[Feit]]]] = defaultdict(list)
    for stuk in artikelen:
        uit += _alone(stuk, vandaag)
        if stuk.product_id is not None and (feiten := facts_of(whole_html(stuk))):
            per_product[stuk.product_id].append((stuk, feiten))
    for groep in per_product.values():
        for (een, a), (ander, b) in combinations(groep, 2):
            uit += [
                Bevinding(TEGENSTRIJDIG, een, f"“{_shorten(f.zin)}” en “{_shorten(g.zin)}”", ander)
                for f, g in contradictions(a, b)
            ]
    volgorde = list(BEVINDINGEN)
    return sorted(uit, key=lambda b: (volgorde.index(b.soort), b.artikel.slug))


def _alone(stuk: Kennisartikel, vandaag: date) -> Iterator[Bevinding]:
    if stuk.product is not None:
        for tekst in product_conflicts(
            stuk.product, doelgroep=stuk.doelgroep, afdeling=stuk.afdeling
        ):
            yield Bevinding(TEGENSTRIJDIG, stuk, tekst)
    if stuk.herzien_op < vandaag:
        dagen = (vandaag - stuk.herzien_op).days
        yield Bevinding(VERLOPEN, stuk, f"Had {dagen} dagen geleden nagekeken moeten zijn.")
    if stuk.geldig_tot is not None and stuk.geldig_tot < vandaag:
        yield Bevinding(VERLOPEN, stuk, "Dit nieuws geldt niet meer. Trek het in of verleng het.")
    if not stuk.afdeling.is_actief:
        yield Bevinding(MISSEND, stuk, f"De eigenaar ({stuk.afdeling}) bestaat niet meer.")
    if stuk.redacteur_id is None:
        yield Bevinding(MISSEND, stuk, "Niemand van de redactie zorgt voor dit artikel.")
    if stuk.soort in (ArtikelSoort.PRODUCT, ArtikelSoort.VAC) and stuk.product_id is None:
        yield Bevinding(MISSEND, stuk, "Dit antwoord hoort nog bij geen product.")
    versie = stuk.huidige_versie
    is_antwoord = stuk.soort in (ArtikelSoort.PRODUCT, ArtikelSoort.VAC)
    if is_antwoord and versie is not None and not versie.kort_antwoord.strip():
        yield Bevinding(MISSEND, stuk, "Er is geen kort antwoord om voor te lezen.")
