"""The screening of a returnee by the one common protocol, and its outcome (rule ID-30)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fener.casework.models.case import Case
from fener.casework.models.identification import Assessment
from fener.casework.models.returns.journey import Journey
from fener.trust.models import User


class ReturnScreening(models.Model):
    """One a journey, whatever its kind. ``set_id``, ``set_version``: the protocol, one for adults, one for children."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="return_screenings")
    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="screening")
    set_id = models.CharField(max_length=40)
    set_version = models.CharField(max_length=20)
    outcome = models.CharField(max_length=12)  # code of vocabulary return_screening
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="screened") | Q(assessment__isnull=False), name="screened_by_an_assessment"
            ),
        ]
