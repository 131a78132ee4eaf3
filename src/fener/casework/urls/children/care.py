"""Addresses of marks, the checklist, what parents owe, and dependants."""

from django.urls import path

from fener.casework.views.children import care as views

ON = "cases/<slug:code>/children/"

urlpatterns = [
    path(f"{ON}marks/", views.marks, name="child_marks"),
    path(f"{ON}checklist/", views.checked, name="child_checklist"),
    path(f"{ON}parents/new/", views.parents, name="parents_plan_new"),
    path(f"{ON}parents/<uuid:pk>/review/", views.parents_reviewed, name="parents_plan_review"),
    path(f"{ON}dependants/new/", views.dependant, name="dependant_new"),
    path(f"{ON}dependants/<uuid:pk>/plan/", views.dependant_plan, name="dependant_plan"),
    path(f"{ON}dependants/<uuid:pk>/end/", views.dependant_end, name="dependant_end"),
]
