"""Addresses of a person's lawyer, legal advice and statements."""

from django.urls import path

from fener.casework.views.justice import statements as views

ON = "cases/<slug:code>/justice/"

urlpatterns = [
    path(f"{ON}lawyer/new/", views.mandate, name="legal_mandate_new"),
    path(f"{ON}lawyer/<uuid:pk>/end/", views.mandate_end, name="legal_mandate_end"),
    path(f"{ON}told/new/", views.told, name="legal_told_new"),
    path(f"{ON}statements/new/", views.statement, name="statement_new"),
    path(f"{ON}statements/opinion/", views.opinion, name="statement_opinion"),
    path(f"{ON}statements/procedure/", views.procedure, name="statement_procedure"),
]
