"""Messages to the outside, as rows."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kcc", "0003_verwerkingslog_alleen_toevoegen"),
    ]

    operations = [
        migrations.CreateModel(
            name="UitgaandBericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sleutel", models.CharField(max_length=200, unique=True, verbose_name="sleutel")),
                ("reeks", models.CharField(blank=True, max_length=100, verbose_name="reeks")),
                ("aan", models.EmailField(max_length=254, verbose_name="aan")),
                ("onderwerp", models.CharField(max_length=200, verbose_name="onderwerp")),
                ("tekst", models.TextField(verbose_name="tekst")),
                ("kopregels", models.JSONField(default=dict, verbose_name="extra kopregels")),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("wacht", "wacht"),
                            ("bezig", "wordt verzonden"),
                            ("verzonden", "verzonden"),
                            ("mislukt", "mislukt"),
                        ],
                        default="wacht",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("pogingen", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("aangemaakt_op", models.DateTimeField(verbose_name="aangemaakt op")),
                ("niet_voor", models.DateTimeField(verbose_name="niet voor")),
                (
                    "bezig_sinds",
                    models.DateTimeField(blank=True, null=True, verbose_name="bezig sinds"),
                ),
                (
                    "verzonden_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="verzonden op"),
                ),
                ("fout", models.CharField(blank=True, max_length=300, verbose_name="fout")),
            ],
            options={
                "verbose_name": "uitgaand bericht",
                "verbose_name_plural": "uitgaande berichten",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stand__in", ["wacht", "bezig"])),
                        fields=["niet_voor"],
                        name="uitgaandbericht_open",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("stand__in", ["wacht", "bezig"]),
                            models.Q(("reeks", ""), _negated=True),
                        ),
                        fields=["reeks", "id"],
                        name="uitgaandbericht_reeks",
                    ),
                ],
            },
        ),
    ]
