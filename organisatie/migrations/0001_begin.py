import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Afdeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identificatie",
                    models.SlugField(max_length=40, unique=True, verbose_name="identificatie"),
                ),
                ("naam", models.CharField(max_length=100, unique=True, verbose_name="naam")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "is_kcc",
                    models.BooleanField(
                        default=False,
                        help_text="Taken die terugkomen gaan naar deze afdeling.",
                        verbose_name="is het KCC",
                    ),
                ),
                ("is_actief", models.BooleanField(default=True, verbose_name="actief")),
            ],
            options={
                "verbose_name": "afdeling",
                "verbose_name_plural": "afdelingen",
                "ordering": ["naam"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_kcc", True)),
                        fields=("is_kcc",),
                        name="afdeling_een_kcc",
                        violation_error_message="Er is al een afdeling die het KCC is.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BijzondereDag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField(unique=True, verbose_name="datum")),
                ("omschrijving", models.CharField(max_length=120, verbose_name="omschrijving")),
                (
                    "van",
                    models.TimeField(
                        blank=True,
                        help_text="Leeg: de hele dag dicht.",
                        null=True,
                        verbose_name="open van",
                    ),
                ),
                ("tot", models.TimeField(blank=True, null=True, verbose_name="open tot")),
                (
                    "is_feestdag",
                    models.BooleanField(
                        default=False,
                        help_text="Alleen bij koninklijk besluit; wettelijke termijnen schuiven dan op.",
                        verbose_name="geldt als algemeen erkende feestdag",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijzondere dag",
                "verbose_name_plural": "bijzondere dagen",
                "ordering": ["-datum"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tot__isnull", True), ("van__isnull", True)),
                            ("van__lt", models.F("tot")),
                            _connector="OR",
                        ),
                        name="bijzonderedag_dicht_of_van_tot",
                        violation_error_message="Vul beide tijden in, of geen van beide.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Groep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identificatie",
                    models.SlugField(max_length=40, unique=True, verbose_name="identificatie"),
                ),
                ("naam", models.CharField(max_length=100, verbose_name="naam")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("is_actief", models.BooleanField(default=True, verbose_name="actief")),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groepen",
                        to="organisatie.afdeling",
                    ),
                ),
            ],
            options={
                "verbose_name": "groep",
                "verbose_name_plural": "groepen",
                "ordering": ["afdeling__naam", "naam"],
            },
        ),
        migrations.CreateModel(
            name="Medewerker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "gebruikersnaam",
                    models.CharField(max_length=80, unique=True, verbose_name="gebruikersnaam"),
                ),
                ("voornaam", models.CharField(max_length=80, verbose_name="voornaam")),
                (
                    "voorvoegsel_achternaam",
                    models.CharField(blank=True, max_length=10, verbose_name="voorvoegsel"),
                ),
                ("achternaam", models.CharField(max_length=120, verbose_name="achternaam")),
                ("functie", models.CharField(blank=True, max_length=120, verbose_name="functie")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "telefoonnummer",
                    models.CharField(blank=True, max_length=20, verbose_name="telefoonnummer"),
                ),
                (
                    "rollen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("kcc_medewerker", "KCC-medewerker"),
                                ("vakspecialist", "Vakspecialist"),
                                ("teamleider", "Teamleider"),
                                ("kennisredacteur", "Kennisredacteur"),
                                ("beheerder", "Beheerder"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="rollen",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="mag inloggen")),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo-account"),
                ),
                (
                    "afdelingen",
                    models.ManyToManyField(
                        blank=True,
                        related_name="medewerkers",
                        to="organisatie.afdeling",
                        verbose_name="afdelingen",
                    ),
                ),
                (
                    "groepen",
                    models.ManyToManyField(
                        blank=True,
                        related_name="medewerkers",
                        to="organisatie.groep",
                        verbose_name="groepen",
                    ),
                ),
            ],
            options={
                "verbose_name": "medewerker",
                "verbose_name_plural": "medewerkers",
                "ordering": ["achternaam", "voornaam"],
            },
        ),
        migrations.CreateModel(
            name="Openingstijd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekdag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "maandag"),
                            (2, "dinsdag"),
                            (3, "woensdag"),
                            (4, "donderdag"),
                            (5, "vrijdag"),
                            (6, "zaterdag"),
                            (7, "zondag"),
                        ],
                        verbose_name="weekdag",
                    ),
                ),
                ("van", models.TimeField(verbose_name="van")),
                ("tot", models.TimeField(verbose_name="tot")),
            ],
            options={
                "verbose_name": "openingstijd",
                "verbose_name_plural": "openingstijden",
                "ordering": ["weekdag", "van"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("van__lt", models.F("tot"))),
                        name="openingstijd_van_voor_tot",
                        violation_error_message="De eindtijd ligt na de begintijd.",
                    ),
                    models.UniqueConstraint(
                        fields=("weekdag", "van"), name="openingstijd_een_begin"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="groep",
            constraint=models.UniqueConstraint(
                fields=("afdeling", "naam"), name="groep_naam_per_afdeling"
            ),
        ),
    ]
