"""Routes of this room."""

from django.urls import path

from organisatie import views

app_name = "organisatie"
urlpatterns = [path("", views.beheer, name="beheer")]
