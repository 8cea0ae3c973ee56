"""What the guard of the terms remembers: its warnings, how far it looked, who wants no mail."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zaken", "0012_afspraak_zonder_toelichting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bewakingsstand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gekeken_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="gekeken tot"),
                ),
                (
                    "volledig_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="alles bekeken op"),
                ),
                (
                    "gebeurtenis",
                    models.BigIntegerField(default=0, verbose_name="laatste gebeurtenis"),
                ),
                (
                    "dagbericht_datum",
                    models.DateField(blank=True, null=True, verbose_name="dagbericht van"),
                ),
            ],
            options={
                "verbose_name": "stand van de bewaking",
                "verbose_name_plural": "stand van de bewaking",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="bewakingsstand_een_rij"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GeenDagbericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sinds", models.DateTimeField(verbose_name="sinds")),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="geen_dagbericht",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "geen dagbericht",
                "verbose_name_plural": "geen dagbericht",
            },
        ),
        migrations.CreateModel(
            name="Waarschuwing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "trede",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "herinnering"),
                            (2, "naar de coördinator"),
                            (3, "naar het afdelingshoofd"),
                            (4, "terugbelafspraak begint"),
                            (5, "terugbelafspraak gemist"),
                        ],
                        verbose_name="trede",
                    ),
                ),
                ("termijn_op", models.DateTimeField(verbose_name="over de termijn")),
                ("op", models.DateTimeField(verbose_name="gewaarschuwd op")),
                ("aan", models.CharField(max_length=200, verbose_name="aan")),
                (
                    "adressen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.EmailField(max_length=254),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="adressen",
                    ),
                ),
                (
                    "gemeld_op",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="in een mail gezet op"
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waarschuwingen",
                        to="zaken.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "waarschuwing",
                "verbose_name_plural": "waarschuwingen",
                "indexes": [
                    models.Index(fields=["op"], name="waarschuwing_wanneer"),
                    models.Index(
                        condition=models.Q(("gemeld_op__isnull", True)),
                        fields=["id"],
                        name="waarschuwing_te_melden",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("taak", "trede", "termijn_op"), name="waarschuwing_eenmaal"
                    )
                ],
            },
        ),
    ]
