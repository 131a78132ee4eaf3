"""Addresses of files beside a case."""

from django.urls import path

from fener.casework.views import attachments

urlpatterns = [
    path("cases/<slug:code>/files/", attachments.attachments, name="attachments"),
    path("cases/<slug:code>/files/new/", attachments.new, name="attachment_new"),
    path("cases/<slug:code>/files/<uuid:pk>/", attachments.opened, name="attachment"),
    path("cases/<slug:code>/files/<uuid:pk>/clean/", attachments.clean, name="attachment_clean"),
    path("cases/<slug:code>/files/<uuid:pk>/original/", attachments.original, name="attachment_original"),
    path("cases/<slug:code>/files/<uuid:pk>/remove/", attachments.remove, name="attachment_remove"),
]
