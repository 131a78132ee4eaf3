"""The settings module of a node (``DJANGO_SETTINGS_MODULE=fener.settings``)."""

from fener.settings.base import *  # noqa: F403
