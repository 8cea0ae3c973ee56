"""Routes of this room."""

from django.urls import path

from organisatie.views import aanwezigheid, beheer, wie_is_er

app_name = "organisatie"
urlpatterns = [
    path("beheer/", beheer.beheer, name="beheer"),
    path("wie-is-er/", wie_is_er.wie_is_er, name="wie_is_er"),
    path("aanwezig/", aanwezigheid.aanwezigheid, name="aanwezigheid"),
    path("aanwezig/nu/", aanwezigheid.aanwezig, name="aanwezig"),
    path("aanwezig/stand/", aanwezigheid.stand, name="mijn_stand"),
    path("aanwezig/agenda/", aanwezigheid.agenda, name="agenda"),
    path("aanwezig/agenda/weg/", aanwezigheid.agenda_weg, name="agenda_weg"),
    path("aanwezig/<uuid:uuid>/", aanwezigheid.aanwezigheid, name="aanwezigheid_van"),
    path("aanwezig/<uuid:uuid>/stand/", aanwezigheid.stand, name="stand"),
    path("aanwezig/<uuid:uuid>/rooster/", aanwezigheid.rooster, name="rooster"),
    path("aanwezig/<uuid:uuid>/weg/", aanwezigheid.weg, name="weg"),
    path("aanwezig/<uuid:uuid>/weg/<int:pk>/", aanwezigheid.weg, name="weg_wijzigen"),
    path("aanwezig/<uuid:uuid>/weg/<int:pk>/terug/", aanwezigheid.weg_terug, name="weg_terug"),
]
