"""Saved views of the list of work, and who has which taak open."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of onlookers is not logged: it is written every few seconds and worth nothing after
    a crash.
    """

    dependencies = [
        ("organisatie", "0004_aanwezigheid"),
        ("zaken", "0005_routering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kijker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(db_index=True, verbose_name="laatst gezien op")),
                (
                    "medewerker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kijkers",
                        to="zaken.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "kijker",
                "verbose_name_plural": "kijkers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medewerker", "taak"), name="kijker_eenmaal_per_taak"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE zaken_kijker SET UNLOGGED", "ALTER TABLE zaken_kijker SET LOGGED"
        ),
        migrations.CreateModel(
            name="Weergave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=60, verbose_name="naam")),
                ("keuze", models.JSONField(default=dict, verbose_name="keuze")),
                ("aangemaakt_op", models.DateTimeField(verbose_name="aangemaakt op")),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weergaven",
                        to="organisatie.afdeling",
                        verbose_name="gedeeld met afdeling",
                    ),
                ),
                (
                    "eigenaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weergaven",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "weergave",
                "verbose_name_plural": "weergaven",
                "ordering": ["naam", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("eigenaar", "naam"),
                        name="weergave_naam_eenmaal",
                        violation_error_message="U heeft al een weergave met deze naam.",
                    )
                ],
            },
        ),
    ]
