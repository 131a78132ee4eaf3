"""Addresses of charges and of outcomes that are owed."""

from django.urls import path

from fener.casework.views.justice import charges

_CHARGE = "cases/<slug:code>/justice/charges/"
urlpatterns = [
    path(f"{_CHARGE}new/", charges.new, name="charge_new"),
    path(f"{_CHARGE}<uuid:pk>/stage/", charges.stage, name="charge_stage"),
    path(f"{_CHARGE}<uuid:pk>/evidence/", charges.evidence, name="charge_evidence"),
    path(f"{_CHARGE}<uuid:pk>/outcome/", charges.decide, name="charge_decide"),
    path("cases/<slug:code>/justice/outcomes/new/", charges.give, name="owed_outcome_new"),
    path("cases/<slug:code>/justice/outcomes/<uuid:pk>/answer/", charges.answer, name="owed_outcome_answer"),
]
