"""Who spoke to us about what."""

import uuid

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Right

from contacts.querysets import GesprekQuerySet, KlantcontactQuerySet, PartijQuerySet
from kennisbank.models import ArtikelVersie, Product
from organisatie.models import Afdeling, Medewerker


class Kanaal(models.TextChoices):
    """The road by which somebody reached us."""

    TELEFOON = "telefoon", "Telefoon"
    BALIE = "balie", "Balie"
    EMAIL = "email", "E-mail"
    WEBFORMULIER = "webformulier", "Webformulier"
    BRIEF = "brief", "Brief"
    CHAT = "chat", "Chat"
    WHATSAPP = "whatsapp", "WhatsApp"
    SOCIAL = "social", "Social media"


class KlantDoelgroep(models.TextChoices):
    """Who is asking."""

    INWONER = "inwoner", "inwoner"
    ONDERNEMER = "ondernemer", "ondernemer"
    INSTELLING = "instelling", "instelling of ketenpartner"
    VERTEGENWOORDIGER = "vertegenwoordiger", "vertegenwoordiger"


class Gespreksresultaat(models.TextChoices):
    """How a question ended: the field's own list, plus the hand-off, which only a hand-off sets."""

    ZELFSTANDIG = "zelfstandig_afgehandeld", "Zelfstandig afgehandeld"
    RUGGESPRAAK = "na_ruggespraak", "Afgehandeld na ruggespraak"
    KLANT_BELT_TERUG = "klant_belt_terug", "Afgehandeld, klant belt terug"
    DOORVERBONDEN_AFDELING = "doorverbonden_afdeling", "Doorverbonden naar afdeling"
    DOORVERBONDEN_COLLEGA = "doorverbonden_collega", "Doorverbonden naar collega"
    NEEMT_OPNIEUW_CONTACT_OP = "neemt_opnieuw_contact_op", "Klant neemt opnieuw contact op"
    VERBROKEN = "verbinding_verbroken", "Verbinding verbroken"
    VERWEZEN = "verwezen", "Verwezen naar andere instantie"
    OVERGEDRAGEN = "overgedragen", "Overgedragen aan een afdeling"


class Normaliseer(models.Func):
    """Lower case without diacritics, immutable, so that it can be indexed (migration kcc.0001)."""

    function = "kcc_normaliseer"
    arity = 1


