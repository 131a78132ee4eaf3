"""Addresses of the team in numbers, supervision, own work and leave covers."""

from django.urls import path

from fener.casework.views.quality import work as views

urlpatterns = [
    path("quality/team/", views.team, name="team"),
    path("quality/team/<uuid:pk>/", views.member, name="team_member"),
    path("quality/team/<uuid:pk>/supervision/", views.supervise, name="supervision_record"),
    path("quality/limits/", views.limits, name="work_limits"),
    path("quality/own/", views.own, name="own_work"),
    path("quality/own/time/", views.week, name="own_time"),
    path("quality/covers/", views.leave_covers, name="leave_covers"),
    path("quality/covers/new/", views.cover, name="leave_cover_new"),
    path("quality/covers/<uuid:pk>/end/", views.cover_end, name="leave_cover_end"),
]
