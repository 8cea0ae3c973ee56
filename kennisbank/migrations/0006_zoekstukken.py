"""The search index as one row per product and article, and a log of changes for every process."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

# Whoever changes what search depends on, by whatever road, is seen by every process: the log is
# written by the database itself, in the transaction of the change.
LOG = """
CREATE FUNCTION kennisbank_zoekstuk_anders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO kennisbank_zoekwijziging (xid, soort, record) VALUES (
      pg_current_xact_id()::text::bigint,
      CASE WHEN OLD.product_id IS NULL THEN 'artikel' ELSE 'product' END,
      coalesce(OLD.product_id, OLD.artikel_id));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO kennisbank_zoekwijziging (xid, soort, record) VALUES (
      pg_current_xact_id()::text::bigint,
      CASE WHEN NEW.product_id IS NULL THEN 'artikel' ELSE 'product' END,
      coalesce(NEW.product_id, NEW.artikel_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zoekstuk_anders AFTER INSERT OR UPDATE OR DELETE ON kennisbank_zoekstuk
  FOR EACH ROW EXECUTE FUNCTION kennisbank_zoekstuk_anders();

CREATE FUNCTION kennisbank_zoekbaar_anders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kennisbank_zoekwijziging (xid, soort, record)
    VALUES (pg_current_xact_id()::text::bigint, TG_ARGV[0], NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER artikel_zoekbaar_anders
  AFTER UPDATE OF is_actief, huidige_versie_id, product_id, soort ON kennisbank_kennisartikel
  FOR EACH ROW WHEN (
    (OLD.is_actief, OLD.huidige_versie_id IS NULL, OLD.product_id, OLD.soort)
    IS DISTINCT FROM (NEW.is_actief, NEW.huidige_versie_id IS NULL, NEW.product_id, NEW.soort)
  ) EXECUTE FUNCTION kennisbank_zoekbaar_anders('artikel');
CREATE TRIGGER product_zoekbaar_anders
  AFTER UPDATE OF is_actief, is_placeholder ON kennisbank_product
  FOR EACH ROW WHEN (
    (OLD.is_actief, OLD.is_placeholder) IS DISTINCT FROM (NEW.is_actief, NEW.is_placeholder)
  ) EXECUTE FUNCTION kennisbank_zoekbaar_anders('product');

CREATE FUNCTION kennisbank_zoeklijst_anders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kennisbank_zoekwijziging (xid, soort)
    VALUES (pg_current_xact_id()::text::bigint, TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER synoniem_anders
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON kennisbank_synoniem
  FOR EACH STATEMENT EXECUTE FUNCTION kennisbank_zoeklijst_anders('synoniem');
CREATE TRIGGER zoekstuk_leeg AFTER TRUNCATE ON kennisbank_zoekstuk
  FOR EACH STATEMENT EXECUTE FUNCTION kennisbank_zoeklijst_anders('alles');
ALTER TABLE kennisbank_zoekwijziging ALTER record SET DEFAULT 0;
"""
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
LOG_WEG = """
DROP TRIGGER synoniem_anders ON kennisbank_synoniem;
DROP TRIGGER zoekstuk_leeg ON kennisbank_zoekstuk;
DROP TRIGGER zoekstuk_anders ON kennisbank_zoekstuk;
DROP TRIGGER artikel_zoekbaar_anders ON kennisbank_kennisartikel;
DROP TRIGGER product_zoekbaar_anders ON kennisbank_product;
DROP FUNCTION kennisbank_zoeklijst_anders();
DROP FUNCTION kennisbank_zoekbaar_anders();
DROP FUNCTION kennisbank_zoekstuk_anders();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0005_gebeurtenissen_alleen_toevoegen"),
    ]

    operations = [
        migrations.RunSQL("DROP FUNCTION kennisbank_lijkt_op(text)", LIJKT_OP),
        migrations.DeleteModel(name="Zoekwoord"),
        migrations.DeleteModel(name="Zoekzin"),
        migrations.DeleteModel(name="Zoekterm"),
        migrations.CreateModel(
            name="Zoekstuk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zinnen", models.JSONField(default=list)),
                ("woorden", models.JSONField(default=dict)),
                ("tekst", models.JSONField(default=list)),
                (
                    "artikel",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.kennisartikel",
                    ),
                ),
                (
                    "product",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="zoekstuk",
            constraint=models.CheckConstraint(
                condition=models.Q(("product", None), ("artikel", None), _connector="XOR"),
                name="zoekstuk_van_een_ding",
            ),
        ),
        migrations.CreateModel(
            name="Zoekwijziging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("xid", models.BigIntegerField(db_index=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("product", "product"),
                            ("artikel", "artikel"),
                            ("synoniem", "synoniemen"),
                            ("alles", "alles"),
                        ],
                        max_length=10,
                    ),
                ),
                ("record", models.BigIntegerField(default=0)),
                (
                    "op",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.RunSQL(LOG, LOG_WEG),
    ]
