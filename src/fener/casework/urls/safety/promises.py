"""Addresses of promises made to a person."""

from django.urls import path

from fener.casework.views.safety import promises

urlpatterns = [
    path("cases/<slug:code>/safety/promises/new/", promises.new, name="promise_new"),
    path("cases/<slug:code>/safety/promises/<uuid:pk>/settle/", promises.settle, name="promise_settle"),
    path("cases/<slug:code>/safety/promises/<uuid:pk>/told/", promises.tell, name="promise_tell"),
]
