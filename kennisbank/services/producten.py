"""Import of the national product list."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from kennisbank.models import Product
from kennisbank.resources import UplResource
from kennisbank.services.versies import refresh_producten
from kennisbank.trefwoorden import read_trefwoorden
from kennisbank.upl import read_upl


def fill_trefwoorden(producten: QuerySet[Product]) -> list[int]:
    """Give products that have none yet the words that people use for them; returns which.

    What an editor wrote stays, also when we bring other words later.
    """
    lijst = read_trefwoorden()
    zonder = [p for p in producten.filter(trefwoorden="", is_placeholder=False) if p.naam in lijst]
    for product in zonder:
        product.trefwoorden = lijst[product.naam]
    Product.objects.bulk_update(zonder, ["trefwoorden"])
    return [product.pk for product in zonder]


@dataclass(frozen=True)
class ImportVerslag:
    """What an import of the product list did, or would do."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    wijzigingen: list[tuple[str, str]]  # name of the product, and what happens to it
    niet_meer_in_lijst: list[str]

    @property
    def totaal(self) -> int:
        """Municipal products in the list."""
        return self.nieuw + self.gewijzigd + self.ongewijzigd

    def __str__(self) -> str:
        return (
            f"{self.totaal} producten: {self.nieuw} nieuw, {self.gewijzigd} gewijzigd, "
            f"{self.ongewijzigd} ongewijzigd"
        )


@transaction.atomic
def import_upl(*, bestand: bytes, proef: bool = False) -> ImportVerslag:
    """Bring the products up to date with a national list; ``proef``: only tell what would change.

    All or nothing: raises UplFout when any row cannot be read. Products that are no longer in the
    list stay, since contacts and articles refer to them; the report names them.
    """
    producten = read_upl(bestand)
    # One import at a time: two would both see a product as new.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kennisbank.import_upl'))")
    resource = UplResource()
    resultaat = resource.import_data(
        resource.dataset(producten), dry_run=proef, use_transactions=True, raise_errors=True,
        retain_instance_in_row_result=True,
    )  # fmt: skip
    if not proef:
        uit_lijst = Product.objects.filter(upn_uri__in=[p.uri for p in producten])
        gevuld = fill_trefwoorden(uit_lijst)
        refresh_producten(uit_lijst.filter(Q(pk__in=gevuld) | Q(upn_uri__in=resource.veranderd)))
    verdwenen = Product.objects.exclude(upn_uri__in=[p.uri for p in producten]).filter(
        upn_uri__isnull=False, is_actief=True
    )
    return ImportVerslag(
        nieuw=resultaat.totals["new"],
        gewijzigd=resultaat.totals["update"],
        ongewijzigd=resultaat.totals["skip"],
        wijzigingen=resource.gewijzigd,
        niet_meer_in_lijst=list(verdwenen.values_list("naam", flat=True)),
    )
