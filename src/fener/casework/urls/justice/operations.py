"""Addresses of the register of operations."""

from django.urls import path

from fener.casework.views.justice import operations as views

urlpatterns = [
    path("justice/operations/", views.register, name="operations"),
    path("justice/operations/new/", views.new, name="operation_new"),
    path("justice/operations/<uuid:pk>/", views.one, name="operation"),
    path("justice/operations/<uuid:pk>/<slug:section>/", views.part, name="operation_part"),
]
