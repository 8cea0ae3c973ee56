"""What the editors work from: reports, how long things take, and what to write next."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Min, Q
from django.db.models.functions import Coalesce, Least

from kcc.access import RECHTEN
from kennisbank.models import Concept, Gebruik, Kennisartikel, Melding, MeldingSoort, Zoekactie
from kennisbank.search.woorden import stem, telling_words
from organisatie.models import Medewerker
from organisatie.querysets import MedewerkerQuerySet

# The formula of "wat nu te schrijven". The page says it in words: change both.
PUNTEN_ZOEKACTIE = 1
PUNTEN_MIST = 3
PUNTEN_KLOPT_NIET = 5
GEOPEND_PER_PUNT = 5
GEOPEND_MINSTENS = 10
GEBRUIKT_HOOGSTENS = 0.2  # of the times that it was opened
ZOEKDAGEN = 30
GEBRUIKDAGEN = 90
DOORLOOPDAGEN = 365
MEEST = 2000  # different questions that are looked at


def editors() -> MedewerkerQuerySet:
    """Who may work on reports."""
    rollen = [rol for rol, recht in RECHTEN.items() if "kennisbank.change_kennisartikel" in recht]
    actief: MedewerkerQuerySet = Medewerker.objects.active()
    return actief.filter(rollen__overlap=rollen)


@dataclass(frozen=True)
class Doorlooptijd:
    """How long it took from what a colleague said until it was published."""

    aantal: int
    gemiddeld: timedelta | None

    @property
    def dagen(self) -> float | None:
        """The average in days."""
        return None if self.gemiddeld is None else self.gemiddeld / timedelta(days=1)


def lead_time(*, nu: datetime) -> Doorlooptijd:
    """From the first report (or else the proposal) to the published version, over a year."""
    begin = Coalesce(Least(Min("meldingen__op"), F("ingediend_op")), F("ingediend_op"))
    duur = ExpressionWrapper(
        F("gepubliceerde_versie__gepubliceerd_op") - F("begin"), output_field=DurationField()
    )
    uitkomst = (
        Concept.objects.filter(
            gepubliceerde_versie__gepubliceerd_op__gt=nu - timedelta(days=DOORLOOPDAGEN)
        )
        .annotate(begin=begin)
        .annotate(duur=duur)
        .aggregate(aantal=Count("pk"), gemiddeld=Avg("duur"))
    )
    return Doorlooptijd(uitkomst["aantal"], uitkomst["gemiddeld"])


def lead_time_of(melding: Melding) -> timedelta | None:
    """From this report to the version that came of it. Runs no query ``with_row``."""
    concept = melding.concept
    if concept is None or concept.gepubliceerde_versie is None:
        return None
    return concept.gepubliceerde_versie.gepubliceerd_op - melding.op


@dataclass
class Zoekgroep:
    """Questions that say the same, as they found nothing."""

    vraag: str  # as it was asked most
    aantal: int
    laatst: datetime
    ook: list[str] = field(default_factory=list)


def stems_of(vraag: str) -> frozenset[str]:
    """What makes two questions the same: the stems of the words that say something."""
    return frozenset(stem(woord) for woord in telling_words(vraag))


def zero_result_groups(*, nu: datetime) -> dict[frozenset[str], Zoekgroep]:
    """Searches of thirty days that found nothing, the same stems together, most asked first.

    What found something later on is left out: it was written meanwhile.
    """
    niets = Q(aantal=0)
    rijen = (
        Zoekactie.objects.filter(op__gt=nu - timedelta(days=ZOEKDAGEN))
        .values("vraag")
        .annotate(
            keer=Count("pk", filter=niets),
            laatst=Max("op", filter=niets),
            gevonden=Max("op", filter=~niets),
        )
        .filter(keer__gt=0)
        .filter(Q(gevonden__isnull=True) | Q(gevonden__lt=F("laatst")))
        .order_by("-keer", "vraag")[:MEEST]
    )
    groepen: dict[frozenset[str], Zoekgroep] = {}
    aaneen: dict[str, frozenset[str]] = {}  # kermis vergunning and kermisvergunning are one
    for rij in rijen:
        stammen = [stem(woord) for woord in telling_words(rij["vraag"])]
        sleutel = aaneen.setdefault("".join(stammen), frozenset(stammen))
        groep = groepen.get(sleutel)
        if groep is None:
            groepen[sleutel] = Zoekgroep(rij["vraag"], rij["keer"], rij["laatst"])
        else:
            groep.aantal += rij["keer"]
            groep.laatst = max(groep.laatst, rij["laatst"])
            groep.ook.append(rij["vraag"])
    return dict(sorted(groepen.items(), key=lambda paar: -paar[1].aantal))


@dataclass
class Schrijfpunt:
    """One thing to write or to mend, why, and how much it weighs."""

    titel: str = ""
    punten: int = 0
    redenen: list[str] = field(default_factory=list)
    artikel: Kennisartikel | None = None
    meldingen: list[Melding] = field(default_factory=list)
    zoekvraag: str = ""


def what_to_write(*, nu: datetime, hoogstens: int = 40) -> list[Schrijfpunt]:
    """Everything that asks for an editor's pen, by its points. The page tells how they count."""
    punten: dict[Hashable, Schrijfpunt] = defaultdict(Schrijfpunt)
    for sleutel, groep in zero_result_groups(nu=nu).items():
        punt = punten["vraag", sleutel]
        punt.titel = punt.zoekvraag = groep.vraag
        punt.punten += PUNTEN_ZOEKACTIE * groep.aantal
        punt.redenen.append(f"{groep.aantal} keer gezocht, niets gevonden")
        if groep.ook:
            punt.redenen.append(f"ook als: {', '.join(groep.ook[:3])}")
    _add_meldingen(punten)
    _add_unused(punten, nu)
    return sorted(punten.values(), key=lambda punt: (-punt.punten, punt.titel))[:hoogstens]


