"""Made up products and articles to fill the kennisbank with.

The sentences are those of the real articles and the phrases those of the real products, put
together anew, so that words are as common and as rare as they are in Dutch.
"""

import random
import re

from django.utils.timezone import localdate, now

from kennisbank.models import ArtikelVersie, Kennisartikel, Product
from kennisbank.opmaak import plain_text
from kennisbank.services import refresh_zoekvector
from organisatie.models import Afdeling

KERN = (
    "vergunning", "ontheffing", "subsidie", "melding", "verklaring", "toeslag", "regeling",
    "advies", "verhuur", "onderzoek", "heffing", "registratie", "toezicht", "controle",
)  # fmt: skip
ZINNEN = (
    "{x}", "{x} aanvragen", "{x} kosten", "hoe vraag ik {x} aan", "{x} verlengen",
    "wie heeft recht op {x}", "{x} stopzetten", "{x} wijzigen", "waar regel ik {x}",
    "hoe lang duurt {x}", "{x} voor ondernemers", "formulier {x}", "bewijs van {x}",
)  # fmt: skip
TITELS = (
    "Wat kost {x}?", "Hoe lang duurt {x}?", "{x} aanvragen", "Wie mag {x} aanvragen?",
    "{x} wijzigen of stoppen", "Bezwaar maken: {x}", "{x} voor een ander regelen",
    "Wat heb ik nodig voor {x}?", "{x} is afgewezen", "Waar vind ik {x}?",
)  # fmt: skip


def make_products(aantal: int, kans: random.Random) -> None:
    """Fill up to ``aantal`` products: a word of our articles and what a town makes of it."""
    bekend = set(Product.objects.values_list("naam", flat=True))
    lang = {w.lower() for zin in _sentences() for w in re.findall(r"[a-zA-Z]{6,12}", zin)}
    begrippen = sorted(lang - set(" ".join(bekend).split()))
    namen: list[str] = []
    while len(bekend) + len(namen) < aantal:
        naam = f"{kans.choice(begrippen)}{kans.choice(['', ' '])}{kans.choice(KERN)}"
        if naam not in bekend and naam not in namen:
            namen.append(naam)
    afdelingen = list(Afdeling.objects.all())
    Product.objects.bulk_create(
        Product(
            naam=naam,
            afdeling=kans.choice(afdelingen),
            trefwoorden=", ".join(zin.format(x=naam) for zin in kans.sample(ZINNEN, 9)),
        )
        for naam in namen
    )


def make_articles(aantal: int, kans: random.Random) -> None:
    """Fill up to ``aantal`` articles, each about a product."""
    zinnen = _sentences()
    producten, afdelingen = list(Product.objects.usable()), list(Afdeling.objects.all())
    te_maken = max(aantal - Kennisartikel.objects.count(), 0)
    over = [kans.choice(producten) for _ in range(te_maken)]
    nieuw = Kennisartikel.objects.bulk_create(
        Kennisartikel(
            slug=f"verzonnen-{nummer}",
            soort="vac",
            product=product,
            afdeling=kans.choice(afdelingen),
            trefwoorden=", ".join(zin.format(x=product.naam) for zin in kans.sample(ZINNEN, 4)),
            herzien_op=localdate(),
        )
        for nummer, product in enumerate(over)
    )
    versies = ArtikelVersie.objects.bulk_create(
        ArtikelVersie(
            artikel=artikel,
            nummer=1,
            titel=kans.choice(TITELS).format(x=product.naam)[:200],
            kort_antwoord=" ".join(kans.sample(zinnen, 3)),
            uitleg_html=f"<p>{' '.join(kans.sample(zinnen, 12))}</p>",
            gepubliceerd_op=now(),
        )
        for artikel, product in zip(nieuw, over, strict=True)
    )
    for artikel, versie in zip(nieuw, versies, strict=True):
        artikel.huidige_versie = versie
    Kennisartikel.objects.bulk_update(nieuw, ["huidige_versie"], batch_size=1000)
    for begin in range(0, len(nieuw), 500):
        pks = [artikel.pk for artikel in nieuw[begin : begin + 500]]
        refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk__in=pks))


def _sentences() -> list[str]:
    """Every sentence of the real articles."""
    tekst = [
        f"{kort} {plain_text(uitleg)}"
        for kort, uitleg in ArtikelVersie.objects.values_list("kort_antwoord", "uitleg_html")
    ]
    return [
        zin for zin in re.split(r"(?<=[.?!])\s+", " ".join(tekst)) if 4 <= len(zin.split()) <= 30
    ]
