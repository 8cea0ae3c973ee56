"""What bench.werkvoorraad asks: every list, order, filter and search, and what runs beside them."""

from typing import TYPE_CHECKING, Any

from contacts.numbers import make_nummer

if TYPE_CHECKING:
    from bench.werkvoorraad import Meting

PAD = "/werkvoorraad/"
AGENTEN = [f"m{nr}" for nr in range(1, 21)]
# The largest department is the first: a sixth of all that is open lies there.
GROOT = [f"m{nr}" for nr in range(121, 640) if 1 + nr % 39 == 1 and nr % 50]
COORDINATOR = "m150"
ZELDZAAM = ["e4da3b", "1679a", "8f14e4", "c9f0f8", "45c48c"]  # in a few dozen taken of millions
GEWOON = ["spoedpaspoort", "parkeerbon", "dakkapel", "fatima", "stoeptegel"]


def ask_all(meting: "Meting") -> None:
    """In the order of the page: lists, orders, pages, filters, searches, and the rest."""
    afdeling, groep = "afdeling-1", "groep:groep-1"
    for naam, wie, params in [
        ("eerste scherm, vakspecialist", GROOT, {}),
        ("eerste scherm, KCC", AGENTEN, {}),
        ("mijn", GROOT, {"tab": "mijn"}),
        ("afdeling (de grootste)", GROOT, {"tab": afdeling}),
        ("groep", GROOT, {"tab": groep}),
        ("vandaag van het KCC", GROOT, {"tab": "vandaag"}),
        ("terug van afdelingen", AGENTEN, {"tab": "terug"}),
        ("uitgezet door mij", AGENTEN, {"tab": "uitgezet"}),
        ("alle afdelingen", AGENTEN, {"tab": "alle"}),
        ("alle, een afdeling", AGENTEN, {"tab": "alle", "afdeling": "afdeling-3"}),
    ]:
        _page(meting, naam, wie, params)
    for lijst, wie, tab in [("afdeling", GROOT, afdeling), ("alle", AGENTEN, "alle")]:
        for sorteer in ("-termijn", "prioriteit", "onderwerp", "klant", "-klant", "van", "bij",
                        "-bij", "stand", "-stand"):  # fmt: skip
            _page(meting, f"{lijst}, volgorde {sorteer}", wie, {"tab": tab, "sorteer": sorteer})
        for stand in ("vrij", "te_laat", "afgehandeld"):
            _page(meting, f"{lijst}, {stand}", wie, {"tab": tab, "stand": stand})
        for filters in ({"prioriteit": "hoog"}, {"kanaal": "brief"}, {"kanaal": "telefoon"},
                        {"product": "product 17"}, {"bijzonder": "terugbellen"},
                        {"bijzonder": "stil"}, {"van": _agent()}):  # fmt: skip
            ((naam, waarde),) = filters.items()
            naam = f"{lijst}, {naam} {waarde[:10]}"
            _page(meting, naam, wie, {"tab": tab, **filters})
        _page(meting, f"{lijst}, pagina 100", wie, {"tab": tab, "pagina": "100"})
        _page(meting, f"{lijst}, 100 rijen", wie, {"tab": tab, "rijen": "100"}, doel=False)
        _page(
            meting, f"{lijst}, 100 rijen, pagina 100", wie,
            {"tab": tab, "rijen": "100", "pagina": "100"},
        )  # fmt: skip
        _page(
            meting, f"{lijst}, afgehandeld, pagina 100", wie,
            {"tab": tab, "stand": "afgehandeld", "pagina": "100"},
        )  # fmt: skip
        for soort, woorden in [("zeldzaam", ZELDZAAM), ("gewoon", GEWOON)]:
            _search(meting, f"{lijst}, zoek {soort} woord", wie, {"tab": tab}, woorden)
            _search(
                meting, f"{lijst}, zoek {soort} woord, afgehandeld", wie,
                {"tab": tab, "stand": "afgehandeld"}, woorden,
            )  # fmt: skip
    nummers = [make_nummer("T", 10_000_000 + nr) for nr in range(1, 40)]
    meting.ask(
        "zoek op nummer",
        lambda n: meting.client(AGENTEN[n % 20]).post(f"{PAD}zoeken/", {"q": nummers[n % 39]}),
    )
    _beside(meting)


def _agent() -> str:
    from organisatie.models import Medewerker

    return str(Medewerker.objects.get(gebruikersnaam="m7").uuid)


def _page(
    meting: "Meting", naam: str, wie: list[str], params: dict[str, str], *, doel: bool = True
) -> None:
    meting.ask(naam, lambda n: meting.client(wie[n % len(wie)]).get(PAD, params))


def _search(
    meting: "Meting", naam: str, wie: list[str], params: dict[str, str], woorden: list[str]
) -> None:
    """The page of what was found; that the text is kept and redirected to is not in the time."""
    adressen: dict[int, tuple[Any, str]] = {}
    for n in range(max(len(woorden), 5)):
        client = meting.client(wie[n % len(wie)])
        antwoord = client.post(
            f"{PAD}zoeken/?" + "&".join(f"{k}={v}" for k, v in params.items()),
            {"q": woorden[n % len(woorden)]},
        )
        adressen[n] = client, antwoord["Location"]

    def ask(n: int) -> Any:
        client, adres = adressen[n % len(adressen)]
        return client.get(adres)

    meting.ask(naam, ask)


def _beside(meting: "Meting") -> None:
    """What a list does while it is open, and the next taak."""
    from zaken import live
    from zaken.models import InterneTaak

    stand = str(live.stand_now())
    open_taken = InterneTaak.objects.open().filter(afdeling__identificatie="afdeling-1")
    uuids = [str(uuid) for uuid in open_taken.values_list("uuid", flat=True)[:100]]
    meting.ask(
        "wat is er nieuw: niets (20 rijen)",
        lambda n: meting.client(GROOT[n % len(GROOT)]).post(
            f"{PAD}sinds/?tab=afdeling-1", {"stand": stand, "taak": uuids[:20]}
        ),
    )
    meting.ask(
        "wat is er nieuw: niets (100 rijen)",
        lambda n: meting.client(GROOT[n % len(GROOT)]).post(
            f"{PAD}sinds/?tab=afdeling-1", {"stand": stand, "taak": uuids}
        ),
    )
    meting.ask(
        "ik kijk naar deze taak",
        lambda n: meting.client(GROOT[n % len(GROOT)]).post(f"{PAD}{uuids[n % 100]}/kijkt/"),
    )
    meting.ask(
        "geef me de volgende",
        lambda n: meting.client(GROOT[n % len(GROOT)]).post(f"{PAD}volgende/"),
    )
    meting.ask(
        "wat is er nieuw: veertig taken genomen",
        lambda n: meting.client(GROOT[n % len(GROOT)]).post(
            f"{PAD}sinds/?tab=afdeling-1", {"stand": stand, "taak": uuids[:20]}
        ),
    )
    meting.ask(
        "de pagina van een taak",
        lambda n: meting.client(GROOT[n % len(GROOT)]).get(
            f"{PAD}{uuids[n % 100]}/", {"tab": "afdeling-1"}, headers={"HX-Request": "true"}
        ),
    )
