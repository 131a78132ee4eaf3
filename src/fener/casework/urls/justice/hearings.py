"""Addresses of dates for testimony and of measures of a court."""

from django.urls import path

from fener.casework.views.justice import court_measures, hearings

_CASE = "cases/<slug:code>/justice"

urlpatterns = [
    path(f"{_CASE}/hearings/new/", hearings.new, name="hearing_new"),
    path(f"{_CASE}/hearings/held/", hearings.held, name="hearing_held"),
    path(f"{_CASE}/hearings/<uuid:pk>/settle/", hearings.settle, name="hearing_settle"),
    path(f"{_CASE}/hearings/<uuid:pk>/confrontation/", hearings.weigh, name="hearing_weigh"),
    path(f"{_CASE}/measures/new/", court_measures.new, name="court_measure_new"),
    path(f"{_CASE}/measures/<uuid:pk>/settle/", court_measures.settle, name="court_measure_settle"),
]
