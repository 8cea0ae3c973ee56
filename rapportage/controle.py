"""Every figure once more, straight from the records and written in another way.

Where rapportage.rollup asks per contact whether something exists, this asks with windows, joins and
sums over the whole table; where it takes the stored werkminuten, this derives them again from the
opening hours in SQL. Two ways that agree on every hour and every cell leave little room for a
mistake in either. Reads only; what it finds is for ``manage.py kpi_controle`` to print.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from contacts.services import HERHAAL_DAGEN
from kcc.services import whole_hour
from organisatie.werkkalender import feestdagen
from rapportage.cijfers import AMSTERDAM, ONZEKER, Keuze, Waarde, load_cijfers, tijdvakken
from rapportage.kpis import (
    BINNEN_TERMIJN,
    CONTACTEN,
    DEKKING,
    FCR_A,
    FCR_B,
    FCR_C,
    KPIS,
    MEDIAAN,
    OVERGEDRAGEN,
    P90,
)
from rapportage.services import count_dirty_hours, recompute_dirty_hours

SLEUTEL = "uur, kanaal, doelgroep, afdeling_id, product_id"
POGINGEN = 20

_UUR = "to_timestamp(floor(extract(epoch FROM {}) / 3600) * 3600)"

# One row per closed contact, with what happened around it put beside it by windows and a join.
_CONTACT = f"""
contact AS (
    SELECT {_UUR.format("k.plaatsgevonden_op")} AS uur,
        k.kanaal, k.doelgroep, k.afdeling_id, k.product_id, k.plaatsgevonden_op,
        (k.gespreksresultaat <> 'verbinding_verbroken')::int AS antwoord,
        (k.gespreksresultaat <> 'verbinding_verbroken' AND length(k.onderwerp) > 0)::int AS vraag,
        (k.gespreksresultaat IN ('zelfstandig_afgehandeld', 'na_ruggespraak'))::int AS volgens_kcc,
        (k.gespreksresultaat IN ('zelfstandig_afgehandeld', 'na_ruggespraak', 'klant_belt_terug',
            'neemt_opnieuw_contact_op') AND t.klantcontact_id IS NULL)::int AS zelf,
        (num_nulls(k.partij_id, k.product_id) = 0)::int AS bekend,
        (count(*) OVER (
            PARTITION BY k.partij_id, k.product_id ORDER BY k.plaatsgevonden_op
            RANGE BETWEEN '1 microsecond' FOLLOWING AND %(herhaal)s FOLLOWING) = 0)::int AS stil,
        CASE WHEN row_number() OVER (
            PARTITION BY k.gesprek_id ORDER BY k.afgerond_op DESC, k.id DESC) = 1
            THEN g.gestart_op END AS start,
        coalesce(g.opgehangen_op, g.afgerond_op) AS opgehangen, g.afgerond_op AS klaar
    FROM contacts_klantcontact k
    JOIN contacts_gesprek g ON g.id = k.gesprek_id
    LEFT JOIN (SELECT DISTINCT klantcontact_id FROM zaken_internetaak) t
        ON t.klantcontact_id = k.id
    WHERE k.afgerond_op IS NOT NULL)
"""  # noqa: S608 - our own text

_TELLING = f"""
WITH {_CONTACT}
SELECT {SLEUTEL}, count(*) AS contacten, sum(vraag) AS met_vraag,
    sum(vraag * volgens_kcc) AS fcr_a, sum(antwoord) AS behandeld, sum(zelf) AS fcr_b,
    sum(vraag * bekend) AS herkenbaar, sum(vraag * bekend * stil) AS fcr_c,
    sum(CASE WHEN klaar IS NOT NULL AND start IS NOT NULL
        THEN floor(extract(epoch FROM opgehangen) - extract(epoch FROM start)) ELSE 0 END)
        AS gespreksseconden,
    sum(CASE WHEN klaar IS NOT NULL AND start IS NOT NULL
        THEN floor(extract(epoch FROM klaar) - extract(epoch FROM opgehangen)) ELSE 0 END)
        AS nawerkseconden
FROM contact GROUP BY {SLEUTEL}
"""  # noqa: S608 - our own text

_TAKEN = f"""
SELECT uur, k.kanaal, k.doelgroep, m.afdeling_id, k.product_id,
    count(*) FILTER (WHERE wat = 'in') AS overgedragen,
    count(*) FILTER (WHERE wat = 'termijn') AS verschuldigd,
    count(*) FILTER (WHERE wat = 'termijn' AND coalesce(klaar, 'infinity') <= termijn)
        AS binnen_termijn,
    count(*) FILTER (WHERE wat = 'uit') AS afgehandeld
