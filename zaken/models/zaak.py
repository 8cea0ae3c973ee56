"""Zaken, shaped after the Zaken API of ZGW: its names, lengths and relations."""

import uuid
from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from contacts.models import Klantcontact, Partij
from organisatie.models import Afdeling, Medewerker
from zaken.models.taken import InterneTaak
from zaken.models.zaaktypen import (
    DuurEenheid,
    Resultaattype,
    Statustype,
    Zaaktype,
    iso_duur,
    say_duur,
)
from zaken.querysets import ZaakQuerySet


class Zaak(models.Model):
    """Work with a beginning, a term by law and a result."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identificatie = models.CharField("nummer", max_length=40, unique=True)
    zaaktype = models.ForeignKey(
        Zaaktype, on_delete=models.PROTECT, related_name="zaken", verbose_name="soort zaak"
    )
    omschrijving = models.CharField("omschrijving", max_length=80)
    toelichting = models.CharField("toelichting", max_length=1000, blank=True)
    registratiedatum = models.DateField("geregistreerd op")
    startdatum = models.DateField("ontvangen op")
    termijn_vanaf = models.DateField("termijn telt vanaf")
    met_commissie = models.BooleanField("met adviescommissie", default=False)
    einddatum_gepland = models.DateField("verwacht op", null=True, blank=True)
    uiterlijke_einddatum_afdoening = models.DateField("uiterlijk")
    einddatum = models.DateField("afgerond op", null=True, blank=True)
    status = models.ForeignKey(
        Statustype, on_delete=models.PROTECT, related_name="+", verbose_name="stand"
    )
    resultaat = models.ForeignKey(
        Resultaattype, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resultaat_toelichting = models.CharField("toelichting", max_length=1000, blank=True)
    archiefactiedatum = models.DateField("vernietigen vanaf", null=True, blank=True)
    opschorting_indicatie = models.BooleanField("staat stil", default=False)
    opschorting_reden = models.CharField("waarom stil", max_length=200, blank=True)
    opgeschort_sinds = models.DateField("stil sinds", null=True, blank=True)
    opschorting_dagen = models.PositiveSmallIntegerField(
        "dagen stil", default=0, help_text="Van de keren dat de termijn weer ging lopen."
    )
    verlenging_reden = models.CharField("waarom verlengd", max_length=200, blank=True)
    verlenging_aantal = models.PositiveSmallIntegerField("verlengd met", null=True, blank=True)
    verlenging_eenheid = models.CharField(
        "eenheid verlenging", max_length=10, choices=DuurEenheid.choices, blank=True
    )
    ingebrekestelling_datum = models.DateField("ingebrekestelling op", null=True, blank=True)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="zaken", verbose_name="afdeling"
    )
    behandelaar = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="zaken",
        verbose_name="behandelaar",
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    aangemaakt_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ZaakQuerySet.as_manager()

    class Meta:
        verbose_name = "zaak"
        verbose_name_plural = "zaken"
        indexes = [
            models.Index(
                fields=["afdeling", "uiterlijke_einddatum_afdoening"],
                condition=Q(einddatum__isnull=True),
                name="zaak_open_afdeling",
            ),
            models.Index(
                fields=["uiterlijke_einddatum_afdoening"],
                condition=Q(einddatum__isnull=True),
                name="zaak_open_termijn",
            ),
            models.Index(fields=["einddatum"], name="zaak_einddatum"),
            GinIndex(OpClass(Upper("omschrijving"), "gin_trgm_ops"), name="zaak_omschrijving_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True, resultaat__isnull=True)
                | Q(einddatum__isnull=False, resultaat__isnull=False),
                name="zaak_einde_met_resultaat",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("startdatum")),
                name="zaak_einde_na_begin",
            ),
            models.CheckConstraint(
                condition=(Q(opschorting_indicatie=False, opgeschort_sinds__isnull=True))
                | (
                    Q(opschorting_indicatie=True, opgeschort_sinds__isnull=False)
                    & ~Q(opschorting_reden="")
                ),
                name="zaak_stil_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(verlenging_aantal__isnull=True, verlenging_reden="")
                | (Q(verlenging_aantal__gte=1) & ~Q(verlenging_reden="")),
                name="zaak_verlengd_met_reden",
            ),
        ]

    def __str__(self) -> str:
        return self.identificatie

    @property
    def is_afgerond(self) -> bool:
        """With a result."""
        return self.einddatum is not None

    @property
    def verlenging_duur(self) -> str:
        """As ZGW writes it (ISO 8601)."""
        return iso_duur(self.verlenging_aantal, self.verlenging_eenheid)

    @property
    def verlengd_met(self) -> str:
        """In words."""
        return say_duur(self.verlenging_aantal, self.verlenging_eenheid)

    @property
    def vrager(self) -> "ZaakBetrokkene | None":
        """Who asked for it; costs a query, or none where betrokkenen are prefetched."""
        initiator = ZaakBetrokkene.Roltype.INITIATOR
        return next((b for b in self.betrokkenen.all() if b.rol == initiator), None)

    def is_late(self, dag: date) -> bool:
        """The last day by law is over, and there is no result."""
        return (
            not self.is_afgerond
            and not self.opschorting_indicatie
            and self.uiterlijke_einddatum_afdoening < dag
        )


class ZaakStatus(models.Model):
    """A stage that a zaak came to. Only ever added to, which a trigger holds."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zaak = models.ForeignKey(Zaak, on_delete=models.PROTECT, related_name="statussen")
    statustype = models.ForeignKey(Statustype, on_delete=models.PROTECT, related_name="+")
    datum_status_gezet = models.DateTimeField("sinds")
    statustoelichting = models.CharField("toelichting", max_length=1000, blank=True)
    gezet_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "status"
        verbose_name_plural = "statussen"
        ordering = ["datum_status_gezet", "pk"]

    def __str__(self) -> str:
        return f"{self.statustype_id} {self.datum_status_gezet:%d-%m-%Y %H:%M}"


