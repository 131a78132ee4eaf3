"""Addresses of assessments of danger and of the safety plan."""

from django.urls import path

from fener.casework.views.safety import risks

urlpatterns = [
    path("cases/<slug:code>/safety/risks/new/", risks.new, name="risk_new"),
    path("cases/<slug:code>/safety/plan/new/", risks.measure, name="protection_measure_new"),
    path("cases/<slug:code>/safety/plan/<uuid:pk>/end/", risks.end, name="protection_measure_end"),
]
