"""The words that search takes for other words, and those that a product is found by."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kennisbank.models import Product, Synoniem
from kennisbank.search.woorden import normalise
from kennisbank.services.versies import refresh_producten
from kennisbank.trefwoorden import split_woorden
from organisatie.models import Medewerker


class ZoekwoordFout(Exception):
    """A change that cannot be made; the text is fit for the screen."""


class SynoniemBestaatAl(ZoekwoordFout):
    """There is one for this word."""


class SynoniemWeg(ZoekwoordFout):
    """Somebody else deleted it."""


class WoordenGewijzigd(ZoekwoordFout):
    """Somebody else changed the words of this product since they were opened."""


@transaction.atomic
def save_synoniem(
    *, synoniem: Synoniem | None, woord: str, woorden: str, by: Medewerker, at: datetime
) -> Synoniem:
    """Add a synonym, or change one; search follows at once.

    Raises SynoniemBestaatAl and SynoniemWeg.
    """
    woord = normalise(" ".join(woord.split()))
    if synoniem is not None:
        bestaand = Synoniem.objects.select_for_update().filter(pk=synoniem.pk).first()
        if bestaand is None:
            raise SynoniemWeg("Een collega heeft dit synoniem intussen verwijderd.")
        synoniem = bestaand
    synoniem = synoniem or Synoniem()
    synoniem.woord, synoniem.woorden = woord, ", ".join(split_woorden(woorden))
    try:
        with transaction.atomic():
            synoniem.save()
    except IntegrityError as exc:
        raise SynoniemBestaatAl(f"Voor ‘{woord}’ is er al een synoniem. Wijzig dat.") from exc
    return synoniem


@transaction.atomic
def delete_synoniem(*, synoniem: Synoniem, by: Medewerker, at: datetime) -> None:
    """Take a synonym away; search follows at once. Raises SynoniemWeg."""
    aantal, _ = Synoniem.objects.filter(pk=synoniem.pk).delete()
    if not aantal:
        raise SynoniemWeg("Een collega heeft dit synoniem intussen verwijderd.")


@transaction.atomic
def change_trefwoorden(
    *, product: Product, trefwoorden: str, basis: str, by: Medewerker, at: datetime
) -> Product:
    """Change what a product is found by, and index it again with its articles.

    ``basis`` is what stood there when the writer began. Raises WoordenGewijzigd when it is not
    what stands there now.
    """
    product = Product.objects.select_for_update().get(pk=product.pk)
    if split_woorden(basis) != split_woorden(product.trefwoorden):
        raise WoordenGewijzigd(
            "Een collega heeft deze woorden intussen gewijzigd. Uw lijst staat nog hier. "
            "Vergelijk hem met wat er nu staat en sla daarna opnieuw op."
        )
    product.trefwoorden = ", ".join(split_woorden(trefwoorden))
    product.save(update_fields=["trefwoorden"])
    refresh_producten(Product.objects.filter(pk=product.pk))
    return product
