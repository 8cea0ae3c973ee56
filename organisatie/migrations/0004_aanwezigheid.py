"""Presence: own status, roster, absence with a replacement, and free or busy from a calendar."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0003_rollen_coordinator_en_buitendienst"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agendakoppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[("ics", "ICS-adres"), ("caldav", "CalDAV")],
                        default="ics",
                        max_length=8,
                        verbose_name="soort",
                    ),
                ),
                ("adres", models.URLField(max_length=500, verbose_name="adres")),
                (
                    "gebruikersnaam",
                    models.CharField(blank=True, max_length=200, verbose_name="gebruikersnaam"),
                ),
                (
                    "geheim",
                    models.BinaryField(
                        blank=True, null=True, verbose_name="wachtwoord, versleuteld"
                    ),
                ),
                (
                    "opgehaald_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="opgehaald op"),
                ),
                (
                    "geprobeerd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="geprobeerd op"),
                ),
                ("fout", models.CharField(blank=True, max_length=200, verbose_name="fout")),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agendakoppeling",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "agendakoppeling",
                "verbose_name_plural": "agendakoppelingen",
            },
        ),
        migrations.CreateModel(
            name="EigenStand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("beschikbaar", "beschikbaar"),
                            ("bezet", "bezet"),
                            ("afwezig", "afwezig"),
                        ],
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("sinds", models.DateTimeField(verbose_name="sinds")),
                ("tot", models.DateTimeField(blank=True, null=True, verbose_name="tot")),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eigen_stand",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "eigen stand",
                "verbose_name_plural": "eigen standen",
            },
        ),
        migrations.CreateModel(
            name="Afwezigheid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("van", models.DateTimeField(verbose_name="van")),
                ("tot", models.DateTimeField(verbose_name="tot")),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="afwezigheden",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vervanger",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vervangingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "afwezigheid",
                "verbose_name_plural": "afwezigheden",
                "ordering": ["van"],
                "indexes": [models.Index(fields=["medewerker", "tot"], name="afwezigheid_wie")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tot__gt", models.F("van"))),
                        name="afwezigheid_tot_na_van",
                        violation_error_message="Het einde ligt na het begin.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vervanger", models.F("medewerker")), _negated=True),
                        name="afwezigheid_ander_vervangt",
                        violation_error_message="Kies een ander als vervanger.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agendablok",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("van", models.DateTimeField(verbose_name="van")),
                ("tot", models.DateTimeField(verbose_name="tot")),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agendablokken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "agendablok",
                "verbose_name_plural": "agendablokken",
                "ordering": ["van"],
                "indexes": [models.Index(fields=["medewerker", "tot"], name="agendablok_wie")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tot__gt", models.F("van"))),
                        name="agendablok_tot_na_van",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Werkdagdeel",
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
                (
                    "dagdeel",
                    models.CharField(
                        choices=[("ochtend", "ochtend"), ("middag", "middag")],
                        max_length=8,
                        verbose_name="dagdeel",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="werkdagdelen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "werkdagdeel",
                "verbose_name_plural": "werkdagdelen",
                "ordering": ["weekdag", "-dagdeel"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medewerker", "weekdag", "dagdeel"), name="werkdagdeel_eenmaal"
                    )
                ],
            },
        ),
    ]
