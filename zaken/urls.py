"""Routes of this room."""

from django.urls import path

from zaken.views import lijst, overdragen, routering, taak

app_name = "zaken"
urlpatterns = [
    path("", lijst.werkvoorraad, name="werkvoorraad"),
    path("zoeken/", lijst.zoeken, name="zoeken"),
    path("partij/<uuid:uuid>/", lijst.taken_van_partij, name="taken_van_partij"),
    path("overdragen/<uuid:uuid>/", overdragen.overdragen, name="overdragen"),
    path("overdragen/<uuid:uuid>/keuze/", overdragen.overdragen_keuze, name="overdragen_keuze"),
    path("routering/", routering.modellen, name="routering"),
    path("routering/<uuid:uuid>/", routering.model, name="routeringsmodel"),
    path("routering/<uuid:uuid>/gebruiken/", routering.model_gebruiken, name="routering_gebruiken"),
    path("routering/<uuid:uuid>/simuleren/", routering.simuleren, name="routering_simuleren"),
    path("<uuid:uuid>/", taak.taak, name="taak"),
    path("<uuid:uuid>/adres/", taak.taak_adres, name="taak_adres"),
    path("<uuid:uuid>/nemen/", taak.taak_nemen, name="taak_nemen"),
    path("<uuid:uuid>/loslaten/", taak.taak_loslaten, name="taak_loslaten"),
    path("<uuid:uuid>/poging/", taak.taak_poging, name="taak_poging"),
    path("<uuid:uuid>/antwoord/", taak.taak_antwoord, name="taak_antwoord"),
    path("<uuid:uuid>/terug/", taak.taak_terug, name="taak_terug"),
    path("<uuid:uuid>/doorsturen/", taak.taak_doorsturen, name="taak_doorsturen"),
]
