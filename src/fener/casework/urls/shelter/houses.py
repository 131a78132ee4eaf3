"""Addresses of the register of shelters."""

from django.urls import path

from fener.casework.views.shelter import houses as views

urlpatterns = [
    path("shelter/houses/", views.register, name="shelters"),
    path("shelter/houses/enter/", views.edit, name="shelter_enter"),
    path("shelter/houses/<uuid:pk>/change/", views.change, name="shelter_change"),
    path("shelter/houses/<uuid:pk>/night/", views.night, name="shelter_night"),
    path("shelter/houses/<uuid:pk>/refusal/", views.refusal, name="shelter_refusal"),
]
