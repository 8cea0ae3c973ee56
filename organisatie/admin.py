"""Reference data of the organisation."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from kcc.access import Rol
from kcc.beheer import geen_verwijderen
from organisatie.forms.beheer import (
    BijzondereDagForm,
    MedewerkerAddForm,
    MedewerkerForm,
    OpeningstijdForm,
    has_begun,
)
from organisatie.models import Afdeling, BijzondereDag, Groep, Medewerker, Openingstijd


@admin.register(Afdeling)
class AfdelingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Departments: switched off when they go, since taken and figures point to them."""

    list_display = ("naam", "identificatie", "email", "is_kcc", "is_actief")
    list_filter = ("is_actief",)
    search_fields = ("naam", "identificatie")
    prepopulated_fields = {"identificatie": ("naam",)}
    has_delete_permission = geen_verwijderen


@admin.register(Groep)
class GroepAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Teams within a department."""

    list_display = ("naam", "afdeling", "identificatie", "is_actief")
    list_filter = ("is_actief", "afdeling")
    list_select_related = ("afdeling",)
    search_fields = ("naam", "identificatie")
    prepopulated_fields = {"identificatie": ("naam",)}
    has_delete_permission = geen_verwijderen


class RolFilter(admin.SimpleListFilter):
    """People with one role; the admin's own filter does not look inside an array."""

    title = "rol"
    parameter_name = "rol"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """All roles."""
        return [(rol.value, str(rol.label)) for rol in Rol]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Medewerker]
    ) -> QuerySet[Medewerker]:
        """Those who have the chosen role."""
        rol = self.value()
        return queryset.filter(rollen__contains=[rol]) if rol in Rol.values else queryset


@admin.register(Medewerker)
class MedewerkerAdmin(UserAdmin):  # type: ignore[type-arg]
    """People who log in. Django's own pages for passwords, with our fields."""

    form = MedewerkerForm
    add_form = MedewerkerAddForm
    list_display = ("volledige_naam", "gebruikersnaam", "functie", "rolnamen", "is_active")
    list_filter = (RolFilter, "is_active", "afdelingen")
    search_fields = ("gebruikersnaam", "voornaam", "achternaam", "functie")
    ordering = ("achternaam", "voornaam")
    filter_horizontal = ()
    formfield_overrides = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}
    readonly_fields = ("last_login",)
    fieldsets = (
        (None, {"fields": ("gebruikersnaam", "password", "is_active", "last_login")}),
        (
            "Wie",
            {
                "fields": (
                    "voornaam",
                    "voorvoegsel_achternaam",
                    "achternaam",
                    "functie",
                    "email",
                    "telefoonnummer",
                )
            },
        ),
        ("Werk", {"fields": ("rollen", "afdelingen", "groepen")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "gebruikersnaam",
                    "voornaam",
                    "voorvoegsel_achternaam",
                    "achternaam",
                    "rollen",
                    "password1",
                    "password2",
                )
            },
        ),
    )
    # Contacts, taken and the processing log name their medewerker: he is switched off, not deleted.
    has_delete_permission = geen_verwijderen

    @admin.display(description="rollen")
    def rolnamen(self, medewerker: Medewerker) -> str:
        """Labels, not codes."""
        namen = dict(Rol.choices)
        return ", ".join(str(namen.get(rol, rol)) for rol in medewerker.rollen)


class VanWieFilter(admin.SimpleListFilter):
    """Everybody's, or those of one department that has its own."""

    title = "voor wie"
    parameter_name = "van"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Everybody first, then the departments that have rows."""
        eigen = model_admin.model.objects.exclude(afdeling=None).values("afdeling")
        afdelingen = Afdeling.objects.filter(pk__in=eigen)
        return [("iedereen", "iedereen"), *((str(a.pk), a.naam) for a in afdelingen)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of the chosen one."""
        van = self.value() or ""
        if van == "iedereen":
            return queryset.filter(afdeling=None)
        return queryset.filter(afdeling=int(van)) if van.isdecimal() else queryset


@admin.register(Openingstijd)
class OpeningstijdAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Opening hours of a common week, of everybody or of one department, from day to day."""

    form = OpeningstijdForm
    list_display = ("weekdag", "van", "tot", "voor_wie", "geldig_vanaf", "geldig_tot")
    list_filter = (VanWieFilter, "weekdag")
    list_select_related = ("afdeling",)
    # A bulk delete would go past what is asked per row.
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Openingstijd | None = None) -> bool:
        """What has begun only ends: terms and figures were computed with it."""
        return obj is not None and super().has_delete_permission(request) and not has_begun(obj)

    @admin.display(description="voor wie", ordering="afdeling__naam")
    def voor_wie(self, rij: Openingstijd) -> str:
        """A department, or everybody."""
        return str(rij.afdeling or "iedereen")


@admin.register(BijzondereDag)
class BijzondereDagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Days that differ; feestdagen are computed and need not be here."""

    form = BijzondereDagForm
    list_display = ("datum", "omschrijving", "van", "tot", "voor_wie", "is_feestdag")
    list_filter = (VanWieFilter,)
    list_select_related = ("afdeling",)
    date_hierarchy = "datum"
    search_fields = ("omschrijving",)

    @admin.display(description="voor wie", ordering="afdeling__naam")
    def voor_wie(self, rij: BijzondereDag) -> str:
        """A department, or everybody."""
        return str(rij.afdeling or "iedereen")
