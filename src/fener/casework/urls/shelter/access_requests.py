"""Addresses of wishes to enter a house."""

from django.urls import path

from fener.casework.views.shelter import access_requests as views

urlpatterns = [
    path("shelter/houses/<uuid:pk>/access/", views.listing, name="shelter_access"),
    path("shelter/houses/<uuid:pk>/access/new/", views.new, name="shelter_access_new"),
    path("shelter/access/<uuid:pk>/answer/", views.answer, name="shelter_access_answer"),
]
