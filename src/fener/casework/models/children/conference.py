"""Case conferences on a child: who was there, which risk it found, and what is to be done by whom and when."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Conference(models.Model):
    """One case conference (rule CH-13); before it is held, the level of risk for which it is called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conferences")
    level = models.CharField(max_length=12)  # code of vocabulary risk_level
    called_on = models.DateField()
    held_on = models.DateField(null=True)
    chair = models.CharField(max_length=24, blank=True)  # code of vocabulary conference_sector
    present = models.JSONField(default=list)  # codes of it
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-called_on",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(held_on__isnull=True), name="one_conference_called"
            ),
        ]


class ConferenceMeasure(models.Model):
    """What a conference agreed: who does it, by when; what it is, is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conference_measures")
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="measures")
    sector = models.CharField(max_length=24)  # code of vocabulary conference_sector
    due_on = models.DateField()
    what = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on",)
