"""Hand-offs, and every step in their life."""

import uuid

from django.db import models
from django.db.models import F, Q

from contacts.models import Kanaal, Klantcontact
from kennisbank.models import Product
from organisatie.models import Afdeling, Groep, Medewerker
from zaken.models.afspraken import Overdrachtsafspraak
from zaken.models.indexen import WERKVOORRAAD_INDEXEN
from zaken.querysets import InterneTaakQuerySet


class Prioriteit(models.IntegerChoices):
    """What goes first among equal terms."""

    HOOG = 1, "hoog"
    GEWOON = 2, "gewoon"
    LAAG = 3, "laag"


class TaakStatus(models.TextChoices):
    """Richer than the standard, onto which it maps: nieuw and in behandeling are te_verwerken."""

    NIEUW = "nieuw", "nieuw"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    AFGEHANDELD = "afgehandeld", "afgehandeld"


class RedenTerug(models.TextChoices):
    """Why a department gives a taak back to the KCC."""

    VERKEERDE_AFDELING = "verkeerde_afdeling", "Hoort bij een andere afdeling"
    INFORMATIE_ONTBREEKT = "informatie_ontbreekt", "Er ontbreekt informatie"
    KCC_KAN_DIT = "kcc_kan_dit", "Het KCC kan dit zelf beantwoorden"
    ANDERS = "anders", "Anders"


class Terugkoppeling(models.TextChoices):
    """How the citizen got the answer."""

    GEBELD = "gebeld", "gebeld"
    GEMAILD = "gemaild", "gemaild"
    BRIEF = "brief", "brief gestuurd"
    GESPROKEN = "gesproken", "aan de balie gesproken"


class PogingResultaat(models.TextChoices):
    """How an attempt to reach the citizen ended."""

    GEEN_GEHOOR = "geen_gehoor", "Geen gehoor"
    VOICEMAIL = "voicemail", "Voicemail ingesproken"
    GESPROKEN = "gesproken", "Gesproken"
    VERKEERD_NUMMER = "verkeerd_nummer", "Verkeerd nummer"


