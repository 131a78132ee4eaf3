"""Addresses of incidents."""

from django.urls import path

from fener.casework.views.safety import incidents

urlpatterns = [
    path("cases/<slug:code>/safety/incidents/new/", incidents.new, name="incident_new"),
    path("cases/<slug:code>/safety/incidents/<uuid:pk>/follow-up/", incidents.follow_up, name="incident_follow_up"),
]
