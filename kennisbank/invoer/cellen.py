"""Cells of a spreadsheet: text that a spreadsheet would run as a formula, made harmless and back.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``, also behind blanks, tabs or
quotes. Such a text leaves with an apostrophe before it, and comes back without. Each line of a cell
counts: a program that splits badly makes a cell of it.
"""

import re

# The wide ones are what an East Asian keyboard types; Excel takes them for the same.
_GEVAAR = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]|['\"]*[\t\r]")
_EINDE = re.compile(r"(\r\n|\n|\r)")  # in a group: split keeps what ended a line


def neutralise(tekst: str) -> str:
    """A text that no spreadsheet takes for a formula; ``restore`` gives back the same text."""
    merk = "'" if _GEVAAR.match(tekst) else ""
    eerste, *verder = _EINDE.split(tekst)
    return merk + eerste + "".join(f"'{d}" if _is_line(n, d) else d for n, d in enumerate(verder))


def restore(tekst: str) -> str:
    """The text as it was before ``neutralise``; a text that it left alone stays as it is."""
    if tekst.startswith("'") and _GEVAAR.match(tekst[1:]):
        tekst = tekst[1:]
    eerste, *verder = _EINDE.split(tekst)
    return eerste + "".join(
        d[1:] if d.startswith("'") and _is_line(n, d[1:]) else d for n, d in enumerate(verder)
    )


def _is_line(plek: int, deel: str) -> bool:
    """True for a dangerous line; the parts at even places are only what ended a line."""
    return plek % 2 == 1 and _GEVAAR.match(deel) is not None
