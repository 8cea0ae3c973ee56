from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_nummerreeks"),
    ]

    operations = [
        migrations.AddField(
            model_name="klantcontact",
            name="concept",
            field=models.JSONField(blank=True, default=dict, verbose_name="concept"),
        ),
    ]
