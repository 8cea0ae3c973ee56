"""The counter that the spoken numbers of contacts come from."""

from django.db import migrations


class Migration(migrations.Migration):
    """A sequence: never the same number twice, and nobody waits for another's transaction."""

    dependencies = [("contacts", "0001_begin")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE contacts_klantcontact_nummers START 10000001",
            "DROP SEQUENCE contacts_klantcontact_nummers",
        ),
    ]
