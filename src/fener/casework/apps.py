"""The person's path."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The person's path."""

    name = "fener.casework"
    label = "casework"
