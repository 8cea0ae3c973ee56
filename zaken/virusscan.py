"""Asking a virus scanner, clamd, about a file (its INSTREAM command, over TCP)."""

import socket
import struct

from django.conf import settings

STUK = 64 * 1024
WACHT = 30.0  # seconds; a file of 10 MB takes clamd about one


class VirusGevonden(Exception):
    """The scanner knows this file."""


class ScanMislukt(Exception):
    """The scanner is away, or said something else than yes or no."""


def scan(inhoud: bytes) -> bool:
    """True when the scanner found nothing, False when there is no scanner (KCC_VIRUSSCAN is empty).

    Raises VirusGevonden and ScanMislukt: with a scanner that is away nothing comes in unseen.
    """
    if not settings.VIRUSSCAN:
        return False
    host, _, poort = settings.VIRUSSCAN.rpartition(":")
    try:
        with socket.create_connection((host, int(poort)), timeout=WACHT) as verbinding:
            verbinding.sendall(b"zINSTREAM\0")
            for begin in range(0, len(inhoud), STUK):
                deel = inhoud[begin : begin + STUK]
                verbinding.sendall(struct.pack("!L", len(deel)) + deel)
            verbinding.sendall(struct.pack("!L", 0))
            antwoord = _read_line(verbinding)
    except (OSError, ValueError) as exc:
        raise ScanMislukt(type(exc).__name__) from None
    if antwoord.endswith(b" FOUND"):
        raise VirusGevonden
    if not antwoord.endswith(b": OK"):
        raise ScanMislukt("onverwacht antwoord")
    return True


def _read_line(verbinding: socket.socket) -> bytes:
    gelezen = b""
    while len(gelezen) < 4096 and not gelezen.endswith(b"\0"):
        deel = verbinding.recv(1024)
        if not deel:
            break
        gelezen += deel
    return gelezen.rstrip(b"\0").strip()
