"""Reference data of the kennisbank. Articles have pages of their own: every version is kept."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kcc.beheer import geen_verwijderen
from kennisbank.forms import ProductForm
from kennisbank.models import Product, Synoniem
from kennisbank.services import refresh_producten


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Products: the names come from the national list, the rest is the municipality's."""

    form = ProductForm
    list_display = ("naam", "afdeling", "doelgroep", "is_actief")
    list_filter = ("is_actief", "doelgroep", "afdeling")
    list_select_related = ("afdeling",)
    search_fields = ("naam", "trefwoorden")
    fields = (
        "naam",
        "upn_uri",
        "afdeling",
        "doelgroep",
        "trefwoorden",
        ("is_aanvraag", "is_subsidie", "is_melding", "is_verplichting"),
        "is_actief",
        "wettelijke_grondslagen",
    )
    has_delete_permission = geen_verwijderen

    def get_readonly_fields(
        self, request: HttpRequest, obj: Product | None = None
    ) -> tuple[str, ...]:
        """What the next import would put back cannot be changed here."""
        van_import = ("naam", "upn_uri", "doelgroep") if obj and obj.upn_uri else ()
        return (*van_import, "wettelijke_grondslagen")

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        """Found at once by its new words; in the same transaction."""
        super().save_model(request, obj, form, change)
        refresh_producten(Product.objects.filter(pk=obj.pk))

    @admin.display(description="wettelijke grondslagen")
    def wettelijke_grondslagen(self, product: Product) -> SafeString:
        """The law that the product rests on, to read: it comes with the import."""
        if product._state.adding:
            return SafeString("")
        regels = [(grondslag.label,) for grondslag in product.grondslagen.all()]
        return format_html_join(SafeString("<br>"), "{}", regels)


@admin.register(Synoniem)
class SynoniemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Words that search takes for other words; a change works at once."""

    list_display = ("woord", "woorden")
    search_fields = ("woord", "woorden")
