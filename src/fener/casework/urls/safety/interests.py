"""Addresses of conflicts with the person's interest."""

from django.urls import path

from fener.casework.views.safety import interests as views

ON = "cases/<slug:code>/safety/interests/"
urlpatterns = [
    path(f"{ON}new/", views.new, name="interest_new"),
    path(f"{ON}<uuid:pk>/prevails/", views.prevails, name="interest_prevails"),
    path(f"{ON}<uuid:pk>/against/", views.against, name="interest_against"),
    path(f"{ON}<uuid:pk>/told/", views.told, name="interest_told"),
]
