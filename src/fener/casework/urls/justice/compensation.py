"""Addresses of compensation."""

from django.urls import path

from fener.casework.views.justice import compensation

_CLAIM = "cases/<slug:code>/justice/claims/"
urlpatterns = [
    path("cases/<slug:code>/justice/compensation/told/", compensation.tell, name="compensation_tell"),
    path(f"{_CLAIM}new/", compensation.new, name="claim_new"),
    *(
        path(f"{_CLAIM}<uuid:pk>/{step}/", compensation.step, {"step": step}, name=f"claim_{step}")
        for step in compensation.STEPS
    ),
]
