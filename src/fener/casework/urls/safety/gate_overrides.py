"""Addresses of overrides of a gate."""

from django.urls import path

from fener.casework.views.safety import gate_overrides

urlpatterns = [
    path("cases/<slug:code>/safety/overrides/new/<uuid:pk>/", gate_overrides.ask, name="gate_override_ask"),
    path("cases/<slug:code>/safety/overrides/<uuid:pk>/", gate_overrides.answer, name="gate_override_answer"),
    path("safety/overrides/", gate_overrides.register, name="gate_overrides"),
]
