"""Addresses of the reintegration plan."""

from django.urls import path

from fener.casework.views.reintegration import plan

urlpatterns = [
    path("cases/<slug:code>/reintegration/plan/new/", plan.new, name="reintegration_plan_new"),
    path("cases/<slug:code>/reintegration/plan/<uuid:pk>/decision/", plan.agree, name="reintegration_plan_agree"),
    path("cases/<slug:code>/reintegration/entries/new/", plan.entry, name="reintegration_entry_new"),
    path("cases/<slug:code>/reintegration/entries/<uuid:pk>/done/", plan.done, name="reintegration_entry_done"),
]
