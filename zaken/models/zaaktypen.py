"""Kinds of zaken, shaped after the Catalogi API of ZGW: terms, stages and results."""

import uuid

from django.db import models
from django.db.models import F, Q

from kennisbank.models import Product
from organisatie.models import Afdeling
from zaken.querysets import ZaaktypeQuerySet


class DuurEenheid(models.TextChoices):
    """Units in which the law counts a term."""

    DAGEN = "dagen", "dagen"
    WEKEN = "weken", "weken"
    MAANDEN = "maanden", "maanden"


class NormEenheid(models.TextChoices):
    """Units of what we promise ourselves: those of the law, and days on which we are open."""

    WERKDAGEN = "werkdagen", "werkdagen"
    DAGEN = "dagen", "dagen"
    WEKEN = "weken", "weken"
    MAANDEN = "maanden", "maanden"


_ENKEL = {"werkdagen": "werkdag", "dagen": "dag", "weken": "week", "maanden": "maand"}


def say_duur(aantal: int | None, eenheid: str) -> str:
    """ "6 weken", "1 maand"; empty without an amount."""
    if not aantal:
        return ""
    return f"{aantal} {_ENKEL.get(eenheid, eenheid) if aantal == 1 else eenheid}"


def iso_duur(aantal: int | None, eenheid: str) -> str:
    """The ISO 8601 duration with which ZGW writes a term: P6W, P1M, P14D; empty without one."""
    letter = {"weken": "W", "maanden": "M"}.get(eenheid, "D")
    return f"P{aantal}{letter}" if aantal else ""


