"""Addresses of the type of a case."""

from django.urls import path

from fener.casework.views.residence import case_types as views

urlpatterns = [
    path("cases/<slug:code>/residence/types/new/", views.new, name="case_type_new"),
    path("cases/<slug:code>/residence/types/<uuid:pk>/offered/", views.offered, name="case_type_offered"),
]
