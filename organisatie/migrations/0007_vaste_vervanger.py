"""Who takes over when nobody was named for the occasion."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0006_ophaalgroep"),
    ]

    operations = [
        migrations.CreateModel(
            name="VasteVervanger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vaste_vervanger",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vervanger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vaste vervanger",
                "verbose_name_plural": "vaste vervangers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vervanger", models.F("medewerker")), _negated=True),
                        name="vastevervanger_is_een_ander",
                        violation_error_message="Kies een ander als vervanger.",
                    )
                ],
            },
        ),
    ]
