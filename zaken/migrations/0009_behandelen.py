"""Links, doubles, mentions, attachments and answer texts: what working on a taak needs."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Five new tables."""

    dependencies = [
        ("organisatie", "0004_aanwezigheid"),
        ("zaken", "0008_werkvoorraad_indexen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Antwoordsjabloon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=80, unique=True, verbose_name="naam")),
                ("onderwerp", models.CharField(max_length=150, verbose_name="onderwerp")),
                (
                    "tekst",
                    models.TextField(
                        help_text="U kunt {aanhef}, {nummer} en {onderwerp} gebruiken.",
                        verbose_name="tekst",
                    ),
                ),
                ("is_actief", models.BooleanField(default=True, verbose_name="actief")),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg: voor alle afdelingen.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="antwoordsjablonen",
                        to="organisatie.afdeling",
                        verbose_name="afdeling",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoordsjabloon",
                "verbose_name_plural": "antwoordsjablonen",
                "ordering": ["naam"],
            },
        ),
        migrations.CreateModel(
            name="Bijlage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("mediatype", models.CharField(max_length=100, verbose_name="soort")),
                (
                    "grootte",
                    models.PositiveIntegerField(help_text="In bytes.", verbose_name="grootte"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="controlegetal")),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("niet_gescand", "niet gescand"),
                            ("schoon", "geen virus gevonden"),
                        ],
                        max_length=20,
                        verbose_name="viruscontrole",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="toegevoegd op")),
                ("inhoud", models.BinaryField(verbose_name="inhoud")),
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
                        related_name="bijlagen",
                        to="zaken.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijlage",
                "verbose_name_plural": "bijlagen",
                "ordering": ["op", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grootte__lte", 10485760)), name="bijlage_grootte"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Samenvoeging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="samengevoegd op")),
                (
                    "was_status",
                    models.CharField(
                        choices=[
                            ("nieuw", "nieuw"),
                            ("in_behandeling", "in behandeling"),
                            ("afgehandeld", "afgehandeld"),
                        ],
                        max_length=20,
                        verbose_name="stand ervoor",
                    ),
                ),
                (
                    "was_toegewezen_op",
                    models.DateTimeField(null=True, verbose_name="toegewezen op, ervoor"),
                ),
                (
                    "ongedaan_op",
                    models.DateTimeField(null=True, verbose_name="ongedaan gemaakt op"),
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
                    "in_taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.internetaak",
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samenvoegingen",
                        to="zaken.internetaak",
                    ),
                ),
                (
                    "was_toegewezen_aan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "samenvoeging",
                "verbose_name_plural": "samenvoegingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ongedaan_op__isnull", True)),
                        fields=("taak",),
                        name="samenvoeging_een_per_taak",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaakKoppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="gekoppeld op")),
                (
                    "andere",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.internetaak",
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
                        related_name="+",
                        to="zaken.internetaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "koppeling van taken",
                "verbose_name_plural": "koppelingen van taken",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("taak", "andere"), name="taakkoppeling_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taak__lt", models.F("andere"))),
                        name="taakkoppeling_oudste_eerst",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vermelding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gelezen_op", models.DateTimeField(null=True, verbose_name="gelezen op")),
                (
                    "gebeurtenis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vermeldingen",
                        to="zaken.taakgebeurtenis",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vermeldingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vermelding",
                "verbose_name_plural": "vermeldingen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("gelezen_op__isnull", True)),
                        fields=["medewerker"],
                        name="vermelding_ongelezen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gebeurtenis", "medewerker"), name="vermelding_een_per_notitie"
                    )
                ],
            },
        ),
    ]
