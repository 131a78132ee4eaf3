"""Addresses of complaints."""

from django.urls import path

from fener.casework.views.safety import complaints

urlpatterns = [
    path("cases/<slug:code>/safety/complaints/new/", complaints.new, name="complaint_new"),
    path("cases/<slug:code>/safety/complaints/<uuid:pk>/answer/", complaints.answer, name="complaint_answer"),
    path("cases/<slug:code>/safety/complaints/<uuid:pk>/give-on/", complaints.pass_on, name="complaint_pass_on"),
    path("cases/<slug:code>/safety/complaints/<uuid:pk>/send/", complaints.send, name="complaint_send"),
]