class Zaaktype(models.Model):
    """What holds for all zaken of one kind, from a day to a day."""

    class Termijnstart(models.TextChoices):
        """From which day the law counts."""

        ONTVANGST = "ontvangst", "de dag van ontvangst"
        BEZWAARTERMIJN = "bezwaartermijn", "de laatste dag van de bezwaartermijn"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identificatie = models.CharField("identificatie", max_length=50)
    omschrijving = models.CharField("omschrijving", max_length=80)
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="zaaktypen",
        verbose_name="product",
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        related_name="zaaktypen",
        verbose_name="verantwoordelijke afdeling",
    )
    servicenorm_aantal = models.PositiveSmallIntegerField("servicenorm", null=True, blank=True)
    servicenorm_eenheid = models.CharField(
        "eenheid servicenorm", max_length=10, choices=NormEenheid.choices, default=NormEenheid.WEKEN
    )
    doorlooptijd_aantal = models.PositiveSmallIntegerField("wettelijke termijn")
    doorlooptijd_eenheid = models.CharField(
        "eenheid", max_length=10, choices=DuurEenheid.choices, default=DuurEenheid.WEKEN
    )
    doorlooptijd_commissie = models.PositiveSmallIntegerField(
        "termijn met adviescommissie", null=True, blank=True, help_text="In dezelfde eenheid."
    )
    termijn_start = models.CharField(
        "termijn telt vanaf",
        max_length=20,
        choices=Termijnstart.choices,
        default=Termijnstart.ONTVANGST,
    )
    grondslag = models.CharField("grondslag", max_length=200, blank=True)
    verlenging_mogelijk = models.BooleanField("verlengen kan", default=False)
    verlenging_aantal = models.PositiveSmallIntegerField(
        "verlenging met hoogstens", null=True, blank=True
    )
    verlenging_eenheid = models.CharField(
        "eenheid verlenging", max_length=10, choices=DuurEenheid.choices, default=DuurEenheid.WEKEN
    )
    opschorting_mogelijk = models.BooleanField("opschorten kan", default=True)
    dwangsom_mogelijk = models.BooleanField(
        "dwangsom bij te laat",
        default=True,
        help_text="Art. 4:17 Awb geldt voor een besluit op een aanvraag of bezwaar.",
    )
    begin_geldigheid = models.DateField("geldig vanaf")
    einde_geldigheid = models.DateField("geldig tot en met", null=True, blank=True)

    objects = ZaaktypeQuerySet.as_manager()

    class Meta:
        verbose_name = "zaaktype"
        verbose_name_plural = "zaaktypen"
        ordering = ["omschrijving", "-begin_geldigheid"]
        constraints = [
            models.UniqueConstraint(
                fields=["identificatie", "begin_geldigheid"], name="zaaktype_een_per_dag"
            ),
            models.CheckConstraint(
                condition=Q(doorlooptijd_aantal__gte=1, doorlooptijd_aantal__lte=400),
                name="zaaktype_doorlooptijd",
                violation_error_message="Een termijn is minstens 1 en hoogstens 400.",
            ),
            models.CheckConstraint(
                condition=Q(einde_geldigheid__isnull=True)
                | Q(einde_geldigheid__gte=F("begin_geldigheid")),
                name="zaaktype_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=Q(verlenging_mogelijk=False) | Q(verlenging_aantal__gte=1),
                name="zaaktype_verlenging_met_duur",
                violation_error_message="Vul in met hoeveel er verlengd kan worden.",
            ),
            # Months are added to months: a month more than six weeks is no clear day.
            models.CheckConstraint(
                condition=Q(verlenging_aantal__isnull=True)
                | Q(doorlooptijd_eenheid="maanden", verlenging_eenheid="maanden")
                | (~Q(doorlooptijd_eenheid="maanden") & ~Q(verlenging_eenheid="maanden")),
                name="zaaktype_verlenging_zelfde_soort",
                violation_error_message="Verleng maanden met maanden, en weken of dagen met weken "
                "of dagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving

    @property
    def servicenorm(self) -> str:
        """In words."""
        return say_duur(self.servicenorm_aantal, self.servicenorm_eenheid)

    @property
    def doorlooptijd(self) -> str:
        """In words."""
        return say_duur(self.doorlooptijd_aantal, self.doorlooptijd_eenheid)


class Statustype(models.Model):
    """One stage of a kind of zaak, and what we tell somebody who asks."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.PROTECT, related_name="statustypen")
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    omschrijving = models.CharField("omschrijving", max_length=80)
    statustekst = models.CharField(
        "wat we de klant zeggen", max_length=1000, help_text="In gewone taal: hoe ver is het nu?"
    )
    vervolg = models.CharField("wat er daarna gebeurt", max_length=1000, blank=True)
    is_eindstatus = models.BooleanField("is de laatste", default=False)

    class Meta:
        verbose_name = "statustype"
        verbose_name_plural = "statustypen"
        ordering = ["zaaktype", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["zaaktype", "volgnummer"], name="statustype_volgnummer"
            ),
            models.UniqueConstraint(
                fields=["zaaktype"],
                condition=Q(is_eindstatus=True),
                name="statustype_een_einde",
                violation_error_message="Een zaaktype heeft één laatste stand.",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Resultaattype(models.Model):
    """One way in which a kind of zaak can end, and how long its papers are kept."""

    class Archiefnominatie(models.TextChoices):
        """What happens to the papers."""

        BLIJVEND_BEWAREN = "blijvend_bewaren", "blijvend bewaren"
        VERNIETIGEN = "vernietigen", "vernietigen"

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.PROTECT, related_name="resultaattypen")
    omschrijving = models.CharField("omschrijving", max_length=20)
    toelichting = models.CharField("wat we de klant zeggen", max_length=1000, blank=True)
    selectielijstklasse = models.CharField("klasse van de selectielijst", max_length=1000)
    archiefnominatie = models.CharField(
        "archief",
        max_length=16,
        choices=Archiefnominatie.choices,
        default=Archiefnominatie.VERNIETIGEN,
    )
    bewaartermijn_jaren = models.PositiveSmallIntegerField("bewaren (jaren)", null=True, blank=True)

    class Meta:
        verbose_name = "resultaattype"
        verbose_name_plural = "resultaattypen"
        ordering = ["zaaktype", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["zaaktype", "omschrijving"], name="resultaattype_eenmaal"
            ),
            models.CheckConstraint(
                condition=Q(archiefnominatie="blijvend_bewaren", bewaartermijn_jaren__isnull=True)
                | Q(archiefnominatie="vernietigen", bewaartermijn_jaren__gte=1),
                name="resultaattype_bewaartermijn",
                violation_error_message="Wat vernietigd wordt heeft een bewaartermijn; wat blijft "
                "heeft er geen.",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving
