"""Addresses of stays in a shelter."""

from django.urls import path

from fener.casework.views.shelter import stays, unshared

_ONE = "cases/<slug:code>/shelter/stays/<uuid:pk>"

urlpatterns = [
    path("shelter/residents/", unshared.residents, name="house_stays"),
    path("shelter/residents/<uuid:pk>/leave/", unshared.leave, name="house_stay_leave"),
    path("cases/<slug:code>/shelter/stays/new/", stays.new, name="stay_new"),
    path(f"{_ONE}/extend/", stays.extend, name="stay_extend"),
    path(f"{_ONE}/plan/", stays.plan, name="stay_plan"),
    path(f"{_ONE}/leave/", stays.leave, name="stay_leave"),
]
