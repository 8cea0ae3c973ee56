"""The only way out over HTTP: fetch a page without becoming somebody's window on our own network.

An address that an outsider can influence may point at loopback, at a server next to ours, or at a
name that is somewhere else a moment later. So every address of a name is checked, and we connect to
the address that was checked; each redirect goes through the same gate.
"""

import http.client
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Timer
from urllib.parse import urljoin

from django.conf import settings
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    HTTPError,
    IncompleteRead,
    LocationParseError,
    NewConnectionError,
    ProtocolError,
)
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.util import Url, make_headers, parse_url

POORTEN = {"http": 80, "https": 443}
OMLEIDINGEN = 5
OMLEIDING = {301, 302, 303, 307, 308}
BLOK = 64 * 1024

# Global unicast is all that IPv6 needs; from it goes what carries an IPv4 address in it (6to4,
# Teredo) and what is for documentation. NAT64 and mapped addresses lie outside it.
IPV6_WERELD = ipaddress.IPv6Network("2000::/3")
IPV6_NIET = [
    ipaddress.IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
IPV4_NIET = [ipaddress.IPv4Network(net) for net in ("192.0.0.0/24", "192.88.99.0/24")]


class Reden(StrEnum):
    """Why nothing came back. For the log and for an address of our own; not for a stranger, who
    could learn from it which of our servers exist.
    """

    ADRES = "het adres klopt niet"
    GEWEIGERD = "het adres wijst niet naar het openbare internet"
    GEEN_VERBINDING = "er is geen verbinding"
    TE_LAAT = "de server antwoordt niet op tijd"
    TE_GROOT = "het antwoord is te groot"
    AFGEBROKEN = "het antwoord kwam niet helemaal binnen"
    OMLEIDINGEN = "het adres verwijst te vaak door"


class OphalenMislukt(Exception):
    """Nothing was fetched. The text is the same whatever went wrong; ``reden`` knows more."""

    def __init__(self, reden: Reden) -> None:
        self.reden = reden
        super().__init__(
            "De pagina is niet opgehaald. Controleer het adres, of probeer het later opnieuw."
        )


@dataclass(frozen=True)
class Antwoord:
    """What a server said; ``url`` is where it was found after redirects, without the fragment."""

    status: int
    inhoud: bytes
    mediatype: str  # in lower case and without parameters, such as text/html
    url: str


@dataclass(frozen=True)
class Vraag:
    """What is asked of a server, where that is more than the page at an address.

    ``naam`` and ``wachtwoord`` (basic authentication) go to the server that was named, and never to
    one that it refers us to.
    """

    methode: str = "GET"
    inhoud: bytes | None = None
    koppen: Mapping[str, str] = field(default_factory=dict)
    naam: str = ""
    wachtwoord: str = field(default="", repr=False)

    def headers(self, *, is_eigen_server: bool) -> dict[str, str]:
        """What goes along with the question."""
        mee = dict(self.koppen)
        if is_eigen_server and (self.naam or self.wachtwoord):
            mee |= make_headers(basic_auth=f"{self.naam}:{self.wachtwoord}")
        return mee


GEWOON = Vraag()


def fetch(
    url: str, *, max_bytes: int = 5_000_000, timeout: float = 10.0, vraag: Vraag = GEWOON
) -> Antwoord:
    """GET this address, or ask something else of it. Raises OphalenMislukt; a 404 or 500 is an
    answer like another.

    ``timeout`` is in seconds, for everything together: names, redirects and the last byte. No
    proxy is used, and never call it inside a transaction.
    """
    uiterlijk = time.monotonic() + timeout
    intern_mag = True
    eigen = _parse(url)._replace(path=None, query=None)
    for _ in range(OMLEIDINGEN + 1):
        doel = _parse(url)
        # Who is sent on by the outside world may not end up inside, listed or not.
        intern_mag = intern_mag and doel.host in settings.OPHALEN_TOEGESTAAN
        koppen = vraag.headers(is_eigen_server=doel._replace(path=None, query=None) == eigen)
        antwoord, verder = _ask(doel, vraag, koppen, max_bytes, uiterlijk, intern_mag=intern_mag)
        if not verder:
            return antwoord
        url = urljoin(antwoord.url, verder)
        if doel.scheme == "https" and not url.lower().startswith("https:"):
            raise OphalenMislukt(Reden.GEWEIGERD)
    raise OphalenMislukt(Reden.OMLEIDINGEN)


def _parse(url: str) -> Url:
    """The address, normalised; only what a public website needs."""
    try:
        doel = parse_url(url)
    except LocationParseError as exc:
        raise OphalenMislukt(Reden.ADRES) from exc
    if doel.scheme not in POORTEN or not doel.host or doel.auth is not None:
        raise OphalenMislukt(Reden.ADRES)
    vrij = doel.host in settings.OPHALEN_TOEGESTAAN
    if doel.port not in {None, *POORTEN.values()} and not vrij:
        raise OphalenMislukt(Reden.GEWEIGERD)
    return doel._replace(fragment=None)


def _ask(
    doel: Url,
    vraag: Vraag,
    koppen: dict[str, str],
    max_bytes: int,
    uiterlijk: float,
    *,
    intern_mag: bool,
) -> tuple[Antwoord, str | None]:
    """One question to one server: its answer, and where it sends us on to."""
    try:
        verbinding = _connect(doel, uiterlijk, intern_mag=intern_mag)
    except TimeoutError as exc:
        raise OphalenMislukt(Reden.TE_LAAT) from exc
    with _hard_stop(verbinding, uiterlijk) as gestopt:
        try:
            verbinding.request(
                vraag.methode,
                doel.request_uri,
                body=vraag.inhoud,
                headers={**koppen, "Host": doel.netloc or "", "Accept-Encoding": "identity"},
                preload_content=False,
                decode_content=False,
            )
            answer = verbinding.getresponse()
            verder = answer.headers.get("Location") if answer.status in OMLEIDING else None
            inhoud = b"" if verder else _read(answer, max_bytes)
        except (HTTPError, OSError, http.client.HTTPException) as exc:
            laat = gestopt.is_set() or isinstance(exc, TimeoutError | HTTPTimeoutError)
            raise OphalenMislukt(Reden.TE_LAAT if laat else _reason(exc)) from exc
        if gestopt.is_set():  # without a length, a cut-off answer looks like a whole one
            raise OphalenMislukt(Reden.TE_LAAT)
    mediatype = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Antwoord(answer.status, inhoud, mediatype, doel.url), verder


def _reason(exc: Exception) -> Reden:
    half = isinstance(exc, IncompleteRead | ProtocolError | http.client.IncompleteRead)
    return Reden.AFGEBROKEN if half else Reden.GEEN_VERBINDING


def _read(answer: BaseHTTPResponse, max_bytes: int) -> bytes:
    """The body as it came over the line: unpacking is what a zip bomb waits for."""
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise OphalenMislukt(Reden.AFGEBROKEN)
    inhoud = bytearray()
    for stuk in answer.stream(BLOK, decode_content=False):
        inhoud += stuk
        if len(inhoud) > max_bytes:
            raise OphalenMislukt(Reden.TE_GROOT)
    return bytes(inhoud)


def _connect(doel: Url, uiterlijk: float, *, intern_mag: bool) -> HTTPConnection:
    """A connection to one of the checked addresses; TLS is checked against the name itself."""
    assert doel.scheme and doel.host  # noqa: S101 - _parse saw to it
    naam, poort = doel.host.strip("[]"), doel.port or POORTEN[doel.scheme]
    adressen = _resolve(naam, poort, uiterlijk)
    if not intern_mag and not all(is_public(adres) for adres in adressen):
        raise OphalenMislukt(Reden.GEWEIGERD)
    laat = False
    for adres in adressen:
        wacht = _left(uiterlijk)
        verbinding = (
            HTTPSConnection(
                adres,
                poort,
                timeout=wacht,
                server_hostname=naam,
                ssl_context=ssl.create_default_context(),
            )
            if doel.scheme == "https"
            else HTTPConnection(adres, poort, timeout=wacht)
        )
        try:
            verbinding.connect()
        except (HTTPError, OSError) as exc:
            laat = isinstance(exc, TimeoutError | HTTPTimeoutError) and not isinstance(
                exc, NewConnectionError
            )
            verbinding.close()
            continue
        return verbinding
    raise OphalenMislukt(Reden.TE_LAAT if laat else Reden.GEEN_VERBINDING)


def _resolve(naam: str, poort: int, uiterlijk: float) -> list[str]:
    """All addresses of a name. In a thread: the resolver of the system knows no deadline."""
    draad = ThreadPoolExecutor(1)
    try:
        vraag = draad.submit(socket.getaddrinfo, naam, poort, type=socket.SOCK_STREAM)
        gevonden = vraag.result(_left(uiterlijk))
    except (socket.gaierror, UnicodeError) as exc:
        raise OphalenMislukt(Reden.GEEN_VERBINDING) from exc
    finally:
        draad.shutdown(wait=False)
    return list(dict.fromkeys(str(plek[0]) for *_, plek in gevonden))


def is_public(adres: str) -> bool:
    """Whether this IP address belongs to the internet, and not to us or to a neighbour of ours."""
    ip = ipaddress.ip_address(adres)
    if isinstance(ip, ipaddress.IPv6Address):
        wereld = ip in IPV6_WERELD and not any(ip in net for net in IPV6_NIET)
    else:
        wereld = not any(ip in net for net in IPV4_NIET)
    return wereld and ip.is_global and not ip.is_multicast


def _left(uiterlijk: float) -> float:
    """Seconds that are left. Raises TimeoutError when there are none."""
    over = uiterlijk - time.monotonic()
    if over <= 0:
        raise TimeoutError
    return over


@contextmanager
def _hard_stop(verbinding: HTTPConnection, uiterlijk: float) -> Iterator[Event]:
    """Cut the line when the time is up: a time-out per read does not stop a server that drips.

    The event says whether that happened. Leaving closes the connection.
    """
    gestopt = Event()
    lijn = socket.socket(fileno=os.dup(verbinding.sock.fileno()))

    def stop() -> None:
        gestopt.set()
        try:
            lijn.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the other side was first

    klok = Timer(max(0.0, uiterlijk - time.monotonic()), stop)
    klok.daemon = True
    klok.start()
    try:
        yield gestopt
    finally:
        klok.cancel()
        klok.join()  # or it could cut a line of somebody else that got the same number
        lijn.close()
        verbinding.close()
