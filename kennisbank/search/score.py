"""Which products and articles answer best, computed from the index of short entries.

An entry scores by how much of the question it covers, and how much of itself that is: a question
that is an entry wins from one that only shares a word with it. A product with its articles scores
by its best entries and by what they cover together; within it each record scores by its own.
"""

from dataclasses import dataclass

from django.db import connection

from kennisbank.search.begrip import Begrip

# Of the score of an entry: what it gets for the question alone, the rest for the entry covered.
DEKT_VRAAG = 0.5

_SCORE = """
WITH term AS MATERIALIZED (
  SELECT * FROM unnest(
    %(woord)s::int[], %(stam)s::text[], %(gewicht)s::float8[], %(idf)s::float8[]
  ) AS t (woord, stam, gewicht, idf)
), raak AS MATERIALIZED (
  SELECT w.zin_id, t.woord, max(t.gewicht * w.gewicht * t.idf) AS waarde,
    max(least(t.gewicht, 1) * w.gewicht * t.idf) AS deel
  FROM term t JOIN kennisbank_zoekwoord w ON w.stam = t.stam
  GROUP BY w.zin_id, t.woord
), zin AS MATERIALIZED (
  SELECT z.id, z.groep, z.product_id, z.artikel_id, z.gewicht * sum(r.waarde) / %(hoogste)s
    * (%(dekt)s + (1 - %(dekt)s) * least(1, sum(r.deel) / nullif(z.lengte, 0))) AS score
  FROM raak r JOIN kennisbank_zoekzin z ON z.id = r.zin_id
  LEFT JOIN kennisbank_kennisartikel a ON a.id = z.artikel_id
  WHERE a.id IS NULL OR a.is_actief
  GROUP BY z.id
), tekst AS MATERIALIZED (
  SELECT a.id, coalesce(a.product_id, -a.id) AS groep, v.woord, v.waarde
  FROM unnest(%(tekstwoord)s::int[], %(tsquery)s::text[], %(tekstwaarde)s::float8[])
    AS v (woord, zoek, waarde)
  JOIN kennisbank_kennisartikel a ON a.zoekvector @@ to_tsquery('public.kcc', v.zoek)
  WHERE a.is_actief AND a.huidige_versie_id IS NOT NULL
), dekking AS MATERIALIZED (
  SELECT z.groep, z.artikel_id, r.woord, max(r.waarde) AS waarde
  FROM raak r JOIN zin z ON z.id = r.zin_id GROUP BY z.groep, z.artikel_id, r.woord
), beste AS (
  SELECT groep, sum(score * (ARRAY[1, 0.25, 0.12])[plek]) AS score FROM (
    SELECT groep, score, row_number() OVER (PARTITION BY groep ORDER BY score DESC) AS plek
    FROM zin
  ) op_volgorde WHERE plek <= 3 GROUP BY groep
), samen AS (
  SELECT groep, sum(waarde) / %(hoogste)s AS dekt FROM (
    SELECT groep, woord, max(waarde) AS waarde FROM dekking GROUP BY groep, woord
  ) per_woord GROUP BY groep
), vol AS (
  SELECT groep, max(dekt) AS dekt FROM (
    SELECT groep, id, sum(waarde) / %(hoogste)s AS dekt FROM tekst GROUP BY groep, id
  ) per_artikel GROUP BY groep
), groep AS MATERIALIZED (
  SELECT groep, 0.7 * coalesce(beste.score, 0) + 0.3 * coalesce(samen.dekt, 0)
    + %(vol)s * coalesce(vol.dekt, 0) AS score
  FROM beste JOIN samen USING (groep) FULL JOIN vol USING (groep)
), van_product AS (
  SELECT groep, max(score) AS score, (array_agg(id ORDER BY score DESC, id))[1] AS zin
  FROM zin WHERE artikel_id IS NULL GROUP BY groep
), van_artikel AS (
  SELECT artikel_id, max(score) AS score, (array_agg(id ORDER BY score DESC, id))[1] AS zin
  FROM zin WHERE artikel_id IS NOT NULL GROUP BY artikel_id
), stuk AS (
  SELECT a.id, a.soort, a.afdeling_id, coalesce(a.product_id, -a.id) AS groep
  FROM kennisbank_kennisartikel a JOIN groep g ON g.groep = coalesce(a.product_id, -a.id)
  WHERE a.is_actief AND a.huidige_versie_id IS NOT NULL
), gedekt AS (
  SELECT id, sum(waarde) / %(hoogste)s AS dekt, sum(eigen) / %(hoogste)s AS eigen FROM (
    SELECT id, woord, max(waarde) AS waarde, max(eigen) AS eigen FROM (
      SELECT s.id, d.woord, d.waarde, CASE WHEN d.artikel_id IS NULL THEN 0 ELSE d.waarde END eigen
      FROM stuk s JOIN dekking d ON d.groep = s.groep
        AND (d.artikel_id = s.id OR d.artikel_id IS NULL)
      UNION ALL SELECT id, woord, waarde, waarde * 0.5 FROM tekst
    ) alles GROUP BY id, woord
  ) per_woord GROUP BY id
), ding AS (
  SELECT 'artikel' AS wat, s.id, s.soort, s.afdeling_id, s.groep, g.dekt,
    greatest(va.score, vp.score * 0.9, 0) + coalesce(va.score, 0) * 0.3 + g.eigen * 0.5
      + CASE WHEN s.soort = 'product' THEN 0.05 ELSE 0 END AS eigen,
    coalesce(va.zin, vp.zin) AS zin
  FROM stuk s JOIN gedekt g USING (id)
  LEFT JOIN van_artikel va ON va.artikel_id = s.id
  LEFT JOIN van_product vp ON vp.groep = s.groep
  UNION ALL
  SELECT 'product', p.id, 'productnaam', p.afdeling_id, p.id, d.dekt, vp.score * 0.85, vp.zin
  FROM kennisbank_product p JOIN van_product vp ON vp.groep = p.id
  JOIN (SELECT groep, sum(waarde) / %(hoogste)s AS dekt FROM dekking WHERE artikel_id IS NULL
    GROUP BY groep) d ON d.groep = p.id
  WHERE p.is_actief AND NOT p.is_placeholder
)
SELECT d.wat, d.id, d.soort, coalesce(af.identificatie, ''), coalesce(af.naam, ''), d.groep,
  g.score, coalesce(z.tekst, ''), d.dekt
FROM ding d JOIN groep g ON g.groep = d.groep
LEFT JOIN organisatie_afdeling af ON af.id = d.afdeling_id
LEFT JOIN kennisbank_zoekzin z ON z.id = d.zin
ORDER BY g.score DESC, d.groep, d.eigen DESC, d.id
"""


