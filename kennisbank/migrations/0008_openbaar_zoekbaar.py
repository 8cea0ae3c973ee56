"""An article that goes in or out of public is told to every process that searches."""

from django.db import migrations

LOG = """
CREATE TRIGGER artikel_openbaar_anders
  AFTER UPDATE OF alleen_intern ON kennisbank_kennisartikel
  FOR EACH ROW WHEN (OLD.alleen_intern IS DISTINCT FROM NEW.alleen_intern)
  EXECUTE FUNCTION kennisbank_zoekbaar_anders('artikel');
"""
LOG_WEG = "DROP TRIGGER artikel_openbaar_anders ON kennisbank_kennisartikel;"


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0007_geschiedenis_van_artikelen"),
    ]

    operations = [
        migrations.RunSQL(LOG, LOG_WEG),
    ]
