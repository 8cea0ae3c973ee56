"""The SQL that makes roll-ups out of records, one hour or a thousand at a time.

Each statement takes ``uren`` (whole UTC hours) and computes those hours whole. All set-based: no
row passes through Python. The control command computes the same figures in another way
(rapportage.controle); change a definition here and it will say so.
"""

TABELLEN = ("rapportage_uurtelling", "rapportage_uurtaken", "rapportage_uurdoorlooptijd")

# What ends a contact at the KCC without the KCC having answered it.
NIET_ZELF = ("doorverbonden_afdeling", "doorverbonden_collega", "verwezen", "overgedragen")
OPGELOST = ("zelfstandig_afgehandeld", "na_ruggespraak")
VERBROKEN = "verbinding_verbroken"

# 168 hours and not 7 days: an interval in days would be an hour longer or shorter over the night
# that the clock changes. The times of a gesprek are counted once, with the contact closed last.
TELLING = """
INSERT INTO rapportage_uurtelling (
    uur, kanaal, doelgroep, afdeling_id, product_id, contacten, met_vraag, fcr_a, behandeld, fcr_b,
    herkenbaar, fcr_c, gespreksseconden, nawerkseconden)
SELECT u.uur, k.kanaal, k.doelgroep, k.afdeling_id, k.product_id,
    count(*),
    count(*) FILTER (WHERE v.met_vraag),
    count(*) FILTER (WHERE v.met_vraag AND k.gespreksresultaat = ANY(%(opgelost)s)),
    count(*) FILTER (WHERE v.behandeld),
    count(*) FILTER (WHERE v.behandeld AND k.gespreksresultaat <> ALL(%(niet_zelf)s)
        AND NOT EXISTS (SELECT FROM zaken_internetaak t WHERE t.klantcontact_id = k.id)),
    count(*) FILTER (WHERE v.herkenbaar),
    count(*) FILTER (WHERE v.herkenbaar AND NOT EXISTS (
        SELECT FROM contacts_klantcontact later
        WHERE later.partij_id = k.partij_id AND later.product_id = k.product_id
            AND later.afgerond_op IS NOT NULL
            AND later.plaatsgevonden_op > k.plaatsgevonden_op
            AND later.plaatsgevonden_op <= k.plaatsgevonden_op + %(herhaal)s)),
    coalesce(sum(g.gesprek), 0),
    coalesce(sum(g.nawerk), 0)
FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
JOIN contacts_klantcontact k ON k.plaatsgevonden_op >= u.uur
    AND k.plaatsgevonden_op < u.uur + interval '1 hour' AND k.afgerond_op IS NOT NULL
CROSS JOIN LATERAL (SELECT
    k.gespreksresultaat <> %(verbroken)s AS behandeld,
    k.gespreksresultaat <> %(verbroken)s AND k.onderwerp <> '' AS met_vraag,
    k.gespreksresultaat <> %(verbroken)s AND k.onderwerp <> ''
        AND k.partij_id IS NOT NULL AND k.product_id IS NOT NULL AS herkenbaar) v
LEFT JOIN LATERAL (
    SELECT floor(extract(epoch FROM e.eind - g.gestart_op))::bigint AS gesprek,
        floor(extract(epoch FROM g.afgerond_op - e.eind))::bigint AS nawerk
    FROM contacts_gesprek g
    CROSS JOIN LATERAL (SELECT coalesce(g.opgehangen_op, g.afgerond_op) AS eind) e
    WHERE g.id = k.gesprek_id AND g.afgerond_op IS NOT NULL AND NOT EXISTS (
        SELECT FROM contacts_klantcontact ander
        WHERE ander.gesprek_id = g.id AND (ander.afgerond_op, ander.id) > (k.afgerond_op, k.id))
) g ON true
GROUP BY u.uur, k.kanaal, k.doelgroep, k.afdeling_id, k.product_id
"""

