"""Addresses of developments in the proceedings."""

from django.urls import path

from fener.casework.views.justice import developments as views

_CASE = "cases/<slug:code>/justice/developments"

urlpatterns = [
    path(f"{_CASE}/new/", views.new, name="development_new"),
    path(f"{_CASE}/wish/", views.wish, name="telling_wish"),
    path(f"{_CASE}/<uuid:pk>/tell/", views.tell, name="development_tell"),
]
