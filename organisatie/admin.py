"""Reference data of the organisation."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from kcc.access import Rol
from kcc.beheer import geen_verwijderen
from organisatie.forms import BijzondereDagForm, MedewerkerAddForm, MedewerkerForm
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


@admin.register(Openingstijd)
class OpeningstijdAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Opening hours of a common week."""

    list_display = ("weekdag", "van", "tot")


@admin.register(BijzondereDag)
class BijzondereDagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Days that differ; feestdagen are computed and need not be here."""

    form = BijzondereDagForm
    list_display = ("datum", "omschrijving", "van", "tot", "is_feestdag")
    date_hierarchy = "datum"
    search_fields = ("omschrijving",)
