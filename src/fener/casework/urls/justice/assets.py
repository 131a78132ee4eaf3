"""Addresses of the ledger of confiscated assets."""

from django.urls import path

from fener.casework.views.justice import assets

urlpatterns = [
    path("justice/assets/", assets.ledger, name="assets"),
    path("justice/assets/new/", assets.new, name="asset_new"),
    path("justice/assets/<uuid:pk>/step/", assets.step, name="asset_step"),
]
