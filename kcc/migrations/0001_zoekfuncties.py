"""Extensions, and the text functions and configuration that searching leans on."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# unaccent() itself is only STABLE, since its dictionary may change; ours is fixed, so an index may use it.
NORMALISEER = """
CREATE FUNCTION kcc_normaliseer(tekst text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent', tekst)) $$
"""

ZOEKTAAL = """
CREATE TEXT SEARCH CONFIGURATION public.kcc (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION public.kcc
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, dutch_stem;
"""

ALLEEN_TOEVOEGEN = """
CREATE FUNCTION kcc_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% wordt alleen aangevuld', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


class Migration(migrations.Migration):
    """Before all else: generated columns and indexes of other rooms use these."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(NORMALISEER, "DROP FUNCTION kcc_normaliseer(text)"),
        migrations.RunSQL(ZOEKTAAL, "DROP TEXT SEARCH CONFIGURATION public.kcc"),
        migrations.RunSQL(ALLEEN_TOEVOEGEN, "DROP FUNCTION kcc_alleen_toevoegen()"),
    ]
