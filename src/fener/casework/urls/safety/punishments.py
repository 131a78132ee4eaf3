"""Addresses of reviews of non-punishment."""

from django.urls import path

from fener.casework.views.safety import punishments

urlpatterns = [
    path("cases/<slug:code>/safety/punishments/new/", punishments.new, name="punishment_new"),
    path("cases/<slug:code>/safety/punishments/<uuid:pk>/resolve/", punishments.resolve, name="punishment_resolve"),
]
