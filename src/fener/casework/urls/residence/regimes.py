"""Addresses of residence regimes."""

from django.urls import path

from fener.casework.views.residence import regimes

urlpatterns = [
    path("cases/<slug:code>/residence/regimes/new/", regimes.new, name="regime_new"),
    path("cases/<slug:code>/residence/regimes/<uuid:pk>/end/", regimes.end, name="regime_end"),
    path("cases/<slug:code>/residence/regimes/<uuid:pk>/path/", regimes.path, name="regime_path"),
    path("cases/<slug:code>/residence/facts/new/", regimes.fact, name="residence_fact_new"),
]
