"""An agreement may say how long before the term somebody is reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("zaken", "0013_bewaking")]

    operations = [
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="herinnering_werkuren",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Zoveel werkuren voor het einde van de termijn. Leeg: 4.",
                null=True,
                verbose_name="herinnering",
            ),
        ),
    ]
