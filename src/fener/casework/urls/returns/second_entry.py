"""Addresses of second entries after a removal."""

from django.urls import path

from fener.casework.views.returns import figures
from fener.casework.views.returns import second_entry as views

urlpatterns = [
    path("cases/<slug:code>/returns/journeys/<uuid:pk>/back/new/", views.came_back, name="second_entry_new"),
    path("cases/<slug:code>/returns/second-entries/<uuid:pk>/", views.answer, name="second_entry_answer"),
    path("returns/figures/", figures.figures, name="returns_figures"),
]
