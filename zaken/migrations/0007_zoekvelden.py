"""What the list of work is searched, filtered and ordered by stands on the taak itself, and the
database keeps it equal to klantcontact and partij.
"""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIES = """
CREATE FUNCTION zaken_zoekvelden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bron record;
BEGIN
  SELECT k.kanaal, k.product_id, k.onderwerp, p.zoeknaam,
         nullif(kcc_normaliseer(trim(concat_ws(' ', nullif(p.achternaam, ''),
           nullif(p.organisatienaam, ''), nullif(p.voornaam, '')))), '') AS klantnaam
    INTO bron
    FROM contacts_klantcontact k LEFT JOIN contacts_partij p ON p.id = k.partij_id
   WHERE k.id = NEW.klantcontact_id;
  NEW.kanaal := coalesce(bron.kanaal, '');
  NEW.product_id := bron.product_id;
  NEW.klantnaam := bron.klantnaam;
  NEW.zoektekst := concat_ws(' ', kcc_normaliseer(concat_ws(' ', NEW.gevraagde_handeling,
    nullif(bron.onderwerp, NEW.gevraagde_handeling))), bron.zoeknaam);
  RETURN NEW;
END $$;

CREATE TRIGGER zoekvelden
  BEFORE INSERT OR UPDATE OF klantcontact_id, gevraagde_handeling, kanaal, product_id, klantnaam,
    zoektekst ON zaken_internetaak
  FOR EACH ROW EXECUTE FUNCTION zaken_zoekvelden();

CREATE FUNCTION zaken_zoekvelden_van_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE zaken_internetaak SET zoektekst = '' WHERE klantcontact_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER zoekvelden_van_taken AFTER UPDATE ON contacts_klantcontact
  FOR EACH ROW WHEN (NEW.afgerond_op IS NOT NULL
    AND (OLD.kanaal, OLD.product_id, OLD.partij_id, OLD.onderwerp)
      IS DISTINCT FROM (NEW.kanaal, NEW.product_id, NEW.partij_id, NEW.onderwerp))
  EXECUTE FUNCTION zaken_zoekvelden_van_contact();

CREATE FUNCTION zaken_zoekvelden_van_partij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE zaken_internetaak t SET zoektekst = ''
    FROM contacts_klantcontact k
   WHERE k.partij_id = NEW.id AND t.klantcontact_id = k.id;
  RETURN NULL;
END $$;

CREATE TRIGGER zoekvelden_van_taken AFTER UPDATE ON contacts_partij
  FOR EACH ROW WHEN (OLD.zoeknaam IS DISTINCT FROM NEW.zoeknaam)
  EXECUTE FUNCTION zaken_zoekvelden_van_partij();
"""

TERUG = """
DROP TRIGGER zoekvelden_van_taken ON contacts_partij;
DROP FUNCTION zaken_zoekvelden_van_partij();
DROP TRIGGER zoekvelden_van_taken ON contacts_klantcontact;
DROP FUNCTION zaken_zoekvelden_van_contact();
DROP TRIGGER zoekvelden ON zaken_internetaak;
DROP FUNCTION zaken_zoekvelden();
"""


class Migration(migrations.Migration):
    """Add, have the database keep it from now on, and fill what was there."""

    dependencies = [
        ("contacts", "0001_begin"),
        ("kennisbank", "0001_begin"),
        ("kcc", "0001_zoekfuncties"),
        ("zaken", "0006_werkvoorraad"),
    ]

    operations = [
        migrations.AddField(
            model_name="internetaak",
            name="kanaal",
            field=models.CharField(
                choices=[
                    ("telefoon", "Telefoon"),
                    ("balie", "Balie"),
                    ("email", "E-mail"),
                    ("webformulier", "Webformulier"),
                    ("brief", "Brief"),
                    ("chat", "Chat"),
                    ("whatsapp", "WhatsApp"),
                    ("social", "Social media"),
                ],
                db_default="",
                editable=False,
                max_length=20,
                verbose_name="kanaal",
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="klantnaam",
            field=models.TextField(editable=False, null=True, verbose_name="klant"),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="product",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kennisbank.product",
            ),
        ),
        migrations.AddField(
            model_name="internetaak",
            name="zoektekst",
            field=models.TextField(db_default="", editable=False, verbose_name="zoektekst"),
        ),
        # The foreign key of the new column is checked now, not at the end: a trigger that waits
        # would stand in the way of the next change of the table.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIES, TERUG),
        migrations.RunSQL("UPDATE zaken_internetaak SET zoektekst = ''", migrations.RunSQL.noop),
    ]
