"""Addresses of case conferences."""

from django.urls import path

from fener.casework.views.children import conferences as views

ON = "cases/<slug:code>/children/conferences/"

urlpatterns = [
    path(f"{ON}risk/", views.call, name="conference_call"),
    path(f"{ON}new/", views.held, name="conference_new"),
    path(f"{ON}<uuid:pk>/measure/", views.measure, name="conference_measure"),
    path(f"{ON}measures/<uuid:pk>/done/", views.finished, name="conference_measure_done"),
]