@dataclass(frozen=True)
class Kandidaat:
    """A record that answers something of the question; ``dekt``: how much of it, 1 is all."""

    wat: str  # "artikel" or "product"
    pk: int
    soort: str
    afdeling: str
    afdeling_naam: str
    groep: int
    score: float
    dekt: float
    zin: str  # the entry that answers best


# What each next record of one product is worth: the second product somebody may mean is better
# news than the fifth article of the first.
VERVOLG = 0.5
TEKST = 0.02  # a word somewhere in a long text hardly says that it answers


def score(begrip: Begrip) -> list[Kandidaat]:
    """All that answers something, best first. One query."""
    termen = [
        (nummer, stam, gewicht, begrip.idf(stam))
        for nummer, groep in enumerate(begrip.groepen)
        for stam, gewicht in groep.stammen.items()
    ]
    waarden = [begrip.waarde(groep) for groep in begrip.groepen]
    if not waarden:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _SCORE,
            {
                "woord": [nummer for nummer, *_ in termen],
                "stam": [stam for _, stam, *_ in termen],
                "gewicht": [gewicht for *_, gewicht, _ in termen],
                "idf": [idf for *_, idf in termen],
                "hoogste": sum(waarden),
                "dekt": DEKT_VRAAG,
                "vol": TEKST,
                "tekstwoord": list(range(len(waarden))),
                "tsquery": [groep.hersteld or groep.woord for groep in begrip.groepen],
                "tekstwaarde": waarden,
            },
        )
        rijen = cursor.fetchall()
    gezien: dict[int, int] = {}
    kandidaten = []
    for wat, pk, soort, afdeling, naam, groep, waarde, zin, dekt in rijen:
        plek = gezien[groep] = gezien.get(groep, -1) + 1
        totaal = waarde / (1 + VERVOLG * plek)
        kandidaten.append(Kandidaat(wat, pk, soort, afdeling, naam, groep, totaal, dekt, zin))
    return sorted(kandidaten, key=lambda kandidaat: -kandidaat.score)
