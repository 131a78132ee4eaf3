"""Addresses of family reunions."""

from django.urls import path

from fener.casework.views.residence import reunions as views

urlpatterns = [
    path("cases/<slug:code>/residence/reunions/new/", views.new, name="reunion_new"),
    path("cases/<slug:code>/residence/reunions/<uuid:pk>/decision/", views.decide, name="reunion_decide"),
]
