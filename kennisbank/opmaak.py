"""Text with markup: what an editor types, what is stored, and what may reach a browser.

An editor writes Markdown, since that cannot carry a script; the version stores HTML of a short list
of tags. ``html_to_markdown`` turns that HTML back into what the editor typed.
"""

import html
import re
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "img"}
SCHEMAS = {"http", "https", "mailto", "tel"}
# Where an image of ours is served (kennisbank.urls); in Markdown it is ``afbeelding:<uuid>``.
AFBEELDING_PAD = "/kennisbank/afbeelding/"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_AFBEELDING = re.compile(rf"(?:afbeelding:|{AFBEELDING_PAD})({_UUID})/?")

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
# A page has its own h1 and h2: what is typed or pasted as such sinks below them.
_GROTE_KOP = re.compile(r"(<\s*/?\s*)h[12]\b", re.IGNORECASE)
_BLOK = re.compile(r"</?(?:p|br|li|ul|ol|h\d)\b", re.IGNORECASE)
_VET, _CURSIEF = (
    re.compile(r"(<\s*/?\s*)b(?=[\s>/])", re.I),
    re.compile(r"(<\s*/?\s*)i(?=[\s>/])", re.I),
)


# An image as nh3 writes it: every value between double quotes, with quotes inside as &quot;.
_IMG = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*/?>')
_IMG_WAARDE = re.compile(r'([a-z]+)="([^"]*)"')


def sanitise(bron: str) -> str:
    """HTML with nothing in it but the allowed tags: no script, style, form or odd link, and of
    images only those of our own, with a text that says what is on them.
    """
    bron = _GROTE_KOP.sub(r"\1h3", bron)
    bron = _CURSIEF.sub(r"\1em", _VET.sub(r"\1strong", bron))
    schoon = nh3.clean(
        bron,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "img": {"src", "alt"}},
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMAS | {"afbeelding"},
        link_rel="noopener noreferrer",
    )
    return _IMG.sub(_own_image, schoon).strip()


def _keep_attribute(tag: str, naam: str, waarde: str) -> str | None:
    if tag == "img" and naam == "src":
        eigen = _AFBEELDING.fullmatch(waarde.strip().lower())
        return f"{AFBEELDING_PAD}{eigen[1]}/" if eigen else None
    if tag == "img":  # so that no reader of the result can take a part of it for a tag
        return " ".join(re.sub(r"[<>]", "", waarde).split())
    if tag == "a" and naam == "href" and waarde.strip().lower().startswith("afbeelding:"):
        return None
    return waarde


def _own_image(gevonden: re.Match[str]) -> str:
    """The image with its attributes in one order; nothing when it is not ours or says nothing."""
    waarden = dict(_IMG_WAARDE.findall(gevonden[1]))
    if not waarden.get("src") or not waarden.get("alt"):
        return ""
    return f'<img src="{waarden["src"]}" alt="{waarden["alt"]}">'


def image_uuids(bron: str) -> list[str]:
    """The images of ours in stored HTML or in Markdown, each once, in their order."""
    return list(dict.fromkeys(_AFBEELDING.findall(bron)))


def images_without_text(tekst: str) -> bool:
    """True when this Markdown has an image that does not say what is on it."""
    return any(
        stuk.type == "image" and not stuk.content.strip()
        for blok in _markdown.parse(tekst)
        for stuk in blok.children or []
    )


def foreign_images(tekst: str) -> bool:
    """True when this Markdown has an image of another address: that will not be shown."""
    return any(
        stuk.type == "image" and not image_uuids(str(stuk.attrGet("src") or ""))
        for blok in _markdown.parse(tekst)
        for stuk in blok.children or []
    )


def markdown_to_html(tekst: str) -> str:
    """Markdown → safe HTML. Raw HTML in it comes out as text."""
    return sanitise(_markdown.render(tekst))


def plain_text(bron: str) -> str:
    """The words of an HTML text, for searching and comparing: tags gone, entities resolved."""
    # Space where a block begins or ends: "klaar.</p><p>U" is two words, "<em>u</em>." is one.
    bron = _BLOK.sub(r" \g<0>", bron)
    return " ".join(html.unescape(nh3.clean(bron, tags=set())).split())


