"""Every write of the kennisbank."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value

from kennisbank.models import ZOEKTAAL, ArtikelVersie, Kennisartikel, Product
from kennisbank.opmaak import plain_text, sanitise
from kennisbank.resources import UplResource
from kennisbank.search import index
from kennisbank.trefwoorden import read_trefwoorden
from kennisbank.upl import read_upl
from organisatie.models import Medewerker

TEKSTVELDEN = ("titel", "kort_antwoord", "uitleg_html", "vraag_door_html", "werkinstructie_html")


class VersieTekst(TypedDict):
    """The words of one version."""

    titel: str
    kort_antwoord: str
    uitleg_html: str
    vraag_door_html: str
    werkinstructie_html: str


class VersieVerouderd(Exception):
    """Somebody else published since this text was opened for editing."""

    def __init__(self, huidige: ArtikelVersie) -> None:
        self.huidige = huidige
        wie = huidige.auteur or "Een collega"
        super().__init__(
            f"{wie} heeft intussen versie {huidige.nummer} gepubliceerd. Uw tekst staat nog hier. "
            "Vergelijk hem met de nieuwe versie hieronder en publiceer daarna opnieuw."
        )


class TekstOngewijzigd(Exception):
    """There is nothing to publish."""


@transaction.atomic
def publish_versie(
    *,
    artikel: Kennisartikel,
    titel: str,
    kort_antwoord: str,
    uitleg_html: str,
    vraag_door_html: str,
    werkinstructie_html: str,
    by: Medewerker | None,
    at: datetime,
    basis: int | None = None,
) -> ArtikelVersie:
    """Publish a text as the article's next version; the HTML is sanitised here.

    ``basis`` is the number of the version that the writer started from. Raises VersieVerouderd
    when it is no longer the current one, TekstOngewijzigd when the text equals it; without
    ``basis`` neither is looked at.
    """
    # Under lock: two editors at once would otherwise take the same number.
    artikel = Kennisartikel.objects.select_for_update().get(pk=artikel.pk)
    laatste = artikel.versies.select_related("auteur").order_by("-nummer").first()
    tekst: VersieTekst = {
        "titel": " ".join(titel.split()),
        "kort_antwoord": kort_antwoord.strip(),
        "uitleg_html": sanitise(uitleg_html),
        "vraag_door_html": sanitise(vraag_door_html),
        "werkinstructie_html": sanitise(werkinstructie_html),
    }
    if basis is not None and laatste is not None:
        if laatste.nummer != basis:
            raise VersieVerouderd(laatste)
        if all(getattr(laatste, veld) == nieuw for veld, nieuw in tekst.items()):
            raise TekstOngewijzigd("U heeft nog niets veranderd. Er is geen nieuwe versie gemaakt.")
    versie = ArtikelVersie.objects.create(
        artikel=artikel,
        nummer=laatste.nummer + 1 if laatste else 1,
        gepubliceerd_op=at,
        auteur=by,
        **tekst,
    )
    artikel.huidige_versie = versie
    artikel.save(update_fields=["huidige_versie"])
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk=artikel.pk))
    return versie


def refresh_zoekvector(*, artikelen: QuerySet[Kennisartikel]) -> None:
    """Compute again what these articles are found by: title > trefwoorden > product name > text.

    To be called when one of those changes; an article keeps it, so that search reads one table.
    """
    pks = []
    for artikel in artikelen.select_related("huidige_versie", "product"):
        pks.append(artikel.pk)
        versie = artikel.huidige_versie
        if versie is None:
            continue
        tekst = " ".join(
            [versie.kort_antwoord]
            + [plain_text(getattr(versie, veld)) for veld in TEKSTVELDEN if veld.endswith("_html")]
        )
        delen = {
            "A": versie.titel,
            "B": artikel.trefwoorden,
            "C": artikel.product.naam if artikel.product else "",
            "D": tekst,
        }
        a, b, c, d = (
            SearchVector(Value(deel), weight=gewicht, config=ZOEKTAAL)
            for gewicht, deel in delen.items()
        )
        Kennisartikel.objects.filter(pk=artikel.pk).update(zoekvector=a + b + c + d)
    index.refresh(artikelen=pks)


def refresh_producten(producten: QuerySet[Product]) -> None:
    """To be called when a name or trefwoorden changed: index these products again, and the
    articles that carry their name.
    """
    pks = list(producten.values_list("pk", flat=True))
    index.refresh(producten=pks)
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(product__in=pks))


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
