"""The articles that come with the application: Markdown files, one per article.

A file begins with front matter between two lines of ``---`` and has exactly four headings, see
KOPPEN. Its name without ``.md`` is the article's slug.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from kennisbank.models import ArtikelSoort, ArtikelVersie, Doelgroep, Kennisartikel, Product
from kennisbank.opmaak import markdown_to_html, markdown_to_plain
from kennisbank.services import VersieTekst, publish_versie, refresh_zoekvector
from organisatie.models import Afdeling, Medewerker

MAP = Path(__file__).parent / "artikelen"
SLEUTELS = frozenset(
    {
        "titel",
        "soort",
        "product",
        "afdeling",
        "doelgroep",
        "trefwoorden",
        "herzien_op",
    }
)
KOPPEN = ("## Kort antwoord", "## Uitleg", "## Vraag door", "## Werkinstructie")
DOELGROEPEN = {
    "inwoner": Doelgroep.BURGER,
    "ondernemer": Doelgroep.BEDRIJF,
    "beide": Doelgroep.BEIDE,
}


class InhoudFout(Exception):
    """One or more files cannot be read; ``fouten`` says which and why. Nothing was saved."""

    def __init__(self, fouten: list[str]) -> None:
        self.fouten = fouten
        super().__init__("\n".join(fouten))


@dataclass(frozen=True)
class Bestand:
    """What one file says."""

    slug: str
    kenmerken: dict[str, str]
    tekst: VersieTekst


def lees_bestand(pad: Path) -> Bestand:
    """Parse one file. Raises ValueError with a Dutch sentence when it has another form."""
    kop, scheiding, lichaam = (
        pad.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    )
    if not scheiding:
        raise ValueError("begint niet met kenmerken tussen twee regels ---")
    kenmerken: dict[str, str] = {}
    for regel in kop.splitlines():
        sleutel, dubbelepunt, waarde = regel.partition(":")
        if not dubbelepunt:
            raise ValueError(f"heeft een kenmerk zonder dubbele punt: {regel}")
        kenmerken[sleutel.strip()] = waarde.strip()
    if set(kenmerken) != SLEUTELS:
        raise ValueError(f"moet precies deze kenmerken hebben: {', '.join(sorted(SLEUTELS))}")
    if kenmerken["soort"] not in ArtikelSoort.values:
        raise ValueError(f"heeft een onbekende soort: {kenmerken['soort']}")
    if kenmerken["doelgroep"] not in DOELGROEPEN:
        raise ValueError(f"heeft een onbekende doelgroep: {kenmerken['doelgroep']}")
    date.fromisoformat(kenmerken["herzien_op"])
    regels = lichaam.splitlines()
    if [regel.rstrip() for regel in regels if regel.startswith("## ")] != list(KOPPEN):
        raise ValueError(f"moet precies deze koppen hebben: {', '.join(KOPPEN)}")
    stukken: dict[str, list[str]] = {}
    for regel in regels:
        if regel.rstrip() in KOPPEN:
            stukken[regel.rstrip()] = []
        elif stukken:
            stukken[list(stukken)[-1]].append(regel)
    kort, uitleg, vraag_door, werkinstructie = ("\n".join(stukken[kop]) for kop in KOPPEN)
    tekst: VersieTekst = {
        "titel": kenmerken["titel"],
        "kort_antwoord": markdown_to_plain(kort),
        "uitleg_html": markdown_to_html(uitleg),
        "vraag_door_html": markdown_to_html(vraag_door),
        "werkinstructie_html": markdown_to_html(werkinstructie),
    }
    return Bestand(slug=pad.stem, kenmerken=kenmerken, tekst=tekst)


@transaction.atomic
def laad_artikelen(
    *, by: Medewerker | None, at: datetime, map_: Path = MAP
) -> tuple[int, int, int]:
    """Load all files; returns how many articles are new, changed and unchanged.

    A file that was loaded before changes nothing, also when somebody edited the article since:
    his version stays the current one. ``by`` becomes the redacteur of what is new. Departments and
    products are found by identificatie and name; raises InhoudFout when one is missing or a file
    cannot be read, and then saves nothing.
    """
    bestanden, fouten = _lees_alle(map_)
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    producten = {p.naam: p for p in Product.objects.order_by("-pk")}
    for bestand in bestanden:
        if bestand.kenmerken["afdeling"] not in afdelingen:
            fouten.append(f"{bestand.slug}.md: afdeling {bestand.kenmerken['afdeling']} is er niet")
        product = bestand.kenmerken["product"]
        if product and product not in producten:
            fouten.append(f"{bestand.slug}.md: product {product} is er niet")
    if fouten:
        raise InhoudFout(fouten)
    bekend = {
        a.slug: a
        for a in Kennisartikel.objects.filter(slug__in=[b.slug for b in bestanden])
        .select_related("huidige_versie")
        .prefetch_related("versies")
    }
    telling = {"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 0}
    for bestand in bestanden:
        kenmerken: dict[str, Any] = {
            "soort": bestand.kenmerken["soort"],
            "product": producten.get(bestand.kenmerken["product"]),
            "afdeling": afdelingen[bestand.kenmerken["afdeling"]],
            "doelgroep": str(DOELGROEPEN[bestand.kenmerken["doelgroep"]]),
            "trefwoorden": bestand.kenmerken["trefwoorden"],
            "herzien_op": date.fromisoformat(bestand.kenmerken["herzien_op"]),
        }
        telling[_sla_op(bestand, kenmerken, bekend.get(bestand.slug), by=by, at=at)] += 1
    return telling["nieuw"], telling["gewijzigd"], telling["ongewijzigd"]


def _lees_alle(map_: Path) -> tuple[list[Bestand], list[str]]:
    bestanden, fouten = [], []
    for pad in sorted(map_.glob("*.md")):
        try:
            bestanden.append(lees_bestand(pad))
        except (ValueError, OSError) as exc:
            fouten.append(f"{pad.name}: {exc}")
    return bestanden, fouten


def _sla_op(
    bestand: Bestand,
    kenmerken: dict[str, Any],
    artikel: Kennisartikel | None,
    *,
    by: Medewerker | None,
    at: datetime,
) -> str:
    """Store one file; returns which of the three counts it belongs to."""
    if artikel is None:
        artikel = Kennisartikel.objects.create(slug=bestand.slug, redacteur=by, **kenmerken)
        publish_versie(artikel=artikel, **bestand.tekst, by=by, at=at)
        return "nieuw"
    gelijk = [versie for versie in artikel.versies.all() if _zegt(versie, bestand)]
    if gelijk and artikel.huidige_versie not in gelijk:
        return "ongewijzigd"  # loaded before, and edited in the application since
    anders = [veld for veld, waarde in kenmerken.items() if getattr(artikel, veld) != waarde]
    if anders:
        for veld in anders:
            setattr(artikel, veld, kenmerken[veld])
        artikel.save(update_fields=anders)
    if not gelijk:
        publish_versie(artikel=artikel, **bestand.tekst, by=by, at=at)
    elif anders:
        refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk=artikel.pk))
    return "gewijzigd" if anders or not gelijk else "ongewijzigd"


def _zegt(versie: ArtikelVersie, bestand: Bestand) -> bool:
    return all(getattr(versie, veld) == waarde for veld, waarde in bestand.tekst.items())
