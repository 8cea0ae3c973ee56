"""Reference data of zaken: what was agreed with departments."""

from django.contrib import admin

from kcc.beheer import geen_verwijderen
from zaken.models import Overdrachtsafspraak


@admin.register(Overdrachtsafspraak)
class OverdrachtsafspraakAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Agreements: one that ends gets a last day, since taken refer to it."""

    list_display = ("product", "afdeling", "termijn", "geldig_vanaf", "geldig_tot")
    list_filter = ("afdeling", "termijn_eenheid")
    list_select_related = ("product", "afdeling")
    search_fields = ("product__naam",)
    has_delete_permission = geen_verwijderen

    @admin.display(description="termijn")
    def termijn(self, afspraak: Overdrachtsafspraak) -> str:
        """Amount and unit together."""
        return str(afspraak)
