"""All routes of the application."""

from django.contrib import admin
from django.urls import include, path

from kcc import views

urlpatterns = [
    path("", views.start, name="start"),
    path("inloggen/", views.inloggen, name="inloggen"),
    path("uitloggen/", views.uitloggen, name="uitloggen"),
    path("gezond/", views.gezond, name="gezond"),
    path("beheer/basis/", admin.site.urls),
    path("beheer/berichten/", views.berichten, name="berichten"),
    path("beheer/berichten/opnieuw/", views.berichten_opnieuw, name="berichten_opnieuw"),
    path("beheer/berichten/<uuid:uuid>/opnieuw/", views.bericht_opnieuw, name="bericht_opnieuw"),
    path("", include("organisatie.urls")),
    path("kennisbank/", include("kennisbank.urls")),
    path("werkplek/", include("contacts.urls")),
    path("werkvoorraad/", include("zaken.urls")),
    path("rapportage/", include("rapportage.urls")),
    path("", include("kennisbank.openbaar.urls")),
]

handler500 = "kcc.views.fout"
