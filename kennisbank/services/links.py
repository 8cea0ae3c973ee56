"""Trying the addresses that articles link to."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser

from kcc.ophalen import OphalenMislukt, Reden, fetch
from kennisbank.models import Kennisartikel, Linkcontrole

OPNIEUW_NA = timedelta(days=6)  # the job runs every week
WEG = {404, 410}
MAX_BYTES = 2_000_000
WACHT = 15.0  # seconds for one address
HOOGSTENS = 600.0  # seconds for one run, well within the time limit of a job; the rest comes next


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.gevonden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.gevonden += [w for n, w in attrs if n == "href" and w]


def web_links(bron: str) -> list[str]:
    """The web addresses that HTML links to, each once, without the part after #."""
    lezer = _Links()
    lezer.feed(bron)
    lezer.close()
    adressen = (link.partition("#")[0] for link in lezer.gevonden)
    return list(dict.fromkeys(a for a in adressen if a.startswith(("http://", "https://"))))


def linked_addresses() -> list[str]:
    """All web addresses in what is published now."""
    teksten = Kennisartikel.objects.filter(is_actief=True, huidige_versie__isnull=False)
    velden = (f"huidige_versie__{v}_html" for v in ("uitleg", "vraag_door", "werkinstructie"))
    adressen: dict[str, None] = {}
    for delen in teksten.values_list(*velden).iterator(chunk_size=500):
        adressen |= dict.fromkeys(web_links(" ".join(delen)))
    return [adres for adres in adressen if len(adres) <= 2000]


def check_links(*, at: datetime) -> int:
    """Try every address that was not tried this week, and forget those that nobody links to any
    more; returns how many were tried. No transaction around it: a slow server must not hold a lock,
    and what was tried stays tried when the job is stopped half-way.
    """
    adressen = linked_addresses()
    Linkcontrole.objects.exclude(url__in=adressen).delete()
    vers = set(
        Linkcontrole.objects.filter(gecontroleerd_op__gt=at - OPNIEUW_NA).values_list(
            "url", flat=True
        )
    )
    aantal, begonnen = 0, time.monotonic()
    for adres in (a for a in adressen if a not in vers):
        if time.monotonic() - begonnen > HOOGSTENS:
            break
        is_dood, uitkomst = try_link(adres)
        Linkcontrole.objects.update_or_create(
            url=adres,
            defaults={"is_dood": is_dood, "uitkomst": uitkomst, "gecontroleerd_op": at},
        )
        aantal += 1
    return aantal


def try_link(adres: str) -> tuple[bool, str]:
    """Whether it is dead, and what came of it. A server that is too slow, that wants no robot (403,
    429) or that is down today (5xx) may well answer a citizen: that is not dead.
    """
    try:
        antwoord = fetch(adres, max_bytes=MAX_BYTES, timeout=WACHT)
    except OphalenMislukt as exc:
        return exc.reden in (Reden.ADRES, Reden.GEEN_VERBINDING), str(exc.reden)[:100]
    return antwoord.status in WEG, f"antwoord {antwoord.status}"


def dead_links(bron: str) -> Iterator[Linkcontrole]:
    """Of the addresses in this HTML those that did not work when they were last tried."""
    adressen = web_links(bron)
    if adressen:
        yield from Linkcontrole.objects.filter(url__in=adressen, is_dood=True).order_by("url")
