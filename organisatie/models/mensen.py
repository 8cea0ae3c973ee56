"""Who works here: departments, teams, and people with their roles."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from kcc.access import Rol, rechten_van
from organisatie.querysets import MedewerkerManager


class Afdeling(models.Model):
    """A department: owns products and articles, and receives interne taken."""

    identificatie = models.SlugField("identificatie", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=100, unique=True)
    email = models.EmailField("e-mail", blank=True)
    is_kcc = models.BooleanField(
        "is het KCC", default=False, help_text="Taken die terugkomen gaan naar deze afdeling."
    )
    coordinator = models.ForeignKey(
        "Medewerker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="coördinator",
        help_text="Krijgt bericht als een taak haar termijn nadert of voorbij is.",
    )
    hoofd = models.ForeignKey(
        "Medewerker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afdelingshoofd",
        help_text="Krijgt bericht als een taak te laat blijft.",
    )
    is_actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "afdeling"
        verbose_name_plural = "afdelingen"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_kcc"],
                condition=Q(is_kcc=True),
                name="afdeling_een_kcc",
                violation_error_message="Er is al een afdeling die het KCC is.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Groep(models.Model):
    """A team within a department."""

    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="groepen")
    identificatie = models.SlugField("identificatie", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=100)
    email = models.EmailField("e-mail", blank=True)
    is_ophaalgroep = models.BooleanField(
        "neemt voor elkaar waar",
        default=False,
        help_text="Taken van een collega die er niet is, kan een ander uit de groep overnemen.",
    )
    is_actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["afdeling__naam", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["afdeling", "naam"], name="groep_naam_per_afdeling")
        ]

    def __str__(self) -> str:
        return self.naam


class Medewerker(AbstractBaseUser):
    """Somebody who logs in. Rights follow from roles (kcc.access), records from afdelingen."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gebruikersnaam = models.CharField("gebruikersnaam", max_length=80, unique=True)
    voornaam = models.CharField("voornaam", max_length=80)
    voorvoegsel_achternaam = models.CharField("voorvoegsel", max_length=10, blank=True)
    achternaam = models.CharField("achternaam", max_length=120)
    functie = models.CharField("functie", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefoonnummer = models.CharField("telefoonnummer", max_length=20, blank=True)
    rollen = ArrayField(
        models.CharField(max_length=30, choices=Rol.choices),
        verbose_name="rollen",
        default=list,
        blank=True,
    )
    afdelingen = models.ManyToManyField(
        Afdeling, related_name="medewerkers", verbose_name="afdelingen", blank=True
    )
    groepen = models.ManyToManyField(
        Groep, related_name="medewerkers", verbose_name="groepen", blank=True
    )
    is_active = models.BooleanField("mag inloggen", default=True)
    is_demo = models.BooleanField("demo-account", default=False, editable=False)

    USERNAME_FIELD = "gebruikersnaam"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["voornaam", "achternaam"]

    objects = MedewerkerManager()

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        ordering = ["achternaam", "voornaam"]

    def __str__(self) -> str:
        return self.korte_naam

    @property
    def korte_naam(self) -> str:
        """Initial, voorvoegsel and surname, as colleagues see it: A. van der Berg."""
        delen = (f"{self.voornaam[:1]}.", self.voorvoegsel_achternaam, self.achternaam)
        return " ".join(deel for deel in delen if deel)

    @property
    def volledige_naam(self) -> str:
        """First name, voorvoegsel and surname."""
        delen = (self.voornaam, self.voorvoegsel_achternaam, self.achternaam)
        return " ".join(deel for deel in delen if deel)

    @property
    def rechten(self) -> frozenset[str]:
        """All rights of this person's roles; runs no query."""
        return rechten_van(self.rollen) if self.is_active else frozenset()

    @property
    def is_staff(self) -> bool:
        """Asked for by Django's admin."""
        return self.has_perm("organisatie.beheer")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: Django's own looks at the password, ours at the roles as
        well, so that who gets other work begins with a new session.
        """
        waarde = f"{self.password} {','.join(sorted(self.rollen))}"
        zout = "organisatie.Medewerker.zitting"
        return salted_hmac(zout, waarde, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """True when a role brings the right. In the admin (app.verb_model, with verbs that our own
        table does not know) the right to manage reference data decides.
        """
        return perm in self.rechten or (
            "organisatie.beheer" in self.rechten
            and perm.partition(".")[0] in BEHEERDE_APPS
            and perm.partition(".")[2].partition("_")[2] in BEHEERDE_MODELLEN
        )

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        """True when every right of the list is there."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Asked for by Django's admin, for its index."""
        return "organisatie.beheer" in self.rechten and app_label in BEHEERDE_APPS


# What a beheerder keeps up to date in the admin: reference data, and nothing about citizens.
BEHEERDE_APPS = frozenset({"organisatie", "kennisbank", "zaken", "rapportage"})
BEHEERDE_MODELLEN = frozenset(
    {
        "afdeling",
        "groep",
        "medewerker",
        "openingstijd",
        "bijzonderedag",
        "product",
        "synoniem",
        "overdrachtsafspraak",
        "zaaktype",
        "statustype",
        "resultaattype",
        "antwoordsjabloon",
        "norm",
    }
)
