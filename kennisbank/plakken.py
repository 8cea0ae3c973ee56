"""What somebody pastes from Word, a web page or a mail, as clean Markdown.

nh3 reads the HTML as a browser does and takes away what is dangerous, Word's conditional comments
and its XML; what is left says in its classes and styles what it meant, and is written anew with
nothing but headings, paragraphs, lists, links, bold and italic.
"""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from kennisbank.opmaak import html_to_markdown, sanitise

MAX_HTML = 2_000_000  # characters; a clipboard of Word is mostly style
_TAGS = {
    "p", "div", "br", "span", "strong", "b", "em", "i", "ul", "ol", "li", "a", "h1", "h2", "h3",
    "h4", "h5", "h6", "table", "tr", "td", "th", "blockquote", "pre", "section", "article",
}  # fmt: skip
_WEG = {"script", "style", "title", "xml", "head", "iframe", "object", "svg", "math", "template"}
_KOPPEN = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BLOKKEN = {"p", "div", "blockquote", "pre", "section", "article"}
_VET = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|bolder|[6-9]00)", re.I)
_NIET_VET = re.compile(r"(?<![-\w])font-weight\s*:\s*(normal|lighter|[1-5]00)", re.I)
_CURSIEF = re.compile(r"(?<![-\w])font-style\s*:\s*(italic|oblique)", re.I)
_NEPLIJST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.I)
_MERKTEKEN = re.compile(r"mso-list\s*:\s*ignore", re.I)
_GENUMMERD = re.compile(r"\(?(\d+|[a-z]|[ivx]+)[.)]", re.I)
_OPSOMTEKEN = re.compile(r"^(?:[·•▪◦‣o§-]|\(?\d+[.)])(?:\s|\xa0)+")


class PlakselTeGroot(Exception):
    """More than a page of text can be."""

    def __init__(self) -> None:
        super().__init__("Dit is te veel om in één keer te plakken. Plak het in delen.")


