"""Addresses of contact after the journey."""

from django.urls import path

from fener.casework.views.returns import recontact

urlpatterns = [
    path("cases/<slug:code>/returns/recontact/new/", recontact.new, name="recontact_new"),
    path("cases/<slug:code>/returns/recontact/<uuid:pk>/withdraw/", recontact.withdraw, name="recontact_withdraw"),
    path("cases/<slug:code>/returns/journeys/<uuid:pk>/contact/new/", recontact.contact, name="recontact_contact"),
    path("returns/contacts/", recontact.due, name="recontact_queue"),
]
