"""How many taken are open, kept by the database itself: counting two hundred thousand of them for
every page costs more than the page.
"""

from django.db import migrations, models

FUNCTIES = """
CREATE FUNCTION zaken_tel_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO zaken_taakteller (aantal)
    SELECT count(*) FROM nieuw WHERE NOT status = 'afgehandeld' HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE FUNCTION zaken_tel_eraf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO zaken_taakteller (aantal)
    SELECT -count(*) FROM oud WHERE NOT status = 'afgehandeld' HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE FUNCTION zaken_tel_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO zaken_taakteller (aantal)
    VALUES (CASE WHEN NEW.status = 'afgehandeld' THEN -1 ELSE 1 END);
  RETURN NULL;
END $$;

CREATE TRIGGER tel_erbij AFTER INSERT ON zaken_internetaak
  REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION zaken_tel_erbij();
CREATE TRIGGER tel_eraf AFTER DELETE ON zaken_internetaak
  REFERENCING OLD TABLE AS oud FOR EACH STATEMENT EXECUTE FUNCTION zaken_tel_eraf();
CREATE TRIGGER tel_over AFTER UPDATE OF status ON zaken_internetaak
  FOR EACH ROW WHEN ((OLD.status = 'afgehandeld') <> (NEW.status = 'afgehandeld'))
  EXECUTE FUNCTION zaken_tel_over();

INSERT INTO zaken_taakteller (aantal)
  SELECT count(*) FROM zaken_internetaak WHERE NOT status = 'afgehandeld' HAVING count(*) > 0;
"""

TERUG = """
DROP TRIGGER tel_over ON zaken_internetaak;
DROP TRIGGER tel_eraf ON zaken_internetaak;
DROP TRIGGER tel_erbij ON zaken_internetaak;
DROP FUNCTION zaken_tel_over();
DROP FUNCTION zaken_tel_eraf();
DROP FUNCTION zaken_tel_erbij();
"""


class Migration(migrations.Migration):
    """The triggers lock the table, so that no taak comes or goes between them and the first count.
    That count is then right, and stays so.
    """

    dependencies = [("zaken", "0016_waarneming")]

    operations = [
        migrations.CreateModel(
            name="Taakteller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aantal", models.IntegerField(verbose_name="erbij of eraf")),
            ],
            options={"verbose_name": "taakteller", "verbose_name_plural": "taaktellers"},
        ),
        migrations.RunSQL(FUNCTIES, TERUG),
    ]
