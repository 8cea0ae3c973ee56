import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kcc", "0001_zoekfuncties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hartslag",
            fields=[
                (
                    "naam",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="onderdeel"
                    ),
                ),
                ("geslagen_op", models.DateTimeField(verbose_name="geslagen op")),
            ],
            options={
                "verbose_name": "hartslag",
                "verbose_name_plural": "hartslagen",
            },
        ),
        migrations.CreateModel(
            name="VuilUur",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uur", models.DateTimeField(verbose_name="uur")),
                (
                    "gemarkeerd_op",
                    models.DateTimeField(auto_now_add=True, verbose_name="gemarkeerd op"),
                ),
            ],
            options={
                "verbose_name": "vuil uur",
                "verbose_name_plural": "vuile uren",
            },
        ),
        migrations.CreateModel(
            name="Verwerkingslogregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partij_uuid", models.UUIDField(verbose_name="partij")),
                ("handeling", models.CharField(max_length=40, verbose_name="handeling")),
                (
                    "doel",
                    models.CharField(
                        help_text="Waarvoor, zonder persoonsgegevens.",
                        max_length=80,
                        verbose_name="doel",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel in het verwerkingslog",
                "verbose_name_plural": "verwerkingslog",
                "indexes": [
                    models.Index(fields=["partij_uuid", "op"], name="verwerkingslog_partij")
                ],
            },
        ),
    ]
