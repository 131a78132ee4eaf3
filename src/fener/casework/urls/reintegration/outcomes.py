"""Addresses of outcomes."""

from django.urls import path

from fener.casework.views.reintegration import outcomes

urlpatterns = [
    path("cases/<slug:code>/reintegration/outcomes/new/", outcomes.new, name="outcome_new"),
    path("cases/<slug:code>/reintegration/failure/", outcomes.failure, name="failure_tag"),
]
