"""Addresses of what was agreed about the family."""

from django.urls import path

from fener.casework.views.reintegration import family

urlpatterns = [
    path("cases/<slug:code>/reintegration/family/new/", family.new, name="family_agreement_new"),
    path("cases/<slug:code>/reintegration/family/<uuid:pk>/end/", family.end, name="family_agreement_end"),
    path("cases/<slug:code>/reintegration/family/<uuid:pk>/support/", family.support, name="family_agreement_support"),
]
