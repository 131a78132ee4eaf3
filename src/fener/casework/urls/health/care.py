"""Addresses of health on the path."""

from django.urls import path

from fener.casework.views.health import care

urlpatterns = [
    path("cases/<slug:code>/health/care/new/", care.new_offer, name="care_offer_new"),
    path("cases/<slug:code>/health/tests/new/", care.new_test, name="health_test_new"),
    path("cases/<slug:code>/health/tests/<uuid:pk>/<slug:step>/", care.step, name="health_test_step"),
]
