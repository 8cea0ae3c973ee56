"""Publishing a text, and keeping what articles and products are found by."""

from datetime import datetime
from typing import TypedDict

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import QuerySet, Value

from kennisbank.models import ZOEKTAAL, ArtikelVersie, Kennisartikel, Product
from kennisbank.opmaak import plain_text, sanitise
from kennisbank.search import index
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
