import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import contacts.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kcc", "0001_zoekfuncties"),
        ("kennisbank", "0001_begin"),
        ("organisatie", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gesprek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kanaal",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="kanaal",
                    ),
                ),
                ("gestart_op", models.DateTimeField(verbose_name="gestart op")),
                (
                    "opgehangen_op",
                    models.DateTimeField(
                        blank=True,
                        help_text="Daarna begint het nawerk.",
                        null=True,
                        verbose_name="gesprek beëindigd op",
                    ),
                ),
                (
                    "afgerond_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="afgerond op"),
                ),
                (
                    "geannuleerd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="geannuleerd op"),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gesprekken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
            },
        ),
        migrations.CreateModel(
            name="Klantcontact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nummer", models.CharField(max_length=10, unique=True, verbose_name="nummer")),
                ("is_anoniem", models.BooleanField(default=False, verbose_name="anoniem")),
                (
                    "kanaal",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="kanaal",
                    ),
                ),
                ("plaatsgevonden_op", models.DateTimeField(verbose_name="plaatsgevonden op")),
                (
                    "doelgroep",
                    models.CharField(
                        choices=[
                            ("inwoner", "inwoner"),
                            ("ondernemer", "ondernemer"),
                            ("instelling", "instelling of ketenpartner"),
                            ("vertegenwoordiger", "vertegenwoordiger"),
                        ],
                        default="inwoner",
                        max_length=20,
                        verbose_name="doelgroep",
                    ),
                ),
                ("onderwerp", models.CharField(blank=True, max_length=200, verbose_name="vraag")),
                ("inhoud", models.TextField(blank=True, verbose_name="notitie")),
                ("reactie", models.TextField(blank=True, verbose_name="antwoord")),
                (
                    "gespreksresultaat",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zelfstandig_afgehandeld", "Zelfstandig afgehandeld"),
                            ("na_ruggespraak", "Afgehandeld na ruggespraak"),
                            ("klant_belt_terug", "Afgehandeld, klant belt terug"),
                            ("doorverbonden_afdeling", "Doorverbonden naar afdeling"),
                            ("doorverbonden_collega", "Doorverbonden naar collega"),
                            ("neemt_opnieuw_contact_op", "Klant neemt opnieuw contact op"),
                            ("verbinding_verbroken", "Verbinding verbroken"),
                            ("verwezen", "Verwezen naar andere instantie"),
                            ("overgedragen", "Overgedragen aan een afdeling"),
                        ],
                        max_length=30,
                        verbose_name="resultaat",
                    ),
                ),
                (
                    "taal",
                    models.CharField(
                        default="nld", help_text="ISO 639-2", max_length=3, verbose_name="taal"
                    ),
                ),
                (
                    "afgerond_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="afgerond op"),
                ),
                ("opgeslagen_op", models.DateTimeField(verbose_name="opgeslagen op")),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                (
                    "afdeling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="klantcontacten",
                        to="organisatie.afdeling",
                        verbose_name="verantwoordelijke afdeling",
                    ),
                ),
                (
                    "gesprek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="klantcontacten",
                        to="contacts.gesprek",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="klantcontacten",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="klantcontacten",
                        to="kennisbank.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "klantcontact",
                "verbose_name_plural": "klantcontacten",
            },
        ),
        migrations.CreateModel(
            name="Bron",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("geopend_op", models.DateTimeField(verbose_name="geopend op")),
                ("is_gebruikt", models.BooleanField(default=False, verbose_name="gebruikt")),
                (
                    "artikelversie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kennisbank.artikelversie",
                    ),
                ),
                (
                    "klantcontact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bronnen",
                        to="contacts.klantcontact",
                    ),
                ),
            ],
            options={
                "verbose_name": "bron",
                "verbose_name_plural": "bronnen",
                "ordering": ["geopend_op"],
            },
        ),
        migrations.CreateModel(
            name="Partij",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "soort_partij",
                    models.CharField(
                        choices=[
                            ("persoon", "persoon"),
                            ("organisatie", "organisatie"),
                            ("contactpersoon", "contactpersoon"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "voorletters",
                    models.CharField(blank=True, max_length=10, verbose_name="voorletters"),
                ),
                ("voornaam", models.CharField(blank=True, max_length=200, verbose_name="voornaam")),
                (
                    "voorvoegsel_achternaam",
                    models.CharField(blank=True, max_length=10, verbose_name="voorvoegsel"),
                ),
                (
                    "achternaam",
                    models.CharField(blank=True, max_length=200, verbose_name="achternaam"),
                ),
                (
                    "organisatienaam",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="naam van de organisatie"
                    ),
                ),
                (
                    "geboortedatum",
                    models.DateField(blank=True, null=True, verbose_name="geboortedatum"),
                ),
                ("straatnaam", models.CharField(blank=True, max_length=120, verbose_name="straat")),
                (
                    "huisnummer",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="huisnummer"),
                ),
                (
                    "huisletter",
                    models.CharField(blank=True, max_length=1, verbose_name="huisletter"),
                ),
                (
                    "huisnummertoevoeging",
                    models.CharField(blank=True, max_length=4, verbose_name="toevoeging"),
                ),
                ("postcode", models.CharField(blank=True, max_length=7, verbose_name="postcode")),
                ("plaats", models.CharField(blank=True, max_length=120, verbose_name="plaats")),
                (
                    "indicatie_geheimhouding",
                    models.BooleanField(default=False, verbose_name="geheimhouding"),
                ),
                ("indicatie_actief", models.BooleanField(default=True, verbose_name="actief")),
                ("aangemaakt_op", models.DateTimeField(verbose_name="aangemaakt op")),
                (
                    "zoeknaam",
                    models.GeneratedField(
                        db_persist=True,
                        expression=contacts.models.Normaliseer(
                            django.db.models.functions.text.Concat(
                                models.F("voornaam"),
                                models.Value(" "),
                                models.F("voorletters"),
                                models.Value(" "),
                                models.F("voorvoegsel_achternaam"),
                                models.Value(" "),
                                models.F("achternaam"),
                                models.Value(" "),
                                models.F("organisatienaam"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "partij",
                "verbose_name_plural": "partijen",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("zoeknaam"), "gin_trgm_ops"
                        ),
                        name="partij_zoeknaam_trgm",
                    ),
                    models.Index(fields=["postcode", "huisnummer"], name="partij_adres"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("achternaam", ""), _negated=True),
                            models.Q(("organisatienaam", ""), _negated=True),
                            models.Q(("voornaam", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="partij_met_naam",
                        violation_error_message="Vul een naam in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postcode", ""),
                            ("postcode__regex", "^[1-9][0-9]{3} [A-Z]{2}$"),
                            _connector="OR",
                        ),
                        name="partij_postcode",
                        violation_error_message="Een postcode ziet eruit als 1234 AB.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="klantcontact",
            name="partij",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="klantcontacten",
                to="contacts.partij",
            ),
        ),
        migrations.CreateModel(
            name="DigitaalAdres",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("email", "e-mail"),
                            ("telefoonnummer", "telefoon"),
                            ("overig", "overig"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("adres", models.CharField(max_length=254, verbose_name="adres")),
                ("is_standaard_adres", models.BooleanField(default=False, verbose_name="voorkeur")),
                (
                    "verificatie_datum",
                    models.DateField(blank=True, null=True, verbose_name="gecontroleerd op"),
                ),
                (
                    "laatste_negen",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Right(models.F("adres"), 9),
                        output_field=models.CharField(max_length=9),
                    ),
                ),
                (
                    "partij",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digitale_adressen",
                        to="contacts.partij",
                    ),
                ),
            ],
            options={
                "verbose_name": "digitaal adres",
                "verbose_name_plural": "digitale adressen",
            },
        ),
        migrations.CreateModel(
            name="PartijIdentificator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code_soort_object_id",
                    models.CharField(
                        choices=[
                            ("bsn", "BSN"),
                            ("kvk_nummer", "KVK-nummer"),
                            ("rsin", "RSIN"),
                            ("vestigingsnummer", "vestigingsnummer"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("object_id", models.CharField(max_length=20, verbose_name="nummer")),
                (
                    "partij",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identificatoren",
                        to="contacts.partij",
                    ),
                ),
            ],
            options={
                "verbose_name": "partij-identificator",
                "verbose_name_plural": "partij-identificatoren",
            },
        ),
        migrations.AddIndex(
            model_name="gesprek",
            index=models.Index(
                condition=models.Q(("afgerond_op__isnull", True), ("geannuleerd_op__isnull", True)),
                fields=["medewerker", "-gestart_op"],
                name="gesprek_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opgehangen_op__isnull", True),
                    ("opgehangen_op__gte", models.F("gestart_op")),
                    _connector="OR",
                ),
                name="gesprek_eindigt_na_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgerond_op__isnull", True),
                    ("afgerond_op__gte", models.F("opgehangen_op")),
                    _connector="OR",
                ),
                name="gesprek_nawerk_na_einde",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgerond_op__isnull", True), ("geannuleerd_op__isnull", True), _connector="OR"
                ),
                name="gesprek_afgerond_of_geannuleerd",
            ),
        ),
        migrations.AddConstraint(
            model_name="bron",
            constraint=models.UniqueConstraint(
                fields=("klantcontact", "artikelversie"), name="bron_eenmaal_per_klantcontact"
            ),
        ),
        migrations.AddIndex(
            model_name="klantcontact",
            index=models.Index(
                condition=models.Q(("afgerond_op__isnull", False)),
                fields=["plaatsgevonden_op"],
                name="klantcontact_wanneer",
            ),
        ),
        migrations.AddIndex(
            model_name="klantcontact",
            index=models.Index(
                condition=models.Q(("afgerond_op__isnull", False), ("partij__isnull", False)),
                fields=["partij", "product", "plaatsgevonden_op"],
                name="klantcontact_herhaling",
            ),
        ),
        migrations.AddIndex(
            model_name="klantcontact",
            index=models.Index(
                fields=["partij", "-plaatsgevonden_op"], name="klantcontact_tijdlijn"
            ),
        ),
        migrations.AddConstraint(
            model_name="klantcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgerond_op__isnull", True),
                    models.Q(("gespreksresultaat", ""), _negated=True),
                    _connector="OR",
                ),
                name="klantcontact_afgerond_met_resultaat",
                violation_error_message="Kies hoe het gesprek afliep.",
            ),
        ),
        migrations.AddConstraint(
            model_name="klantcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afgerond_op__isnull", True),
                    models.Q(("onderwerp", ""), _negated=True),
                    ("gespreksresultaat", "verbinding_verbroken"),
                    _connector="OR",
                ),
                name="klantcontact_afgerond_met_vraag",
                violation_error_message="Schrijf de vraag op.",
            ),
        ),
        migrations.AddConstraint(
            model_name="klantcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_anoniem", False), ("partij__isnull", True), _connector="OR"
                ),
                name="klantcontact_anoniem_of_partij",
            ),
        ),
        migrations.AddIndex(
            model_name="digitaaladres",
            index=models.Index(
                condition=models.Q(("soort", "telefoonnummer")),
                fields=["laatste_negen"],
                name="digitaaladres_telefoon",
            ),
        ),
        migrations.AddIndex(
            model_name="digitaaladres",
            index=models.Index(fields=["adres"], name="digitaaladres_adres"),
        ),
        migrations.AddConstraint(
            model_name="digitaaladres",
            constraint=models.UniqueConstraint(
                fields=("partij", "soort", "adres"), name="digitaaladres_eenmaal_per_partij"
            ),
        ),
        migrations.AddConstraint(
            model_name="partijidentificator",
            constraint=models.UniqueConstraint(
                fields=("code_soort_object_id", "object_id"),
                name="identificator_van_een_partij",
                violation_error_message="Dit nummer hoort al bij iemand anders.",
            ),
        ),
    ]
