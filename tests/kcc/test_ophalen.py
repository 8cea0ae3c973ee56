"""Fetching over HTTP: nobody looks at our own network through us, and nobody keeps us waiting."""

import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from urllib3.connection import HTTPConnection, HTTPSConnection

from kcc import ophalen
from kcc.ophalen import OphalenMislukt, Reden, fetch, is_public

Verwijs = Callable[..., None]


class _Dienst(http.server.BaseHTTPRequestHandler):
    """Everything a strange server may answer."""

    protocol_version = "HTTP/1.1"
    gezien: list[tuple[str, str]] = []  # path and Host header of each request
    naar = ""

    def do_GET(self) -> None:
        self.gezien.append((self.path, self.headers["Host"]))
        self.close_connection = True
        try:
            getattr(self, f"_{self.path.strip('/').partition('/')[0]}")()
        except OSError:
            return  # the client had enough

    def _pagina(self) -> None:
        self._send(200, b"<p>Hallo</p>", {"Content-Type": "Text/HTML; charset=utf-8"})

    def _weg(self) -> None:
        self._send(404, b"weg", {})

    def _naar(self) -> None:
        self._send(302, b"x", {"Location": type(self).naar})

    def _rond(self) -> None:
        self._send(301, b"", {"Location": f"/rond/{len(self.gezien)}"})

    def _eens(self) -> None:
        self._send(307, b"", {"Location": "../pagina"})

    def _groot(self) -> None:
        self._send(200, b"x" * 1001, {})

    def _stroom(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")

    def _ingepakt(self) -> None:
        self._send(200, b"\x1f\x8b", {"Content-Encoding": "gzip"})

    def _half(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"half")

    def _stil(self) -> None:
        self.connection.recv(1)  # until the client hangs up

    def _drup(self) -> None:
        """A byte of a header again and again, each well within a time-out per read."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drup: ")
        self._drip()

    def _drupinhoud(self) -> None:
        """The same in a body without a length, so that cutting it off looks like its end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        self._drip()

    def _drip(self) -> None:
        klaar = threading.Event()
        while not klaar.wait(0.05):
            self.connection.sendall(b"x")

    def _send(self, status: int, inhoud: bytes, kop: dict[str, str]) -> None:
        self.send_response(status)
        for naam, waarde in kop.items():
            self.send_header(naam, waarde)
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        self.wfile.write(inhoud)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def dienst() -> Iterator[str]:
    """A web server on loopback."""
    _Dienst.gezien = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Dienst) as server:
        server.daemon_threads = True
        draad = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        draad.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def mag(settings: Any) -> None:
    """The web server of the test is on the list."""
    settings.OPHALEN_TOEGESTAAN = ["127.0.0.1"]


@pytest.fixture
def verwijs(monkeypatch: pytest.MonkeyPatch) -> Verwijs:
    """``verwijs("site.test", "10.0.0.1", …)``: what this name resolves to, from now on."""
    namen: dict[str, tuple[str, ...]] = {}
    echt = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if host in namen:
            soort = socket.SOCK_STREAM
            return [(socket.AF_INET, soort, 6, "", (adres, port)) for adres in namen[host]]
        return echt(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return lambda naam, *adressen: namen.update({naam: adressen})


def test_a_page_comes_back_as_it_is(dienst: str, mag: None) -> None:
    antwoord = fetch(f"{dienst}/pagina/?q=a b#hier")

    assert (antwoord.status, antwoord.inhoud) == (200, b"<p>Hallo</p>")
    assert antwoord.mediatype == "text/html"
    assert antwoord.url == f"{dienst}/pagina/?q=a%20b"
    assert _Dienst.gezien == [("/pagina/?q=a%20b", dienst.removeprefix("http://"))]


def test_an_error_page_is_an_answer(dienst: str, mag: None) -> None:
    assert fetch(f"{dienst}/weg/").status == 404


def test_a_redirect_is_followed(dienst: str, mag: None) -> None:
    antwoord = fetch(f"{dienst}/eens/hier")

    assert (antwoord.inhoud, antwoord.url) == (b"<p>Hallo</p>", f"{dienst}/pagina")


@pytest.mark.parametrize(
    ("pad", "reden"),
    [
        ("rond", Reden.OMLEIDINGEN),
        ("groot", Reden.TE_GROOT),
        ("stroom", Reden.TE_GROOT),
        ("ingepakt", Reden.AFGEBROKEN),
        ("half", Reden.AFGEBROKEN),
        ("stil", Reden.TE_LAAT),
        ("drup", Reden.TE_LAAT),
        ("drupinhoud", Reden.TE_LAAT),
    ],
)
def test_what_a_server_may_not_do_to_us(dienst: str, mag: None, pad: str, reden: Reden) -> None:
    with pytest.raises(OphalenMislukt) as fout:
        fetch(f"{dienst}/{pad}/", max_bytes=1000, timeout=1.0 if reden == Reden.TE_LAAT else 30)

    assert fout.value.reden == reden
    assert len(_Dienst.gezien) <= ophalen.OMLEIDINGEN + 1


@pytest.mark.parametrize(
    "url",
    [
        "", "pagina", "//site.test/", "ftp://site.test/", "file:///etc/passwd", "gopher://x/",
        "javascript:alert(1)", "http://", "http://piet:geheim@127.0.0.1/", "http://a b/",
        "http://127.0.0.1:99999/",
    ],
)  # fmt: skip
def test_only_plain_web_addresses(mag: None, url: str) -> None:
    with pytest.raises(OphalenMislukt) as fout:
        fetch(url)
    assert fout.value.reden == Reden.ADRES


def test_only_the_ports_of_the_web(settings: Any) -> None:
    settings.OPHALEN_TOEGESTAAN = []
    with pytest.raises(OphalenMislukt) as fout:
        fetch("http://example.org:6379/")
    assert fout.value.reden == Reden.GEWEIGERD


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0",
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.0.8", "198.18.0.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]",
        "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[::7f00:1]", "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2001:0:1::1]", "[2001:db8::1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_our_own_network_is_refused_in_every_spelling(
    dienst: str, settings: Any, host: str
) -> None:
    settings.OPHALEN_TOEGESTAAN = []
    with pytest.raises(OphalenMislukt) as fout:
        fetch(f"http://{host}/pagina/")

    assert fout.value.reden == Reden.GEWEIGERD
    assert "openbare" not in str(fout.value)  # a stranger is not told why


