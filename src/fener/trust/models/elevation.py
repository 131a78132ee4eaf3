"""Administration sessions: when an administrator had rights, and why."""

from __future__ import annotations

import uuid

from django.db import models

from fener.trust.models.accounts import Keeper, User


class AdministrationSession(models.Model):
    """A time in which one sign-in of an administrator may change things. Ends by itself at ``ends_at``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="administrations")
    keeper = models.ForeignKey(Keeper, null=True, on_delete=models.CASCADE, related_name="administrations")
    reason = models.CharField(max_length=300)  # in words, and the page asks to name nobody
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # by a tap or by signing out; else it ran until ``ends_at``

    class Meta:
        ordering = ("-begun_at",)
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begun_at")), name="administration_ends")
        ]
