"""Addresses of what stays behind."""

from django.urls import path

from fener.casework.views.justice import belongings as views

urlpatterns = [
    path("cases/<slug:code>/justice/left-behind/new/", views.new, name="belonging_new"),
    path("cases/<slug:code>/justice/left-behind/<uuid:pk>/step/", views.step, name="belonging_step"),
]
