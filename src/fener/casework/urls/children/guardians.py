"""Addresses of guardians and of parts in a child's case."""

from django.urls import path

from fener.casework.views.children import guardians as views

ON = "cases/<slug:code>/children/"

urlpatterns = [
    path(f"{ON}guardians/new/", views.new, name="guardian_new"),
    path(f"{ON}guardians/<uuid:pk>/change/", views.change, name="guardian_change"),
    path(f"{ON}guardians/<uuid:pk>/conflict/", views.flag, name="guardian_flag"),
    path(f"{ON}guardians/<uuid:pk>/end/", views.end, name="guardian_end"),
    path(f"{ON}parts/new/", views.part_new, name="child_part_new"),
    path(f"{ON}parts/<uuid:pk>/end/", views.part_end, name="child_part_end"),
    path("children/guardians/", views.load, name="guardian_load"),
]
