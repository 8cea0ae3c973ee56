"""Who is warned about a department's taken."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0001_begin"),
    ]

    operations = [
        migrations.AddField(
            model_name="afdeling",
            name="coordinator",
            field=models.ForeignKey(
                blank=True,
                help_text="Krijgt bericht als een taak haar termijn nadert of voorbij is.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="coördinator",
            ),
        ),
        migrations.AddField(
            model_name="afdeling",
            name="hoofd",
            field=models.ForeignKey(
                blank=True,
                help_text="Krijgt bericht als een taak te laat blijft.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="afdelingshoofd",
            ),
        ),
    ]
