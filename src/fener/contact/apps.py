"""Somebody reaches us."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Somebody reaches us."""

    name = "fener.contact"
    label = "contact"
