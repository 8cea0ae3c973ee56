"""A feed of Samenwerkende Catalogi 4.0: what a municipality tells of its products, in XML.

Both the feed itself (``scproducten``) and an answer of the national search service, which wraps
each ``scproduct`` in a record. Elements are known by their local name within an ``scproduct``: the
prefixes differ per supplier.
"""

from xml.etree.ElementTree import Element

from kennisbank.invoer.bron import MAX_KORT, link, make_row, other_language
from kennisbank.invoer.lezen import MAX_RIJEN, TE_VEEL_RIJEN, BestandFout, read_xml
from kennisbank.invoer.vormen import Gelezen
from kennisbank.models import ArtikelSoort, Doelgroep
from kennisbank.opmaak import html_to_markdown, plain_text, sanitise

GEEN_SC = "In dit bestand staat geen enkel product van Samenwerkende Catalogi (scproduct)."
PRODUCT = "{http://standaarden.overheid.nl/product/terms/}scproduct"


def read_catalogus(inhoud: bytes) -> Gelezen:
    """One row per product. Raises BestandFout."""
    producten = list(read_xml(inhoud).iter(PRODUCT))
    if not producten:
        raise BestandFout(GEEN_SC)
    if len(producten) > MAX_RIJEN:
        raise BestandFout(TE_VEEL_RIJEN)
    gelezen = Gelezen()
    andere = 0
    for nummer, product in enumerate(producten, start=1):
        velden = _fields(product)
        if _text(velden.get("language")).lower() not in {"nl", "nld", ""}:
            andere += 1
            continue
        rij, fouten = make_row(nummer, _values(velden))
        gelezen.fouten += fouten
        if rij:
            gelezen.rijen.append(rij)
    if andere:
        gelezen.opmerkingen.append(other_language(andere, "product", "producten"))
    gelezen.find_doubles()
    return gelezen


def _fields(product: Element) -> dict[str, list[Element]]:
    """All elements within, by local name."""
    velden: dict[str, list[Element]] = {}
    for deel in product.iter():
        velden.setdefault(str(deel.tag).rpartition("}")[2], []).append(deel)
    return velden


def _text(elementen: list[Element] | None) -> str:
    return "".join(elementen[0].itertext()).strip() if elementen else ""


def _values(velden: dict[str, list[Element]]) -> dict[str, object]:
    adres, bij = _text(velden.get("identifier")), _text(velden.get("authority"))
    groepen = {"".join(deel.itertext()).strip().lower() for deel in velden.get("audience", [])}
    upl = velden.get("uniformeProductnaam")
    # Some put the text itself in the body, as HTML that was escaped or as elements.
    lichaam = sanitise(_text(velden.get("productHTML")))
    stukken = [html_to_markdown(lichaam), link(f"Lees verder bij {bij or 'de bron'}", adres)]
    kort = plain_text(_text(velden.get("abstract")))
    return {
        "bron": f"Samenwerkende Catalogi {bij}".strip()[:120],
        "kenmerk": adres or _text(velden.get("productID")),
        "versie": _text(velden.get("modified"))[:40],
        "titel": _text(velden.get("title")),
        "kort_antwoord": kort if len(kort) <= MAX_KORT else f"{kort[: MAX_KORT - 2]} …",
        "uitleg": "\n\n".join(stuk for stuk in stukken if stuk),
        "soort": ArtikelSoort.PRODUCT.value,
        "doelgroep": _audience(groepen),
        "product_uri": upl[0].get("resourceIdentifier", "") if upl else "",
        "product_naam": _text(upl),
    }


def _audience(groepen: set[str]) -> str:
    if {"particulier", "ondernemer"} <= groepen:
        return Doelgroep.BEIDE.value
    if "ondernemer" in groepen:
        return Doelgroep.BEDRIJF.value
    return Doelgroep.BURGER.value if "particulier" in groepen else ""
