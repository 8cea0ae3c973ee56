"""What a taak can live through: priority, pause, call-back window, reopening, merging."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_concept_bewaart_wat_getypt_is"),
        ("organisatie", "0002_coordinator_en_hoofd"),
        ("zaken", "0003_nummerreeks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="internetaak",
            name="aantal_overdrachten",
            field=models.PositiveSmallIntegerField(db_default=1, verbose_name="keer overgedragen"),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="gepauzeerd_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="stil sinds"),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="groep",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="interne_taken",
                to="organisatie.groep",
                verbose_name="groep",
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="heropend_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="heropend op"),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="prioriteit",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "hoog"), (2, "gewoon"), (3, "laag")],
                db_default=2,
                verbose_name="prioriteit",
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="reden_pauze",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="waarom stil"
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="samengevoegd_met",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dubbele_taken",
                to="zaken.internetaak",
                verbose_name="samengevoegd met",
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="terugbellen_tot",
            field=models.DateTimeField(blank=True, null=True, verbose_name="terugbellen tot"),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="terugbellen_van",
            field=models.DateTimeField(blank=True, null=True, verbose_name="terugbellen vanaf"),
        ),
        migrations.AlterField(
            model_name="taakgebeurtenis",
            name="door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="taakgebeurtenis",
            name="soort",
            field=models.CharField(
                choices=[
                    ("overgedragen", "Overgedragen"),
                    ("genomen", "In behandeling genomen"),
                    ("losgelaten", "Losgelaten"),
                    ("contactpoging", "Contactpoging"),
                    ("antwoord", "Antwoord bewaard"),
                    ("teruggegeven", "Teruggegeven aan het KCC"),
                    ("doorgestuurd", "Doorgestuurd"),
                    ("afgehandeld", "Afgehandeld"),
                    ("toegewezen", "Aan een collega gegeven"),
                    ("heropend", "Heropend"),
                    ("gekoppeld", "Gekoppeld"),
                    ("samengevoegd", "Samengevoegd"),
                    ("notitie", "Interne notitie"),
                    ("bijlage", "Bijlage toegevoegd"),
                    ("stilgezet", "Termijn stilgezet"),
                    ("hervat", "Termijn loopt weer"),
                    ("verlengd", "Termijn verlengd"),
                    ("prioriteit", "Prioriteit veranderd"),
                    ("terugbelafspraak", "Terugbelafspraak"),
                    ("gewaarschuwd", "Gewaarschuwd"),
                    ("bericht", "Bericht aan de klant"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="internetaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("terugbellen_tot__isnull", True), ("terugbellen_van__isnull", True)),
                    ("terugbellen_tot__gt", models.F("terugbellen_van")),
                    _connector="OR",
                ),
                name="internetaak_terugbeltijdvak",
                violation_error_message="Het terugbeltijdvak eindigt na het begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="internetaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gepauzeerd_op__isnull", True),
                    models.Q(("reden_pauze", ""), _negated=True),
                    _connector="OR",
                ),
                name="internetaak_stil_met_reden",
            ),
        ),
    ]
