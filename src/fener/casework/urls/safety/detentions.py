"""Addresses of detentions of a person."""

from django.urls import path

from fener.casework.views.safety import detentions

urlpatterns = [
    path("cases/<slug:code>/safety/detentions/new/", detentions.new, name="detention_new"),
    path("cases/<slug:code>/safety/detentions/<uuid:pk>/end/", detentions.end, name="detention_end"),
]
