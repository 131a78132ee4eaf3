"""Addresses of the register of programmes, and of a person's way through one."""

from django.urls import path

from fener.casework.views.reintegration import participation, programmes

urlpatterns = [
    path("reintegration/programmes/", programmes.register, name="programmes"),
    path("reintegration/programmes/new/", programmes.new, name="programme_new"),
    path("reintegration/programmes/<uuid:pk>/safeguards/", programmes.safeguards, name="programme_safeguards"),
    path("reintegration/programmes/<uuid:pk>/launch/", programmes.launch, name="programme_launch"),
    path("cases/<slug:code>/reintegration/programmes/new/", participation.new, name="participation_new"),
    path("cases/<slug:code>/reintegration/programmes/<uuid:pk>/step/", participation.step, name="participation_step"),
]
