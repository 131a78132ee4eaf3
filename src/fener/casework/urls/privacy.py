"""Addresses about a person's own data: the copy, erasures, periods."""

from django.urls import path

from fener.casework.views import erasure, person_copy

urlpatterns = [
    path("cases/<slug:code>/copy/", person_copy.person_copy, name="person_copy"),
    path("cases/<slug:code>/erasure/", erasure.propose, name="erasure_propose"),
    path("erasures/", erasure.erasures, name="erasures"),
    path("erasures/<uuid:pk>/", erasure.erasure, name="erasure"),
    path("erasures/<uuid:pk>/not-now/", erasure.refuse, name="erasure_refuse"),
    path("erasures/<uuid:pk>/stop/", erasure.stop, name="erasure_stop"),
    path("erasures/period/", erasure.period, name="retention"),
]
