"""Addresses of interviews."""

from django.urls import path

from fener.casework.views.justice import interviews as views

ON = "cases/<slug:code>/justice/interviews/"

urlpatterns = [
    path(f"{ON}plan/", views.plan, name="interview_plan"),
    path(f"{ON}new/", views.new, name="interview_new"),
    path(f"{ON}<uuid:pk>/held/", views.hold, name="interview_hold"),
    path(f"{ON}<uuid:pk>/share/", views.spare, name="interview_spare"),
    path(f"{ON}<uuid:pk>/end/", views.end, name="interview_end"),
]
