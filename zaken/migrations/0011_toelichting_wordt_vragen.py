"""The lines of "vraag eerst" become questions that need no answer, as they did before."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    """Each agreement its uuid, and a question per line."""
    Overdrachtsafspraak = apps.get_model("zaken", "Overdrachtsafspraak")
    Intakevraag = apps.get_model("zaken", "Intakevraag")
    afspraken = list(Overdrachtsafspraak.objects.all())
    vragen = []
    for afspraak in afspraken:
        afspraak.uuid = uuid.uuid4()
        regels = [regel.strip() for regel in afspraak.toelichting.splitlines() if regel.strip()]
        vragen += [
            Intakevraag(afspraak=afspraak, volgorde=plek, tekst=regel[:300], soort="tekst")
            for plek, regel in enumerate(regels, start=1)
        ]
    Overdrachtsafspraak.objects.bulk_update(afspraken, ["uuid"], batch_size=500)
    Intakevraag.objects.bulk_create(vragen, batch_size=500)


def back(apps, schema_editor):
    """The questions as lines again; their kinds are lost."""
    Overdrachtsafspraak = apps.get_model("zaken", "Overdrachtsafspraak")
    for afspraak in Overdrachtsafspraak.objects.prefetch_related("vragen"):
        regels = [vraag.tekst for vraag in sorted(afspraak.vragen.all(), key=lambda v: v.volgorde)]
        afspraak.toelichting = "\n".join(regels)
        afspraak.save(update_fields=["toelichting"])
        afspraak.vragen.all().delete()


class Migration(migrations.Migration):
    dependencies = [("zaken", "0010_afspraken_met_versies_en_vragen")]

    operations = [migrations.RunPython(fill, back)]
