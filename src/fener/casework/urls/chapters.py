"""Addresses of what every chapter has."""

from django.urls import path

from fener.casework.views import chapters

urlpatterns = [
    path("cases/<slug:code>/chapter/<slug:chapter>/", chapters.chapter, name="chapter"),
    path("cases/<slug:code>/unfinished/<uuid:pk>/", chapters.throw_away, name="draft_throw_away"),
]
