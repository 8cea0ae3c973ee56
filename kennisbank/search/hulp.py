"""Where to go on when nothing was found."""

from dataclasses import dataclass

from kennisbank.models import Product
from kennisbank.search.geheugen import open_geheugen
from kennisbank.search.vraag import Vraag
from kennisbank.search.woorden import telling_words, typing_distance
from organisatie.models import Medewerker

HOEVEEL = 6


@dataclass(frozen=True)
class Hulp:
    """Words that we do know, and products that begin as the question does."""

    woorden: list[str]
    producten: list[Product]


def help_out(vraag: Vraag, medewerker: Medewerker) -> Hulp:
    """The words nearest to those of the question (too far to just take them), and products by
    their first letters.
    """
    woorden = [woord for woord in telling_words(vraag.tekst) if len(woord) >= 3]
    nabij: list[tuple[float, str]] = []
    with open_geheugen() as geheugen:
        for woord in woorden:
            nabij += [
                (typing_distance(woord, ander) / len(woord), ander)
                for ander in geheugen.looking_like(woord, 20)
            ]
    beste = [woord for afstand, woord in sorted(nabij) if afstand <= 0.5]
    producten: list[Product] = []
    if woorden:
        producten = list(
            Product.objects.visible_to(medewerker)
            .filter(naam__istartswith=max(woorden, key=len)[:3])
            .order_by("naam")[:HOEVEEL]
        )
    return Hulp(list(dict.fromkeys(beste))[:HOEVEEL], producten)
