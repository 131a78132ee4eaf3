"""Addresses of permits, and of the list of people in limbo."""

from django.urls import path

from fener.casework.views.residence import limbo, permits

_PERMIT = "cases/<slug:code>/residence/permits/<uuid:pk>/"
urlpatterns = [
    path("cases/<slug:code>/residence/regimes/<uuid:pk>/permits/new/", permits.new, name="regime_permit"),
    path(f"{_PERMIT}decision/", permits.decide, name="permit_decide"),
    path(f"{_PERMIT}appeal/", permits.appeal, name="permit_appeal"),
    path(f"{_PERMIT}appeal/outcome/", permits.appeal_decided, name="permit_appeal_decided"),
    path("residence/limbo/", limbo.limbo, name="limbo"),
]
