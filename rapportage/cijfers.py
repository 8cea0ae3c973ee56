"""Reading figures from the roll-ups: counts per period and per kanaal, afdeling, product and so on.

Whatever the period and the filters, it takes the same few queries, and never touches the records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from contacts.services import HERHAAL_DAGEN
from kcc.models import Hartslag
from kcc.services import whole_hour
from organisatie.models import Afdeling
from rapportage.kpis import KPIS, Kpi
from rapportage.services import HARTSLAG, count_dirty_hours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
UUR = timedelta(hours=1)
# The last hour of contacts of which nobody can come back any more within the term.
ONZEKER = UUR + timedelta(hours=24 * HERHAAL_DAGEN)

# Counts by the name of the field; a name that is not there counts 0.
Tellers = Mapping[str, int]
LEEG: Tellers = {}


@dataclass(frozen=True)
class Keuze:
    """What is asked for: days in Amsterdam, first and last included, and the filters."""

    van: date
    tot: date
    kanaal: str = ""
    afdeling: Afdeling | None = None

    @property
    def dagen(self) -> int:
        """Length of the period in days."""
        return (self.tot - self.van).days + 1


@dataclass(frozen=True)
class Tijdvak:
    """From a moment up to, and not including, another; both on a whole UTC hour."""

    begin: datetime
    eind: datetime


@dataclass(frozen=True)
class Waarde:
    """One figure, exactly: a count, a share as two counts, or minutes with the number of taken."""

    kpi: Kpi
    teller: int
    noemer: int

    @property
    def is_leeg(self) -> bool:
        """There is nothing to say something about."""
        return not self.kpi.is_aantal and self.noemer == 0

    @property
    def getal(self) -> Fraction:
        """In the unit of its norm: per cent, werkuren, or a number. 0 when there is nothing."""
        if self.is_leeg:
            return Fraction(0)
        if self.kpi.is_aandeel:
            return Fraction(100 * self.teller, self.noemer)
        return Fraction(self.teller, 60) if self.kpi.is_percentiel else Fraction(self.teller)


@dataclass
class Paar:
    """The same counts in this period and in the one before it."""

    nu: dict[str, int] = field(default_factory=dict)
    vorig: dict[str, int] = field(default_factory=dict)

    def waarde(self, kpi: Kpi) -> Waarde:
        """The figure of this period."""
        return waarde(kpi, self.nu)

    def vorige(self, kpi: Kpi) -> Waarde:
        """The figure of the period before."""
        return waarde(kpi, self.vorig)


@dataclass
class Cijfers:
    """All counts that a dashboard shows. A key of None is what has no afdeling or no product."""

    keuze: Keuze
    huidig: Tijdvak
    vorig: Tijdvak
    totaal: Paar = field(default_factory=Paar)
    per_dag: dict[date, Paar] = field(default_factory=dict)
    per_kanaal: dict[str, Paar] = field(default_factory=dict)
    per_doelgroep: dict[str, Paar] = field(default_factory=dict)
    per_afdeling: dict[int | None, Paar] = field(default_factory=dict)
    per_product: dict[int | None, Paar] = field(default_factory=dict)


_GEKOZEN = """
    WHERE ((uur >= %(begin)s AND uur < %(eind)s) OR (uur >= %(vorig_begin)s AND uur < %(vorig_eind)s))
        AND (%(kanaal)s = '' OR kanaal = %(kanaal)s)
        AND (%(afdeling)s::bigint IS NULL OR afdeling_id = %(afdeling)s::bigint)
"""  # noqa: E501

TELLERS_CONTACT = (
    "contacten", "met_vraag", "fcr_a", "behandeld", "fcr_b", "herkenbaar", "fcr_c",
    "herkenbaar_zeker", "fcr_c_zeker",
)  # fmt: skip
_SOM = ", ".join(f"sum(t{nummer})" for nummer in range(1, len(TELLERS_CONTACT) + 1))
TELLERS_TAAK = ("overgedragen", "verschuldigd", "binnen_termijn", "afgehandeld")

# One pass over the rows makes three small sums; the rest is added up from those. Grouping by all
# six at once costs twice as much. A row is: what it is about, whether of this period, its key.
_CONTACTEN = f"""
WITH klein AS MATERIALIZED (
    SELECT GROUPING(uur, product_id) AS soort, nu, uur, product_id, kanaal, doelgroep, afdeling_id,
        sum(contacten) AS t1, sum(met_vraag) AS t2, sum(fcr_a) AS t3, sum(behandeld) AS t4,
        sum(fcr_b) AS t5, sum(herkenbaar) AS t6, sum(fcr_c) AS t7,
        coalesce(sum(herkenbaar) FILTER (WHERE uur <= %(zeker)s), 0) AS t8,
        coalesce(sum(fcr_c) FILTER (WHERE uur <= %(zeker)s), 0) AS t9
    FROM (SELECT *, uur >= %(begin)s AS nu FROM rapportage_uurtelling {_GEKOZEN}) gekozen
    GROUP BY GROUPING SETS (
        (nu, uur), (nu, product_id), (nu, kanaal, doelgroep, afdeling_id)))
