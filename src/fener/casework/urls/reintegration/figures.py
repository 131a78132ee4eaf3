"""Address of the figures of the whole node."""

from django.urls import path

from fener.casework.views import figures

urlpatterns = [path("figures/", figures.figures, name="figures")]
