"""Agreements about a product, a group of products or a department, with typed questions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0008_openbaar_zoekbaar"),
        ("organisatie", "0005_openingstijden_per_afdeling_en_periode"),
        ("zaken", "0009_behandelen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IntakeAntwoord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgorde", models.PositiveSmallIntegerField(verbose_name="volgorde")),
                ("vraag", models.CharField(max_length=300, verbose_name="vraag")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("tekst", "tekst"),
                            ("keuze", "keuze uit een lijst"),
                            ("datum", "datum"),
                            ("ja_nee", "ja of nee"),
                            ("bestand", "bestand"),
                        ],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("antwoord", models.TextField(verbose_name="antwoord")),
            ],
            options={
                "verbose_name": "antwoord bij de overdracht",
                "verbose_name_plural": "antwoorden bij de overdracht",
                "ordering": ["taak", "volgorde"],
            },
        ),
        migrations.CreateModel(
            name="Intakevraag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgorde", models.PositiveSmallIntegerField(verbose_name="volgorde")),
                ("tekst", models.CharField(max_length=300, verbose_name="vraag")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("tekst", "tekst"),
                            ("keuze", "keuze uit een lijst"),
                            ("datum", "datum"),
                            ("ja_nee", "ja of nee"),
                            ("bestand", "bestand"),
                        ],
                        default="tekst",
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "keuzes",
                    models.TextField(blank=True, help_text="Eén per regel.", verbose_name="keuzes"),
                ),
                ("is_verplicht", models.BooleanField(default=False, verbose_name="verplicht")),
                ("hulp", models.CharField(blank=True, max_length=300, verbose_name="uitleg")),
            ],
            options={
                "verbose_name": "intakevraag",
                "verbose_name_plural": "intakevragen",
                "ordering": ["afspraak", "volgorde"],
            },
        ),
        migrations.CreateModel(
            name="Productgroep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=100, unique=True, verbose_name="naam")),
            ],
            options={
                "verbose_name": "productgroep",
                "verbose_name_plural": "productgroepen",
                "ordering": ["naam"],
            },
        ),
        migrations.AlterModelOptions(
            name="overdrachtsafspraak",
            options={
                "ordering": ["product__naam", "productgroep__naam", "-geldig_vanaf"],
                "verbose_name": "overdrachtsafspraak",
                "verbose_name_plural": "overdrachtsafspraken",
            },
        ),
        migrations.RemoveConstraint(
            model_name="overdrachtsafspraak",
            name="overdrachtsafspraak_een_per_dag",
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="belofte",
            field=models.CharField(blank=True, max_length=300, verbose_name="wat de klant hoort"),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="gemaakt_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="gemaakt_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="gemaakt op"),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="groep",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overdrachtsafspraken",
                to="organisatie.groep",
                verbose_name="groep",
            ),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="klaar_als",
            field=models.CharField(blank=True, max_length=300, verbose_name="klaar als"),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="max_pogingen",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="contactpogingen"),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="medewerker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overdrachtsafspraken",
                to=settings.AUTH_USER_MODEL,
                verbose_name="medewerker",
            ),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="na_pogingen",
            field=models.CharField(
                choices=[
                    ("bericht", "Bericht sturen en afronden"),
                    ("terug", "Terug naar het KCC"),
                    ("coordinator", "Naar de coördinator"),
                ],
                default="bericht",
                max_length=20,
                verbose_name="daarna",
            ),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="uuid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="overdrachtsafspraak",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overdrachtsafspraken",
                to="kennisbank.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="intakeantwoord",
            name="taak",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intake_antwoorden",
                to="zaken.internetaak",
            ),
        ),
        migrations.AddField(
            model_name="intakevraag",
            name="afspraak",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="vragen",
                to="zaken.overdrachtsafspraak",
            ),
        ),
        migrations.AddField(
            model_name="productgroep",
            name="producten",
            field=models.ManyToManyField(
                blank=True,
                related_name="productgroepen",
                to="kennisbank.product",
                verbose_name="producten",
            ),
        ),
        migrations.AddField(
            model_name="overdrachtsafspraak",
            name="productgroep",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overdrachtsafspraken",
                to="zaken.productgroep",
                verbose_name="productgroep",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("product__isnull", True), ("productgroep__isnull", True), _connector="OR"
                ),
                name="overdrachtsafspraak_product_of_groep",
                violation_error_message="Kies een product of een productgroep, niet allebei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_pogingen__gte", 1), ("max_pogingen__lte", 20)),
                name="overdrachtsafspraak_pogingen",
                violation_error_message="Kies 1 tot en met 20 pogingen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.UniqueConstraint(
                fields=("product", "productgroep", "afdeling", "geldig_vanaf"),
                name="overdrachtsafspraak_een_begin",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="intakeantwoord",
            constraint=models.UniqueConstraint(
                fields=("taak", "volgorde"), name="intakeantwoord_een_per_plek"
            ),
        ),
        migrations.AddConstraint(
            model_name="intakevraag",
            constraint=models.UniqueConstraint(
                fields=("afspraak", "volgorde"), name="intakevraag_een_per_plek"
            ),
        ),
        migrations.AddConstraint(
            model_name="intakevraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort", "keuze"), _negated=True),
                    models.Q(("keuzes", ""), _negated=True),
                    _connector="OR",
                ),
                name="intakevraag_keuze_met_keuzes",
            ),
        ),
    ]
