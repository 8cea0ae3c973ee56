"""The counter that the spoken numbers of zaken come from."""

from django.db import migrations


class Migration(migrations.Migration):
    """A sequence: never the same number twice, and nobody waits for another's transaction."""

    dependencies = [("zaken", "0002_gebeurtenissen_alleen_toevoegen")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE zaken_internetaak_nummers START 10000001",
            "DROP SEQUENCE zaken_internetaak_nummers",
        ),
    ]
