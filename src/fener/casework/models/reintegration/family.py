"""The family: whether the person agreed that somebody gets in touch, and help that the family has for itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class FamilyAgreement(models.Model):
    """The person's own yes or no to contact with one relative; it ends whenever the person says so (rule RI-04)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_agreements")
    relative = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # who, how
    agreed = models.BooleanField()
    by_guardian = models.BooleanField(default=False)
    on = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("on")), name="family_agreement_ends_after"
            ),
        ]


class FamilySupport(models.Model):
    """A contact with the relative, or help for the family itself (rule AS-04), under a living agreement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(FamilyAgreement, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(max_length=16)  # code of vocabulary family_support
    on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
