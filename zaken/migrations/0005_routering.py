"""Where questions go: models of rules, and what people can answer."""

import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0008_openbaar_zoekbaar"),
        ("organisatie", "0004_aanwezigheid"),
        ("zaken", "0004_leven_van_een_taak"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Routeringsmodel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=100, unique=True, verbose_name="naam")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("generalist", "generalisten"),
                            ("lijnen", "eerste en tweede lijn"),
                            ("doelgroep", "inwoners en bedrijven apart"),
                            ("vaardigheden", "naar vaardigheid"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("toelichting", models.TextField(blank=True, verbose_name="toelichting")),
                ("is_actief", models.BooleanField(default=False, verbose_name="in gebruik")),
                (
                    "in_gebruik_sinds",
                    models.DateTimeField(blank=True, null=True, verbose_name="in gebruik sinds"),
                ),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
            ],
            options={
                "verbose_name": "routeringsmodel",
                "verbose_name_plural": "routeringsmodellen",
                "ordering": ["naam"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_actief", True)),
                        fields=("is_actief",),
                        name="routeringsmodel_een_actief",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Routeringsregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgorde", models.PositiveSmallIntegerField(verbose_name="volgorde")),
                (
                    "kanaal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("telefoon", "Telefoon"),
                            ("balie", "Balie"),
                            ("email", "E-mail"),
                            ("webformulier", "Webformulier"),
                            ("brief", "Brief"),
                            ("chat", "Chat"),
                            ("whatsapp", "WhatsApp"),
                            ("social", "Social media"),
                        ],
                        max_length=20,
                        verbose_name="kanaal",
                    ),
                ),
                (
                    "doelgroep",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inwoner", "inwoner"),
                            ("ondernemer", "ondernemer"),
                            ("instelling", "instelling of ketenpartner"),
                            ("vertegenwoordiger", "vertegenwoordiger"),
                        ],
                        max_length=20,
                        verbose_name="doelgroep",
                    ),
                ),
                (
                    "niveau",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Past alleen als iemand dit kan.",
                        null=True,
                        verbose_name="vaardigheid vanaf",
                    ),
                ),
                (
                    "lijn",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "eerste lijn"), (2, "tweede lijn")],
                        default=1,
                        verbose_name="lijn",
                    ),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisatie.afdeling",
                        verbose_name="product van afdeling",
                    ),
                ),
                (
                    "groep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routeringsregels",
                        to="organisatie.groep",
                        verbose_name="naar groep",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regels",
                        to="zaken.routeringsmodel",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "routeringsregel",
                "verbose_name_plural": "routeringsregels",
                "ordering": ["model", "volgorde"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("model", "volgorde"),
                        name="routeringsregel_volgorde",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vaardigheid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "niveau",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "kijkt mee"),
                            (2, "begeleid"),
                            (3, "zelfstandig"),
                            (4, "coach"),
                        ],
                        verbose_name="niveau",
                    ),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisatie.afdeling",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vaardigheden",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "vaardigheid",
                "verbose_name_plural": "vaardigheden",
                "ordering": ["medewerker", "afdeling", "product"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("product", None), ("afdeling", None), _connector="XOR"),
                        name="vaardigheid_product_of_afdeling",
                        violation_error_message="Kies een product of een afdeling.",
                    ),
                    models.UniqueConstraint(
                        fields=("medewerker", "product"), name="vaardigheid_eenmaal_per_product"
                    ),
                    models.UniqueConstraint(
                        fields=("medewerker", "afdeling"), name="vaardigheid_eenmaal_per_afdeling"
                    ),
                ],
            },
        ),
    ]
