"""Addresses of health cards."""

from django.urls import path

from fener.casework.views.health import cards

urlpatterns = [
    path("cases/<slug:code>/health/cards/new/", cards.give, name="health_card_new"),
    path("cases/<slug:code>/health/cards/<uuid:pk>/end/", cards.end, name="health_card_end"),
    path("health/card/", cards.use, name="health_card_use"),
]