FROM (
    SELECT t.klantcontact_id, t.afdeling_id, t.afgehandeld_op AS klaar, t.termijn_op AS termijn,
        wanneer.wat, {_UUR.format("wanneer.moment")} AS uur
    FROM zaken_internetaak t
    CROSS JOIN LATERAL (VALUES
        ('in', t.aangemaakt_op), ('termijn', t.termijn_op), ('uit', t.afgehandeld_op)
    ) AS wanneer(wat, moment)
    WHERE wanneer.moment IS NOT NULL) m
JOIN contacts_klantcontact k ON k.id = m.klantcontact_id
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - our own text

_DOORLOOPTIJD = f"""
SELECT {_UUR.format("t.afgehandeld_op")} AS uur, k.kanaal, k.doelgroep, t.afdeling_id,
    k.product_id, t.werkminuten, count(*) AS aantal
FROM zaken_internetaak t JOIN contacts_klantcontact k ON k.id = t.klantcontact_id
WHERE t.status = 'afgehandeld' GROUP BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608 - our own text

# Opening hours as ranges of moments per day, and what each finished taak shares with them.
_WERKMINUTEN = """
WITH grens AS (
    SELECT min((aangemaakt_op AT TIME ZONE %(zone)s)::date) AS van,
        max((afgehandeld_op AT TIME ZONE %(zone)s)::date) AS tot
    FROM zaken_internetaak WHERE afgehandeld_op IS NOT NULL),
dag AS (
    SELECT d::date AS dag FROM grens, generate_series(grens.van, grens.tot, '1 day') d),
uren AS (
    SELECT dag, van, tot FROM dag JOIN organisatie_bijzonderedag ON datum = dag
    WHERE van IS NOT NULL AND afdeling_id IS NULL
    UNION ALL
    SELECT dag, van, tot FROM dag JOIN organisatie_openingstijd
        ON weekdag = extract(isodow FROM dag) AND afdeling_id IS NULL
        AND dag BETWEEN coalesce(geldig_vanaf, '-infinity') AND coalesce(geldig_tot, 'infinity')
    WHERE NOT EXISTS (
        SELECT FROM organisatie_bijzonderedag WHERE datum = dag AND afdeling_id IS NULL)
        AND dag <> ALL(%(feestdagen)s::date[])),
open AS (
    SELECT dag, unnest(range_agg(tstzrange(
        (dag + van) AT TIME ZONE %(zone)s, (dag + tot) AT TIME ZONE %(zone)s))) AS blok
    FROM uren GROUP BY dag),
opnieuw AS (
    SELECT t.id, t.nummer, t.werkminuten, coalesce(floor(sum(
        extract(epoch FROM upper(open.blok * duur.t) - lower(open.blok * duur.t))) / 60), 0)
        AS minuten
    FROM zaken_internetaak t
    CROSS JOIN LATERAL (SELECT
        tstzrange(t.aangemaakt_op, greatest(t.afgehandeld_op, t.aangemaakt_op)) AS t) duur
    CROSS JOIN LATERAL generate_series(
        (t.aangemaakt_op AT TIME ZONE %(zone)s)::date,
        (t.afgehandeld_op AT TIME ZONE %(zone)s)::date, '1 day') AS d
    LEFT JOIN open ON open.dag = d::date
    WHERE t.afgehandeld_op IS NOT NULL
    GROUP BY t.id)
SELECT nummer, werkminuten, minuten::bigint FROM opnieuw
WHERE werkminuten <> minuten ORDER BY id
"""

# The dashboard's own figures over a period, from records only.
_PERIODE = f"""
WITH {_CONTACT},
gekozen AS (SELECT * FROM contact
    WHERE plaatsgevonden_op >= %(begin)s AND plaatsgevonden_op < %(eind)s),
taak AS (
    SELECT aangemaakt_op, termijn_op, afgehandeld_op, werkminuten FROM zaken_internetaak)