# One taak counts in up to three hours: when handed off, when due, and when finished. What is due
# later than now is stored too; who reads leaves out the hours that are not over yet.
TAKEN = """
INSERT INTO rapportage_uurtaken (
    uur, kanaal, doelgroep, afdeling_id, product_id,
    overgedragen, verschuldigd, binnen_termijn, afgehandeld)
SELECT m.uur, k.kanaal, k.doelgroep, m.afdeling_id, k.product_id,
    sum(m.overgedragen), sum(m.verschuldigd), sum(m.binnen_termijn), sum(m.afgehandeld)
FROM (
    SELECT u.uur, t.klantcontact_id, t.afdeling_id,
        1 AS overgedragen, 0 AS verschuldigd, 0 AS binnen_termijn, 0 AS afgehandeld
    FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
    JOIN zaken_internetaak t
        ON t.aangemaakt_op >= u.uur AND t.aangemaakt_op < u.uur + interval '1 hour'
    UNION ALL
    SELECT u.uur, t.klantcontact_id, t.afdeling_id,
        0, 1, CASE WHEN t.afgehandeld_op <= t.termijn_op THEN 1 ELSE 0 END, 0
    FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
    JOIN zaken_internetaak t
        ON t.termijn_op >= u.uur AND t.termijn_op < u.uur + interval '1 hour'
    UNION ALL
    SELECT u.uur, t.klantcontact_id, t.afdeling_id, 0, 0, 0, 1
    FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
    JOIN zaken_internetaak t
        ON t.afgehandeld_op >= u.uur AND t.afgehandeld_op < u.uur + interval '1 hour'
) m
JOIN contacts_klantcontact k ON k.id = m.klantcontact_id
GROUP BY m.uur, k.kanaal, k.doelgroep, m.afdeling_id, k.product_id
"""

DOORLOOPTIJD = """
INSERT INTO rapportage_uurdoorlooptijd (
    uur, kanaal, doelgroep, afdeling_id, product_id, werkminuten, aantal)
SELECT u.uur, k.kanaal, k.doelgroep, t.afdeling_id, k.product_id, t.werkminuten, count(*)
FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
JOIN zaken_internetaak t
    ON t.afgehandeld_op >= u.uur AND t.afgehandeld_op < u.uur + interval '1 hour'
JOIN contacts_klantcontact k ON k.id = t.klantcontact_id
GROUP BY u.uur, k.kanaal, k.doelgroep, t.afdeling_id, k.product_id, t.werkminuten
"""

UREN_ERVOOR = """
SELECT DISTINCT date_trunc('hour', eerder.plaatsgevonden_op, 'UTC')
FROM unnest(%(uren)s::timestamptz[]) AS u(uur)
JOIN contacts_klantcontact k ON k.plaatsgevonden_op >= u.uur
    AND k.plaatsgevonden_op < u.uur + interval '1 hour'
    AND k.afgerond_op IS NOT NULL AND k.opgeslagen_op >= %(sinds)s
JOIN contacts_klantcontact eerder ON eerder.partij_id = k.partij_id
    AND eerder.product_id = k.product_id AND eerder.afgerond_op IS NOT NULL
    AND eerder.plaatsgevonden_op < k.plaatsgevonden_op
    AND eerder.plaatsgevonden_op >= k.plaatsgevonden_op - %(herhaal)s
"""

# Every hour that a record counts in, and every hour that has a roll-up: one of them may have lost
# all its records.
MARKEER_ALLES = """
INSERT INTO kcc_vuiluur (uur, gemarkeerd_op)
SELECT uur, now() FROM (
SELECT date_trunc('hour', plaatsgevonden_op, 'UTC') FROM contacts_klantcontact
    WHERE afgerond_op IS NOT NULL
UNION SELECT date_trunc('hour', aangemaakt_op, 'UTC') FROM zaken_internetaak
UNION SELECT date_trunc('hour', termijn_op, 'UTC') FROM zaken_internetaak
UNION SELECT date_trunc('hour', afgehandeld_op, 'UTC') FROM zaken_internetaak
    WHERE afgehandeld_op IS NOT NULL
UNION SELECT uur FROM rapportage_uurtelling
UNION SELECT uur FROM rapportage_uurtaken
UNION SELECT uur FROM rapportage_uurdoorlooptijd
) AS alle(uur)
"""
