"""Hours of one department, and hours that hold from a day to a day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0004_aanwezigheid"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="openingstijd",
            name="openingstijd_een_begin",
        ),
        migrations.AddField(
            model_name="bijzonderedag",
            name="afdeling",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: voor iedereen.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bijzondere_dagen",
                to="organisatie.afdeling",
                verbose_name="afdeling",
            ),
        ),
        migrations.AddField(
            model_name="openingstijd",
            name="afdeling",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: voor iedereen.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="openingstijden",
                to="organisatie.afdeling",
                verbose_name="afdeling",
            ),
        ),
        migrations.AddField(
            model_name="openingstijd",
            name="geldig_tot",
            field=models.DateField(
                blank=True,
                help_text="Leeg: tot nader order.",
                null=True,
                verbose_name="geldig tot en met",
            ),
        ),
        migrations.AddField(
            model_name="openingstijd",
            name="geldig_vanaf",
            field=models.DateField(
                blank=True, help_text="Leeg: altijd al.", null=True, verbose_name="geldig vanaf"
            ),
        ),
        migrations.AlterField(
            model_name="bijzonderedag",
            name="datum",
            field=models.DateField(verbose_name="datum"),
        ),
        migrations.AddConstraint(
            model_name="bijzonderedag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afdeling__isnull", True), ("is_feestdag", False), _connector="OR"
                ),
                name="bijzonderedag_feestdag_voor_iedereen",
                violation_error_message="Een feestdag geldt voor iedereen: laat de afdeling leeg.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijzonderedag",
            constraint=models.UniqueConstraint(
                fields=("datum", "afdeling"),
                name="bijzonderedag_een_per_dag",
                nulls_distinct=False,
                violation_error_message="Deze dag staat er al. Wijzig die.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingstijd",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_vanaf__isnull", True),
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gte", models.F("geldig_vanaf")),
                    _connector="OR",
                ),
                name="openingstijd_geldigheid",
                violation_error_message="De laatste dag ligt niet voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingstijd",
            constraint=models.UniqueConstraint(
                fields=("afdeling", "weekdag", "van", "geldig_vanaf"),
                name="openingstijd_een_begin",
                nulls_distinct=False,
            ),
        ),
    ]
