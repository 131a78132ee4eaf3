"""Address of papers and entitlements."""

from django.urls import path

from fener.casework.views.reintegration import papers

urlpatterns = [path("cases/<slug:code>/reintegration/papers/", papers.record, name="papers_record")]
