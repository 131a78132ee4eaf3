"""Addresses of conditions on permits and services."""

from django.urls import path

from fener.casework.views.residence import conditions

_ONE = "cases/<slug:code>/residence/conditions/"
urlpatterns = [
    path(f"{_ONE}new/", conditions.new, name="imposed_new"),
    path(f"{_ONE}<uuid:pk>/refused/", conditions.refuse, name="imposed_refuse"),
    path(f"{_ONE}<uuid:pk>/lifted/", conditions.lift, name="imposed_lift"),
]
