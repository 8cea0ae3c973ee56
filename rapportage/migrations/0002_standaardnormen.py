"""The norms that a municipality starts with; it changes them itself under Beheer.

Sources: 80 % answered at once is a norm that municipal councils set; 90 % of call-backs within their
term is usual in service charters.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

BEGIN = date(2020, 1, 1)
NORMEN = {"fcr-b": 80, "fcr-a": 80, "taken-binnen-termijn": 90}


def laad(apps, schema_editor):
    """Add what is missing; a norm that somebody already set stays as it is."""
    Norm = apps.get_model("rapportage", "Norm")
    for kpi, doelwaarde in NORMEN.items():
        Norm.objects.get_or_create(
            kpi=kpi,
            kanaal="",
            afdeling=None,
            geldig_vanaf=BEGIN,
            defaults={"doelwaarde": Decimal(doelwaarde)},
        )


class Migration(migrations.Migration):
    """Data only. Back: the rows stay, for they may have been changed since."""

    dependencies = [("rapportage", "0001_begin")]

    operations = [migrations.RunPython(laad, migrations.RunPython.noop)]
