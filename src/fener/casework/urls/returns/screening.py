"""Addresses of screenings of returnees."""

from django.urls import path

from fener.casework.views.returns import screening as views

urlpatterns = [
    path("cases/<slug:code>/returns/journeys/<uuid:pk>/screening/new/", views.new, name="return_screening_new"),
]
