"""Numbers that people read to one another: a letter, eight digits and a check digit.

The check digit is Damm's: it catches every single wrong digit and every swap of two neighbours,
which is what goes wrong when a number is spoken and typed.
"""

import re

from django.db import connection
from stdnum import damm

_NUMMER = re.compile(r"^([A-Z])([0-9]{8})([0-9])$")
REEKSEN = {"K": "contacts_klantcontact_nummers", "T": "zaken_internetaak_nummers"}


def make_nummer(letter: str, volgnummer: int) -> str:
    """``make_nummer("K", 10000001)`` gives ``"K10000001"`` with its check digit behind it."""
    cijfers = f"{volgnummer:08d}"
    return f"{letter}{cijfers}{damm.calc_check_digit(cijfers)}"


def next_nummer(letter: str) -> str:
    """The next number of a series; two transactions never get the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [REEKSEN[letter]])
        return make_nummer(letter, cursor.fetchone()[0])


def parse_nummer(tekst: str) -> str | None:
    """The number in what somebody typed ("k 100 000 012"), None when its check digit is wrong."""
    kaal = re.sub(r"[\s.\-]", "", tekst).upper()
    treffer = _NUMMER.match(kaal)
    if treffer is None or not damm.is_valid(treffer[2] + treffer[3]):
        return None
    return kaal


def speakable(nummer: str) -> str:
    """In groups of three, as one reads it aloud: K 100 000 012."""
    cijfers = nummer[1:]
    return " ".join([nummer[0], *(cijfers[i : i + 3] for i in range(0, len(cijfers), 3))])
