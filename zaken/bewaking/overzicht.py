"""The page of the guard itself: is it awake, how much needs attention, whom did it warn."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kcc.hartslag import Leven, life_sign
from organisatie.models import Medewerker
from zaken.bewaking.beloften import STANDEN, Beloften
from zaken.models import InterneTaak, Waarschuwing
from zaken.querysets import InterneTaakQuerySet

LAATSTE = 20


@dataclass(frozen=True)
class Tegel:
    """A number and the list behind it."""

    naam: str
    aantal: int
    url: str
    soort: str = ""


def guard_state(nu: datetime) -> Leven:
    """The heartbeat of the guard."""
    return life_sign(naam="bewaking", at=nu)


def tiles(lijst: Beloften, doorgestuurd: InterneTaakQuerySet) -> list[Tegel]:
    """One count per list, each from the index of open taken."""
    beloften = reverse("zaken:beloften")
    uit = []
    for stand, soort in (
        ("dreigt", "let-op"),
        ("te_laat", "fout"),
        ("niemand", ""),
    ):
        aantal = lijst.in_stand(lijst.taken, stand).count()
        uit.append(
            Tegel(STANDEN[stand], aantal, f"{beloften}?stand={stand}", soort if aantal else "")
        )
    aantal = doorgestuurd.count()
    uit.append(
        Tegel(
            "Twee keer of vaker doorgestuurd",
            aantal,
            reverse("zaken:doorgestuurd"),
            "let-op" if aantal else "",
        )
    )
    return uit


def warnings_for(medewerker: Medewerker) -> list[Waarschuwing]:
    """The last warnings about taken that this person may see."""
    zichtbaar = InterneTaak.objects.visible_to(medewerker).values("pk")
    return list(
        Waarschuwing.objects.filter(taak__in=zichtbaar)
        .select_related("taak__afdeling")
        .order_by("-op", "-pk")[:LAATSTE]
    )
