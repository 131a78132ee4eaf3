"""Wishes to enter a shelter: who, why, what they showed, and what the house answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fener.casework.models.case import Case
from fener.casework.models.shelter.house import Shelter
from fener.network.models import Organisation
from fener.trust.models import User


class ShelterAccessRequest(models.Model):
    """One wish to enter a house (rule SH-03). It belongs to the house and names no resident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the house's
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="access_requests")
    by = models.CharField(max_length=24)  # code of vocabulary access_requester
    purpose = models.CharField(max_length=24)  # code of vocabulary access_purpose
    basis = models.CharField(max_length=24)  # code of vocabulary access_basis
    asked_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    answer = models.CharField(max_length=24, blank=True)  # code of vocabulary access_answer
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    came_in = models.BooleanField(null=True)  # whether somebody entered, whatever the answer was
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, came_in__isnull=True)
                | (
                    ~Q(answer="")
                    & Q(answered_at__gte=models.F("asked_at"), answered_by__isnull=False, came_in__isnull=False)
                ),
                name="an_access_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="court_order") | Q(basis="court_order"), name="an_order_of_a_court_is_shown"
            ),
        ]


class ShelterAccessConcern(models.Model):
    """That a wish to enter was about this person: read on the case alone, never on the house's page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access_concerns")
    request = models.OneToOneField(ShelterAccessRequest, on_delete=models.CASCADE, related_name="concern")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