def markdown_to_plain(tekst: str) -> str:
    """Markdown → the bare sentences, one paragraph per line."""
    alineas = re.split(r"</(?:p|li|h3|h4)>", markdown_to_html(tekst))
    return "\n".join(regel for alinea in alineas if (regel := plain_text(alinea)))


def html_to_markdown(bron: str) -> str:
    """Stored (sanitised) HTML → the Markdown that gives it again."""
    schrijver = _MarkdownWriter()
    schrijver.feed(bron)
    schrijver.close()
    return schrijver.result()


# Characters that Markdown would read as markup, wherever they stand in a line …
_TEKENS = re.compile(r"([\\`*_\[\]<>])")
# … and at its start only: a heading, a bullet, a numbered row.
_BEGIN = re.compile(r"^([#+=~-])|^(\d+)(?=[.)])")
_MERK = {"strong": "**", "em": "*"}


class _MarkdownWriter(HTMLParser):
    """Writes blocks as it meets them; knows the allowed tags only, since nothing else is stored."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blokken: list[str] = []
        self.tekst = ""
        self.lijsten: list[tuple[str, int]] = []
        self.item_open = False
        self.kop = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MERK:
            self.tekst += _MERK[tag]
        elif tag == "br":
            self.tekst += "\n"
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.tekst += "["
        elif tag == "img":
            alt = _TEKENS.sub(r"\\\1", dict(attrs).get("alt") or "")
            for uuid in image_uuids(dict(attrs).get("src") or ""):
                self.tekst += f"![{alt}](afbeelding:{uuid})"
        elif tag in {"ul", "ol"}:
            self._flush()
            start = dict(attrs).get("start") or ""
            self.lijsten.append((tag, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0))
        elif tag == "li":
            self._flush()
            if self.lijsten:
                soort, nummer = self.lijsten[-1]
                self.lijsten[-1] = (soort, nummer + 1)
            self.item_open = True
        elif tag in {"h3", "h4"}:
            self._flush()
            self.kop = "### " if tag == "h3" else "#### "
        elif tag == "p":
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _MERK:
            self.tekst += _MERK[tag]
        elif tag == "a" and self.links:
            doel = self.links.pop()
            # Between < and > a link may hold brackets and spaces.
            self.tekst += f"](<{doel}>)" if re.search(r"[()\s]", doel) else f"]({doel})"
        elif tag in {"ul", "ol"}:
            self._flush()
            if self.lijsten:
                self.lijsten.pop()
        elif tag in {"p", "li", "h3", "h4"}:
            self._flush()
            self.kop = ""

    def handle_data(self, data: str) -> None:
        self.tekst += _TEKENS.sub(r"\\\1", re.sub(r"\s+", " ", data))

    def result(self) -> str:
        """All blocks, with a blank line between those that are not rows of one list."""
        self._flush()
        uit: list[str] = []
        for blok in self.blokken:
            los = not (uit and _is_item(blok) and _is_item(uit[-1]))
            uit.append(("\n" if los and uit else "") + blok)
        return "\n".join(uit)

    def _flush(self) -> None:
        regels = [_BEGIN.sub(_escape_begin, regel.strip()) for regel in self.tekst.split("\n")]
        self.tekst = ""
        if not any(regels):
            return
        inspringen, merk = self._list_mark()
        regels[0] = self.kop + merk + regels[0]
        regels[1:] = [" " * len(merk) + regel for regel in regels[1:]]
        self.blokken.append("\n".join(inspringen + regel for regel in regels))

    def _list_mark(self) -> tuple[str, str]:
        """Indentation, and the bullet or number when this text opens its item."""
        if not self.lijsten:
            return "", ""
        merken = [f"{nummer}. " if soort == "ol" else "- " for soort, nummer in self.lijsten]
        merk = merken[-1] if self.item_open else " " * len(merken[-1])
        self.item_open = False
        return "".join(" " * len(m) for m in merken[:-1]), merk


def _escape_begin(gevonden: re.Match[str]) -> str:
    return f"\\{gevonden[1]}" if gevonden[1] else f"{gevonden[2]}\\"


def _is_item(blok: str) -> bool:
    return re.match(r"\s*(?:- |\d+\. )", blok) is not None
