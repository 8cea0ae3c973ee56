"""Two texts beside one another, with what was taken out and what came in marked word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kennisbank.opmaak import html_to_markdown

MAX_WOORDEN = 6000  # of one text; comparing more takes seconds, and is shown as wholly different
_STUK = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Verschil:
    """One field in two versions. ``oud`` and ``nieuw`` are safe HTML."""

    label: str
    oud: SafeString
    nieuw: SafeString
    is_anders: bool


# The words in brackets are read out: a screen reader says nothing of its own about ins and del.
def _weg(tekst: str) -> SafeString:
    return format_html(
        '<del class="verschil__weg"><span class="alleen-voorlezen">[weg: </span>{}'
        '<span class="alleen-voorlezen">]</span></del>',
        tekst,
    )


def _erbij(tekst: str) -> SafeString:
    return format_html(
        '<ins class="verschil__erbij"><span class="alleen-voorlezen">[erbij: </span>{}'
        '<span class="alleen-voorlezen">]</span></ins>',
        tekst,
    )


def compare(label: str, oud: str, nieuw: str) -> Verschil:
    """Mark the words that are in one of these texts only."""
    a, b = _STUK.findall(_tidy(oud)), _STUK.findall(_tidy(nieuw))
    if max(len(a), len(b)) > MAX_WOORDEN:
        stappen = [("replace", 0, len(a), 0, len(b))] if a != b else [("equal", 0, len(a), 0, 0)]
    else:
        stappen = list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
    links, rechts = [], []
    for soort, a1, a2, b1, b2 in stappen:
        was, wordt = "".join(a[a1:a2]), "".join(b[b1:b2])
        if soort == "equal":
            links.append(format_html("{}", was))
            rechts.append(format_html("{}", was))
            continue
        if was:
            links.append(_weg(was) if was.strip() else format_html("{}", was))
        if wordt:
            rechts.append(_erbij(wordt) if wordt.strip() else format_html("{}", wordt))
    return Verschil(label, _join(links), _join(rechts), a != b)


def _join(delen: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((deel,) for deel in delen))


def _tidy(tekst: str) -> str:
    regels = (regel.rstrip() for regel in tekst.replace("\r\n", "\n").split("\n"))
    return "\n".join(regels).strip()


TEKSTEN = (
    ("titel", "Titel"),
    ("kort_antwoord", "Kort antwoord"),
    ("uitleg", "Uitleg"),
    ("vraag_door", "Vraag door"),
    ("werkinstructie", "Werkinstructie"),
    ("contactpersoon", "Contactpersoon"),
    ("vervanger", "Vervanger"),
    ("telefoonnummer", "Telefoonnummer"),
)


def texts_of(stuk: Any) -> dict[str, str]:
    """The words of a version or of a draft, as Markdown, by field name. None: nothing yet."""
    if stuk is None:
        return {naam: "" for naam, _ in TEKSTEN}
    teksten = {}
    for naam, _ in TEKSTEN:
        if hasattr(stuk, f"{naam}_html"):
            teksten[naam] = html_to_markdown(getattr(stuk, f"{naam}_html"))
        else:
            teksten[naam] = str(getattr(stuk, naam) or "")
    return teksten


def compare_texts(oud: dict[str, str], nieuw: dict[str, str]) -> list[Verschil]:
    """All fields of two texts (see texts_of) that say something in either."""
    return [
        compare(label, oud[naam], nieuw[naam])
        for naam, label in TEKSTEN
        if oud[naam].strip() or nieuw[naam].strip()
    ]
