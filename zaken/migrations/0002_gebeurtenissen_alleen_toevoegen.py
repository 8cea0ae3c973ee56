"""Rows of zaken_taakgebeurtenis are added, never changed or removed: the database itself refuses."""

from django.db import migrations


class Migration(migrations.Migration):
    """A trigger per row; emptying a test database with TRUNCATE stays possible."""

    dependencies = [("zaken", "0001_begin"), ("kcc", "0001_zoekfuncties")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE ON zaken_taakgebeurtenis"
            " FOR EACH ROW EXECUTE FUNCTION kcc_alleen_toevoegen()",
            "DROP TRIGGER alleen_toevoegen ON zaken_taakgebeurtenis",
        )
    ]
