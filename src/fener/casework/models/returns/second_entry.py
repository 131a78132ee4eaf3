"""A second entry after a removal: the pseudonym by which it is noticed, and what was noticed (rule RT-10)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.casework.models.returns.journey import Journey
from fener.trust.models import User


class RemovalPseudonym(models.Model):
    """The keyed pseudonym of somebody who was removed; nobody else has one. It serves this one purpose.

    ``back_on``: the first day on which somebody with the same pseudonym was here again. Where that was stands nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    removal = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="pseudonym")
    token = models.BinaryField(max_length=16, db_index=True)
    removed_on = models.DateField()
    back_on = models.DateField(null=True)

    class Meta:
        ordering = ("removed_on", "pk")


class SecondEntry(models.Model):
    """The person was here again after a removal: when they were removed, when they came back, what was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_entries")
    removal = models.ForeignKey(Journey, null=True, on_delete=models.CASCADE, related_name="+")  # of this same case
    removed_on = models.DateField()
    entered_on = models.DateField()
    answered_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # None: an import

    class Meta:
        ordering = ("-entered_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(entered_on__gte=F("removed_on")), name="entered_after_the_removal"),
        ]
