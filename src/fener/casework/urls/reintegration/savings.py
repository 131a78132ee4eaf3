"""Addresses of the savings book."""

from django.urls import path

from fener.casework.views.reintegration import savings

urlpatterns = [
    path("cases/<slug:code>/reintegration/savings/in/", savings.put_in, name="savings_in"),
    path("cases/<slug:code>/reintegration/savings/out/", savings.take_out, name="savings_out"),
    path("cases/<slug:code>/reintegration/savings/correct/", savings.correct, name="savings_correct"),
]
