"""Addresses of what a return passes on."""

from django.urls import path

from fener.casework.views.returns import passing_on as views

urlpatterns = [
    path("cases/<slug:code>/returns/journeys/<uuid:pk>/pass-on/new/", views.new, name="passed_on_new"),
    path("cases/<slug:code>/returns/passed-on/<uuid:pk>/demanded/", views.demanded, name="passed_on_demanded"),
]
