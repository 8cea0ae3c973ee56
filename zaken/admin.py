"""Of this room the texts to answer with and the kinds of zaken are kept in the admin: agreements
have pages of their own.
"""

from django.contrib import admin

from kcc.beheer import geen_verwijderen
from zaken.models import Antwoordsjabloon, Resultaattype, Statustype, Zaaktype


@admin.register(Antwoordsjabloon)
class AntwoordsjabloonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Texts to begin an answer with."""

    list_display = ("naam", "afdeling", "onderwerp", "is_actief")
    list_filter = ("afdeling", "is_actief")
    list_select_related = ("afdeling",)
    search_fields = ("naam", "onderwerp")


class StatustypeInline(admin.TabularInline):  # type: ignore[type-arg]
    """The stages of a kind of zaak, and what a caller is told in each."""

    model = Statustype
    extra = 1
    has_delete_permission = geen_verwijderen


class ResultaattypeInline(admin.TabularInline):  # type: ignore[type-arg]
    """How a kind of zaak can end."""

    model = Resultaattype
    extra = 1
    has_delete_permission = geen_verwijderen


@admin.register(Zaaktype)
class ZaaktypeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Kinds of zaken: one that ends gets a last day, since zaken refer to it."""

    list_display = ("omschrijving", "afdeling", "servicenorm", "doorlooptijd", "begin_geldigheid")
    list_filter = ("afdeling",)
    list_select_related = ("afdeling",)
    search_fields = ("omschrijving", "identificatie")
    inlines = (StatustypeInline, ResultaattypeInline)
    has_delete_permission = geen_verwijderen
