"""Zaken, shaped after ZGW."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

ALLEEN_TOEVOEGEN = [
    migrations.RunSQL(
        f"CREATE TRIGGER alleen_toevoegen BEFORE UPDATE OR DELETE ON {tabel}"
        " FOR EACH ROW EXECUTE FUNCTION kcc_alleen_toevoegen()",
        f"DROP TRIGGER alleen_toevoegen ON {tabel}",
    )
    for tabel in ("zaken_zaakstatus", "zaken_zaakgebeurtenis")
]
NUMMERS = migrations.RunSQL(
    "CREATE SEQUENCE zaken_zaak_nummers START 1", "DROP SEQUENCE zaken_zaak_nummers"
)


class Migration(migrations.Migration):
    """Zaken and their types. Statuses and events are only ever added to."""

    dependencies = [
        ("contacts", "0003_concept_bewaart_wat_getypt_is"),
        ("kennisbank", "0008_openbaar_zoekbaar"),
        ("organisatie", "0005_openingstijden_per_afdeling_en_periode"),
        ("zaken", "0014_herinnering_per_afspraak"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Resultaattype",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("omschrijving", models.CharField(max_length=20, verbose_name="omschrijving")),
                (
                    "toelichting",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="wat we de klant zeggen"
                    ),
                ),
                (
                    "selectielijstklasse",
                    models.CharField(max_length=1000, verbose_name="klasse van de selectielijst"),
                ),
                (
                    "archiefnominatie",
                    models.CharField(
                        choices=[
                            ("blijvend_bewaren", "blijvend bewaren"),
                            ("vernietigen", "vernietigen"),
                        ],
                        default="vernietigen",
                        max_length=16,
                        verbose_name="archief",
                    ),
                ),
                (
                    "bewaartermijn_jaren",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="bewaren (jaren)"
                    ),
                ),
            ],
            options={
                "verbose_name": "resultaattype",
                "verbose_name_plural": "resultaattypen",
                "ordering": ["zaaktype", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Statustype",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgnummer", models.PositiveSmallIntegerField(verbose_name="volgnummer")),
                ("omschrijving", models.CharField(max_length=80, verbose_name="omschrijving")),
                (
                    "statustekst",
                    models.CharField(
                        help_text="In gewone taal: hoe ver is het nu?",
                        max_length=1000,
                        verbose_name="wat we de klant zeggen",
                    ),
                ),
                (
                    "vervolg",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="wat er daarna gebeurt"
                    ),
                ),
                ("is_eindstatus", models.BooleanField(default=False, verbose_name="is de laatste")),
            ],
            options={
                "verbose_name": "statustype",
                "verbose_name_plural": "statustypen",
                "ordering": ["zaaktype", "volgnummer"],
            },
        ),
        migrations.CreateModel(
            name="Zaak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "identificatie",
                    models.CharField(max_length=40, unique=True, verbose_name="nummer"),
                ),
                ("omschrijving", models.CharField(max_length=80, verbose_name="omschrijving")),
                (
                    "toelichting",
                    models.CharField(blank=True, max_length=1000, verbose_name="toelichting"),
                ),
                ("registratiedatum", models.DateField(verbose_name="geregistreerd op")),
                ("startdatum", models.DateField(verbose_name="ontvangen op")),
                ("termijn_vanaf", models.DateField(verbose_name="termijn telt vanaf")),
                (
                    "met_commissie",
                    models.BooleanField(default=False, verbose_name="met adviescommissie"),
                ),
                (
                    "einddatum_gepland",
                    models.DateField(blank=True, null=True, verbose_name="verwacht op"),
                ),
                ("uiterlijke_einddatum_afdoening", models.DateField(verbose_name="uiterlijk")),
                ("einddatum", models.DateField(blank=True, null=True, verbose_name="afgerond op")),
                (
                    "resultaat_toelichting",
                    models.CharField(blank=True, max_length=1000, verbose_name="toelichting"),
                ),
                (
                    "archiefactiedatum",
                    models.DateField(blank=True, null=True, verbose_name="vernietigen vanaf"),
                ),
                (
                    "opschorting_indicatie",
                    models.BooleanField(default=False, verbose_name="staat stil"),
                ),
                (
                    "opschorting_reden",
                    models.CharField(blank=True, max_length=200, verbose_name="waarom stil"),
                ),
                (
                    "opgeschort_sinds",
                    models.DateField(blank=True, null=True, verbose_name="stil sinds"),
                ),
                (
                    "opschorting_dagen",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Van de keren dat de termijn weer ging lopen.",
                        verbose_name="dagen stil",
                    ),
                ),
                (
                    "verlenging_reden",
                    models.CharField(blank=True, max_length=200, verbose_name="waarom verlengd"),
                ),
                (
                    "verlenging_aantal",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="verlengd met"
                    ),
                ),
                (
                    "verlenging_eenheid",
                    models.CharField(
                        blank=True,
                        choices=[("dagen", "dagen"), ("weken", "weken"), ("maanden", "maanden")],
                        max_length=10,
                        verbose_name="eenheid verlenging",
                    ),
                ),
                (
                    "ingebrekestelling_datum",
                    models.DateField(blank=True, null=True, verbose_name="ingebrekestelling op"),
                ),
                ("aangemaakt_op", models.DateTimeField(verbose_name="aangemaakt op")),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                (
                    "aangemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaken",
                        to="organisatie.afdeling",
                        verbose_name="afdeling",
                    ),
                ),
                (
                    "behandelaar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaken",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="behandelaar",
                    ),
                ),
                (
                    "resultaat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.resultaattype",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.statustype",
                        verbose_name="stand",
                    ),
                ),
            ],
            options={
                "verbose_name": "zaak",
                "verbose_name_plural": "zaken",
            },
        ),
        migrations.CreateModel(
            name="ZaakGebeurtenis",
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
                            ("gestart", "Zaak gestart"),
                            ("afgerond", "Afgerond"),
                            ("heropend", "Heropend"),
                            ("opgeschort", "Termijn stilgezet"),
                            ("hervat", "Termijn loopt weer"),
                            ("verlengd", "Termijn verlengd"),
                            ("toegewezen", "Behandelaar gekozen"),
                            ("betrokkene", "Betrokkene toegevoegd"),
                            ("gekoppeld", "Gekoppeld"),
                            ("ontkoppeld", "Koppeling verbroken"),
                            ("ingebrekestelling", "Ingebrekestelling ontvangen"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "zaak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gebeurtenissen",
                        to="zaken.zaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "zaakgebeurtenis",
                "verbose_name_plural": "zaakgebeurtenissen",
                "ordering": ["op", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ZaakStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("datum_status_gezet", models.DateTimeField(verbose_name="sinds")),
                (
                    "statustoelichting",
                    models.CharField(blank=True, max_length=1000, verbose_name="toelichting"),
                ),
                (
                    "gezet_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statustype",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zaken.statustype",
                    ),
                ),
                (
                    "zaak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statussen",
                        to="zaken.zaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "status",
                "verbose_name_plural": "statussen",
                "ordering": ["datum_status_gezet", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Zaaktype",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("identificatie", models.CharField(max_length=50, verbose_name="identificatie")),
                ("omschrijving", models.CharField(max_length=80, verbose_name="omschrijving")),
                (
                    "servicenorm_aantal",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="servicenorm"
                    ),
                ),
                (
                    "servicenorm_eenheid",
                    models.CharField(
                        choices=[
                            ("werkdagen", "werkdagen"),
                            ("dagen", "dagen"),
                            ("weken", "weken"),
                            ("maanden", "maanden"),
                        ],
                        default="weken",
                        max_length=10,
                        verbose_name="eenheid servicenorm",
                    ),
                ),
                (
                    "doorlooptijd_aantal",
                    models.PositiveSmallIntegerField(verbose_name="wettelijke termijn"),
                ),
                (
                    "doorlooptijd_eenheid",
                    models.CharField(
                        choices=[("dagen", "dagen"), ("weken", "weken"), ("maanden", "maanden")],
                        default="weken",
                        max_length=10,
                        verbose_name="eenheid",
                    ),
                ),
                (
                    "doorlooptijd_commissie",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In dezelfde eenheid.",
                        null=True,
                        verbose_name="termijn met adviescommissie",
                    ),
                ),
                (
                    "termijn_start",
                    models.CharField(
                        choices=[
                            ("ontvangst", "de dag van ontvangst"),
                            ("bezwaartermijn", "de laatste dag van de bezwaartermijn"),
                        ],
                        default="ontvangst",
                        max_length=20,
                        verbose_name="termijn telt vanaf",
                    ),
                ),
                (
                    "grondslag",
                    models.CharField(blank=True, max_length=200, verbose_name="grondslag"),
                ),
                (
                    "verlenging_mogelijk",
                    models.BooleanField(default=False, verbose_name="verlengen kan"),
                ),
                (
                    "verlenging_aantal",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="verlenging met hoogstens"
                    ),
                ),
                (
                    "verlenging_eenheid",
                    models.CharField(
                        choices=[("dagen", "dagen"), ("weken", "weken"), ("maanden", "maanden")],
                        default="weken",
                        max_length=10,
                        verbose_name="eenheid verlenging",
                    ),
                ),
                (
                    "opschorting_mogelijk",
                    models.BooleanField(default=True, verbose_name="opschorten kan"),
                ),
                (
                    "dwangsom_mogelijk",
                    models.BooleanField(
                        default=True,
                        help_text="Art. 4:17 Awb geldt voor een besluit op een aanvraag of bezwaar.",
                        verbose_name="dwangsom bij te laat",
                    ),
                ),
                ("begin_geldigheid", models.DateField(verbose_name="geldig vanaf")),
                (
                    "einde_geldigheid",
                    models.DateField(blank=True, null=True, verbose_name="geldig tot en met"),
                ),
                (
                    "afdeling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaaktypen",
                        to="organisatie.afdeling",
                        verbose_name="verantwoordelijke afdeling",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaaktypen",
                        to="kennisbank.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "zaaktype",
                "verbose_name_plural": "zaaktypen",
                "ordering": ["omschrijving", "-begin_geldigheid"],
            },
        ),
        migrations.AddField(
            model_name="zaak",
            name="zaaktype",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="zaken",
                to="zaken.zaaktype",
                verbose_name="soort zaak",
            ),
        ),
        migrations.AddField(
            model_name="statustype",
            name="zaaktype",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statustypen",
                to="zaken.zaaktype",
            ),
        ),
        migrations.AddField(
            model_name="resultaattype",
            name="zaaktype",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resultaattypen",
                to="zaken.zaaktype",
            ),
        ),
        migrations.CreateModel(
            name="ZaakBetrokkene",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("initiator", "aanvrager"),
                            ("belanghebbende", "belanghebbende"),
                            ("gemachtigde", "gemachtigde"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("toegevoegd_op", models.DateTimeField(verbose_name="toegevoegd op")),
                (
                    "medewerker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaakrollen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partij",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaakrollen",
                        to="contacts.partij",
                    ),
                ),
                (
                    "zaak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="betrokkenen",
                        to="zaken.zaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "betrokkene",
                "verbose_name_plural": "betrokkenen",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("medewerker__isnull", True), ("partij__isnull", False)),
                            models.Q(("medewerker__isnull", False), ("partij__isnull", True)),
                            _connector="OR",
                        ),
                        name="zaakbetrokkene_partij_of_medewerker",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rol", "initiator")),
                        fields=("zaak",),
                        name="zaakbetrokkene_een_initiator",
                    ),
                    models.UniqueConstraint(
                        fields=("zaak", "rol", "partij", "medewerker"),
                        name="zaakbetrokkene_eenmaal",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZaakKoppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gekoppeld_op", models.DateTimeField(verbose_name="gekoppeld op")),
                (
                    "gekoppeld_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "klantcontact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaakkoppelingen",
                        to="contacts.klantcontact",
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaakkoppelingen",
                        to="zaken.internetaak",
                    ),
                ),
                (
                    "zaak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="koppelingen",
                        to="zaken.zaak",
                    ),
                ),
            ],
            options={
                "verbose_name": "zaakkoppeling",
                "verbose_name_plural": "zaakkoppelingen",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("klantcontact__isnull", False), ("taak__isnull", True)),
                            models.Q(("klantcontact__isnull", True), ("taak__isnull", False)),
                            _connector="OR",
                        ),
                        name="zaakkoppeling_contact_of_taak",
                    ),
                    models.UniqueConstraint(
                        fields=("zaak", "klantcontact"), name="zaakkoppeling_contact_eenmaal"
                    ),
                    models.UniqueConstraint(
                        fields=("zaak", "taak"), name="zaakkoppeling_taak_eenmaal"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="zaaktype",
            constraint=models.UniqueConstraint(
                fields=("identificatie", "begin_geldigheid"), name="zaaktype_een_per_dag"
            ),
        ),
        migrations.AddConstraint(
            model_name="zaaktype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("doorlooptijd_aantal__gte", 1), ("doorlooptijd_aantal__lte", 400)
                ),
                name="zaaktype_doorlooptijd",
                violation_error_message="Een termijn is minstens 1 en hoogstens 400.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaaktype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("einde_geldigheid__isnull", True),
                    ("einde_geldigheid__gte", models.F("begin_geldigheid")),
                    _connector="OR",
                ),
                name="zaaktype_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaaktype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verlenging_mogelijk", False), ("verlenging_aantal__gte", 1), _connector="OR"
                ),
                name="zaaktype_verlenging_met_duur",
                violation_error_message="Vul in met hoeveel er verlengd kan worden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaaktype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verlenging_aantal__isnull", True),
                    models.Q(
                        ("doorlooptijd_eenheid", "maanden"), ("verlenging_eenheid", "maanden")
                    ),
                    models.Q(
                        models.Q(("doorlooptijd_eenheid", "maanden"), _negated=True),
                        models.Q(("verlenging_eenheid", "maanden"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="zaaktype_verlenging_zelfde_soort",
                violation_error_message="Verleng maanden met maanden, en weken of dagen met weken of dagen.",
            ),
        ),
        migrations.AddIndex(
            model_name="zaak",
            index=models.Index(
                condition=models.Q(("einddatum__isnull", True)),
                fields=["afdeling", "uiterlijke_einddatum_afdoening"],
                name="zaak_open_afdeling",
            ),
        ),
        migrations.AddIndex(
            model_name="zaak",
            index=models.Index(
                condition=models.Q(("einddatum__isnull", True)),
                fields=["uiterlijke_einddatum_afdoening"],
                name="zaak_open_termijn",
            ),
        ),
        migrations.AddIndex(
            model_name="zaak",
            index=models.Index(fields=["einddatum"], name="zaak_einddatum"),
        ),
        migrations.AddIndex(
            model_name="zaak",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("omschrijving"), "gin_trgm_ops"
                ),
                name="zaak_omschrijving_trgm",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("einddatum__isnull", True), ("resultaat__isnull", True)),
                    models.Q(("einddatum__isnull", False), ("resultaat__isnull", False)),
                    _connector="OR",
                ),
                name="zaak_einde_met_resultaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("einddatum__isnull", True),
                    ("einddatum__gte", models.F("startdatum")),
                    _connector="OR",
                ),
                name="zaak_einde_na_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opgeschort_sinds__isnull", True), ("opschorting_indicatie", False)),
                    models.Q(
                        ("opgeschort_sinds__isnull", False),
                        ("opschorting_indicatie", True),
                        models.Q(("opschorting_reden", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="zaak_stil_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="zaak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verlenging_aantal__isnull", True), ("verlenging_reden", "")),
                    models.Q(
                        ("verlenging_aantal__gte", 1),
                        models.Q(("verlenging_reden", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="zaak_verlengd_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="statustype",
            constraint=models.UniqueConstraint(
                fields=("zaaktype", "volgnummer"), name="statustype_volgnummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="statustype",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_eindstatus", True)),
                fields=("zaaktype",),
                name="statustype_een_einde",
                violation_error_message="Een zaaktype heeft één laatste stand.",
            ),
        ),
        migrations.AddConstraint(
            model_name="resultaattype",
            constraint=models.UniqueConstraint(
                fields=("zaaktype", "omschrijving"), name="resultaattype_eenmaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="resultaattype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("archiefnominatie", "blijvend_bewaren"),
                        ("bewaartermijn_jaren__isnull", True),
                    ),
                    models.Q(("archiefnominatie", "vernietigen"), ("bewaartermijn_jaren__gte", 1)),
                    _connector="OR",
                ),
                name="resultaattype_bewaartermijn",
                violation_error_message="Wat vernietigd wordt heeft een bewaartermijn; wat blijft heeft er geen.",
            ),
        ),
        *ALLEEN_TOEVOEGEN,
        NUMMERS,
    ]
