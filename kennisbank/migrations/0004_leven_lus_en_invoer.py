"""Drafts and their approval, reports by colleagues, use, news that was read, and files coming in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0003_zoekindex"),
        ("organisatie", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Afbeelding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("mediatype", models.CharField(max_length=40, verbose_name="soort bestand")),
                ("breedte", models.PositiveIntegerField(verbose_name="breedte")),
                ("hoogte", models.PositiveIntegerField(verbose_name="hoogte")),
                ("inhoud", models.BinaryField(verbose_name="inhoud")),
                (
                    "sha256",
                    models.CharField(max_length=64, unique=True, verbose_name="vingerafdruk"),
                ),
                ("toegevoegd_op", models.DateTimeField(verbose_name="toegevoegd op")),
            ],
            options={
                "verbose_name": "afbeelding",
                "verbose_name_plural": "afbeeldingen",
                "ordering": ["-toegevoegd_op"],
            },
        ),
        migrations.CreateModel(
            name="Concept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("basis", models.PositiveIntegerField(default=0, verbose_name="gemaakt op versie")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("product", "productbeschrijving"),
                            ("vac", "vraag en antwoord"),
                            ("werkinstructie", "werkinstructie"),
                            ("nieuws", "nieuws"),
                            ("wie_doet_wat", "wie doet wat"),
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
                (
                    "alleen_intern",
                    models.BooleanField(default=False, verbose_name="alleen voor medewerkers"),
                ),
                ("trefwoorden", models.TextField(blank=True, verbose_name="trefwoorden")),
                (
                    "herzien_op",
                    models.DateField(blank=True, null=True, verbose_name="herzien voor"),
                ),
                ("geldig_van", models.DateField(blank=True, null=True, verbose_name="geldig van")),
                (
                    "geldig_tot",
                    models.DateField(blank=True, null=True, verbose_name="geldig tot en met"),
                ),
                ("is_belangrijk", models.BooleanField(default=False, verbose_name="belangrijk")),
                ("titel", models.CharField(max_length=200, verbose_name="titel")),
                ("kort_antwoord", models.TextField(blank=True, verbose_name="kort antwoord")),
                ("uitleg", models.TextField(blank=True, verbose_name="uitleg")),
                ("vraag_door", models.TextField(blank=True, verbose_name="vraag door")),
                ("werkinstructie", models.TextField(blank=True, verbose_name="werkinstructie")),
                (
                    "telefoonnummer",
                    models.CharField(blank=True, max_length=20, verbose_name="telefoonnummer"),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("voorstel", "voorgesteld"),
                            ("bewerking", "in bewerking"),
                            ("goedkeuring", "wacht op goedkeuring"),
                            ("gepland", "gepland"),
                            ("gepubliceerd", "gepubliceerd"),
                            ("afgewezen", "niet overgenomen"),
                        ],
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("toelichting", models.TextField(blank=True, verbose_name="waarom")),
                ("ingediend_op", models.DateTimeField(verbose_name="ingediend op")),
                ("gewijzigd_op", models.DateTimeField(verbose_name="gewijzigd op")),
                (
                    "goedgekeurd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="goedgekeurd op"),
                ),
                (
                    "publiceren_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="publiceren op"),
                ),
                (
                    "reden_afwijzing",
                    models.CharField(blank=True, max_length=500, verbose_name="waarom niet"),
                ),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="bewaard")),
            ],
            options={
                "verbose_name": "concept",
                "verbose_name_plural": "concepten",
                "ordering": ["ingediend_op"],
            },
        ),
        migrations.CreateModel(
            name="ConceptGebeurtenis",
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
                            ("voorgesteld", "Voorgesteld"),
                            ("begonnen", "Begonnen met bewerken"),
                            ("bewerkt", "Bewerkt"),
                            ("ter_goedkeuring", "Ter goedkeuring gestuurd"),
                            ("terug", "Teruggestuurd"),
                            ("goedgekeurd", "Goedgekeurd"),
                            ("gepland", "Gepland"),
                            ("gepubliceerd", "Gepubliceerd"),
                            ("afgewezen", "Niet overgenomen"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
            ],
            options={
                "verbose_name": "gebeurtenis van een concept",
                "verbose_name_plural": "gebeurtenissen van concepten",
                "ordering": ["op", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Gebruik",
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
                        choices=[("geopend", "geopend"), ("gebruikt", "gebruikt")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
            ],
            options={
                "verbose_name": "gebruik",
                "verbose_name_plural": "gebruik",
            },
        ),
        migrations.CreateModel(
            name="Herkomst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bron", models.CharField(max_length=120, verbose_name="bron")),
                ("kenmerk", models.CharField(max_length=200, verbose_name="kenmerk bij de bron")),
                (
                    "versie",
                    models.CharField(blank=True, max_length=40, verbose_name="versie bij de bron"),
                ),
                ("inhoud", models.JSONField(default=dict, verbose_name="wat de bron zei")),
                ("opgehaald_op", models.DateTimeField(verbose_name="opgehaald op")),
            ],
            options={
                "verbose_name": "herkomst",
                "verbose_name_plural": "herkomst",
            },
        ),
        migrations.CreateModel(
            name="Invoer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("artikelen", "artikelen (CSV of XLSX)"),
                            ("synoniemen", "synoniemen (CSV of XLSX)"),
                            ("producten", "producten (CSV of XLSX)"),
                            ("sdg", "SDG-teksten (JSON)"),
                            ("sc", "Samenwerkende Catalogi 4.0 (XML)"),
                            ("pakket", "pakket van een andere gemeente"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("bestandsnaam", models.CharField(max_length=200, verbose_name="bestand")),
                ("bestand", models.BinaryField(verbose_name="inhoud")),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("controle", "wordt gecontroleerd"),
                            ("gecontroleerd", "klaar om in te lezen"),
                            ("fouten", "niet ingelezen: er zijn fouten"),
                            ("inlezen", "wordt ingelezen"),
                            ("klaar", "ingelezen"),
                            ("afgebroken", "afgebroken"),
                        ],
                        default="controle",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("totaal", models.PositiveIntegerField(default=0, verbose_name="rijen")),
                ("gedaan", models.PositiveIntegerField(default=0, verbose_name="gedaan")),
                ("nieuw", models.PositiveIntegerField(default=0, verbose_name="nieuw")),
                ("gewijzigd", models.PositiveIntegerField(default=0, verbose_name="gewijzigd")),
                ("ongewijzigd", models.PositiveIntegerField(default=0, verbose_name="ongewijzigd")),
                ("fouten", models.JSONField(default=list, verbose_name="fouten")),
                ("verslag", models.JSONField(default=list, verbose_name="verslag")),
                ("aangeboden_op", models.DateTimeField(verbose_name="aangeboden op")),
                (
                    "levensteken_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="laatste levensteken"),
                ),
                ("klaar_op", models.DateTimeField(blank=True, null=True, verbose_name="klaar op")),
            ],
            options={
                "verbose_name": "invoer",
                "verbose_name_plural": "invoer",
                "ordering": ["-aangeboden_op"],
            },
        ),
        migrations.CreateModel(
            name="Leesbevestiging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="gelezen op")),
            ],
            options={
                "verbose_name": "leesbevestiging",
                "verbose_name_plural": "leesbevestigingen",
            },
        ),
        migrations.CreateModel(
            name="Linkcontrole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=2000, unique=True, verbose_name="adres")),
                ("is_dood", models.BooleanField(default=False, verbose_name="werkt niet")),
                ("uitkomst", models.CharField(blank=True, max_length=100, verbose_name="uitkomst")),
                (
                    "gecontroleerd_op",
                    models.DateTimeField(null=True, verbose_name="gecontroleerd op"),
                ),
            ],
            options={
                "verbose_name": "linkcontrole",
                "verbose_name_plural": "linkcontroles",
            },
        ),
        migrations.CreateModel(
            name="Melding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("klopt_niet", "klopt niet"),
                            ("mist", "mist"),
                            ("helpt", "helpt"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "klantcontact_uuid",
                    models.UUIDField(blank=True, null=True, verbose_name="klantcontact"),
                ),
                (
                    "zoekvraag",
                    models.CharField(blank=True, max_length=200, verbose_name="gezocht op"),
                ),
                ("toelichting", models.TextField(blank=True, verbose_name="toelichting")),
                ("op", models.DateTimeField(verbose_name="gemeld op")),
                (
                    "stand",
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
                ("antwoord", models.TextField(blank=True, verbose_name="antwoord")),
                (
                    "afgehandeld_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="afgehandeld op"),
                ),
                (
                    "gelezen_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="antwoord gelezen op"),
                ),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
            ],
            options={
                "verbose_name": "kennismelding",
                "verbose_name_plural": "kennismeldingen",
                "ordering": ["op"],
            },
        ),
        migrations.CreateModel(
            name="Zoekactie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vraag", models.CharField(max_length=120, verbose_name="vraag")),
                ("aantal", models.PositiveIntegerField(verbose_name="gevonden")),
                ("op", models.DateTimeField(verbose_name="op")),
            ],
            options={
                "verbose_name": "zoekactie",
                "verbose_name_plural": "zoekacties",
            },
        ),
        migrations.AddField(
            model_name="artikelversie",
            name="contactpersoon",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="artikelversie",
            name="goedgekeurd_door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="artikelversie",
            name="telefoonnummer",
            field=models.CharField(blank=True, max_length=20, verbose_name="telefoonnummer"),
        ),
        migrations.AddField(
            model_name="artikelversie",
            name="vervanger",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="alleen_intern",
            field=models.BooleanField(
                default=False,
                help_text="Ook het deel voor de inwoner komt dan niet op de website.",
                verbose_name="alleen voor medewerkers",
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="andere_producten",
            field=models.ManyToManyField(
                blank=True,
                related_name="ook_in_artikelen",
                to="kennisbank.product",
                verbose_name="hoort ook bij",
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="gebruikt",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="gebruikt"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="geldig_tot",
            field=models.DateField(blank=True, null=True, verbose_name="geldig tot en met"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="geldig_van",
            field=models.DateField(blank=True, null=True, verbose_name="geldig van"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="ingetrokken_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="ingetrokken_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="is_belangrijk",
            field=models.BooleanField(default=False, verbose_name="belangrijk"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="redacteur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="redacteur",
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="reden_ingetrokken",
            field=models.CharField(blank=True, max_length=300, verbose_name="waarom ingetrokken"),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="voor_groepen",
            field=models.ManyToManyField(
                blank=True,
                help_text="Geen team gekozen: voor iedereen.",
                related_name="nieuws",
                to="organisatie.groep",
                verbose_name="voor teams",
            ),
        ),
        migrations.AddField(
            model_name="kennisartikel",
            name="zie_ook",
            field=models.ManyToManyField(
                blank=True, to="kennisbank.kennisartikel", verbose_name="zie ook"
            ),
        ),
        migrations.AlterField(
            model_name="kennisartikel",
            name="soort",
            field=models.CharField(
                choices=[
                    ("product", "productbeschrijving"),
                    ("vac", "vraag en antwoord"),
                    ("werkinstructie", "werkinstructie"),
                    ("nieuws", "nieuws"),
                    ("wie_doet_wat", "wie doet wat"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="kennisartikel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gte", models.F("geldig_van")),
                    _connector="OR",
                ),
                name="kennisartikel_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ),
        migrations.AddField(
            model_name="afbeelding",
            name="toegevoegd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="afdeling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concepten",
                to="organisatie.afdeling",
                verbose_name="eigenaar",
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="andere_producten",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="kennisbank.product", verbose_name="hoort ook bij"
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="artikel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concepten",
                to="kennisbank.kennisartikel",
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="contactpersoon",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="gepubliceerde_versie",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concept",
                to="kennisbank.artikelversie",
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="gewijzigd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="goedgekeurd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="ingediend_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ingediende_concepten",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kennisbank.product",
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="redacteur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="vervanger",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="voor_groepen",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="organisatie.groep", verbose_name="voor teams"
            ),
        ),
        migrations.AddField(
            model_name="concept",
            name="zie_ook",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="kennisbank.kennisartikel", verbose_name="zie ook"
            ),
        ),
        migrations.AddField(
            model_name="conceptgebeurtenis",
            name="concept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gebeurtenissen",
                to="kennisbank.concept",
            ),
        ),
        migrations.AddField(
            model_name="conceptgebeurtenis",
            name="door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gebruik",
            name="artikelversie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kennisbank.artikelversie",
            ),
        ),
        migrations.AddField(
            model_name="herkomst",
            name="artikel",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="herkomst",
                to="kennisbank.kennisartikel",
            ),
        ),
        migrations.AddField(
            model_name="invoer",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leesbevestiging",
            name="artikelversie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leesbevestigingen",
                to="kennisbank.artikelversie",
            ),
        ),
        migrations.AddField(
            model_name="leesbevestiging",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leesbevestigingen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="afgehandeld_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="artikel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meldingen",
                to="kennisbank.kennisartikel",
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="artikelversie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kennisbank.artikelversie",
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="behandelaar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="concept",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meldingen",
                to="kennisbank.concept",
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kennismeldingen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kennisbank.product",
            ),
        ),
        migrations.AddIndex(
            model_name="zoekactie",
            index=models.Index(fields=["op"], name="zoekactie_op"),
        ),
        migrations.AddIndex(
            model_name="concept",
            index=models.Index(fields=["stand", "publiceren_op"], name="concept_stand"),
        ),
        migrations.AddConstraint(
            model_name="concept",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("stand__in", ["voorstel", "bewerking", "goedkeuring", "gepland"])
                ),
                fields=("artikel",),
                name="concept_een_open_per_artikel",
                violation_error_message="Er is al een concept van dit artikel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="concept",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gte", models.F("geldig_van")),
                    _connector="OR",
                ),
                name="concept_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="concept",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "gepubliceerd"), _negated=True),
                    ("gepubliceerde_versie__isnull", False),
                    _connector="OR",
                ),
                name="concept_gepubliceerd_met_versie",
            ),
        ),
        migrations.AddIndex(
            model_name="gebruik",
            index=models.Index(fields=["op"], name="gebruik_op"),
        ),
        migrations.AddConstraint(
            model_name="herkomst",
            constraint=models.UniqueConstraint(fields=("bron", "kenmerk"), name="herkomst_eenmaal"),
        ),
        migrations.AddIndex(
            model_name="invoer",
            index=models.Index(fields=["stand"], name="invoer_stand"),
        ),
        migrations.AddConstraint(
            model_name="leesbevestiging",
            constraint=models.UniqueConstraint(
                fields=("artikelversie", "medewerker"), name="leesbevestiging_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(fields=["stand", "op"], name="melding_stand"),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(fields=["door", "afgehandeld_op"], name="melding_van"),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afgehandeld_op__isnull", False), ("stand", "afgehandeld")),
                    models.Q(
                        models.Q(("stand", "afgehandeld"), _negated=True),
                        ("afgehandeld_op__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="melding_afgehandeld_volledig",
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(("soort", "mist"), ("artikel__isnull", False), _connector="OR"),
                name="melding_over_een_artikel",
                violation_error_message="Kies het artikel waar dit over gaat.",
            ),
        ),
    ]
