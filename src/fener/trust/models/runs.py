"""When work that a timer starts was last done."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    """The last time that a kind of work (``tick``, ``backup``) ended well. One row a kind; no history: that is the
    audit's."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    # Codes and counts only, e.g. {"bytes": 1048576}.
    detail = models.JSONField(default=dict, blank=True)