SELECT
    (SELECT count(*) FROM gekozen),
    (SELECT coalesce(sum(vraag), 0) FROM gekozen),
    (SELECT coalesce(sum(vraag * volgens_kcc), 0) FROM gekozen),
    (SELECT coalesce(sum(antwoord), 0) FROM gekozen),
    (SELECT coalesce(sum(zelf), 0) FROM gekozen),
    (SELECT coalesce(sum(vraag * bekend), 0) FROM gekozen),
    (SELECT coalesce(sum(vraag * bekend), 0) FROM gekozen WHERE uur <= %(zeker)s),
    (SELECT coalesce(sum(vraag * bekend * stil), 0) FROM gekozen WHERE uur <= %(zeker)s),
    (SELECT count(*) FROM taak WHERE termijn_op >= %(begin)s
        AND termijn_op < least(%(eind)s, %(dit_uur)s)),
    (SELECT count(*) FROM taak WHERE termijn_op >= %(begin)s
        AND termijn_op < least(%(eind)s, %(dit_uur)s) AND afgehandeld_op <= termijn_op),
    (SELECT count(*) FROM taak WHERE afgehandeld_op >= %(begin)s AND afgehandeld_op < %(eind)s),
    (SELECT count(*) FROM taak WHERE aangemaakt_op >= %(begin)s AND aangemaakt_op < %(eind)s),
    (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY werkminuten) FROM taak
        WHERE afgehandeld_op >= %(begin)s AND afgehandeld_op < %(eind)s),
    (SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY werkminuten) FROM taak
        WHERE afgehandeld_op >= %(begin)s AND afgehandeld_op < %(eind)s)
"""  # noqa: S608 - our own text

# Roll-up, what it is made of once more, its key, and its counts.
VERGELIJK: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "rapportage_uurtelling",
        _TELLING,
        SLEUTEL,
        (
            "contacten", "met_vraag", "fcr_a", "behandeld", "fcr_b", "herkenbaar", "fcr_c",
            "gespreksseconden", "nawerkseconden",
        ),
    ),
    (
        "rapportage_uurtaken",
        _TAKEN,
        SLEUTEL,
        ("overgedragen", "verschuldigd", "binnen_termijn", "afgehandeld"),
    ),
    ("rapportage_uurdoorlooptijd", _DOORLOOPTIJD, f"{SLEUTEL}, werkminuten", ("aantal",)),
)  # fmt: skip


class TooBusy(Exception):
    """Records change faster than their hours can be computed."""

    def __init__(self) -> None:
        super().__init__(
            "Er kwamen steeds nieuwe contacten bij. Probeer de controle op een rustiger moment."
        )


@dataclass(frozen=True)
class Verschil:
    """One count that is not the same in the roll-up and in the records."""

    tabel: str
    veld: str
    waar: str
    rapportage: int
    bron: int


@dataclass(frozen=True)
class Regel:
    """One KPI over the period, both ways."""

    rapportage: Waarde
    bron: Waarde
    cellen: int

    @property
    def is_gelijk(self) -> bool:
        """Equal to the last count, and in every cell below it."""
        zelfde = (self.rapportage.teller, self.rapportage.noemer) == (
            self.bron.teller,
            self.bron.noemer,
        )
        return zelfde and not self.cellen


@dataclass(frozen=True)
class Uitkomst:
    """What the control found."""

    regels: list[Regel]
    verschillen: list[Verschil]
    werkminuten: list[Verschil]

    @property
    def is_gelijk(self) -> bool:
        """No difference anywhere."""
        return (
            not self.verschillen and not self.werkminuten and all(r.is_gelijk for r in self.regels)
        )


def control(keuze: Keuze, *, nu: datetime) -> Uitkomst:
    """Compare all roll-ups with the records, and the dashboard of ``keuze`` with raw figures.

    Dirty hours are computed first. Everything is compared in one snapshot in which none waits, so
    that a contact closed meanwhile is no difference. Raises TooBusy.
    """
    with _snapshot():
        verschillen = [v for deel in VERGELIJK for v in _cells(*deel)]
        return Uitkomst(
            regels=_period(keuze, verschillen, nu=nu),
            verschillen=verschillen,
            werkminuten=_werkminuten(),
        )


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction that sees one moment of the database, at which no hour waits."""
    eigen = not connection.in_atomic_block  # inside another transaction its isolation stays
    for _ in range(POGINGEN):
        while recompute_dirty_hours():
            pass
        with transaction.atomic():
            if eigen:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if count_dirty_hours() == 0:
                yield
                return
    raise TooBusy


