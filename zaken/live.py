"""What changed in a list while it was open: asked for every few seconds by the page.

One place, so that a push from the server can replace the asking. A step in the life of a taak is a
row in its history, and rows there get ever higher numbers: "what is new" is the end of one index.
Two transactions may end in the other order than their numbers were given out, so a page remembers
how many rows it saw of the last ones, and looks again when there turn out to be more.
"""

import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BigIntegerField, TextField, Value
from django.db.models.functions import Concat, Left

from organisatie.models import Medewerker
from zaken.models import InterneTaak, Kijker, TaakGebeurtenis

# As many rows as may be given out but not yet stored; a transaction takes milliseconds.
TERUGKIJKEN = 200
# After a night of standing still a page is better asked for again than patched.
HOOGSTENS_NIEUW = 500
_STAND = re.compile(r"^([0-9]{1,18})-([0-9]{1,6})-([0-9]{1,10})$")


@dataclass(frozen=True)
class Stand:
    """What a page has seen: the last step, how many of those just before it, and who looked on."""

    laatste: int
    gezien: int
    kijkers: int = 0

    @classmethod
    def read(cls, tekst: str) -> "Stand | None":
        """From the page; None for what we did not write."""
        gevonden = _STAND.match(tekst)
        return cls(*(int(deel) for deel in gevonden.groups())) if gevonden else None

    def __str__(self) -> str:
        return f"{self.laatste}-{self.gezien}-{self.kijkers}"


@dataclass(frozen=True)
class Verschil:
    """What is new since a Stand: which taken, who looks at those on the page, and what to say next
    time. ``te_veel``: so much that the page is better asked for again.
    """

    stand: Stand
    taken: frozenset[int]
    kijkers: dict[int, str]
    te_veel: bool = False


def stand_now() -> Stand:
    """To put in a page that is made now."""
    ids = TaakGebeurtenis.objects.order_by("-pk").values_list("pk", flat=True)[:TERUGKIJKEN]
    return _stand(list(ids), {})


def since(
    *, stand: Stand, getoond: Collection[UUID], medewerker: Medewerker, nu: datetime
) -> Verschil | None:
    """What changed since ``stand``; None when nothing did. One query.

    ``getoond`` are the taken on the page: of those, and only if this person may see them, it tells
    who looks on.
    """
    stappen = (
        TaakGebeurtenis.objects.filter(pk__gt=stand.laatste - TERUGKIJKEN)
        .order_by("-pk")
        .values_list("pk", "taak_id", Value("", output_field=TextField()))
    )[: HOOGSTENS_NIEUW + TERUGKIJKEN]
    zichtbaar = InterneTaak.objects.visible_to(medewerker).filter(uuid__in=getoond)
    kijkers = (
        Kijker.objects.watching(nu)
        .filter(taak__in=zichtbaar.values("pk"))
        .exclude(medewerker=medewerker)
        .values_list(Value(0, output_field=BigIntegerField()), "taak_id", _naam())
    )
    gevonden = list(stappen.union(kijkers, all=True))
    rijen = [(pk, taak) for pk, taak, _ in gevonden if pk]
    wie: dict[int, list[str]] = {}
    for pk, taak, naam in gevonden:
        if not pk:
            wie.setdefault(taak, []).append(" ".join(naam.split()))
    kijkt = {taak: say_kijkt(namen) for taak, namen in wie.items()}
    nieuw = _stand([pk for pk, _ in rijen], kijkt)
    if nieuw == stand:
        return None
    eerder = [rij for rij in rijen if rij[0] <= stand.laatste]
    raak = rijen if len(eerder) != stand.gezien else [r for r in rijen if r[0] > stand.laatste]
    te_veel = len(rijen) >= HOOGSTENS_NIEUW + TERUGKIJKEN
    return Verschil(nieuw, frozenset(taak for _, taak in raak), kijkt, te_veel)


def _naam() -> Concat:
    return Concat(
        Left("medewerker__voornaam", 1),
        Value(". "),
        "medewerker__voorvoegsel_achternaam",
        Value(" "),
        "medewerker__achternaam",
        output_field=TextField(),
    )


def _stand(pks: list[int], kijkt: Mapping[int, str]) -> Stand:
    laatste = max(pks, default=0)
    gezien = sum(pk > laatste - TERUGKIJKEN for pk in pks)
    return Stand(laatste, gezien, zlib.crc32(repr(sorted(kijkt.items())).encode()) if kijkt else 0)


def watchers_of(*, taak: InterneTaak, medewerker: Medewerker, nu: datetime) -> str:
    """Which others have this taak open now, in words; empty when nobody has."""
    kijkers = Kijker.objects.watching(nu).filter(taak=taak).exclude(medewerker=medewerker)
    return say_kijkt([str(kijker.medewerker) for kijker in kijkers.select_related("medewerker")])


def say_kijkt(namen: list[str]) -> str:
    """Who has a taak open, in words: "K. Smit kijkt nu"."""
    if not namen:
        return ""
    namen = sorted(set(namen))
    if len(namen) > 2:
        return f"{namen[0]} en {len(namen) - 1} anderen kijken nu"
    return f"{' en '.join(namen)} {'kijkt' if len(namen) == 1 else 'kijken'} nu"