@pytest.mark.parametrize("adres", ["8.8.8.8", "145.21.166.6", "2a02:a44:1::1", "2606:4700::1111"])
def test_the_internet_is_public(adres: str) -> None:
    assert is_public(adres)


def test_one_inner_address_among_others_is_enough_to_refuse(verwijs: Verwijs) -> None:
    verwijs("site.test", "8.8.8.8", "10.0.0.1")
    with pytest.raises(OphalenMislukt) as fout:
        fetch("http://site.test/")
    assert fout.value.reden == Reden.GEWEIGERD


def test_a_name_that_changes_its_address_is_asked_once(
    dienst: str, verwijs: Verwijs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public while it is checked, loopback when it is connected to."""
    verwijs("site.test", "8.8.8.8")
    gebeld: list[Any] = []

    def connect(plek: tuple[str, int], *args: object, **kwargs: object) -> None:
        gebeld.append(plek)
        raise OSError

    def check(adres: str) -> bool:
        verwijs("site.test", "127.0.0.1")
        return is_public(adres)

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    monkeypatch.setattr(ophalen, "is_public", check)
    with pytest.raises(OphalenMislukt):
        fetch("http://site.test/")

    assert gebeld == [("8.8.8.8", 80)]


def test_a_listed_name_reaches_the_server_under_its_own_name(
    dienst: str, verwijs: Verwijs, settings: Any
) -> None:
    poort = dienst.rpartition(":")[2]
    settings.OPHALEN_TOEGESTAAN = ["intranet.test"]
    verwijs("intranet.test", "127.0.0.1")

    assert fetch(f"http://Intranet.test:{poort}/pagina/").status == 200
    assert _Dienst.gezien[0][1] == f"intranet.test:{poort}"


@pytest.mark.parametrize("doel", ["http://10.0.0.1/", "http://buiten.test/", "http://[::1]/"])
def test_a_redirect_passes_the_same_gate(
    dienst: str, mag: None, verwijs: Verwijs, doel: str
) -> None:
    _Dienst.naar = doel
    verwijs("buiten.test", "192.168.0.1")
    with pytest.raises(OphalenMislukt) as fout:
        fetch(f"{dienst}/naar/")

    assert fout.value.reden == Reden.GEWEIGERD
    assert len(_Dienst.gezien) == 1


def test_the_outside_world_does_not_send_us_inside(
    dienst: str, mag: None, verwijs: Verwijs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though 127.0.0.1 is on the list: who is sent there by a strange site is not let in."""
    poort = dienst.rpartition(":")[2]
    _Dienst.naar = f"{dienst}/pagina/"
    verwijs("site.test", "8.8.8.8")
    echt = HTTPConnection
    monkeypatch.setattr(
        ophalen, "HTTPConnection", lambda adres, _, **k: echt("127.0.0.1", int(poort), **k)
    )
    with pytest.raises(OphalenMislukt) as fout:
        fetch("http://site.test/naar/")

    assert fout.value.reden == Reden.GEWEIGERD
    assert [pad for pad, _ in _Dienst.gezien] == ["/naar/"]


def test_no_proxy_of_the_environment(
    dienst: str, mag: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for naam in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(naam, "http://127.0.0.1:1")

    assert fetch(f"{dienst}/pagina/").status == 200


def test_nobody_listens(mag: None) -> None:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    with pytest.raises(OphalenMislukt) as fout:
        fetch(f"http://127.0.0.1:{poort}/")
    assert fout.value.reden == Reden.GEEN_VERBINDING


def test_tls_is_checked_against_the_name_and_not_the_address(
    verwijs: Verwijs, monkeypatch: pytest.MonkeyPatch
) -> None:
    gemaakt: list[Any] = []

    class Namaak(HTTPSConnection):
        def connect(self) -> None:
            gemaakt.append(self)
            raise OSError

    monkeypatch.setattr(ophalen, "HTTPSConnection", Namaak)
    verwijs("site.test", "8.8.8.8")
    with pytest.raises(OphalenMislukt):
        fetch("https://site.test/")

    (een,) = gemaakt
    assert (een.host, een.port, een.server_hostname) == ("8.8.8.8", 443, "site.test")
    assert een.ssl_context.verify_mode == ssl.CERT_REQUIRED
    assert een.ssl_context.check_hostname
