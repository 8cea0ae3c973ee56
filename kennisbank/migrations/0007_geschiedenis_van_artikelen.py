"""What was done with a published article is kept: added to only, which a trigger holds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kennisbank", "0006_zoekstukken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="conceptgebeurtenis",
            name="soort",
            field=models.CharField(
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
                    ("teruggehaald", "Teruggehaald om te bewerken"),
                    ("rechtgezet", "Rechtgezet zonder goedkeuring"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="ArtikelGebeurtenis",
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
                            ("nagekeken", "Nagekeken, klopt nog"),
                            ("rechtgezet", "Rechtgezet zonder goedkeuring"),
                            ("teruggezet", "Eerdere tekst teruggezet zonder goedkeuring"),
                            ("ingetrokken", "Ingetrokken"),
                            ("hersteld", "Intrekken ongedaan gemaakt"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "artikel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gebeurtenissen",
                        to="kennisbank.kennisartikel",
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
                    "versie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gebeurtenissen",
                        to="kennisbank.artikelversie",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebeurtenis van een artikel",
                "verbose_name_plural": "gebeurtenissen van artikelen",
                "ordering": ["-op", "-pk"],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE ON"
            " kennisbank_artikelgebeurtenis"
            " FOR EACH ROW EXECUTE FUNCTION kcc_alleen_toevoegen()",
            "DROP TRIGGER alleen_toevoegen ON kennisbank_artikelgebeurtenis",
        ),
    ]
