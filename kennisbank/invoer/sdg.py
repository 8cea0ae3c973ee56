"""Product texts of the Single Digital Gateway, as the national APIs answer with them: JSON.

Two shapes exist: of the texts for entrepreneurs (``titel``, ``tekst`` and ``taal`` on the product
itself) and of the API where municipalities enter theirs (1.8: ``vertalingen`` per language).
"""

from typing import Any
from urllib.parse import urlsplit

from kennisbank.invoer.bron import link, make_row, other_language, short_answer
from kennisbank.invoer.lezen import MAX_RIJEN, TE_VEEL_RIJEN, BestandFout, read_json
from kennisbank.invoer.vormen import Fout, Gelezen
from kennisbank.models import ArtikelSoort, Doelgroep

GEEN_SDG = (
    "In dit bestand staan geen SDG-teksten. Verwacht wordt het antwoord van de API: een lijst "
    "producten, of een object met die lijst onder results."
)
# Parts of a text beside the text itself, in the order in which a citizen needs them.
DELEN = {
    "procedureBeschrijving": "Zo werkt het",
    "vereisten": "Voorwaarden",
    "bewijs": "Meenemen of meesturen",
    "kostenEnBetaalmethoden": "Kosten en betalen",
    "uitersteTermijn": "Hoelang het duurt",
    "bezwaarEnBeroep": "Bezwaar en beroep",
    "wtdBijGeenReactie": "Geen antwoord gekregen",
}
TALEN = {"nl", "nld", ""}


def read_sdg(inhoud: bytes) -> Gelezen:
    """One row per Dutch text. Raises BestandFout."""
    data = read_json(inhoud)
    lijst = data.get("results") if isinstance(data, dict) else data
    if isinstance(data, dict) and lijst is None and ("upnUri" in data or "vertalingen" in data):
        lijst = [data]
    if not isinstance(lijst, list) or not lijst:
        raise BestandFout(GEEN_SDG)
    if len(lijst) > MAX_RIJEN:
        raise BestandFout(TE_VEEL_RIJEN)
    gelezen, andere, leeg = Gelezen(), 0, 0
    for nummer, product in enumerate(lijst, start=1):
        if not isinstance(product, dict):
            gelezen.fouten.append(Fout(nummer, "", "Dit is geen product."))
            continue
        teksten = _translations(product)
        nederlands = [tekst for tekst in teksten if _language(tekst) in TALEN]
        andere += len(teksten) - len(nederlands)
        for tekst in nederlands[:1]:
            if not tekst.get("titel") and not tekst.get("tekst"):
                leeg += 1
                continue
            rij, fouten = make_row(nummer, _values(product, tekst))
            gelezen.fouten += fouten
            if rij:
                gelezen.rijen.append(rij)
    if andere:
        gelezen.opmerkingen.append(other_language(andere, "tekst", "teksten"))
    if leeg:
        gelezen.opmerkingen.append(
            f"Bij {leeg} {'product' if leeg == 1 else 'producten'} staat nog geen tekst."
        )
    if isinstance(data, dict) and data.get("next"):
        zin = "Dit is één bladzijde van een langere lijst. Lees ook de volgende bladzijden in."
        gelezen.opmerkingen.append(zin)
    gelezen.find_doubles()
    return gelezen


def _translations(product: dict[str, Any]) -> list[dict[str, Any]]:
    if "vertalingen" not in product:
        return [product]
    vertalingen = product["vertalingen"]
    if not isinstance(vertalingen, list):
        return []
    return [tekst for tekst in vertalingen if isinstance(tekst, dict)]


def _language(tekst: dict[str, Any]) -> str:
    return str(tekst.get("taal") or "").lower()


def _values(product: dict[str, Any], tekst: dict[str, Any]) -> dict[str, Any]:
    adres = str(product.get("self") or product.get("url") or "")
    try:
        server = urlsplit(adres).netloc[:100]
    except ValueError:
        server = ""
    lang = tekst.get("tekst")
    doelgroep = product.get("doelgroep")
    return {
        "bron": f"SDG {server}".strip(),
        "kenmerk": product.get("uuid") or product.get("id") or adres or product.get("upnUri"),
        "versie": str(
            product.get("versie") or tekst.get("datumWijziging") or product.get("laatstGewijzigd")
            or ""
        ),
        "titel": tekst.get("titel") or product.get("upnLabel"),
        "kort_antwoord": short_answer(lang) if isinstance(lang, str) else "",
        "uitleg": _long_text(lang, tekst, product),
        "soort": ArtikelSoort.PRODUCT.value,
        "doelgroep": doelgroep if doelgroep in Doelgroep.values else "",
        "product_uri": product.get("upnUri"),
        "product_naam": product.get("upnLabel"),
    }  # fmt: skip


def _long_text(lang: object, tekst: dict[str, Any], product: dict[str, Any]) -> object:
    """The text with its other parts and links; what is no text at all goes on, to be refused."""
    if not isinstance(lang, str | None):
        return lang
    stukken = [lang or ""]
    for sleutel, kop in DELEN.items():
        deel = tekst.get(sleutel)
        if isinstance(deel, str) and deel.strip():
            stukken.append(f"### {kop}\n\n{deel.strip()}")
    stap = tekst.get("procedureLink")
    links = [stap] if isinstance(stap, dict) else []
    meer = tekst.get("links")
    links += [een for een in meer if isinstance(een, dict)] if isinstance(meer, list) else []
    regels = [link(een.get("label"), een.get("url")) for een in links]
    lijst = "\n".join(f"- {regel}" for regel in dict.fromkeys(regels) if regel)
    if lijst:
        stukken.append(f"### Meer informatie\n\n{lijst}")
    return "\n\n".join(stuk for stuk in stukken if stuk)
