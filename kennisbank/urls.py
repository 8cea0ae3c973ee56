"""Routes of this room."""

from django.urls import path

from kennisbank.views import artikelen, upl, zoeken

app_name = "kennisbank"
urlpatterns = [
    path("", zoeken.zoeken, name="zoeken"),
    path("artikel/<uuid:uuid>/", artikelen.artikel, name="artikel"),
    path("artikel/<uuid:uuid>/bewerken/", artikelen.artikel_bewerken, name="artikel_bewerken"),
    path("product/<uuid:uuid>/", artikelen.product, name="product"),
    path("import-upl/", upl.import_upl, name="import_upl"),
    path("import-upl/bevestigen/", upl.import_upl_bevestigen, name="import_upl_bevestigen"),
]
