"""Routes of this room."""

from django.urls import path

from rapportage import views

app_name = "rapportage"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("definitie/<slug:slug>/", views.definitie, name="definitie"),
]
