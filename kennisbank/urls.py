"""Routes of this room."""

from django.urls import path

from kennisbank import views

app_name = "kennisbank"
urlpatterns = [
    path("", views.zoeken, name="zoeken"),
    path("artikel/<uuid:uuid>/", views.artikel, name="artikel"),
    path("artikel/<uuid:uuid>/bewerken/", views.artikel_bewerken, name="artikel_bewerken"),
    path("product/<uuid:uuid>/", views.product, name="product"),
    path("import-upl/", views.import_upl, name="import_upl"),
    path("import-upl/bevestigen/", views.import_upl_bevestigen, name="import_upl_bevestigen"),
]
