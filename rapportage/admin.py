"""Reference data of rapportage: norms."""

from django.contrib import admin
from django.http import HttpRequest

from kcc.beheer import geen_verwijderen
from rapportage.kpis import KPIS
from rapportage.models import Norm


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Norms: a new target gets a row of its own, so that old figures keep their old norm."""

    list_display = ("cijfer", "doelwaarde", "kanaal", "afdeling", "geldig_vanaf", "geldig_tot")
    list_filter = ("kpi",)
    list_select_related = ("afdeling",)
    has_delete_permission = geen_verwijderen

    @admin.display(description="cijfer", ordering="kpi")
    def cijfer(self, norm: Norm) -> str:
        """The name of the figure as the dashboard shows it."""
        return KPIS[norm.kpi].naam if norm.kpi in KPIS else norm.kpi

    def get_readonly_fields(self, request: HttpRequest, obj: Norm | None = None) -> tuple[str, ...]:
        """A norm that holds can only be ended."""
        return ("kpi", "doelwaarde", "kanaal", "afdeling", "geldig_vanaf") if obj else ()
