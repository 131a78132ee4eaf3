"""Addresses of where a child lives and how it leaves care."""

from django.urls import path

from fener.casework.views.children import placements as views

ON = "cases/<slug:code>/children/"

urlpatterns = [
    path(f"{ON}placements/new/", views.new, name="child_placement_new"),
    path(f"{ON}hand-overs/new/", views.hand_over, name="child_hand_over_new"),
    path(f"{ON}hand-overs/<uuid:pk>/seen/", views.looked_at, name="child_hand_over_seen"),
    path(f"{ON}eighteen/", views.eighteenth, name="leaving_care_new"),
    path(f"{ON}leaving/<uuid:pk>/plan/", views.plan, name="leaving_care_plan"),
    path(f"{ON}leaving/follow-up/<uuid:pk>/", views.follow_up, name="leaving_follow_up"),
]
