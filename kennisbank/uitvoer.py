"""What leaves: tables for a spreadsheet, a feed for Samenwerkende Catalogi, and content packs.

Everything is made while it is sent: a big export holds no more than a piece of it in memory.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from kennisbank.invoer.bron import TEKSTEN
from kennisbank.invoer.cellen import neutralise
from kennisbank.invoer.lezen import VERBODEN
from kennisbank.invoer.pakket import REIST, SOORT, VORM, fingerprint
from kennisbank.models import (
    OPENBARE_SOORTEN,
    ArtikelSoort,
    Doelgroep,
    InvoerSoort,
    Kennisartikel,
    Product,
    Synoniem,
)
from kennisbank.opmaak import html_to_markdown
from kennisbank.resources import TABELLEN, Opzoek
from kennisbank.resources.tabellen import ArtikelRij

STUK = 200  # records that are read at once
MAX_GEHEUGEN = 5 * 1024 * 1024  # bytes; a bigger workbook goes to the disk
KCC_VELDEN = ("vraag_door", "werkinstructie")  # only for our own people

_NS = {
    "overheidproduct": "http://standaarden.overheid.nl/product/terms/",
    "overheid": "http://standaarden.overheid.nl/owms/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_XSD = "http://standaarden.overheid.nl/sc/4.0/xsd/sc.xsd"
_GROEPEN = {
    Doelgroep.BURGER: ("particulier",),
    Doelgroep.BEDRIJF: ("ondernemer",),
    Doelgroep.BEIDE: ("particulier", "ondernemer"),
}


# --- tables ------------------------------------------------------------------------------------


def records(soort: str, artikelen: QuerySet[Kennisartikel] | None = None) -> Iterator[Any]:
    """The records of a table in a fixed order, as its resource takes them."""
    if soort == InvoerSoort.ARTIKELEN:
        if artikelen is None:
            artikelen = Kennisartikel.objects.filter(is_actief=True, huidige_versie__isnull=False)
        rijen = artikelen.select_related("huidige_versie").order_by("slug")
        yield from map(ArtikelRij.of, rijen.iterator(chunk_size=STUK))
    elif soort == InvoerSoort.SYNONIEMEN:
        yield from Synoniem.objects.order_by("woord").iterator(chunk_size=STUK)
    else:
        producten = Product.objects.filter(is_placeholder=False).order_by("naam", "pk")
        yield from producten.iterator(chunk_size=STUK)


def table(soort: str, artikelen: QuerySet[Kennisartikel] | None = None) -> Iterator[list[str]]:
    """Header and rows, in which nothing runs as a formula."""
    resource, opzoek = TABELLEN[soort](), Opzoek.load()
    kolommen = resource.get_export_fields()
    yield resource.headers()
    for record in records(soort, artikelen):
        yield [
            neutralise(VERBODEN.sub("", str(kolom.export(record, opzoek=opzoek))))
            for kolom in kolommen
        ]


class _Doorgeefluik:
    """A file that keeps nothing: what is written comes back from the writer."""

    def write(self, tekst: str) -> str:
        return tekst


def csv_lines(rijen: Iterator[list[str]]) -> Iterator[bytes]:
    """CSV as Excel in Dutch opens it by itself: UTF-8 with BOM, semicolons, CRLF."""
    schrijver = csv.writer(_Doorgeefluik(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for rij in rijen:
        yield str(schrijver.writerow(rij)).encode()


def xlsx_file(rijen: Iterator[list[str]], naam: str) -> IO[bytes]:
    """An Excel workbook of text cells; above a few megabytes it is written to the disk."""
    from openpyxl import Workbook  # here: it costs every web process memory
    from openpyxl.cell import WriteOnlyCell

    werkmap = Workbook(write_only=True)
    blad = werkmap.create_sheet(naam)
    blad.freeze_panes = "A2"
    for rij in rijen:
        cellen = []
        for tekst in rij:
            cel = WriteOnlyCell(blad, value=tekst)
            cel.data_type = "s"  # never a formula, whatever the text looks like
            cellen.append(cel)
        blad.append(cellen)
    bestand: IO[bytes] = SpooledTemporaryFile(max_size=MAX_GEHEUGEN)  # noqa: SIM115 - the answer closes it
    werkmap.save(bestand)
    bestand.seek(0)
    return bestand


# --- Samenwerkende Catalogi 4.0 ------------------------------------------------------------------


def public_products() -> Iterator[Kennisartikel]:
    """One public article per product: its product description, or else the most used answer."""
    artikelen = (
        Kennisartikel.objects.public()
        .filter(product__is_actief=True, product__is_placeholder=False)
        .select_related("huidige_versie", "product")
        .order_by("product__naam", "product", "soort", "-gebruikt", "pk")
    )
    vorige = None
    # "product" sorts before "vac": the description of a product comes first.
    for artikel in artikelen.iterator(chunk_size=STUK):
        if artikel.product_id != vorige:
            vorige = artikel.product_id
            yield artikel


def catalogue(adres_van: Any) -> Iterator[bytes]:
    """The feed; ``adres_van(artikel)`` gives the public address of an article. Holds the title and
    the short answer of public articles only: what is for the KCC has no place in it.
    """
    ruimtes = "".join(f" xmlns:{voor}={quoteattr(uri)}" for voor, uri in _NS.items())
    waar = quoteattr(f"{_NS['overheidproduct']} {_XSD}")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<overheidproduct:scproducten{ruimtes} xsi:schemaLocation={waar}>\n".encode()
    for artikel in public_products():
        yield _scproduct(artikel, adres_van(artikel)).encode()
    yield b"</overheidproduct:scproducten>\n"


def _scproduct(artikel: Kennisartikel, adres: str) -> str:
    versie, product = artikel.huidige_versie, artikel.product
    assert versie is not None and product is not None  # noqa: S101 - public_products sees to it
    gemeente = {"scheme": "overheid:Gemeente", "resourceIdentifier": settings.GEMEENTE_OWMS}
    groepen = _GROEPEN.get(Doelgroep(artikel.doelgroep or product.doelgroep), ("particulier",))
    kern = [
        _tag("dcterms:identifier", adres),
        _tag("dcterms:title", versie.titel),
        _tag("dcterms:language", "nl"),
        _tag("dcterms:type", "productbeschrijving", {"scheme": "overheid:Informatietype"}),
        _tag("dcterms:modified", localtime(versie.gepubliceerd_op).date().isoformat()),
        _tag("dcterms:spatial", settings.GEMEENTE_NAAM, gemeente),
        _tag("overheid:authority", settings.GEMEENTE_NAAM, gemeente),
    ]
    mantel = [_tag("dcterms:audience", g, {"scheme": "overheid:Doelgroep"}) for g in groepen]
    mantel.append(_tag("dcterms:abstract", " ".join(versie.kort_antwoord.split())))
    eigen = [
        _tag("overheidproduct:productID", str(product.pk)),
        # We keep no address at which a citizen applies, so we promise none.
        _tag("overheidproduct:onlineAanvragen", "nee"),
    ]
    if product.upn_uri:
        naam = {"scheme": "overheid:UniformeProductnaam", "resourceIdentifier": product.upn_uri}
        eigen.append(_tag("overheidproduct:uniformeProductnaam", product.naam, naam))
    return (
        '<overheidproduct:scproduct owms-version="4.0"><overheidproduct:meta>'
        f"<overheidproduct:owmskern>{''.join(kern)}</overheidproduct:owmskern>"
        f"<overheidproduct:owmsmantel>{''.join(mantel)}</overheidproduct:owmsmantel>"
        f"<overheidproduct:scmeta>{''.join(eigen)}</overheidproduct:scmeta>"
        "</overheidproduct:meta><overheidproduct:body/></overheidproduct:scproduct>\n"
    )


def _tag(naam: str, tekst: str, attributen: dict[str, str] | None = None) -> str:
    erbij = "".join(f" {k}={quoteattr(_xml(v))}" for k, v in (attributen or {}).items())
    return f"<{naam}{erbij}>{escape(_xml(tekst))}</{naam}>"


def _xml(tekst: str) -> str:
    return VERBODEN.sub("", tekst)


# --- content packs -------------------------------------------------------------------------------


def pack(artikelen: QuerySet[Kennisartikel], *, met_kcc: bool, at: datetime) -> Iterator[bytes]:
    """Articles for another municipality, as JSON. Without ``met_kcc`` only what a citizen may read:
    public articles, and of those not the KCC's part.
    """
    artikelen = artikelen.filter(is_actief=True, huidige_versie__isnull=False, soort__in=REIST)
    if not met_kcc:
        artikelen = artikelen.filter(soort__in=OPENBARE_SOORTEN, alleen_intern=False)
    kop = {
        "soort": SOORT,
        "vorm": VORM,
        "bron": settings.GEMEENTE_NAAM,
        "gemaakt_op": at.isoformat(timespec="seconds"),
        "met_kcc_deel": met_kcc,
    }
    yield f'{json.dumps(kop, ensure_ascii=False)[:-1]}, "artikelen": ['.encode()
    scheiding = "\n"
    rijen = artikelen.select_related("huidige_versie", "product", "afdeling").order_by("slug")
    for artikel in rijen.iterator(chunk_size=STUK):
        stuk = json.dumps(_packed(artikel, met_kcc=met_kcc), ensure_ascii=False)
        yield f"{scheiding}{stuk}".encode()
        scheiding = ",\n"
    yield b"\n]}\n"


def _packed(artikel: Kennisartikel, *, met_kcc: bool) -> dict[str, Any]:
    versie = artikel.huidige_versie
    assert versie is not None  # noqa: S101 - pack asks for those only
    tekst = {
        veld: getattr(versie, veld)
        if hasattr(versie, veld)
        else html_to_markdown(getattr(versie, f"{veld}_html"))
        for veld in TEKSTEN
        if met_kcc or veld not in KCC_VELDEN
    }
    product = artikel.product
    return {
        "kenmerk": str(artikel.uuid),
        "versie": versie.nummer,
        "gewijzigd_op": versie.gepubliceerd_op.date().isoformat(),
        "soort": artikel.soort,
        **tekst,
        "doelgroep": artikel.doelgroep,
        "trefwoorden": artikel.trefwoorden,
        "alleen_intern": artikel.alleen_intern or artikel.soort == ArtikelSoort.WERKINSTRUCTIE,
        "product": {"naam": product.naam, "upn_uri": product.upn_uri or ""} if product else None,
        "afdeling": artikel.afdeling.naam,
        "vingerafdruk": fingerprint(tekst),
    }


def file_name(wat: str, vorm: str, at: datetime) -> str:
    """What a download is called: what, whose, and of which day."""
    gemeente = re.sub(r"[^a-z0-9]+", "-", settings.GEMEENTE_NAAM.lower()).strip("-")
    return f"{wat}-{gemeente}-{localtime(at):%Y-%m-%d}.{vorm}"
