import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kcc", "0001_zoekfuncties"),
        ("organisatie", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArtikelVersie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nummer", models.PositiveIntegerField(verbose_name="versie")),
                ("titel", models.CharField(max_length=200, verbose_name="titel")),
                (
                    "kort_antwoord",
                    models.TextField(help_text="Om voor te lezen.", verbose_name="kort antwoord"),
                ),
                (
                    "uitleg_html",
                    models.TextField(
                        blank=True, help_text="Opgeschoonde HTML.", verbose_name="uitleg"
                    ),
                ),
                (
                    "vraag_door_html",
                    models.TextField(
                        blank=True, help_text="Alleen voor het KCC.", verbose_name="vraag door"
                    ),
                ),
                (
                    "werkinstructie_html",
                    models.TextField(
                        blank=True, help_text="Alleen voor het KCC.", verbose_name="werkinstructie"
                    ),
                ),
                ("gepubliceerd_op", models.DateTimeField(verbose_name="gepubliceerd op")),
                (
                    "auteur",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "versie van een artikel",
                "verbose_name_plural": "versies van artikelen",
                "ordering": ["artikel", "-nummer"],
            },
        ),
        migrations.CreateModel(
            name="Kennisartikel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="slug")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("product", "productbeschrijving"),
                            ("vac", "vraag en antwoord"),
                            ("werkinstructie", "werkinstructie"),
                            ("nieuws", "nieuws"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "doelgroep",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eu-burger", "inwoners"),
                            ("eu-bedrijf", "ondernemers"),
                            ("eu-burger-bedrijf", "inwoners en ondernemers"),
                            ("", "niet bepaald"),
                        ],
                        max_length=20,
                        verbose_name="doelgroep",
                    ),
                ),
                ("trefwoorden", models.TextField(blank=True, verbose_name="trefwoorden")),
                ("herzien_op", models.DateField(verbose_name="herzien voor")),
                ("is_actief", models.BooleanField(default=True, verbose_name="gepubliceerd")),
                (
                    "zoekvector",
                    django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="artikelen",
                        to="organisatie.afdeling",
                        verbose_name="eigenaar",
                    ),
                ),
                (
                    "huidige_versie",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kennisbank.artikelversie",
                    ),
                ),
            ],
            options={
                "verbose_name": "kennisartikel",
                "verbose_name_plural": "kennisartikelen",
                "ordering": ["slug"],
            },
        ),
        migrations.AddField(
            model_name="artikelversie",
            name="artikel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versies",
                to="kennisbank.kennisartikel",
            ),
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "upn_uri",
                    models.CharField(
                        blank=True, max_length=300, null=True, unique=True, verbose_name="UPL-adres"
                    ),
                ),
                (
                    "doelgroep",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eu-burger", "inwoners"),
                            ("eu-bedrijf", "ondernemers"),
                            ("eu-burger-bedrijf", "inwoners en ondernemers"),
                            ("", "niet bepaald"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="doelgroep",
                    ),
                ),
                ("is_aanvraag", models.BooleanField(default=False, verbose_name="aanvraag")),
                ("is_subsidie", models.BooleanField(default=False, verbose_name="subsidie")),
                ("is_melding", models.BooleanField(default=False, verbose_name="melding")),
                (
                    "is_verplichting",
                    models.BooleanField(default=False, verbose_name="verplichting"),
                ),
                (
                    "is_placeholder",
                    models.BooleanField(
                        default=False,
                        help_text="Staat in de lijst, maar is geen echt product.",
                        verbose_name="plaatshouder",
                    ),
                ),
                ("is_actief", models.BooleanField(default=True, verbose_name="actief")),
                (
                    "trefwoorden",
                    models.TextField(
                        blank=True,
                        help_text="Woorden die mensen zelf gebruiken, met komma's ertussen.",
                        verbose_name="trefwoorden",
                    ),
                ),
                (
                    "zoekvector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "naam", config="public.kcc", weight="A"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "trefwoorden", config="public.kcc", weight="B"
                            ),
                            django.contrib.postgres.search.SearchConfig("public.kcc"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="producten",
                        to="organisatie.afdeling",
                        verbose_name="verantwoordelijke afdeling",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "producten",
                "ordering": ["naam"],
            },
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="artikelen",
                to="kennisbank.product",
            ),
        ),
        migrations.CreateModel(
            name="Grondslag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uri", models.CharField(max_length=300, verbose_name="adres")),
                ("label", models.CharField(max_length=300, verbose_name="label")),
                ("link", models.CharField(blank=True, max_length=500, verbose_name="link")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grondslagen",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "grondslag",
                "verbose_name_plural": "grondslagen",
                "ordering": ["label"],
            },
        ),
        migrations.AddConstraint(
            model_name="artikelversie",
            constraint=models.UniqueConstraint(
                fields=("artikel", "nummer"), name="artikelversie_nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="artikelversie",
            constraint=models.CheckConstraint(
                condition=models.Q(("titel", ""), _negated=True), name="artikelversie_met_titel"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["zoekvector"], name="product_zoekvector"
            ),
        ),
        migrations.AddIndex(
            model_name="kennisartikel",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["zoekvector"], name="kennisartikel_zoekvector"
            ),
        ),
        migrations.AddConstraint(
            model_name="grondslag",
            constraint=models.UniqueConstraint(
                fields=("product", "uri"), name="grondslag_eenmaal_per_product"
            ),
        ),
    ]
