"""Publishing a text, and keeping what articles and products are found by."""

from datetime import datetime
from typing import TypedDict

from django.db import connection, transaction
from django.db.models import QuerySet

from kennisbank.models import ArtikelVersie, Kennisartikel, Product
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


class Contact(TypedDict):
    """Who does what ("wie doet wat" only): a person, who stands in for him, and a number."""

    contactpersoon: Medewerker | None
    vervanger: Medewerker | None
    telefoonnummer: str


GEEN_CONTACT: Contact = {"contactpersoon": None, "vervanger": None, "telefoonnummer": ""}


def contact_of(versie: ArtikelVersie) -> Contact:
    """The contact that a version names."""
    return {
        "contactpersoon": versie.contactpersoon,
        "vervanger": versie.vervanger,
        "telefoonnummer": versie.telefoonnummer,
    }


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
    contact: Contact | None = None,
    goedgekeurd_door: Medewerker | None = None,
) -> ArtikelVersie:
    """Publish a text as the article's next version; the HTML is sanitised here. The one road by
    which a version comes about.

    ``contact``: who does what; without it the new version names whom the one before named.

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
    if contact is None and laatste is not None:
        contact = contact_of(laatste)
    if basis is not None and laatste is not None:
        if laatste.nummer != basis:
            raise VersieVerouderd(laatste)
        zegt_al = all(getattr(laatste, veld) == nieuw for veld, nieuw in tekst.items())
        if zegt_al and contact_of(laatste) == contact:
            raise TekstOngewijzigd("U heeft nog niets veranderd. Er is geen nieuwe versie gemaakt.")
    versie = ArtikelVersie.objects.create(
        artikel=artikel,
        nummer=laatste.nummer + 1 if laatste else 1,
        gepubliceerd_op=at,
        auteur=by,
        goedgekeurd_door=goedgekeurd_door,
        **tekst,
        **(contact or GEEN_CONTACT),
    )
    artikel.huidige_versie = versie
    artikel.save(update_fields=["huidige_versie"])
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk=artikel.pk))
    return versie


_ZOEKVECTOR = """
UPDATE kennisbank_kennisartikel artikel SET zoekvector =
  setweight(to_tsvector('public.kcc', a), 'A') || setweight(to_tsvector('public.kcc', b), 'B') ||
  setweight(to_tsvector('public.kcc', c), 'C') || setweight(to_tsvector('public.kcc', d), 'D')
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) AS van (pk, a, b, c, d)
WHERE artikel.id = van.pk
"""


def refresh_zoekvector(*, artikelen: QuerySet[Kennisartikel]) -> None:
    """Compute again what these articles are found by: title > trefwoorden > product name > text.

    To be called when one of those changes; an article keeps it, so that search reads one table.
    """
    pks, rijen = [], []
    for artikel in artikelen.select_related("huidige_versie", "product"):
        pks.append(artikel.pk)
        versie = artikel.huidige_versie
        if versie is None:
            continue
        tekst = " ".join(
            [versie.kort_antwoord]
            + [plain_text(getattr(versie, veld)) for veld in TEKSTVELDEN if veld.endswith("_html")]
        )
        naam = artikel.product.naam if artikel.product else ""
        rijen.append((artikel.pk, versie.titel, artikel.trefwoorden, naam, tekst))
    # One statement: an import brings thousands.
    with connection.cursor() as cursor:
        kolommen = [list(kolom) for kolom in zip(*rijen, strict=True)] if rijen else [[]] * 5
        cursor.execute(_ZOEKVECTOR, kolommen)
    index.refresh(artikelen=pks)


def refresh_producten(producten: QuerySet[Product]) -> None:
    """To be called when a name or trefwoorden changed: index these products again, and the
    articles that carry their name.
    """
    pks = list(producten.values_list("pk", flat=True))
    index.refresh(producten=pks)
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(product__in=pks))
