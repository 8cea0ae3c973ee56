"""Encrypting what has to be used as it is, such as the password of a calendar.

The key comes from SECRET_KEY through HKDF, so that it serves this purpose only; who has a copy of
the database without the settings reads nothing. After a change of SECRET_KEY the old one in
SECRET_KEY_FALLBACKS keeps what was stored readable.
"""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

DOEL = b"kcc.organisatie.agenda"


class Unreadable(Exception):
    """Encrypted with a key that we no longer have, or damaged."""


def encrypt(gegevens: dict[str, str]) -> bytes:
    """These values, so that only we can read them."""
    return _fernet().encrypt(json.dumps(gegevens).encode())


def decrypt(geheim: bytes | memoryview) -> dict[str, str]:
    """What ``encrypt`` was given. Raises Unreadable."""
    try:
        gelezen: dict[str, str] = json.loads(_fernet().decrypt(bytes(geheim)))
    except (InvalidToken, ValueError):
        gelezen = {}
    if not gelezen:
        raise Unreadable
    return gelezen


def _fernet() -> MultiFernet:
    sleutels = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(sleutel)) for sleutel in sleutels])


def _derive(sleutel: str | bytes) -> bytes:
    bron = sleutel.encode() if isinstance(sleutel, str) else sleutel
    afgeleid = HKDF(algorithm=SHA256(), length=32, salt=None, info=DOEL).derive(bron)
    return base64.urlsafe_b64encode(afgeleid)
