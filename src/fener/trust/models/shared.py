"""What the processes of one node share."""

from __future__ import annotations

from django.db import models


class SharedValue(models.Model):
    """One value of the shared cache (``trust.shared_cache``). The key is a hash; nothing here names anybody."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)
