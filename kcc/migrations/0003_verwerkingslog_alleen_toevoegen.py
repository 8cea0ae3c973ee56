"""Rows of kcc_verwerkingslogregel are added, never changed or removed: the database itself refuses."""

from django.db import migrations


class Migration(migrations.Migration):
    """A trigger per row; emptying a test database with TRUNCATE stays possible."""

    dependencies = [("kcc", "0002_logboek_en_vuile_uren")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE ON kcc_verwerkingslogregel"
            " FOR EACH ROW EXECUTE FUNCTION kcc_alleen_toevoegen()",
            "DROP TRIGGER alleen_toevoegen ON kcc_verwerkingslogregel",
        )
    ]
