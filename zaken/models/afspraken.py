"""What KCC and departments agreed about handing off, and what was answered to their questions."""

import uuid

from django.db import models
from django.db.models import F, Q

from kennisbank.models import Product
from organisatie.models import Afdeling, Groep, Medewerker
from zaken.querysets import OverdrachtsafspraakQuerySet


class TermijnEenheid(models.TextChoices):
    """Unit of a term; both run on the werkkalender."""

    WERKUREN = "werkuren", "werkuren"
    WERKDAGEN = "werkdagen", "werkdagen"


class NaPogingen(models.TextChoices):
    """The agreed step when the citizen could not be reached often enough."""

    BERICHT = "bericht", "Bericht sturen en afronden"
    TERUG = "terug", "Terug naar het KCC"
    COORDINATOR = "coordinator", "Naar de coördinator"


class Productgroep(models.Model):
    """Products about which a department makes one agreement."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam", max_length=100, unique=True)
    producten = models.ManyToManyField(
        Product, related_name="productgroepen", blank=True, verbose_name="producten"
    )

    class Meta:
        verbose_name = "productgroep"
        verbose_name_plural = "productgroepen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Overdrachtsafspraak(models.Model):
    """What KCC and department owe each other, from a day to a day: one version.

    About a product, about a productgroep, or with neither about all that the department does. The
    versions of one agreement share product, productgroep and afdeling; no two hold on one day, and
    a version by which something was handed off never changes (zaken.services.afspraken).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overdrachtsafspraken",
        verbose_name="product",
    )
    productgroep = models.ForeignKey(
        Productgroep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overdrachtsafspraken",
        verbose_name="productgroep",
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        related_name="overdrachtsafspraken",
        verbose_name="afdeling",
    )
    termijn_aantal = models.PositiveSmallIntegerField("termijn")
    termijn_eenheid = models.CharField(
        "eenheid", max_length=10, choices=TermijnEenheid.choices, default=TermijnEenheid.WERKDAGEN
    )
    groep = models.ForeignKey(
        Groep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overdrachtsafspraken",
        verbose_name="groep",
    )
    medewerker = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overdrachtsafspraken",
        verbose_name="medewerker",
    )
    klaar_als = models.CharField("klaar als", max_length=300, blank=True)
    max_pogingen = models.PositiveSmallIntegerField("contactpogingen", default=3)
    na_pogingen = models.CharField(
        "daarna", max_length=20, choices=NaPogingen.choices, default=NaPogingen.BERICHT
    )
    belofte = models.CharField("wat de klant hoort", max_length=300, blank=True)
    herinnering_werkuren = models.PositiveSmallIntegerField(
        "herinnering",
        null=True,
        blank=True,
        help_text="Zoveel werkuren voor het einde van de termijn. Leeg: 4.",
    )
    geldig_vanaf = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    gemaakt_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_op = models.DateTimeField("gemaakt op", null=True, blank=True)

    objects = OverdrachtsafspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "overdrachtsafspraak"
        verbose_name_plural = "overdrachtsafspraken"
        ordering = ["product__naam", "productgroep__naam", "-geldig_vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(termijn_aantal__gte=1, termijn_aantal__lte=400),
                name="overdrachtsafspraak_termijn",
                violation_error_message="Een termijn is minstens 1 en hoogstens 400.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="overdrachtsafspraak_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(productgroep__isnull=True),
                name="overdrachtsafspraak_product_of_groep",
                violation_error_message="Kies een product of een productgroep, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(max_pogingen__gte=1, max_pogingen__lte=20),
                name="overdrachtsafspraak_pogingen",
                violation_error_message="Kies 1 tot en met 20 pogingen.",
            ),
            models.UniqueConstraint(
                fields=["product", "productgroep", "afdeling", "geldig_vanaf"],
                name="overdrachtsafspraak_een_begin",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        eenheid = str(self.get_termijn_eenheid_display())
        # "1 werkdag", "1 werkuur"; the plurals are werkdagen and werkuren.
        enkel = {"werkdagen": "werkdag", "werkuren": "werkuur"}.get(eenheid, eenheid)
        return f"{self.termijn_aantal} {enkel if self.termijn_aantal == 1 else eenheid}"

    @property
    def waarover(self) -> str:
        """The product or productgroep, or that it is about everything."""
        return str(self.product or self.productgroep or "alle vragen aan deze afdeling")


class VraagSoort(models.TextChoices):
    """How a question is answered."""

    TEKST = "tekst", "tekst"
    KEUZE = "keuze", "keuze uit een lijst"
    DATUM = "datum", "datum"
    JA_NEE = "ja_nee", "ja of nee"
    BESTAND = "bestand", "bestand"


class Intakevraag(models.Model):
    """A question that the KCC asks before it hands off, as one version of an agreement has it."""

    afspraak = models.ForeignKey(
        Overdrachtsafspraak, on_delete=models.CASCADE, related_name="vragen"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde")
    tekst = models.CharField("vraag", max_length=300)
    soort = models.CharField(
        "soort", max_length=10, choices=VraagSoort.choices, default=VraagSoort.TEKST
    )
    keuzes = models.TextField("keuzes", blank=True, help_text="Eén per regel.")
    is_verplicht = models.BooleanField("verplicht", default=False)
    hulp = models.CharField("uitleg", max_length=300, blank=True)

    class Meta:
        verbose_name = "intakevraag"
        verbose_name_plural = "intakevragen"
        ordering = ["afspraak", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["afspraak", "volgorde"], name="intakevraag_een_per_plek"
            ),
            models.CheckConstraint(
                condition=~Q(soort="keuze") | ~Q(keuzes=""), name="intakevraag_keuze_met_keuzes"
            ),
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def opties(self) -> list[str]:
        """What can be chosen."""
        return [regel.strip() for regel in self.keuzes.splitlines() if regel.strip()]


class IntakeAntwoord(models.Model):
    """What the citizen said to a question at the hand-off, with the question as it was put."""

    taak = models.ForeignKey(
        "zaken.InterneTaak", on_delete=models.PROTECT, related_name="intake_antwoorden"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde")
    vraag = models.CharField("vraag", max_length=300)
    soort = models.CharField("soort", max_length=10, choices=VraagSoort.choices)
    antwoord = models.TextField("antwoord")

    class Meta:
        verbose_name = "antwoord bij de overdracht"
        verbose_name_plural = "antwoorden bij de overdracht"
        ordering = ["taak", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["taak", "volgorde"], name="intakeantwoord_een_per_plek")
        ]

    def __str__(self) -> str:
        return self.vraag
