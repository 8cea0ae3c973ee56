"""Steps in the life of a draft are added, never changed or removed: the database itself refuses."""

from django.db import migrations


class Migration(migrations.Migration):
    """A trigger per row; emptying a test database with TRUNCATE stays possible."""

    dependencies = [("kennisbank", "0004_leven_lus_en_invoer"), ("kcc", "0001_zoekfuncties")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE ON"
            " kennisbank_conceptgebeurtenis"
            " FOR EACH ROW EXECUTE FUNCTION kcc_alleen_toevoegen()",
            "DROP TRIGGER alleen_toevoegen ON kennisbank_conceptgebeurtenis",
        )
    ]
