"""Addresses of journeys and removals."""

from django.urls import path

from fener.casework.views.returns import journeys

urlpatterns = [
    path("cases/<slug:code>/returns/journeys/new/", journeys.new, name="journey_new"),
    path("cases/<slug:code>/returns/removals/new/", journeys.new_removal, name="removal_new"),
    path("cases/<slug:code>/returns/journeys/<uuid:pk>/<slug:step>/", journeys.step, name="journey_step"),
]
