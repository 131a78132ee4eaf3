"""Addresses of searches for the family."""

from django.urls import path

from fener.casework.views.returns import tracing as views

urlpatterns = [
    path("cases/<slug:code>/returns/tracing/new/", views.new, name="tracing_new"),
    path("cases/<slug:code>/returns/tracing/<uuid:pk>/end/", views.end, name="tracing_end"),
    path("cases/<slug:code>/returns/tracing/<uuid:pk>/contact/", views.contact, name="tracing_contact"),
]
