"""Addresses of complaints."""

from django.urls import path

from fener.casework.views.safety import complaints

urlpatterns = [
    path("cases/<slug:code>/safety/complaints/new/", complaints.new, name="complaint_new"),
    path("cases/<slug:code>/safety/complaints/<uuid:pk>/answer/", complaints.answer, name="complaint_answer"),
]
