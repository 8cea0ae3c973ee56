"""The address of a calendar is as secret as its password; and away is more than busy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisatie", "0007_vaste_vervanger"),
    ]

    operations = [
        # Nothing has connected a calendar yet: there was no page to do it on.
        migrations.RunSQL("DELETE FROM organisatie_agendakoppeling", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="agendakoppeling", name="adres"),
        migrations.RemoveField(model_name="agendakoppeling", name="gebruikersnaam"),
        migrations.AddField(
            model_name="agendakoppeling",
            name="host",
            field=models.CharField(default="", max_length=253, verbose_name="server"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="agendakoppeling",
            name="geheim",
            field=models.BinaryField(verbose_name="adres, naam en wachtwoord, versleuteld"),
        ),
        migrations.AddField(
            model_name="agendablok",
            name="is_afwezig",
            field=models.BooleanField(default=False, verbose_name="afwezig, niet alleen bezet"),
        ),
    ]
