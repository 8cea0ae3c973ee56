"""Teams whose people take over from one another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0005_openingstijden_per_afdeling_en_periode"),
    ]

    operations = [
        migrations.AddField(
            model_name="groep",
            name="is_ophaalgroep",
            field=models.BooleanField(
                default=False,
                help_text="Taken van een collega die er niet is, kan een ander uit de groep overnemen.",
                verbose_name="neemt voor elkaar waar",
            ),
        ),
    ]
