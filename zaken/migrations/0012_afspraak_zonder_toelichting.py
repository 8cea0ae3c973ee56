"""Questions have a table of their own now, and every agreement its own address."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("zaken", "0011_toelichting_wordt_vragen")]

    operations = [
        migrations.RemoveField(model_name="overdrachtsafspraak", name="toelichting"),
        migrations.AlterField(
            model_name="overdrachtsafspraak",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
