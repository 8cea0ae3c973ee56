"""Numbers of zaken: a Z, the year, six digits or more, and a check digit over year and digits.

The year is in it because that is how people know a zaak; the check digit is Damm's, as in
``contacts.numbers``: it catches each wrong digit and each swap of two neighbours.
"""

import re

from django.db import connection
from stdnum import damm

REEKS = "zaken_zaak_nummers"
_NUMMER = re.compile(r"Z([0-9]{4})([0-9]{6,9})([0-9])")


def make_identificatie(jaar: int, volgnummer: int) -> str:
    """``make_identificatie(2026, 123)`` gives ``"Z-2026-000123"`` and its check digit."""
    cijfers = f"{jaar:04d}{volgnummer:06d}"
    return f"Z-{cijfers[:4]}-{cijfers[4:]}{damm.calc_check_digit(cijfers)}"


def next_identificatie(jaar: int) -> str:
    """The next number; two transactions never get the same one. The series runs on over years."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [REEKS])
        return make_identificatie(jaar, cursor.fetchone()[0])


def parse_identificatie(tekst: str) -> str | None:
    """The number in what somebody typed ("z 2026 000 1234"), None when it is none or its check
    digit is wrong.
    """
    treffer = _NUMMER.fullmatch(re.sub(r"[\s.\-]", "", tekst[:60]).upper())
    if treffer is None or not damm.is_valid("".join(treffer.groups())):
        return None
    return f"Z-{treffer[1]}-{treffer[2]}{treffer[3]}"


def speakable_identificatie(identificatie: str) -> str:
    """As one reads it aloud: Z 2026 000 1234."""
    letter, jaar, cijfers = identificatie.split("-")
    return f"{letter} {jaar} {cijfers[:-4]} {cijfers[-4:]}"