class ZaakGebeurtenis(models.Model):
    """A step that is no status. Only ever added to, which a trigger holds."""

    class Soort(models.TextChoices):
        """What happened."""

        GESTART = "gestart", "Zaak gestart"
        AFGEROND = "afgerond", "Afgerond"
        HEROPEND = "heropend", "Heropend"
        OPGESCHORT = "opgeschort", "Termijn stilgezet"
        HERVAT = "hervat", "Termijn loopt weer"
        VERLENGD = "verlengd", "Termijn verlengd"
        TOEGEWEZEN = "toegewezen", "Behandelaar gekozen"
        BETROKKENE = "betrokkene", "Betrokkene toegevoegd"
        GEKOPPELD = "gekoppeld", "Gekoppeld"
        ONTKOPPELD = "ontkoppeld", "Koppeling verbroken"
        INGEBREKESTELLING = "ingebrekestelling", "Ingebrekestelling ontvangen"

    zaak = models.ForeignKey(Zaak, on_delete=models.PROTECT, related_name="gebeurtenissen")
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("op")
    tekst = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "zaakgebeurtenis"
        verbose_name_plural = "zaakgebeurtenissen"
        ordering = ["op", "pk"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op:%d-%m-%Y %H:%M}"


class ZaakBetrokkene(models.Model):
    """Who belongs to a zaak, and as what (Rol in ZGW)."""

    class Roltype(models.TextChoices):
        """As what."""

        INITIATOR = "initiator", "aanvrager"
        BELANGHEBBENDE = "belanghebbende", "belanghebbende"
        GEMACHTIGDE = "gemachtigde", "gemachtigde"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="betrokkenen")
    rol = models.CharField("rol", max_length=20, choices=Roltype.choices)
    partij = models.ForeignKey(
        Partij, on_delete=models.PROTECT, null=True, blank=True, related_name="zaakrollen"
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="zaakrollen"
    )
    toegevoegd_op = models.DateTimeField("toegevoegd op")

    class Meta:
        verbose_name = "betrokkene"
        verbose_name_plural = "betrokkenen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partij__isnull=False, medewerker__isnull=True)
                | Q(partij__isnull=True, medewerker__isnull=False),
                name="zaakbetrokkene_partij_of_medewerker",
            ),
            models.UniqueConstraint(
                fields=["zaak"], condition=Q(rol="initiator"), name="zaakbetrokkene_een_initiator"
            ),
            models.UniqueConstraint(
                fields=["zaak", "rol", "partij", "medewerker"],
                name="zaakbetrokkene_eenmaal",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_rol_display())

    @property
    def naam(self) -> str:
        """Of the partij or the medewerker."""
        return str(self.partij or self.medewerker)


class ZaakKoppeling(models.Model):
    """A zaak and a klantcontact or taak that belong together, seen from both sides."""

    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="koppelingen")
    klantcontact = models.ForeignKey(
        Klantcontact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="zaakkoppelingen",
    )
    taak = models.ForeignKey(
        InterneTaak,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="zaakkoppelingen",
    )
    gekoppeld_op = models.DateTimeField("gekoppeld op")
    gekoppeld_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "zaakkoppeling"
        verbose_name_plural = "zaakkoppelingen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(klantcontact__isnull=False, taak__isnull=True)
                | Q(klantcontact__isnull=True, taak__isnull=False),
                name="zaakkoppeling_contact_of_taak",
            ),
            models.UniqueConstraint(
                fields=["zaak", "klantcontact"], name="zaakkoppeling_contact_eenmaal"
            ),
            models.UniqueConstraint(fields=["zaak", "taak"], name="zaakkoppeling_taak_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"koppeling {self.pk}"
