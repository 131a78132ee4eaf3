"""A conflict between the person's interest and an aim of law enforcement or migration (rule NC-04)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class InterestConflict(models.Model):
    """Whose aim stands against the person's interest, and how it ended. Until somebody decides otherwise by name and on
    a legal basis, the person's interest prevails. Both interests, and who decided, are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="interest_conflicts")
    aim = models.CharField(max_length=24)  # code of vocabulary interest_aim
    by = models.CharField(max_length=40)  # code of vocabulary incident_author: whose aim it is
    arisen_on = models.DateField()
    words = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")  # the person's own words first
    result = models.CharField(max_length=16, default="open")  # code of vocabulary interest_result
    settled_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)  # code of vocabulary incident_author: the office
    basis = models.CharField(max_length=24, blank=True)  # code of vocabulary override_basis
    decision_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # by name
    told_on = models.DateField(null=True)  # when the person was told of a decision against them
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-arisen_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="decided_against")
                | (~Q(decided_by="") & ~Q(basis="") & Q(settled_on__gte=F("arisen_on"))),
                name="against_a_person_only_by_name_and_law",
            ),
        ]