def _add_meldingen(punten: dict[Hashable, Schrijfpunt]) -> None:
    per_punt: dict[Hashable, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for melding in Melding.objects.to_do().with_row():
        sleutel: Hashable
        if melding.artikel is not None and melding.artikel.huidige_versie is not None:
            sleutel, titel = ("artikel", melding.artikel_id), melding.artikel.huidige_versie.titel
            punten[sleutel].artikel = melding.artikel
        elif melding.zoekvraag:
            sleutel, titel = ("vraag", stems_of(melding.zoekvraag)), melding.zoekvraag
        elif melding.product is not None:
            sleutel, titel = ("product", melding.product_id), melding.product.naam
        else:
            sleutel, titel = ("melding", melding.pk), melding.toelichting[:80]
        punt = punten[sleutel]
        punt.titel = punt.titel or titel
        punt.meldingen.append(melding)
        is_fout = melding.soort == MeldingSoort.KLOPT_NIET
        punt.punten += PUNTEN_KLOPT_NIET if is_fout else PUNTEN_MIST
        per_punt[sleutel][melding.get_soort_display()] += 1
    for sleutel, soorten in per_punt.items():
        punten[sleutel].redenen += [f"{aantal} keer “{soort}”" for soort, aantal in soorten.items()]


def _add_unused(punten: dict[Hashable, Schrijfpunt], nu: datetime) -> None:
    """Articles that are opened often, and seldom are the answer."""
    keren: dict[int, dict[str, int]] = defaultdict(dict)
    for artikel, soort, aantal in (
        Gebruik.objects.filter(op__gt=nu - timedelta(days=GEBRUIKDAGEN))
        .values_list("artikelversie__artikel", "soort")
        .annotate(Count("pk"))
    ):
        keren[artikel][soort] = aantal
    ongebruikt = {}
    for artikel, per_soort in keren.items():
        geopend = per_soort.get(Gebruik.Soort.GEOPEND, 0)
        gebruikt = per_soort.get(Gebruik.Soort.GEBRUIKT, 0)
        if geopend >= GEOPEND_MINSTENS and gebruikt < GEBRUIKT_HOOGSTENS * geopend:
            ongebruikt[artikel] = (geopend, gebruikt)
    stukken = Kennisartikel.objects.filter(pk__in=ongebruikt, is_actief=True).with_page()
    for stuk in stukken.exclude(soort="nieuws").filter(huidige_versie__isnull=False):
        assert stuk.huidige_versie is not None  # noqa: S101 - filtered above
        geopend, gebruikt = ongebruikt[stuk.pk]
        punt = punten["artikel", stuk.pk]
        punt.artikel, punt.titel = stuk, stuk.huidige_versie.titel
        punt.punten += (geopend - gebruikt) // GEOPEND_PER_PUNT
        punt.redenen.append(f"{geopend} keer geopend, {gebruikt} keer gebruikt")
