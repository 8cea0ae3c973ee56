"""Routes of this room."""

from django.urls import URLPattern

app_name = "zaken"
urlpatterns: list[URLPattern] = []