class Partij(models.Model):
    """A person or organisation that we know."""

    class Soort(models.TextChoices):
        """The standard's kinds of partij."""

        PERSOON = "persoon", "persoon"
        ORGANISATIE = "organisatie", "organisatie"
        CONTACTPERSOON = "contactpersoon", "contactpersoon"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort_partij = models.CharField("soort", max_length=20, choices=Soort.choices)
    voorletters = models.CharField("voorletters", max_length=10, blank=True)
    voornaam = models.CharField("voornaam", max_length=200, blank=True)
    voorvoegsel_achternaam = models.CharField("voorvoegsel", max_length=10, blank=True)
    achternaam = models.CharField("achternaam", max_length=200, blank=True)
    organisatienaam = models.CharField("naam van de organisatie", max_length=200, blank=True)
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True)
    straatnaam = models.CharField("straat", max_length=120, blank=True)
    huisnummer = models.PositiveIntegerField("huisnummer", null=True, blank=True)
    huisletter = models.CharField("huisletter", max_length=1, blank=True)
    huisnummertoevoeging = models.CharField("toevoeging", max_length=4, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    plaats = models.CharField("plaats", max_length=120, blank=True)
    indicatie_geheimhouding = models.BooleanField("geheimhouding", default=False)
    indicatie_actief = models.BooleanField("actief", default=True)
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    zoeknaam = models.GeneratedField(
        expression=Normaliseer(
            Concat(
                F("voornaam"),
                Value(" "),
                F("voorletters"),
                Value(" "),
                F("voorvoegsel_achternaam"),
                Value(" "),
                F("achternaam"),
                Value(" "),
                F("organisatienaam"),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = PartijQuerySet.as_manager()

    class Meta:
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        indexes = [
            GinIndex(OpClass(F("zoeknaam"), "gin_trgm_ops"), name="partij_zoeknaam_trgm"),
            models.Index(fields=["postcode", "huisnummer"], name="partij_adres"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(achternaam="") | ~Q(organisatienaam="") | ~Q(voornaam=""),
                name="partij_met_naam",
                violation_error_message="Vul een naam in.",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3} [A-Z]{2}$"),
                name="partij_postcode",
                violation_error_message="Een postcode ziet eruit als 1234 AB.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """Name as we say it on screen."""
        if self.soort_partij == self.Soort.ORGANISATIE:
            return self.organisatienaam
        voor = self.voornaam or self.voorletters
        return " ".join(d for d in (voor, self.voorvoegsel_achternaam, self.achternaam) if d)

    @property
    def adres(self) -> str:
        """Address in one line, empty when unknown. Mind geheimhouding before you show it."""
        huis = f"{self.huisnummer or ''}{self.huisletter}"
        huis = f"{huis}-{self.huisnummertoevoeging}" if self.huisnummertoevoeging else huis
        straat = " ".join(d for d in (self.straatnaam, huis) if d)
        plaats = " ".join(d for d in (self.postcode, self.plaats) if d)
        return ", ".join(d for d in (straat, plaats) if d)


class PartijIdentificator(models.Model):
    """A number under which a register knows a partij: BSN, KVK-nummer, vestigingsnummer."""

    class Soort(models.TextChoices):
        """codeSoortObjectId of the standard."""

        BSN = "bsn", "BSN"
        KVK = "kvk_nummer", "KVK-nummer"
        RSIN = "rsin", "RSIN"
        VESTIGING = "vestigingsnummer", "vestigingsnummer"

    partij = models.ForeignKey(Partij, on_delete=models.PROTECT, related_name="identificatoren")
    code_soort_object_id = models.CharField("soort", max_length=20, choices=Soort.choices)
    object_id = models.CharField("nummer", max_length=20)

    class Meta:
        verbose_name = "partij-identificator"
        verbose_name_plural = "partij-identificatoren"
        constraints = [
            models.UniqueConstraint(
                fields=["code_soort_object_id", "object_id"],
                name="identificator_van_een_partij",
                violation_error_message="Dit nummer hoort al bij iemand anders.",
            )
        ]

    def __str__(self) -> str:
        return self.get_code_soort_object_id_display()


class DigitaalAdres(models.Model):
    """A phone number (E.164) or e-mail address of a partij."""

    class Soort(models.TextChoices):
        """soortDigitaalAdres of the standard."""

        EMAIL = "email", "e-mail"
        TELEFOON = "telefoonnummer", "telefoon"
        OVERIG = "overig", "overig"

    partij = models.ForeignKey(Partij, on_delete=models.CASCADE, related_name="digitale_adressen")
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    adres = models.CharField("adres", max_length=254)
    is_standaard_adres = models.BooleanField("voorkeur", default=False)
    verificatie_datum = models.DateField("gecontroleerd op", null=True, blank=True)
    # A caller's number comes in many notations; the last nine digits are always there.
    laatste_negen = models.GeneratedField(
        expression=Right(F("adres"), 9),
        output_field=models.CharField(max_length=9),
        db_persist=True,
    )

    class Meta:
        verbose_name = "digitaal adres"
        verbose_name_plural = "digitale adressen"
        indexes = [
            models.Index(
                fields=["laatste_negen"],
                condition=Q(soort="telefoonnummer"),
                name="digitaaladres_telefoon",
            ),
            models.Index(fields=["adres"], name="digitaaladres_adres"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partij", "soort", "adres"], name="digitaaladres_eenmaal_per_partij"
            )
        ]

    def __str__(self) -> str:
        return self.get_soort_display()


class Gesprek(models.Model):
    """One conversation over one kanaal. A row from its first second."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="gesprekken")
    gestart_op = models.DateTimeField("gestart op")
    opgehangen_op = models.DateTimeField(
        "gesprek beëindigd op", null=True, blank=True, help_text="Daarna begint het nawerk."
    )
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    geannuleerd_op = models.DateTimeField("geannuleerd op", null=True, blank=True)

    objects = GesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        indexes = [
            models.Index(
                fields=["medewerker", "-gestart_op"],
                condition=Q(afgerond_op__isnull=True, geannuleerd_op__isnull=True),
                name="gesprek_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opgehangen_op__isnull=True) | Q(opgehangen_op__gte=F("gestart_op")),
                name="gesprek_eindigt_na_start",
            ),
            models.CheckConstraint(
                condition=Q(afgerond_op__isnull=True) | Q(afgerond_op__gte=F("opgehangen_op")),
                name="gesprek_nawerk_na_einde",
            ),
            models.CheckConstraint(
                condition=Q(afgerond_op__isnull=True) | Q(geannuleerd_op__isnull=True),
                name="gesprek_afgerond_of_geannuleerd",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.gestart_op:%d-%m-%Y %H:%M}"

    @property
    def is_open(self) -> bool:
        """Still being worked on."""
        return self.afgerond_op is None and self.geannuleerd_op is None


class Klantcontact(models.Model):
    """One question about one onderwerp: a concept while the agent types, and fixed once closed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=10, unique=True)
    gesprek = models.ForeignKey(Gesprek, on_delete=models.PROTECT, related_name="klantcontacten")
    partij = models.ForeignKey(
        Partij, on_delete=models.PROTECT, null=True, blank=True, related_name="klantcontacten"
    )
    is_anoniem = models.BooleanField("anoniem", default=False)
    # Copies of the gesprek, so that figures and time lines need no join.
    kanaal = models.CharField("kanaal", max_length=20, choices=Kanaal.choices)
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="klantcontacten"
    )
    plaatsgevonden_op = models.DateTimeField("plaatsgevonden op")
    doelgroep = models.CharField(
        "doelgroep", max_length=20, choices=KlantDoelgroep.choices, default=KlantDoelgroep.INWONER
    )
    onderwerp = models.CharField("vraag", max_length=200, blank=True)
    inhoud = models.TextField("notitie", blank=True)
    reactie = models.TextField("antwoord", blank=True)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="klantcontacten"
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="klantcontacten",
        verbose_name="verantwoordelijke afdeling",
    )
    gespreksresultaat = models.CharField(
        "resultaat", max_length=30, choices=Gespreksresultaat.choices, blank=True
    )
    taal = models.CharField("taal", max_length=3, default="nld", help_text="ISO 639-2")
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    opgeslagen_op = models.DateTimeField("opgeslagen op")
    versie = models.PositiveIntegerField("versie", default=1)
    # What was typed but cannot be read as a value yet: half a product name, a caller's number.
    # Emptied when the contact closes.
    concept = models.JSONField("concept", default=dict, blank=True)

    objects = KlantcontactQuerySet.as_manager()

    class Meta:
        verbose_name = "klantcontact"
        verbose_name_plural = "klantcontacten"
        indexes = [
            models.Index(
                fields=["plaatsgevonden_op"],
                condition=Q(afgerond_op__isnull=False),
                name="klantcontact_wanneer",
            ),
            models.Index(
                fields=["partij", "product", "plaatsgevonden_op"],
                condition=Q(afgerond_op__isnull=False, partij__isnull=False),
                name="klantcontact_herhaling",
            ),
            models.Index(fields=["partij", "-plaatsgevonden_op"], name="klantcontact_tijdlijn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(afgerond_op__isnull=True) | ~Q(gespreksresultaat=""),
                name="klantcontact_afgerond_met_resultaat",
                violation_error_message="Kies hoe het gesprek afliep.",
            ),
            models.CheckConstraint(
                condition=Q(afgerond_op__isnull=True)
                | ~Q(onderwerp="")
                | Q(gespreksresultaat="verbinding_verbroken"),
                name="klantcontact_afgerond_met_vraag",
                violation_error_message="Schrijf de vraag op.",
            ),
            models.CheckConstraint(
                condition=Q(is_anoniem=False) | Q(partij__isnull=True),
                name="klantcontact_anoniem_of_partij",
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_afgerond(self) -> bool:
        """Closed: no more changes but corrections."""
        return self.afgerond_op is not None


class Bron(models.Model):
    """An article version that was open while this question was answered."""

    klantcontact = models.ForeignKey(Klantcontact, on_delete=models.CASCADE, related_name="bronnen")
    artikelversie = models.ForeignKey(ArtikelVersie, on_delete=models.PROTECT, related_name="+")
    geopend_op = models.DateTimeField("geopend op")
    is_gebruikt = models.BooleanField("gebruikt", default=False)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["geopend_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["klantcontact", "artikelversie"], name="bron_eenmaal_per_klantcontact"
            )
        ]

    def __str__(self) -> str:
        return f"bron {self.pk}"