def paste_to_markdown(bron: str) -> str:
    """HTML of a clipboard → Markdown. Raises PlakselTeGroot."""
    if len(bron) > MAX_HTML:
        raise PlakselTeGroot
    geldig = nh3.clean(
        bron,
        tags=_TAGS,
        clean_content_tags=_WEG,
        attributes={"*": {"class", "style"}, "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    schrijver = _Herschrijver()
    schrijver.feed(geldig)
    schrijver.close()
    return html_to_markdown(sanitise(schrijver.result()))


@dataclass
class _Blok:
    """A paragraph, heading or list item on its way."""

    tag: str
    niveau: int = 0  # of a list item
    genummerd: bool = False
    # Text with bold, italic and the address that it links to.
    stukken: list[tuple[str, bool, bool, str]] = field(default_factory=list)

    def html(self) -> str:
        """Runs of one kind together, with the space around them outside the tags: Markdown does not
        read ``**word **`` as bold.
        """
        samen: list[tuple[str, bool, bool, str]] = []
        for tekst, vet, cursief, adres in self.stukken:
            soort = (vet, cursief, adres)
            if samen and (samen[-1][1:] == soort or not tekst.strip()):
                samen[-1] = (samen[-1][0] + tekst, samen[-1][1], samen[-1][2], samen[-1][3])
            else:
                samen.append((tekst, *soort))
        uit = ""
        for tekst, vet, cursief, adres in samen:
            kaal = tekst.strip()
            if not kaal:
                uit += " " if tekst else ""
                continue
            deel = html.escape(kaal).replace("\n", "<br>")
            if self.tag not in {"h3", "h4"}:  # a heading is bold by itself
                deel = f"<em>{deel}</em>" if cursief else deel
                deel = f"<strong>{deel}</strong>" if vet else deel
            deel = f'<a href="{html.escape(adres)}">{deel}</a>' if adres else deel
            voor, na = tekst[: len(tekst) - len(tekst.lstrip())], tekst[len(tekst.rstrip()) :]
            uit += (" " if voor else "") + deel + (" " if na else "")
        return uit.strip()


class _Herschrijver(HTMLParser):
    """Reads nh3's well-formed HTML and keeps a flat row of blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blokken: list[_Blok] = []
        self.open: list[tuple[str, bool | None, bool, str, bool]] = []
        self.lijsten: list[str] = []
        self.huidig: _Blok | None = None
        self.rij: list[str] | None = None
        self.koppen: list[str] = []
        self.rij_is_kop = False
        self.merk = ""

    # Each open tag: name, bold (None: as around it), italic, address, and whether it is a bullet
    # that Word drew by hand.
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        eigen = dict(attrs)
        stijl = eigen.get("style") or ""
        if tag == "br":
            self._add("\n")
            return
        vet: bool | None = True if tag in {"b", "strong"} or _VET.search(stijl) else None
        if _NIET_VET.search(stijl):
            vet = False
        cursief = tag in {"i", "em"} or bool(_CURSIEF.search(stijl))
        merkteken = bool(_MERKTEKEN.search(stijl))
        self.open.append((tag, vet, cursief, eigen.get("href") or "", merkteken))
        if tag in {"ul", "ol"}:
            self._end()
            self.lijsten.append(tag)
        elif tag == "li":
            self._begin("li", max(1, len(self.lijsten)), self.lijsten[-1:] == ["ol"])
        elif tag in _KOPPEN:
            self._begin(_KOPPEN[tag])
        elif tag in _BLOKKEN:
            self._begin_block(eigen.get("class") or "", stijl)
        elif tag == "tr":
            self.rij, self.rij_is_kop = [], True
        elif tag in {"td", "th"}:
            self._end_cell()
            self.huidig = _Blok("cel")
            self.rij_is_kop = self.rij_is_kop and tag == "th"
        elif tag == "table":
            self._end()
            self.koppen = []

    def _begin_block(self, klasse: str, stijl: str) -> None:
        if self.huidig is not None and self.huidig.tag in {"li", "cel"}:
            if self.huidig.stukken:  # a second paragraph in an item stays in it
                self._add("\n" if self.huidig.tag == "li" else " ")
            return
        if nep := _NEPLIJST.search(stijl):
            self._begin("li", int(nep[1]))
        elif "MsoListParagraph" in klasse or klasse.startswith("MsoListBullet"):
            self._begin("li", 1)
        elif kop := re.match(r"Mso(?:Title|Heading)(\d?)", klasse):
            self._begin("h4" if (kop[1] or "1") > "3" else "h3")
        else:
            self._begin("p")

    def handle_endtag(self, tag: str) -> None:
        if any(naam == tag for naam, *_ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if tag in {"ul", "ol"}:
            self._end()
            if self.lijsten:
                self.lijsten.pop()
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "li" or tag in _KOPPEN or tag == "table" or self._ends_with(tag):
            self._end()

    def _ends_with(self, tag: str) -> bool:
        """A paragraph ends its block, but not the item or the cell that it stands in. An item that
        stands in no list is one of Word's own: that is a paragraph.
        """
        if tag not in _BLOKKEN or self.huidig is None:
            return False
        in_item = self.huidig.tag == "cel" or (self.huidig.tag == "li" and bool(self.lijsten))
        return not in_item

    def handle_data(self, data: str) -> None:
        if any(merkteken for *_, merkteken in self.open):
            self.merk += data
            if self.huidig is not None and _GENUMMERD.match(self.merk.strip()):
                # Word draws its second-level bullet with the letter o, without a full stop.
                self.huidig.genummerd = True
            return
        self._add(re.sub(r"[\s\xa0]+", " ", data))

    def _add(self, tekst: str) -> None:
        if self.huidig is None:
            if not tekst.strip():
                return
            self._begin("p")
        assert self.huidig is not None  # noqa: S101 - just begun
        if self.huidig.tag == "cel":
            tekst = tekst.replace("\n", " ")
        vet = next((v for _, v, *_ in reversed(self.open) if v is not None), False)
        cursief = any(c for _, _, c, *_ in self.open)
        adres = next((a for *_, a, _ in reversed(self.open) if a), "")
        self.huidig.stukken.append((tekst, vet, cursief, adres))

    def _begin(self, tag: str, niveau: int = 0, genummerd: bool = False) -> None:
        self._end()
        self.huidig, self.merk = _Blok(tag, niveau, genummerd), ""

    def _end(self) -> None:
        blok, self.huidig = self.huidig, None
        if blok is None or blok.tag == "cel" or not any(s[0].strip() for s in blok.stukken):
            return
        if blok.tag == "li" and (eerste := _OPSOMTEKEN.match(blok.stukken[0][0])):
            # A fake list whose bullet was not marked as one.
            tekst, vet, cursief, adres = blok.stukken[0]
            blok.genummerd = blok.genummerd or eerste[0].strip()[-1] in ".)"
            blok.stukken[0] = (tekst[eerste.end() :], vet, cursief, adres)
        self.blokken.append(blok)

    def _end_cell(self) -> None:
        if self.huidig is not None and self.huidig.tag == "cel":
            cel, self.huidig = self.huidig.html(), None
            if self.rij is not None:
                self.rij.append(cel)

    def _end_row(self) -> None:
        """A row is an item: "kop: waarde; kop: waarde", or the cells with a dash between them."""
        self._end_cell()
        cellen, self.rij = self.rij or [], None
        if self.rij_is_kop and any(cellen):
            self.koppen = cellen
            return
        if len(self.koppen) == len(cellen):
            delen = [f"{k}: {c}" if k else c for k, c in zip(self.koppen, cellen, strict=True) if c]
            tekst = "; ".join(delen)
        else:
            tekst = " – ".join(c for c in cellen if c)
        if tekst:
            self.blokken.append(_Tabelrij("li", 1, ruw=tekst))

    def result(self) -> str:
        """The blocks as HTML, with items in lists, and lists in items."""
        self._end()
        uit: list[str] = []
        diepte: list[str] = []
        for blok in self.blokken:
            if blok.tag != "li":
                while diepte:
                    uit.append(f"</li></{diepte.pop()}>")
                uit.append(f"<{blok.tag}>{blok.html()}</{blok.tag}>")
                continue
            soort = "ol" if blok.genummerd else "ul"
            niveau = min(blok.niveau, len(diepte) + 1)
            while len(diepte) > niveau or (len(diepte) == niveau and diepte[-1] != soort):
                uit.append(f"</li></{diepte.pop()}>")
            if len(diepte) == niveau:
                uit.append("</li>")
            else:
                diepte.append(soort)
                uit.append(f"<{soort}>")
            uit.append(f"<li>{blok.html()}")
        while diepte:
            uit.append(f"</li></{diepte.pop()}>")
        return "".join(uit)


@dataclass
class _Tabelrij(_Blok):
    """A row of a table, of which the cells are HTML already."""

    ruw: str = ""

    def html(self) -> str:
        return self.ruw
