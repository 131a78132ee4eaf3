"""Addresses of casework: the case itself, and the help that follows. They hold codes and random ids only.

A chapter of the case brings a module of its own with ``urlpatterns``; its addresses begin with
``cases/<slug:code>/<chapter>/``, so that none can hide another.
"""

from __future__ import annotations

from fener.casework.urls import assistance, case, files, privacy, protection
from fener.trust.finding import gathered

_FIRST = (case, assistance, files, protection, privacy)

app_name = "casework"
urlpatterns = [
    *(each for module in _FIRST for each in module.urlpatterns),
    *gathered(__name__, "urlpatterns", leave_out=[module.__name__ for module in _FIRST]),
]
