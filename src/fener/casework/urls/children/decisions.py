"""Addresses of a child's view and of decisions on a child."""

from django.urls import path

from fener.casework.views.children import decisions as views

ON = "cases/<slug:code>/children/"

urlpatterns = [
    path(f"{ON}views/new/", views.view_new, name="child_view_new"),
    path(f"{ON}decisions/new/", views.new, name="child_decision_new"),
    path(f"{ON}solutions/new/", views.solution, name="child_solution_new"),
    path(f"{ON}solutions/<uuid:pk>/done/", views.carried_out, name="child_solution_done"),
]
