"""Invented inhabitants and organisations of Voorbeeldstad, each the same at every look.

Nothing here reaches anybody: BSNs come from the test range, KVK-nummers begin with 00, telephone
numbers have a zero where a subscriber's number cannot have one, and mail goes to example.nl.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from stdnum.nl import bsn as stdnum_bsn

from contacts.models import KlantDoelgroep, PartijIdentificator
from contacts.services.partijen import NieuwePartij
from rapportage.simulatie.namen import (
    BEDRIJFSNAMEN,
    INSTELLINGEN,
    NAMEN,
    ONDERNEMINGEN,
    STRATEN,
)

PLAATS = "Voorbeeldstad"
# Of every hundred inhabitants forty have something to ask sometimes; four lead an organisation.
PERSONEN = 0.4
ORGANISATIES = 0.04
MET_BSN = 600
GEHEIMHOUDING = 0.01
# Above one some people come much more often than others.
SCHEEFHEID = 1.7
OUDSTE = date(1932, 1, 1)
DAGEN_OUD = (date(2008, 1, 1) - OUDSTE).days

# SA, SD and SS are not given out; no letter S is the short way to that.
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
_ASCII = str.maketrans({"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "'": "", " ": "", "-": ""})
_HERKOMST = tuple(accumulate(gewicht for gewicht, _, _ in NAMEN))


@dataclass(frozen=True, slots=True)
class Klant:
    """Somebody as the KCC gets to know him: what an agent types, and what the BRP adds."""

    nieuw: NieuwePartij
    geheimhouding: bool


@lru_cache(maxsize=1)
def test_bsns() -> tuple[str, ...]:
    """All BSNs of the test range 99999xxxx that pass the elfproef."""
    alle = (f"99999{n:04d}" for n in range(10_000))
    return tuple(nummer for nummer in alle if stdnum_bsn.is_valid(nummer))


def telefoonnummer(n: int) -> str:
    """A number that is well formed and that nobody can have: local numbers never begin with 0."""
    return f"+31580{n * 7919 % 1_000_000:06d}"


def _mail_name(tekst: str) -> str:
    kaal = unicodedata.normalize("NFKD", tekst.translate(_ASCII).lower())
    return kaal.encode("ascii", "ignore").decode()


def _street(n: int, huisnummer: int) -> tuple[str, str]:
    """Name and postcode; the two sides of a street have their own letters."""
    letters = _LETTERS[n % len(_LETTERS)] + _LETTERS[(n // 7 + huisnummer % 2) % len(_LETTERS)]
    return STRATEN[n], f"{8990 + n * 10 // len(STRATEN)} {letters}"


class Bevolking:
    """Everybody who may contact us, by number: first the persons, then the organisations.

    ``al_bekend``: how many partijen there are already, so that a second simulation invents others.
    """

    def __init__(
        self, *, seed: int, inwoners: int, al_bekend: int = 0, vergeven: Collection[str] = ()
    ) -> None:
        self._seed = seed
        self._eerste = al_bekend
        self.personen = max(20, int(inwoners * PERSONEN))
        self.organisaties = max(5, int(inwoners * ORGANISATIES))
        self._vergeven = frozenset(vergeven)
        bsns = [nummer for nummer in test_bsns() if nummer not in self._vergeven]
        Random(seed).shuffle(bsns)
        self._bsns: Sequence[str] = bsns[:MET_BSN]

    def choose(self, rng: Random, doelgroep: str) -> int:
        """Somebody of this doelgroep; some come often, most hardly ever."""
        plek = rng.random() ** SCHEEFHEID
        if doelgroep in (KlantDoelgroep.INWONER, KlantDoelgroep.VERTEGENWOORDIGER):
            return int(plek * self.personen)
        # The organisations with an even number are businesses, the others institutions.
        paar = int(plek * (self.organisaties // 2))
        return self.personen + 2 * paar + (doelgroep == KlantDoelgroep.INSTELLING)

    def describe(self, nr: int) -> Klant:
        """Who number ``nr`` is; the same answer every time."""
        rng = Random(f"{self._seed}-{self._eerste}-{nr}")
        if nr < self.personen:
            return self._person(rng, nr)
        return self._organisation(rng, nr)

    def _address(self, rng: Random) -> dict[str, str | int]:
        huisnummer = int(1 + 180 * rng.random() ** 1.6)
        straat, postcode = _street(rng.randrange(len(STRATEN)), huisnummer)
        soort = rng.random()
        return {
            "straatnaam": straat,
            "postcode": postcode,
            "huisnummer": huisnummer,
            "huisletter": rng.choice("ABC") if soort < 0.06 else "",
            "huisnummertoevoeging": str(rng.randrange(1, 9)) if soort > 0.95 else "",
            "plaats": PLAATS,
        }

    def _person(self, rng: Random, nr: int) -> Klant:
        _, voornamen, achternamen = rng.choices(NAMEN, cum_weights=_HERKOMST)[0]
        voornaam = rng.choice(voornamen)
        voorvoegsel, _, achternaam = rng.choice(achternamen).rpartition("|")
        heeft_mail = rng.random() < 0.6
        mail = f"{_mail_name(voornaam)}.{_mail_name(achternaam)}{self._eerste + nr}@example.nl"
        nieuw = NieuwePartij(
            voornaam=voornaam,
            voorvoegsel_achternaam=voorvoegsel,
            achternaam=achternaam,
            geboortedatum=OUDSTE + timedelta(days=rng.randrange(DAGEN_OUD))
            if rng.random() < 0.7
            else None,
            telefoonnummer=telefoonnummer(self._eerste + nr) if rng.random() < 0.85 else "",
            email=mail if heeft_mail else "",
            identificatoren={PartijIdentificator.Soort.BSN: self._bsns[nr]}
            if nr < len(self._bsns)
            else {},
            **(self._address(rng) if rng.random() < 0.85 else {}),  # type: ignore[arg-type]
        )
        return Klant(nieuw, geheimhouding=rng.random() < GEHEIMHOUDING)

    def _organisation(self, rng: Random, nr: int) -> Klant:
        is_instelling = (nr - self.personen) % 2
        soort = rng.choice(INSTELLINGEN if is_instelling else ONDERNEMINGEN)
        wie = rng.choice(BEDRIJFSNAMEN)
        if rng.random() < 0.4:
            wie = rng.choice(rng.choices(NAMEN, cum_weights=_HERKOMST)[0][2])
            wie = wie.replace("|", " ")
            wie = wie[:1].upper() + wie[1:]
        kvk = f"00{self._eerste + nr:06d}"
        heeft_kvk = rng.random() < 0.9 and len(kvk) == 8 and kvk not in self._vergeven
        nieuw = NieuwePartij(
            soort_partij="organisatie",
            organisatienaam=f"{soort} {wie}",
            telefoonnummer=telefoonnummer(self._eerste + nr),
            email=f"info{self._eerste + nr}@example.nl" if rng.random() < 0.8 else "",
            identificatoren={PartijIdentificator.Soort.KVK: kvk} if heeft_kvk else {},
            **self._address(rng),  # type: ignore[arg-type]
        )
        return Klant(nieuw, geheimhouding=False)
