"""Two roles more: who divides the work of a department, and who works outside."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0002_coordinator_en_hoofd"),
    ]

    operations = [
        migrations.AlterField(
            model_name="medewerker",
            name="rollen",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("kcc_medewerker", "KCC-medewerker"),
                        ("vakspecialist", "Vakspecialist"),
                        ("teamleider", "Teamleider"),
                        ("kennisredacteur", "Kennisredacteur"),
                        ("beheerder", "Beheerder"),
                        ("coordinator", "Coördinator"),
                        ("buitendienst", "Medewerker buitendienst"),
                    ],
                    max_length=30,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="rollen",
            ),
        ),
    ]
