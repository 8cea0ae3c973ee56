import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kennisbank", "0001_begin"),
        ("organisatie", "0001_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Norm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kpi", models.SlugField(max_length=40, verbose_name="kpi")),
                (
                    "doelwaarde",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="doelwaarde"),
                ),
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
                ("geldig_vanaf", models.DateField(verbose_name="geldig vanaf")),
                (
                    "geldig_tot",
                    models.DateField(blank=True, null=True, verbose_name="geldig tot en met"),
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
            ],
            options={
                "verbose_name": "norm",
                "verbose_name_plural": "normen",
                "ordering": ["kpi", "-geldig_vanaf"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kpi", "kanaal", "afdeling", "geldig_vanaf"),
                        name="norm_een_per_dag",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geldig_tot__isnull", True),
                            ("geldig_tot__gte", models.F("geldig_vanaf")),
                            _connector="OR",
                        ),
                        name="norm_geldigheid",
                        violation_error_message="De einddatum ligt niet voor de begindatum.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UurDoorlooptijd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uur", models.DateTimeField(verbose_name="uur")),
                (
                    "kanaal",
                    models.CharField(
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
                ("werkminuten", models.PositiveIntegerField(verbose_name="werkminuten")),
                ("aantal", models.PositiveIntegerField(verbose_name="aantal")),
                (
                    "afdeling",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisatie.afdeling",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "doorlooptijd per uur",
                "verbose_name_plural": "doorlooptijden per uur",
                "indexes": [
                    models.Index(fields=["uur", "kanaal", "afdeling"], name="uurdoorlooptijd_uur")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uur", "kanaal", "doelgroep", "afdeling", "product", "werkminuten"),
                        name="uurdoorlooptijd_een_per_cel",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UurTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uur", models.DateTimeField(verbose_name="uur")),
                (
                    "kanaal",
                    models.CharField(
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
                    "overgedragen",
                    models.PositiveIntegerField(default=0, verbose_name="overgedragen"),
                ),
                (
                    "verschuldigd",
                    models.PositiveIntegerField(
                        default=0, verbose_name="termijn verstreken of gehaald"
                    ),
                ),
                (
                    "binnen_termijn",
                    models.PositiveIntegerField(
                        default=0, verbose_name="binnen termijn afgehandeld"
                    ),
                ),
                ("afgehandeld", models.PositiveIntegerField(default=0, verbose_name="afgehandeld")),
                (
                    "afdeling",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisatie.afdeling",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "taken per uur",
                "verbose_name_plural": "taken per uur",
                "indexes": [
                    models.Index(fields=["uur", "kanaal", "afdeling"], name="uurtaken_uur")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uur", "kanaal", "doelgroep", "afdeling", "product"),
                        name="uurtaken_een_per_cel",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UurTelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uur", models.DateTimeField(verbose_name="uur")),
                (
                    "kanaal",
                    models.CharField(
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
                ("contacten", models.PositiveIntegerField(default=0, verbose_name="contacten")),
                ("met_vraag", models.PositiveIntegerField(default=0, verbose_name="met een vraag")),
                (
                    "fcr_a",
                    models.PositiveIntegerField(
                        default=0, verbose_name="volgens medewerker opgelost"
                    ),
                ),
                ("behandeld", models.PositiveIntegerField(default=0, verbose_name="behandeld")),
                ("fcr_b", models.PositiveIntegerField(default=0, verbose_name="zonder overdracht")),
                (
                    "herkenbaar",
                    models.PositiveIntegerField(default=0, verbose_name="met partij en product"),
                ),
                ("fcr_c", models.PositiveIntegerField(default=0, verbose_name="zonder herhaling")),
                (
                    "gespreksseconden",
                    models.BigIntegerField(default=0, verbose_name="gespreksseconden"),
                ),
                (
                    "nawerkseconden",
                    models.BigIntegerField(default=0, verbose_name="nawerkseconden"),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisatie.afdeling",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "telling per uur",
                "verbose_name_plural": "tellingen per uur",
                "indexes": [
                    models.Index(fields=["uur", "kanaal", "afdeling"], name="uurtelling_uur")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uur", "kanaal", "doelgroep", "afdeling", "product"),
                        name="uurtelling_een_per_cel",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
