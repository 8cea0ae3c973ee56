"""An index for every way in which the list of work is shown, searched and counted."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made beside the work that goes on, so not in a transaction. One that is cut short can be run
    again after the index that is not valid is dropped.
    """

    atomic = False
    dependencies = [("zaken", "0007_zoekvelden")]

    operations = [
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["afdeling", "termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_afdeling",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["toegewezen_aan", "termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_van_mij",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["groep", "termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_groep",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["aangemaakt_door", "termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_uitgezet",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_alle",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True), ("terug_van__isnull", False)
                ),
                fields=["afdeling", "termijn_op", "prioriteit", "id"],
                name="internetaak_lijst_terug",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True),
                    ("toegewezen_aan__isnull", True),
                ),
                fields=["afdeling", "termijn_op", "prioriteit", "id"],
                name="internetaak_vrij_afdeling",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True),
                    ("toegewezen_aan__isnull", True),
                ),
                fields=["groep", "termijn_op", "prioriteit", "id"],
                name="internetaak_vrij_groep",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True),
                    ("toegewezen_aan__isnull", True),
                ),
                fields=["termijn_op", "prioriteit", "id"],
                name="internetaak_vrij_alle",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["afdeling", "aangemaakt_op"],
                name="internetaak_ontvangen",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["product", "termijn_op", "prioriteit", "id"],
                name="internetaak_op_product",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["kanaal", "termijn_op", "prioriteit", "id"],
                name="internetaak_op_kanaal",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["prioriteit", "termijn_op", "id"],
                name="internetaak_op_prioriteit",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["klantnaam", "termijn_op", "prioriteit", "id"],
                name="internetaak_op_klant",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["gevraagde_handeling", "termijn_op", "prioriteit", "id"],
                name="internetaak_op_onderwerp",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                fields=["status", "aantal_pogingen", "termijn_op", "prioriteit", "id"],
                name="internetaak_op_stand",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True),
                    ("gepauzeerd_op__isnull", False),
                ),
                fields=["termijn_op", "prioriteit", "id"],
                name="internetaak_stil",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status", "afgehandeld"), _negated=True),
                    ("terugbellen_van__isnull", False),
                ),
                fields=["termijn_op", "prioriteit", "id"],
                name="internetaak_terugbellen",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("zoektekst"), "gin_trgm_ops"),
                condition=models.Q(("status", "afgehandeld"), _negated=True),
                name="internetaak_zoek_open",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld")),
                fields=["afdeling", "afgehandeld_op"],
                name="internetaak_klaar",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=models.Index(
                condition=models.Q(("status", "afgehandeld")),
                fields=["toegewezen_aan", "afgehandeld_op"],
                name="internetaak_klaar_van_mij",
            ),
        ),
        AddIndexConcurrently(
            model_name="internetaak",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("zoektekst"), "gin_trgm_ops"),
                condition=models.Q(("status", "afgehandeld")),
                name="internetaak_zoek_klaar",
            ),
        ),
        RemoveIndexConcurrently(model_name="internetaak", name="internetaak_werkvoorraad"),
        RemoveIndexConcurrently(model_name="internetaak", name="internetaak_mijn"),
    ]
