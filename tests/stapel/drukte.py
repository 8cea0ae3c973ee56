"""People at work over HTTP, in threads of their own, who remember what the server told them."""

import http.client
import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urlencode
from uuid import uuid4

from tests.proces import Stapel, wait_until

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
RESULTATEN = ("zelfstandig_afgehandeld", "na_ruggespraak", "verwezen", "doorverbonden_afdeling")
POGINGEN = 300  # of one request, before whoever sends it gives up


@dataclass(frozen=True)
class Antwoord:
    """What came back."""

    status: int
    naar: str
    tekst: str


class Browser:
    """As little of a browser as it takes: cookies, CSRF, and no following of redirects."""

    def __init__(self, poort: int) -> None:
        self.poort = poort
        self.cookies: dict[str, str] = {}

    def get(self, pad: str) -> Antwoord | None:
        """None when no answer came."""
        return self._send("GET", pad, None)

    def post(self, pad: str, velden: dict[str, str]) -> Antwoord | None:
        """None when no answer came: then nobody knows whether it was done."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return self._send("POST", pad, urlencode(velden | token))

    def _send(self, methode: str, pad: str, inhoud: str | None) -> Antwoord | None:
        lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
        koppen = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if inhoud is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            lijn.request(methode, pad, inhoud, koppen)
            antwoord = lijn.getresponse()
            tekst = antwoord.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            lijn.close()
        for regel in antwoord.headers.get_all("Set-Cookie", []):
            for naam, koekje in SimpleCookie(regel).items():
                self.cookies[naam] = koekje.value
        return Antwoord(antwoord.status, antwoord.headers.get("Location", ""), tekst)


@dataclass
class Schrijf:
    """One write: how often the server said yes, and how often it said nothing."""

    soort: str  # concept, afgerond, overgedragen, genomen, contactpoging or afgehandeld
    sleutel: str  # the text that only this write has, or the uuid of the taak
    resultaat: str = ""
    bevestigd: int = 0
    onbekend: int = 0


class Onverwacht(AssertionError):
    """An answer that nobody at work may ever get."""


@dataclass
class Medewerker:
    """One person at a browser, until ``klaar`` is set. ``stap`` is one round of the work."""

    stapel: Stapel
    naam: str
    schrift: list[Schrijf] = field(default_factory=list)
    bevestigd: int = 0
    zonder_antwoord: int = 0
    klaar: threading.Event = field(default_factory=threading.Event)
    fout: BaseException | None = None

    def __post_init__(self) -> None:
        self.browser = Browser(self.stapel.port)
        self.thread = threading.Thread(target=self._run, name=self.naam, daemon=True)

    def stap(self, nummer: int) -> None:
        """One round of the work of this role."""
        raise NotImplementedError

    def _run(self) -> None:
        try:
            self.log_in()
            for nummer in itertools.count(1):
                if self.klaar.is_set():
                    return
                self.stap(nummer)
        except BaseException as exc:  # the main thread raises it again
            self.fout = exc

    def log_in(self) -> None:
        """Name and password."""
        self.page("/inloggen/")
        antwoord = self.browser.post("/inloggen/", {"username": self.naam, "password": "demo"})
        if antwoord is None or antwoord.status != 302:
            raise Onverwacht(f"{self.naam} kan niet inloggen: {antwoord}")

    def page(self, pad: str) -> Antwoord:
        """Open a page; again and again while the server is away."""
        for _ in range(POGINGEN):
            antwoord = self._check(self.browser.get(pad), pad)
            if antwoord is not None:
                return antwoord
        raise Onverwacht(f"{pad} komt niet terug")

    def send(
        self, pad: str, velden: dict[str, str], schrijf: Schrijf | None = None, *, goed: int = 302
    ) -> Antwoord:
        """Send a form, and again after no answer, as anybody would. Notes what was said."""
        if schrijf is not None:
            self.schrift.append(schrijf)
        for _ in range(POGINGEN):
            antwoord = self._check(self.browser.post(pad, velden), pad)
            if antwoord is None:
                if schrijf is not None:
                    schrijf.onbekend += 1
                continue
            if schrijf is not None and antwoord.status == goed:
                schrijf.bevestigd += 1
                self.bevestigd += 1
            return antwoord
        raise Onverwacht(f"{pad} komt niet terug")

    def _check(self, antwoord: Antwoord | None, pad: str) -> Antwoord | None:
        """The answer; None when it says nothing about what was done. Raises Onverwacht for an error
        page, and for a session that got lost.
        """
        if antwoord is None or antwoord.status == 503:
            self.zonder_antwoord += 1
            time.sleep(0.05)  # a person does not press again within the millisecond
            return None
        if antwoord.status >= 500 or antwoord.status in {401, 403}:
            raise Onverwacht(f"{self.naam} kreeg {antwoord.status} op {pad}:\n{antwoord.tekst}")
        if antwoord.naar.startswith("/inloggen/"):
            raise Onverwacht(f"{self.naam} moest opnieuw inloggen op {pad}")
        return antwoord


@dataclass
class Agent(Medewerker):
    """Starts conversations, types, and closes them or hands them off."""

    klanten: list[str] = field(default_factory=list)  # uuids of partijen
    producten: list[str] = field(default_factory=list)
    afdelingen: list[str] = field(default_factory=list)

    def stap(self, nummer: int) -> None:
        """One conversation."""
        start = self.send("/werkplek/gesprek/", {"kanaal": ("telefoon", "balie")[nummer % 2]})
        gesprek = start.naar
        tekst = f"{self.naam} {nummer} {uuid4()}"
        velden = {
            "onderwerp": tekst,
            "inhoud": f"Notitie bij {tekst}",
            "product_naam": self.producten[nummer % len(self.producten)],
        }
        self.send(f"{gesprek}concept/", velden, Schrijf("concept", tekst), goed=200)
        if nummer % 3:
            klant = self.klanten[nummer % len(self.klanten)]
            self.send(gesprek, {"kies_klant": klant, "onderwerp": tekst})
        if nummer % 2:
            self._hand_off(gesprek, tekst, self.afdelingen[nummer // 2 % len(self.afdelingen)])
        else:
            self._close(gesprek, tekst, RESULTATEN[nummer // 2 % len(RESULTATEN)])

    def _close(self, gesprek: str, tekst: str, resultaat: str) -> None:
        schrijf = Schrijf("afgerond", tekst, resultaat)
        antwoord = self.send(gesprek, {"onderwerp": tekst, "afronden": resultaat}, schrijf)
        self._or_done_before(schrijf, antwoord)

    def _hand_off(self, gesprek: str, tekst: str, afdeling: str) -> None:
        pad = self.send(gesprek, {"onderwerp": tekst, "overdragen": "1"}).naar
        schrijf = Schrijf("overgedragen", tekst, "overgedragen")
        velden = {
            "afdeling": afdeling,
            "gevraagde_handeling": tekst,
            "toelichting": "Belt graag terug.",
            "bereikbaar_via": "06 12345678",
        }
        antwoord = self.send(pad, velden, schrijf)
        self._or_done_before(schrijf, antwoord)

    def _or_done_before(self, schrijf: Schrijf, antwoord: Antwoord) -> None:
        """Whoever presses again after no answer may hear that it was done: that is a yes too."""
        if schrijf.bevestigd:
            return
        if not schrijf.onbekend or "al afgerond" not in antwoord.tekst:
            raise Onverwacht(f"{schrijf}: {antwoord.status}\n{antwoord.tekst}")
        schrijf.bevestigd += 1
        self.bevestigd += 1


@dataclass
class Specialist(Medewerker):
    """Takes what lies with the department, tries to reach the citizen, and finishes it."""

    gezien: set[str] = field(default_factory=set)

    def stap(self, nummer: int) -> None:
        """One taak; nothing while the list is empty."""
        lijst = self.page(f"/werkvoorraad/?tab={self.naam}&stand=vrij").tekst
        nieuw = [u for u in re.findall(rf"/werkvoorraad/({UUID})/", lijst) if u not in self.gezien]
        if not nieuw:
            time.sleep(0.05)
            return
        uuid = nieuw[0]
        self.gezien.add(uuid)
        pad = f"/werkvoorraad/{uuid}/"
        schrijf = Schrijf("genomen", uuid)
        self._must(schrijf, self.send(f"{pad}nemen/", {}, schrijf), "al in behandeling")
        schrijf = Schrijf("contactpoging", uuid)
        velden = {"resultaat": "voicemail", "notitie": "Belt terug", "versie": "1"}
        self._must(schrijf, self.send(f"{pad}poging/", velden, schrijf), None)
        self._finish(pad, uuid)

    def _finish(self, pad: str, uuid: str) -> None:
        versie = re.search(r'name="versie"[^>]*value="(\d+)"', self.page(f"{pad}antwoord/").tekst)
        if versie is None:
            raise Onverwacht(f"geen versie op {pad}antwoord/")
        schrijf = Schrijf("afgehandeld", uuid)
        velden = {
            "versie": versie[1],
            "antwoord": "Het ligt klaar.",
            "terugkoppeling": "gebeld",
            "knop": "afhandelen",
        }
        antwoord = self.send(f"{pad}antwoord/", velden, schrijf)
        self._must(schrijf, antwoord, "intussen afgehandeld")

    def _must(self, schrijf: Schrijf, antwoord: Antwoord, al_gedaan: str | None) -> None:
        if schrijf.bevestigd:
            return
        if not (schrijf.onbekend and al_gedaan and al_gedaan in antwoord.tekst):
            raise Onverwacht(f"{schrijf}: {antwoord.status}\n{antwoord.tekst}")
        schrijf.bevestigd += 1
        self.bevestigd += 1


class Drukte:
    """Everybody at work at once; leaving the block waits until they have put down their work."""

    def __init__(self, mensen: list[Medewerker]) -> None:
        self.mensen = mensen

    def __enter__(self) -> "Drukte":
        for mens in self.mensen:
            mens.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for mens in self.mensen:
            mens.klaar.set()
        for mens in self.mensen:
            mens.thread.join(60)
        if kind is None:
            self.check()
            assert not any(mens.thread.is_alive() for mens in self.mensen)

    def check(self) -> None:
        """Raise what stopped somebody."""
        for mens in self.mensen:
            if mens.fout is not None:
                raise mens.fout

    def goes_on(self, aantal: int) -> None:
        """Wait until everybody heard yes to so many more writes."""
        doelen = [(mens, mens.bevestigd + aantal) for mens in self.mensen]

        def done() -> bool:
            self.check()
            return all(mens.bevestigd >= doel for mens, doel in doelen)

        wait_until(done, "iedereen werkt door")

    def notices(self) -> None:
        """Wait until somebody got no answer."""
        eerder = sum(mens.zonder_antwoord for mens in self.mensen)

        def noticed() -> bool:
            self.check()
            return sum(mens.zonder_antwoord for mens in self.mensen) > eerder

        wait_until(noticed, "iemand merkt het")