def _cells(tabel: str, bron: str, sleutel: str, velden: tuple[str, ...]) -> Iterator[Verschil]:
    kolommen = ", ".join(velden)
    per_kant = ", ".join(
        f"coalesce(sum({veld}) FILTER (WHERE kant = {kant}), 0)::bigint"
        for veld in velden
        for kant in (1, -1)
    )
    ongelijk = " OR ".join(f"sum(kant * {veld}) <> 0" for veld in velden)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sleutel}, {per_kant} FROM ("  # noqa: S608 - our own text
            f" SELECT 1 AS kant, {sleutel}, {kolommen} FROM {tabel}"
            f" UNION ALL SELECT -1, {sleutel}, {kolommen} FROM ({bron}) b) beide"
            f" GROUP BY {sleutel} HAVING {ongelijk} ORDER BY {sleutel}",
            _waarden(),
        )
        aantal_sleutels = len(sleutel.split(", "))
        for rij in cursor.fetchall():
            waar, tellers = _where(rij[:aantal_sleutels]), rij[aantal_sleutels:]
            for nummer, veld in enumerate(velden):
                ours, theirs = tellers[2 * nummer], tellers[2 * nummer + 1]
                if ours != theirs:
                    yield Verschil(tabel, veld, waar, ours, theirs)


def _where(sleutel: tuple[Any, ...]) -> str:
    uur, kanaal, doelgroep, afdeling, product, *rest = sleutel
    plek = f"{uur:%d-%m-%Y %H:%M} UTC, {kanaal}, {doelgroep}"
    plek += f", afdeling {afdeling or '-'}, product {product or '-'}"
    return f"{plek}, {rest[0]} minuten" if rest else plek


def _waarden() -> dict[str, Any]:
    return {"herhaal": timedelta(hours=24 * HERHAAL_DAGEN), "zone": AMSTERDAM.key}


def _period(keuze: Keuze, verschillen: list[Verschil], *, nu: datetime) -> list[Regel]:
    """The tiles of the dashboard beside the same figures from the records."""
    totaal = load_cijfers(keuze, nu=nu).totaal
    huidig, _ = tijdvakken(keuze, nu=nu)
    with connection.cursor() as cursor:
        cursor.execute(
            _PERIODE,
            _waarden()
            | {
                "begin": huidig.begin,
                "eind": huidig.eind,
                "zeker": nu - ONZEKER,
                "dit_uur": whole_hour(nu),
            },
        )
        (
            contacten, vraag, fcr_a, antwoord, zelf, herkenbaar, herkenbaar_zeker, stil_zeker,
            verschuldigd, op_tijd, klaar, overgedragen, mediaan, p90,
        ) = (int(waarde or 0) for waarde in cursor.fetchone())  # fmt: skip
    bron = {
        FCR_B.slug: (zelf, antwoord),
        FCR_A.slug: (fcr_a, vraag),
        FCR_C.slug: (stil_zeker, herkenbaar_zeker),
        DEKKING.slug: (herkenbaar, vraag),
        BINNEN_TERMIJN.slug: (op_tijd, verschuldigd),
        MEDIAAN.slug: (mediaan, klaar),
        P90.slug: (p90, klaar),
        CONTACTEN.slug: (contacten, 0),
        OVERGEDRAGEN.slug: (overgedragen, 0),
    }
    velden = {
        kpi.slug: {"aantal"} if kpi.is_percentiel else {kpi.teller, kpi.noemer}
        for kpi in KPIS.values()
    }
    return [
        Regel(
            rapportage=totaal.waarde(kpi),
            bron=Waarde(kpi, *bron[slug]),
            cellen=len({v.waar for v in verschillen if v.veld in velden[slug]}),
        )
        for slug, kpi in KPIS.items()
    ]


def _werkminuten() -> list[Verschil]:
    """Finished taken of which the stored werkminuten do not follow from the opening hours."""
    with connection.cursor() as cursor:
        cursor.execute(_WERKMINUTEN, _waarden() | {"feestdagen": _feestdagen()})
        return [
            Verschil("zaken_internetaak", "werkminuten", nummer, opgeslagen, minuten)
            for nummer, opgeslagen, minuten in cursor.fetchall()
        ]


def _feestdagen() -> list[date]:
    """Computed, so in no table: passed in for the years that have taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(year FROM min(aangemaakt_op))::int,"
            " extract(year FROM max(afgehandeld_op))::int FROM zaken_internetaak"
            " WHERE afgehandeld_op IS NOT NULL"
        )
        eerste, laatste = cursor.fetchone()
    if eerste is None:
        return []
    # A year on both sides: the moment may be in another year in Amsterdam than in UTC.
    return [dag for jaar in range(eerste - 1, laatste + 2) for dag in feestdagen(jaar)]
