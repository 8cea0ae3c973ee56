"""Public routes: pages for citizens, and the API. The last of each takes what is left."""

from django.urls import path

from kennisbank.openbaar import api, bestanden, paginas

API = "api/kennisbank/v1"

app_name = "openbaar"
urlpatterns = [
    path("antwoorden/", paginas.zoeken, name="zoeken"),
    path("antwoorden/zoekvak.js", bestanden.zoekvak, name="zoekvak"),
    path("antwoorden/wijzigingen.atom", bestanden.wijzigingen, name="wijzigingen"),
    path("antwoorden/afbeelding/<uuid:uuid>/", bestanden.afbeelding, name="afbeelding"),
    path("antwoorden/onderwerp/<slug:identificatie>/", paginas.onderwerp, name="onderwerp"),
    path("antwoorden/product/<uuid:uuid>/", paginas.product, name="product"),
    path("antwoorden/<slug:slug>/", paginas.artikel, name="artikel"),
    path("antwoorden/<path:pad>", paginas.niet_gevonden, name="niet_gevonden"),
    path(f"{API}/openapi.json", api.openapi, name="api_openapi"),
    path(f"{API}/artikelen", api.artikelen, name="api_artikelen"),
    path(f"{API}/artikelen/<uuid:uuid>", api.artikel, name="api_artikel"),
    path(f"{API}/producten", api.producten, name="api_producten"),
    path(f"{API}/producten/<uuid:uuid>", api.product, name="api_product"),
    path(f"{API}/zoekresultaten", api.zoekresultaten, name="api_zoekresultaten"),
    path("api/kennisbank/<path:pad>", api.niet_gevonden, name="api_niet_gevonden"),
]
