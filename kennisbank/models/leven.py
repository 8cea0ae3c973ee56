"""The life of an article before it is published: proposals, drafts, approval; and its images."""

import uuid

from django.db import models
from django.db.models import F, Q

from kennisbank.models.artikelen import ArtikelSoort, ArtikelVersie, Kennisartikel
from kennisbank.models.producten import Doelgroep, Product
from kennisbank.querysets import ConceptQuerySet
from organisatie.models import Afdeling, Groep, Medewerker


class ConceptStand(models.TextChoices):
    """Where a draft is on its way to being published."""

    VOORSTEL = "voorstel", "voorgesteld"
    BEWERKING = "bewerking", "in bewerking"
    GOEDKEURING = "goedkeuring", "wacht op goedkeuring"
    GEPLAND = "gepland", "gepland"
    GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
    AFGEWEZEN = "afgewezen", "niet overgenomen"


OPEN_STANDEN = (
    ConceptStand.VOORSTEL,
    ConceptStand.BEWERKING,
    ConceptStand.GOEDKEURING,
    ConceptStand.GEPLAND,
)


class Concept(models.Model):
    """The next text of an article, or of one that is to come, in Markdown as it was typed.

    Proposed by anybody, edited by a kennisredacteur, approved by the department that owns it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    artikel = models.ForeignKey(
        Kennisartikel, on_delete=models.PROTECT, null=True, blank=True, related_name="concepten"
    )
    basis = models.PositiveIntegerField("gemaakt op versie", default=0)
    soort = models.CharField("soort", max_length=20, choices=ArtikelSoort.choices)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    andere_producten = models.ManyToManyField(
        Product, blank=True, related_name="+", verbose_name="hoort ook bij"
    )
    zie_ook = models.ManyToManyField(
        Kennisartikel, blank=True, related_name="+", verbose_name="zie ook"
    )
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="concepten", verbose_name="eigenaar"
    )
    doelgroep = models.CharField("doelgroep", max_length=20, choices=Doelgroep.choices, blank=True)
    alleen_intern = models.BooleanField("alleen voor medewerkers", default=False)
    trefwoorden = models.TextField("trefwoorden", blank=True)
    herzien_op = models.DateField("herzien voor", null=True, blank=True)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    is_belangrijk = models.BooleanField("belangrijk", default=False)
    voor_groepen = models.ManyToManyField(
        Groep, blank=True, related_name="+", verbose_name="voor teams"
    )
    titel = models.CharField("titel", max_length=200)
    kort_antwoord = models.TextField("kort antwoord", blank=True)
    uitleg = models.TextField("uitleg", blank=True)
    vraag_door = models.TextField("vraag door", blank=True)
    werkinstructie = models.TextField("werkinstructie", blank=True)
    contactpersoon = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vervanger = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    telefoonnummer = models.CharField("telefoonnummer", max_length=20, blank=True)

    stand = models.CharField("stand", max_length=20, choices=ConceptStand.choices)
    toelichting = models.TextField("waarom", blank=True)
    ingediend_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="ingediende_concepten"
    )
    ingediend_op = models.DateTimeField("ingediend op")
    redacteur = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gewijzigd_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField("gewijzigd op")
    goedgekeurd_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_op = models.DateTimeField("goedgekeurd op", null=True, blank=True)
    publiceren_op = models.DateTimeField("publiceren op", null=True, blank=True)
    gepubliceerde_versie = models.OneToOneField(
        ArtikelVersie, on_delete=models.PROTECT, null=True, blank=True, related_name="concept"
    )
    reden_afwijzing = models.CharField("waarom niet", max_length=500, blank=True)
    versie = models.PositiveIntegerField("bewaard", default=1)  # +1 at every save

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        ordering = ["ingediend_op"]
        indexes = [models.Index(fields=["stand", "publiceren_op"], name="concept_stand")]
        constraints = [
            models.UniqueConstraint(
                fields=["artikel"],
                condition=Q(stand__in=["voorstel", "bewerking", "goedkeuring", "gepland"]),
                name="concept_een_open_per_artikel",
                violation_error_message="Er is al een concept van dit artikel.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="concept_geldigheid",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=~Q(stand="gepubliceerd") | Q(gepubliceerde_versie__isnull=False),
                name="concept_gepubliceerd_met_versie",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def is_open(self) -> bool:
        """Still on its way."""
        return self.stand in OPEN_STANDEN


class ConceptGebeurtenis(models.Model):
    """One step in the life of a draft. Only ever added to, which a trigger holds."""

    class Soort(models.TextChoices):
        """What happened."""

        VOORGESTELD = "voorgesteld", "Voorgesteld"
        BEGONNEN = "begonnen", "Begonnen met bewerken"
        BEWERKT = "bewerkt", "Bewerkt"
        TER_GOEDKEURING = "ter_goedkeuring", "Ter goedkeuring gestuurd"
        TERUG = "terug", "Teruggestuurd"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        GEPLAND = "gepland", "Gepland"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"
        AFGEWEZEN = "afgewezen", "Niet overgenomen"
        TERUGGEHAALD = "teruggehaald", "Teruggehaald om te bewerken"
        RECHTGEZET = "rechtgezet", "Rechtgezet zonder goedkeuring"

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="gebeurtenissen")
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, related_name="+")
    op = models.DateTimeField("op")
    tekst = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "gebeurtenis van een concept"
        verbose_name_plural = "gebeurtenissen van concepten"
        ordering = ["op", "pk"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op:%d-%m-%Y %H:%M}"


class ArtikelGebeurtenis(models.Model):
    """What was done with a published article beside giving it a text: looked at again, put right
    without approval, put back, withdrawn. Only ever added to, which a trigger holds.
    """

    class Soort(models.TextChoices):
        """What happened."""

        NAGEKEKEN = "nagekeken", "Nagekeken, klopt nog"
        RECHTGEZET = "rechtgezet", "Rechtgezet zonder goedkeuring"
        TERUGGEZET = "teruggezet", "Eerdere tekst teruggezet zonder goedkeuring"
        INGETROKKEN = "ingetrokken", "Ingetrokken"
        HERSTELD = "hersteld", "Intrekken ongedaan gemaakt"

    artikel = models.ForeignKey(
        Kennisartikel, on_delete=models.PROTECT, related_name="gebeurtenissen"
    )
    versie = models.ForeignKey(
        ArtikelVersie, on_delete=models.PROTECT, null=True, related_name="gebeurtenissen"
    )
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField("op")
    tekst = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "gebeurtenis van een artikel"
        verbose_name_plural = "gebeurtenissen van artikelen"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.op:%d-%m-%Y %H:%M}"


class Afbeelding(models.Model):
    """An image in an article. In the database: there is one store to back up, and one to guard."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam", max_length=120)
    mediatype = models.CharField("soort bestand", max_length=40)
    breedte = models.PositiveIntegerField("breedte")
    hoogte = models.PositiveIntegerField("hoogte")
    inhoud = models.BinaryField("inhoud")
    sha256 = models.CharField("vingerafdruk", max_length=64, unique=True)
    toegevoegd_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    toegevoegd_op = models.DateTimeField("toegevoegd op")

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"
        ordering = ["-toegevoegd_op"]

    def __str__(self) -> str:
        return self.naam
