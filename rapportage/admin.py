"""Reference data of rapportage: norms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest

from kcc.beheer import geen_verwijderen
from rapportage.kpis import KPIS
from rapportage.models import Norm


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Norms: a new target gets a row of its own, so that old figures keep their old norm."""

    list_display = ("cijfer", "doelwaarde", "kanaal", "afdeling", "geldig_vanaf", "geldig_tot")
    list_select_related = ("afdeling",)
    has_delete_permission = geen_verwijderen

    def formfield_for_dbfield(
        self,
        db_field: "Field[Any, Any]",
        request: HttpRequest,
        **kwargs: Any,
    ) -> forms.Field | None:
        """A figure is chosen by its name; nobody has to know the slug."""
        if db_field.name == "kpi":
            namen = [(slug, kpi.naam) for slug, kpi in KPIS.items() if not kpi.is_aantal]
            return forms.ChoiceField(label="Cijfer", choices=[("", "Kies een cijfer"), *namen])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="cijfer", ordering="kpi")
    def cijfer(self, norm: Norm) -> str:
        """The name of the figure as the dashboard shows it."""
        return KPIS[norm.kpi].naam if norm.kpi in KPIS else norm.kpi

    def get_readonly_fields(self, request: HttpRequest, obj: Norm | None = None) -> tuple[str, ...]:
        """A norm that holds can only be ended."""
        return ("kpi", "doelwaarde", "kanaal", "afdeling", "geldig_vanaf") if obj else ()
