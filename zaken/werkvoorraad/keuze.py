"""What the address may ask of the list of work: names and values that we know, and nothing else."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from uuid import UUID

from django.utils.http import urlencode

from contacts.models import Kanaal
from zaken.models import Prioriteit

ZOEK_SLEUTEL = "werkvoorraad_zoek"
ZOEK_LENGTE = 100
ZOEK_BEWAARD = 10
RIJEN = (20, 100)

STANDEN = {
    "open": "Open",
    "vrij": "Open en van niemand",
    "te_laat": "Te laat",
    "afgehandeld": "Afgehandeld",
}
BIJZONDER = {"terugbellen": "Terugbellen gepland", "stil": "Stil gezet"}
PRIORITEITEN = {p.label: p for p in Prioriteit}
KANALEN = dict(Kanaal.choices)

# Names from the address → columns. Anything else is refused, so that nobody can sort by a column
# that he may not see.
SORTEER: dict[str, tuple[str, ...]] = {
    "termijn": ("termijn_op",),
    "afgehandeld": ("afgehandeld_op",),
    "prioriteit": ("prioriteit",),
    "onderwerp": ("gevraagde_handeling",),
    "klant": ("klantnaam",),
    "van": ("aangemaakt_door__achternaam", "aangemaakt_door__voornaam"),
    "bij": ("toegewezen_aan__achternaam", "toegewezen_aan__voornaam"),
    "stand": ("status", "aantal_pogingen"),
}


@dataclass(frozen=True)
class Keuze:
    """One way of looking at the list, as it stands in the address. Empty is as it comes."""

    tab: str = ""
    afdeling: str = ""
    stand: str = ""
    prioriteit: str = ""
    product: str = ""
    kanaal: str = ""
    van: str = ""
    bijzonder: str = ""
    sorteer: str = ""
    rijen: str = ""
    meer: str = ""
    zoek: str = ""
    oud: str = ""
    pagina: str = ""

    @classmethod
    def read(cls, params: Mapping[str, object]) -> "Keuze":
        """What of these parameters we know; the rest is as if it was not there."""
        tekst = {
            veld.name: str(params.get(veld.name) or "").replace("\x00", "")[:60].strip()
            for veld in fields(cls)
        }
        mag = {
            "stand": STANDEN.keys() - {"open"},
            "prioriteit": PRIORITEITEN.keys(),
            "kanaal": KANALEN.keys(),
            "bijzonder": BIJZONDER.keys(),
            "rijen": {"100"},
            "meer": {"1"},
            "oud": {"1"},
        }
        for naam, waarden in mag.items():
            if tekst[naam] not in waarden:
                tekst[naam] = ""
        if tekst["sorteer"].removeprefix("-") not in SORTEER:
            tekst["sorteer"] = ""
        if not _is_uuid(tekst["van"]):
            tekst["van"] = ""
        return cls(**tekst)

    @property
    def is_gefilterd(self) -> bool:
        """True when one of the filters behind "meer" is on."""
        return any((self.prioriteit, self.product, self.kanaal, self.van, self.bijzonder))

    def to_keep(self) -> dict[str, str]:
        """What a saved view remembers: no page, and never a search."""
        weg = {"zoek", "pagina", "meer", "oud"}
        return {k: v for k, v in vars(self).items() if v and k not in weg}

    def query(self, **anders: str) -> str:
        """The address behind the question mark, with something else in it."""
        deel = {**vars(self), **anders}
        if deel["pagina"] == "1":
            deel["pagina"] = ""
        return urlencode({sleutel: waarde for sleutel, waarde in deel.items() if waarde})


SLEUTELS = tuple(veld.name for veld in fields(Keuze))


def _is_uuid(tekst: str) -> bool:
    try:
        UUID(tekst)
    except ValueError:
        return False
    return True


def keep_zoektekst(zoekteksten: Mapping[str, str], tekst: str) -> tuple[str, dict[str, str]]:
    """A name under which a search stands in the address, since what people search for is a name or
    a subject, which does not belong there; and what the session keeps from now on.
    """
    sleutel = secrets.token_urlsafe(6)
    bewaard = dict(list(zoekteksten.items())[-(ZOEK_BEWAARD - 1) :])
    return sleutel, {**bewaard, sleutel: tekst.replace("\x00", "").strip()[:ZOEK_LENGTE]}
