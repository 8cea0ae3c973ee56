"""Reference data of the kennisbank. Articles have pages of their own: every version is kept."""

from django.contrib import admin
from django.http import HttpRequest

from kcc.beheer import geen_verwijderen
from kennisbank.models import Grondslag, Product


class GrondslagInline(admin.TabularInline):  # type: ignore[type-arg]
    """The law that a product rests on, to read: it comes with the import."""

    model = Grondslag
    extra = 0
    fields = ("label", "link")
    readonly_fields = fields
    has_add_permission = geen_verwijderen
    has_change_permission = geen_verwijderen
    has_delete_permission = geen_verwijderen

    def has_view_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        """Whoever may open the product."""
        return True


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Products: the names come from the national list, the rest is the municipality's."""

    list_display = ("naam", "afdeling", "doelgroep", "is_actief")
    list_filter = ("is_actief", "doelgroep", "afdeling")
    list_select_related = ("afdeling",)
    search_fields = ("naam", "trefwoorden")
    inlines = (GrondslagInline,)
    fields = (
        "naam",
        "upn_uri",
        "afdeling",
        "doelgroep",
        "trefwoorden",
        ("is_aanvraag", "is_subsidie", "is_melding", "is_verplichting"),
        "is_actief",
    )
    has_delete_permission = geen_verwijderen

    def get_readonly_fields(
        self, request: HttpRequest, obj: Product | None = None
    ) -> tuple[str, ...]:
        """What the next import would put back cannot be changed here."""
        return ("naam", "upn_uri", "doelgroep") if obj and obj.upn_uri else ()
