"""Addresses of free places and of requests for one."""

from django.urls import path

from fener.casework.views.shelter import places as views

_CASE = "cases/<slug:code>/shelter/places"

urlpatterns = [
    path("shelter/vacancies/", views.search, name="shelter_vacancies"),
    path("shelter/places/", views.requests, name="place_requests"),
    path("shelter/places/<uuid:pk>/answer/", views.answer, name="place_answer"),
    path(f"{_CASE}/", views.for_case, name="places_for_case"),
    path(f"{_CASE}/<uuid:pk>/ask/", views.ask, name="place_ask"),
    path(f"{_CASE}/<uuid:pk>/withdraw/", views.withdraw, name="place_withdraw"),
]
