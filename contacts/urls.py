"""Routes of the desk."""

from django.urls import path

from contacts.views import gesprek, werkplek

app_name = "contacts"
urlpatterns = [
    path("", werkplek.werkplek, name="werkplek"),
    path("gesprek/", werkplek.gesprek_start, name="gesprek_start"),
    path("gesprek/<uuid:uuid>/", gesprek.gesprek, name="gesprek"),
    path("gesprek/<uuid:uuid>/concept/", gesprek.concept, name="concept"),
    path("producten/", werkplek.producten, name="producten"),
    path("klantcontact/<uuid:uuid>/", werkplek.klantcontact, name="klantcontact"),
    path("klantcontact/<uuid:uuid>/heropenen/", werkplek.heropenen, name="heropenen"),
]
