"""Addresses of restrictions of a resident."""

from django.urls import path

from fener.casework.views.shelter import restrictions as views

_ONE = "cases/<slug:code>/shelter/restrictions/<uuid:pk>"

urlpatterns = [
    path("cases/<slug:code>/shelter/stays/<uuid:pk>/restrict/", views.new, name="stay_restrict"),
    path(f"{_ONE}/review/", views.review, name="stay_restriction_review"),
    path(f"{_ONE}/end/", views.end, name="stay_restriction_end"),
]