SELECT 'dag', nu, (uur AT TIME ZONE %(zone)s)::date::text, {_SOM}
FROM klein WHERE soort = 1 GROUP BY 2, 3
UNION ALL
SELECT 'product', nu, product_id::text, {_SOM} FROM klein WHERE soort = 2 GROUP BY 2, 3
UNION ALL
SELECT CASE GROUPING(kanaal, doelgroep, afdeling_id)
    WHEN 7 THEN 'totaal' WHEN 3 THEN 'kanaal' WHEN 5 THEN 'doelgroep' ELSE 'afdeling' END,
    nu, coalesce(kanaal, doelgroep, afdeling_id::text), {_SOM}
FROM klein WHERE soort = 3
GROUP BY GROUPING SETS ((nu), (nu, kanaal), (nu, doelgroep), (nu, afdeling_id))
"""  # noqa: S608 - our own text

# An hour that is not over may still bring taken that are finished in time: it does not count yet.
_TAKEN = f"""
SELECT CASE GROUPING(afdeling_id) WHEN 1 THEN 'totaal' ELSE 'afdeling' END, nu, afdeling_id::text,
    sum(overgedragen), coalesce(sum(verschuldigd) FILTER (WHERE uur < %(dit_uur)s), 0),
    coalesce(sum(binnen_termijn) FILTER (WHERE uur < %(dit_uur)s), 0), sum(afgehandeld)
FROM (SELECT *, uur >= %(begin)s AS nu FROM rapportage_uurtaken {_GEKOZEN}) gekozen
GROUP BY GROUPING SETS ((nu), (nu, afdeling_id))
"""  # noqa: S608 - our own text

# The percentile by nearest rank: the least value at which the wanted share is reached, in whole
# numbers, so that it equals percentile_disc over the records to the minute.
_DOORLOOPTIJD = f"""
SELECT GROUPING(afdeling_id), nu, afdeling_id, werkminuten, sum(aantal)
FROM (SELECT *, uur >= %(begin)s AS nu FROM rapportage_uurdoorlooptijd {_GEKOZEN}) gekozen
GROUP BY GROUPING SETS ((nu, werkminuten), (nu, afdeling_id, werkminuten))
"""  # noqa: S608 - our own text
_PERCENTIELEN = f"""
SELECT totaal, nu, afdeling_id, max(n),
    min(werkminuten) FILTER (WHERE tot_en_met * 2 >= n),
    min(werkminuten) FILTER (WHERE tot_en_met * 10 >= n * 9)
FROM (
    SELECT *, sum(aantal) OVER (deel ORDER BY werkminuten) AS tot_en_met,
        sum(aantal) OVER deel AS n
    FROM ({_DOORLOOPTIJD}) AS h(totaal, nu, afdeling_id, werkminuten, aantal)
    WINDOW deel AS (PARTITION BY totaal, nu, afdeling_id)) p
