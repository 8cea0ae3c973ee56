import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0001_begin"),
        ("kennisbank", "0001_begin"),
        ("organisatie", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Overdrachtsafspraak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("termijn_aantal", models.PositiveSmallIntegerField(verbose_name="termijn")),
                (
                    "termijn_eenheid",
                    models.CharField(
                        choices=[("werkuren", "werkuren"), ("werkdagen", "werkdagen")],
                        default="werkdagen",
                        max_length=10,
                        verbose_name="eenheid",
                    ),
                ),
                (
                    "toelichting",
                    models.TextField(
                        blank=True,
                        help_text="Wat de afdeling van het KCC wil weten, één per regel.",
                        verbose_name="vraag eerst",
                    ),
                ),
                ("geldig_vanaf", models.DateField(verbose_name="geldig vanaf")),
                (
                    "geldig_tot",
                    models.DateField(blank=True, null=True, verbose_name="geldig tot en met"),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overdrachtsafspraken",
                        to="organisatie.afdeling",
                        verbose_name="afdeling",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overdrachtsafspraken",
                        to="kennisbank.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "overdrachtsafspraak",
                "verbose_name_plural": "overdrachtsafspraken",
                "ordering": ["product__naam", "-geldig_vanaf"],
            },
        ),
        migrations.CreateModel(
            name="InterneTaak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nummer", models.CharField(max_length=10, unique=True, verbose_name="nummer")),
                (
                    "toegewezen_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="toegewezen op"),
                ),
                (
                    "gevraagde_handeling",
                    models.CharField(max_length=200, verbose_name="gevraagde handeling"),
                ),
                ("toelichting", models.TextField(blank=True, verbose_name="toelichting")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("nieuw", "nieuw"),
                            ("in_behandeling", "in behandeling"),
                            ("afgehandeld", "afgehandeld"),
                        ],
                        default="nieuw",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("aangemaakt_op", models.DateTimeField(verbose_name="overgedragen op")),
                ("termijn_op", models.DateTimeField(verbose_name="termijn")),
                (
                    "reden_terug",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verkeerde_afdeling", "Hoort bij een andere afdeling"),
                            ("informatie_ontbreekt", "Er ontbreekt informatie"),
                            ("kcc_kan_dit", "Het KCC kan dit zelf beantwoorden"),
                            ("anders", "Anders"),
                        ],
                        max_length=30,
                        verbose_name="reden",
                    ),
                ),
                (
                    "aantal_pogingen",
                    models.PositiveSmallIntegerField(default=0, verbose_name="contactpogingen"),
                ),
                ("antwoord", models.TextField(blank=True, verbose_name="antwoord")),
                (
                    "terugkoppeling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gebeld", "gebeld"),
                            ("gemaild", "gemaild"),
                            ("brief", "brief gestuurd"),
                            ("gesproken", "aan de balie gesproken"),
                        ],
                        max_length=20,
                        verbose_name="terugkoppeling",
                    ),
                ),
                (
                    "afgehandeld_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="afgehandeld op"),
                ),
                (
                    "werkminuten",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Werkminuten van overdracht tot afhandeling.",
                        null=True,
                        verbose_name="doorlooptijd",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                (
                    "aangemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitgezette_taken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interne_taken",
                        to="organisatie.afdeling",
                        verbose_name="afdeling",
                    ),
                ),
                (
                    "afgehandeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "klantcontact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interne_taken",
                        to="contacts.klantcontact",
                    ),
                ),
                (
                    "terug_van",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisatie.afdeling",
                    ),
                ),
                (
                    "toegewezen_aan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interne_taken",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bij",
                    ),
                ),
                (
                    "afspraak",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.overdrachtsafspraak",
                    ),
                ),
            ],
            options={
                "verbose_name": "interne taak",
                "verbose_name_plural": "interne taken",
            },
        ),
        migrations.CreateModel(
            name="TaakGebeurtenis",
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
                        choices=[
                            ("overgedragen", "Overgedragen"),
                            ("genomen", "In behandeling genomen"),
                            ("losgelaten", "Losgelaten"),
                            ("contactpoging", "Contactpoging"),
                            ("antwoord", "Antwoord bewaard"),
                            ("teruggegeven", "Teruggegeven aan het KCC"),
                            ("doorgestuurd", "Doorgestuurd"),
                            ("afgehandeld", "Afgehandeld"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "afdeling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisatie.afdeling",
                        verbose_name="naar afdeling",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gebeurtenissen",
                        to="zaken.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebeurtenis",
                "verbose_name_plural": "gebeurtenissen",
                "ordering": ["op", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("termijn_aantal__gte", 1), ("termijn_aantal__lte", 400)),
                name="overdrachtsafspraak_termijn",
                violation_error_message="Een termijn is minstens 1 en hoogstens 400.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gte", models.F("geldig_vanaf")),
                    _connector="OR",
                ),
                name="overdrachtsafspraak_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdrachtsafspraak",
            constraint=models.UniqueConstraint(
                fields=("product", "geldig_vanaf"), name="overdrachtsafspraak_een_per_dag"
            ),
        ),
        migrations.AddIndex(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["afdeling", "termijn_op"],
                name="internetaak_werkvoorraad",
            ),
        ),
        migrations.AddIndex(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["toegewezen_aan", "termijn_op"],
                name="internetaak_mijn",
            ),
        ),
        migrations.AddIndex(
            model_name="internetaak",
            index=models.Index(fields=["aangemaakt_op"], name="internetaak_aangemaakt"),
        ),
        migrations.AddIndex(
            model_name="internetaak",
            index=models.Index(fields=["termijn_op"], name="internetaak_termijn"),
        ),
        migrations.AddIndex(
            model_name="internetaak",
            index=models.Index(fields=["afgehandeld_op"], name="internetaak_afgehandeld"),
        ),
        migrations.AddConstraint(
            model_name="internetaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("afgehandeld_door__isnull", False),
                        ("afgehandeld_op__isnull", False),
                        ("status", "afgehandeld"),
                        ("werkminuten__isnull", False),
                    ),
                    models.Q(
                        models.Q(("status", "afgehandeld"), _negated=True),
                        ("afgehandeld_op__isnull", True),
                        ("werkminuten__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="internetaak_afgehandeld_volledig",
            ),
        ),
        migrations.AddConstraint(
            model_name="internetaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "in_behandeling"), ("toegewezen_aan__isnull", False)),
                    models.Q(("status", "in_behandeling"), _negated=True),
                    _connector="OR",
                ),
                name="internetaak_in_behandeling_bij_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="internetaak",
            constraint=models.CheckConstraint(
                condition=models.Q(("termijn_op__gte", models.F("aangemaakt_op"))),
                name="internetaak_termijn_later",
            ),
        ),
        migrations.AddIndex(
            model_name="taakgebeurtenis",
            index=models.Index(fields=["taak", "op"], name="taakgebeurtenis_geschiedenis"),
        ),
    ]
