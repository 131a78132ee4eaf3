"""Clocks: a right that runs, and says why it ends when it ends."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.trust.models import User


class Clock(models.Model):
    """One running period on a case. ``why`` is the explanation that norms gave when it was computed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    code = models.CharField(max_length=40)  # of pack ``clocks``, e.g. recovery_reflection
    started_on = models.DateTimeField()
    due_on = models.DateTimeField()
    rule = models.CharField(max_length=80)
    rule_version = models.CharField(max_length=20)
    source = models.CharField(max_length=160)
    why = models.JSONField(default=list)  # list of [template, parameters]
    blocks_removal = models.BooleanField(default=False)
    subject_type = models.CharField(max_length=20, blank=True)  # what it waits for, e.g. referral, review
    subject_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)  # done, ran_out, extended, ...
    started_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=models.Q(ended_at__isnull=True), name="clock_open_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("started_on")), name="clock_ends_after_start"
            )
        ]
