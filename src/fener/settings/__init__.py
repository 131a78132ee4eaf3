"""The settings module of a node (``DJANGO_SETTINGS_MODULE=fener.settings``)."""

import os

# Not for ``fener.settings.test``, which must set its own home before the settings are read.
if os.environ.get("DJANGO_SETTINGS_MODULE", __name__) == __name__:
    from fener.settings.base import *  # noqa: F403