GROUP BY totaal, nu, afdeling_id
"""  # noqa: S608 - our own text


def waarde(kpi: Kpi, tellers: Tellers) -> Waarde:
    """The figure that these counts make."""
    if kpi.is_percentiel:
        return Waarde(kpi, tellers.get(kpi.slug, 0), tellers.get("doorlooptijden", 0))
    if kpi.slug == "fcr-c":  # only what can no longer change
        return Waarde(kpi, tellers.get("fcr_c_zeker", 0), tellers.get("herkenbaar_zeker", 0))
    noemer = tellers.get(kpi.noemer, 0) if kpi.noemer else 0
    return Waarde(kpi, tellers.get(kpi.teller, 0), noemer)


def voorlopige_waarde(tellers: Tellers) -> Waarde:
    """FCR-C over the last days, which a customer who comes back can still change."""
    return Waarde(
        KPIS["fcr-c"],
        tellers.get("fcr_c", 0) - tellers.get("fcr_c_zeker", 0),
        tellers.get("herkenbaar", 0) - tellers.get("herkenbaar_zeker", 0),
    )


def tijdvakken(keuze: Keuze, *, nu: datetime) -> tuple[Tijdvak, Tijdvak]:
    """The period, up to now at most, and the equally long one before it up to the same hour."""
    begin = datetime.combine(keuze.van, time.min, AMSTERDAM)
    eind = datetime.combine(keuze.tot + timedelta(days=1), time.min, AMSTERDAM)
    tot_nu = (whole_hour(nu) + UUR).astimezone(AMSTERDAM)
    eind = max(min(eind, tot_nu), begin)
    # In local time: thirty days earlier at the same time on the clock.
    terug = timedelta(days=keuze.dagen)
    huidig = Tijdvak(begin.astimezone(UTC), eind.astimezone(UTC))
    return huidig, Tijdvak((begin - terug).astimezone(UTC), (eind - terug).astimezone(UTC))


def load_cijfers(keuze: Keuze, *, nu: datetime) -> Cijfers:
    """All counts of a period and of the one before it, in three queries."""
    huidig, vorig = tijdvakken(keuze, nu=nu)
    uit = Cijfers(keuze=keuze, huidig=huidig, vorig=vorig)
    waarden: dict[str, Any] = {
        "begin": huidig.begin,
        "eind": huidig.eind,
        "vorig_begin": vorig.begin,
        "vorig_eind": vorig.eind,
        "kanaal": keuze.kanaal,
        "afdeling": keuze.afdeling.pk if keuze.afdeling else None,
        "zone": AMSTERDAM.key,
        "zeker": nu - ONZEKER,
        "dit_uur": whole_hour(nu),
    }
    with connection.cursor() as cursor:
        for opdracht, namen in ((_CONTACTEN, TELLERS_CONTACT), (_TAKEN, TELLERS_TAAK)):
            cursor.execute(opdracht, waarden)
            for soort, is_nu, sleutel, *tellers in cursor.fetchall():
                paar = _paar(uit, soort, sleutel)
                doel = paar.nu if is_nu else paar.vorig
                doel.update(zip(namen, map(int, tellers), strict=True))
        cursor.execute(_PERCENTIELEN, waarden)
        for is_totaal, is_nu, afdeling, aantal, mediaan, p90 in cursor.fetchall():
            paar = uit.totaal if is_totaal else uit.per_afdeling.setdefault(afdeling, Paar())
            doel = paar.nu if is_nu else paar.vorig
            doel.update(
                {
                    "doorlooptijden": int(aantal),
                    "doorlooptijd-mediaan": mediaan,
                    "doorlooptijd-p90": p90,
                }
            )
    return uit


def _paar(uit: Cijfers, soort: str, sleutel: str | None) -> Paar:
    """Where the counts of one row belong."""
    match soort:
        case "totaal":
            return uit.totaal
        case "dag":
            return uit.per_dag.setdefault(date.fromisoformat(str(sleutel)), Paar())
        case "kanaal":
            return uit.per_kanaal.setdefault(str(sleutel), Paar())
        case "doelgroep":
            return uit.per_doelgroep.setdefault(str(sleutel), Paar())
        case "afdeling":
            return uit.per_afdeling.setdefault(int(sleutel) if sleutel else None, Paar())
        case "product":
            return uit.per_product.setdefault(int(sleutel) if sleutel else None, Paar())
    raise ValueError(soort)


@dataclass(frozen=True)
class Stand:
    """How fresh the figures are."""

    bijgewerkt_op: datetime | None
    wachtend: int
    werker_op: datetime | None
    nu: datetime

    @property
    def merk(self) -> str:
        """Changes when a figure may have changed: also with the hour, when terms and days end."""
        slag = int(self.bijgewerkt_op.timestamp() * 1_000_000) if self.bijgewerkt_op else 0
        uur = int(whole_hour(self.nu).timestamp()) // 3600
        return f"{slag:x}-{self.wachtend}-{uur:x}-{int(self.staat_stil)}"

    @property
    def staat_stil(self) -> bool:
        """Something waits, and no worker has shown itself for two minutes."""
        stil = self.werker_op is None or self.nu - self.werker_op > timedelta(minutes=2)
        return stil and self.wachtend > 0


def load_stand(*, nu: datetime) -> Stand:
    """When figures last changed, and what waits; two small queries."""
    slagen = dict(
        Hartslag.objects.filter(naam__in=[HARTSLAG, "werker"]).values_list("naam", "geslagen_op")
    )
    return Stand(
        bijgewerkt_op=slagen.get(HARTSLAG),
        wachtend=count_dirty_hours(),
        werker_op=slagen.get("werker"),
        nu=nu,
    )