class InterneTaak(models.Model):
    """The hand-off of one klantcontact to a department, until the citizen has the answer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=10, unique=True)
    klantcontact = models.ForeignKey(
        Klantcontact, on_delete=models.PROTECT, related_name="interne_taken"
    )
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="interne_taken", verbose_name="afdeling"
    )
    toegewezen_aan = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interne_taken",
        verbose_name="bij",
    )
    toegewezen_op = models.DateTimeField("toegewezen op", null=True, blank=True)
    gevraagde_handeling = models.CharField("gevraagde handeling", max_length=200)
    toelichting = models.TextField("toelichting", blank=True)
    status = models.CharField(
        "stand", max_length=20, choices=TaakStatus.choices, default=TaakStatus.NIEUW
    )
    aangemaakt_op = models.DateTimeField("overgedragen op")
    aangemaakt_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="uitgezette_taken"
    )
    afspraak = models.ForeignKey(
        Overdrachtsafspraak, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    termijn_op = models.DateTimeField("termijn")
    # Set by a return, kept until the KCC forwards it: who gave it back, and why.
    terug_van = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reden_terug = models.CharField("reden", max_length=30, choices=RedenTerug.choices, blank=True)
    aantal_pogingen = models.PositiveSmallIntegerField("contactpogingen", default=0)
    antwoord = models.TextField("antwoord", blank=True)
    terugkoppeling = models.CharField(
        "terugkoppeling", max_length=20, choices=Terugkoppeling.choices, blank=True
    )
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    werkminuten = models.PositiveIntegerField(
        "doorlooptijd",
        null=True,
        blank=True,
        help_text="Werkminuten van overdracht tot afhandeling.",
    )
    versie = models.PositiveIntegerField("versie", default=1)
    # The database fills these in as well: taken also come in by the thousand, past the ORM.
    groep = models.ForeignKey(
        Groep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interne_taken",
        verbose_name="groep",
    )
    prioriteit = models.PositiveSmallIntegerField(
        "prioriteit", choices=Prioriteit.choices, db_default=Prioriteit.GEWOON
    )
    terugbellen_van = models.DateTimeField("terugbellen vanaf", null=True, blank=True)
    terugbellen_tot = models.DateTimeField("terugbellen tot", null=True, blank=True)
    gepauzeerd_op = models.DateTimeField("stil sinds", null=True, blank=True)
    reden_pauze = models.CharField("waarom stil", max_length=200, blank=True, db_default="")
    heropend_op = models.DateTimeField("heropend op", null=True, blank=True)
    aantal_overdrachten = models.PositiveSmallIntegerField("keer overgedragen", db_default=1)
    samengevoegd_met = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dubbele_taken",
        verbose_name="samengevoegd met",
    )
    # Copies of the klantcontact and its partij, so that the list of work can be searched, filtered
    # and ordered on an index of its own. Kept by the database (migration zoekvelden), which also
    # follows a correction of the contact or of the name; nothing else writes them.
    kanaal = models.CharField(
        "kanaal", max_length=20, choices=Kanaal.choices, db_default="", editable=False
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    klantnaam = models.TextField("klant", null=True, editable=False)  # noqa: DJ001 - null sorts last
    zoektekst = models.TextField("zoektekst", db_default="", editable=False)

    objects = InterneTaakQuerySet.as_manager()

    class Meta:
        verbose_name = "interne taak"
        verbose_name_plural = "interne taken"
        indexes = WERKVOORRAAD_INDEXEN
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status="afgehandeld",
                    afgehandeld_op__isnull=False,
                    afgehandeld_door__isnull=False,
                    werkminuten__isnull=False,
                )
                | (
                    ~Q(status="afgehandeld")
                    & Q(afgehandeld_op__isnull=True, werkminuten__isnull=True)
                ),
                name="internetaak_afgehandeld_volledig",
            ),
            models.CheckConstraint(
                condition=Q(status="in_behandeling", toegewezen_aan__isnull=False)
                | ~Q(status="in_behandeling"),
                name="internetaak_in_behandeling_bij_iemand",
            ),
            models.CheckConstraint(
                condition=Q(termijn_op__gte=F("aangemaakt_op")), name="internetaak_termijn_later"
            ),
            models.CheckConstraint(
                condition=Q(terugbellen_van__isnull=True, terugbellen_tot__isnull=True)
                | Q(terugbellen_tot__gt=F("terugbellen_van")),
                name="internetaak_terugbeltijdvak",
                violation_error_message="Het terugbeltijdvak eindigt na het begint.",
            ),
            models.CheckConstraint(
                condition=Q(gepauzeerd_op__isnull=True) | ~Q(reden_pauze=""),
                name="internetaak_stil_met_reden",
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_afgehandeld(self) -> bool:
        """Closed: the citizen has the answer."""
        return self.status == TaakStatus.AFGEHANDELD


class TaakGebeurtenis(models.Model):
    """One step in the life of a taak. Only ever added to, which a trigger holds."""

    class Soort(models.TextChoices):
        """What happened."""

        OVERGEDRAGEN = "overgedragen", "Overgedragen"
        GENOMEN = "genomen", "In behandeling genomen"
        LOSGELATEN = "losgelaten", "Losgelaten"
        CONTACTPOGING = "contactpoging", "Contactpoging"
        ANTWOORD = "antwoord", "Antwoord bewaard"
        TERUGGEGEVEN = "teruggegeven", "Teruggegeven aan het KCC"
        DOORGESTUURD = "doorgestuurd", "Doorgestuurd"
        AFGEHANDELD = "afgehandeld", "Afgehandeld"
        TOEGEWEZEN = "toegewezen", "Aan een collega gegeven"
        HEROPEND = "heropend", "Heropend"
        GEKOPPELD = "gekoppeld", "Gekoppeld"
        SAMENGEVOEGD = "samengevoegd", "Samengevoegd"
        NOTITIE = "notitie", "Interne notitie"
        BIJLAGE = "bijlage", "Bijlage toegevoegd"
        STILGEZET = "stilgezet", "Termijn stilgezet"
        HERVAT = "hervat", "Termijn loopt weer"
        VERLENGD = "verlengd", "Termijn verlengd"
        PRIORITEIT = "prioriteit", "Prioriteit veranderd"
        TERUGBELAFSPRAAK = "terugbelafspraak", "Terugbelafspraak"
        GEWAARSCHUWD = "gewaarschuwd", "Gewaarschuwd"
        BERICHT = "bericht", "Bericht aan de klant"

    taak = models.ForeignKey(InterneTaak, on_delete=models.PROTECT, related_name="gebeurtenissen")
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    # Nobody: the guard did it by itself.
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    op = models.DateTimeField("op")
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="naar afdeling",
    )
    tekst = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["op", "pk"]
        indexes = [models.Index(fields=["taak", "op"], name="taakgebeurtenis_geschiedenis")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op:%d-%m-%Y %H:%M}"
