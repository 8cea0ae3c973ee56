"""Short entries that products and articles are found by, their words, and synonyms."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Swapped letters in a short word leave few trigrams alike, so the door stands wider than usual; how
# near a word really is, is measured on what comes through.
# The first statement loads the extension into this session: only then its setting is known.
LIJKT_OP = """
SELECT show_trgm('');
CREATE FUNCTION kennisbank_lijkt_op(gezocht text)
RETURNS TABLE (woord text, stam text, aantal integer)
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.2
AS $$
  SELECT woord::text, stam::text, aantal FROM kennisbank_zoekterm
  WHERE woord % gezocht AND length(woord) BETWEEN length(gezocht) - 2 AND length(gezocht) + 2
  ORDER BY similarity(woord, gezocht) DESC, woord LIMIT 60
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0002_versies_alleen_toevoegen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Synoniem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "woord",
                    models.CharField(
                        help_text="Wat mensen typen, zoals: kliko.",
                        max_length=100,
                        unique=True,
                        verbose_name="woord",
                    ),
                ),
                (
                    "woorden",
                    models.TextField(
                        help_text="Wat wij ervan maken, met komma's ertussen. Zoals: container.",
                        verbose_name="zoek ook op",
                    ),
                ),
            ],
            options={
                "verbose_name": "synoniem",
                "verbose_name_plural": "synoniemen",
                "ordering": ["woord"],
            },
        ),
        migrations.CreateModel(
            name="Zoekterm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("woord", models.CharField(max_length=100, unique=True)),
                ("stam", models.CharField(db_index=True, max_length=100)),
                ("aantal", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["woord"], name="zoekterm_trigram", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zoekzin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("groep", models.BigIntegerField(db_index=True)),
                ("tekst", models.TextField()),
                ("gewicht", models.FloatField()),
                ("lengte", models.FloatField()),
                (
                    "artikel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.kennisartikel",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Zoekwoord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stam", models.CharField(max_length=100)),
                ("gewicht", models.FloatField()),
                (
                    "zin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="woorden",
                        to="kennisbank.zoekzin",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="zoekzin",
            constraint=models.CheckConstraint(
                condition=models.Q(("product", None), ("artikel", None), _connector="XOR"),
                name="zoekzin_van_een_ding",
            ),
        ),
        migrations.AddIndex(
            model_name="zoekwoord",
            index=models.Index(
                fields=["stam"], include=("zin", "gewicht"), name="zoekwoord_op_stam"
            ),
        ),
        migrations.RunSQL(LIJKT_OP, "DROP FUNCTION kennisbank_lijkt_op(text)"),
    ]
