"""Assessments beside each other, and decisions apart from them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Mandate, Organisation
from fener.trust.models import SealedItem, User


class Assessment(models.Model):
    """What one authority, or the person, sees; never overwritten, a later one stands beside it (rule ID-17)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    by_person = models.BooleanField(default=False)  # the person's own view, in their own words
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # who assessed or recorded
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    opinion = models.CharField(max_length=32)  # code of the status ladder; for the person: own_view_* codes
    # {"acts": {...}, "means": {...}, "purposes": {...}}: code -> {"answer", "confidence", "evidence"} (rule ID-01)
    elements = models.JSONField(default=dict)
    qualification = models.JSONField(default=dict)  # what norms answered, with rules, versions and sources
    criteria_version = models.CharField(max_length=40)
    reasons = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("casework.Referral", null=True, on_delete=models.PROTECT, related_name="assessments")
    earlier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # own earlier view

    class Meta:
        ordering = ("assessed_on", "recorded_at")


class StatusDecision(models.Model):
    """An act of the body that has the mandate, with reasons; told to the person; open to review (rule ID-22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="status_decisions")
    status = models.CharField(max_length=16)
    previous_status = models.CharField(max_length=16)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=300)
    criteria_version = models.CharField(max_length=40)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    reasons = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")
    is_downgrade = models.BooleanField(default=False)
    alternative = models.CharField(max_length=40, blank=True)  # concept named instead, e.g. smuggling
    evidence = models.JSONField(default=list)  # kinds of evidence; required for a downgrade (rule ID-09)
    considered = models.ManyToManyField(Assessment, related_name="+")
    told_on = models.DateField(null=True)
    told_language = models.CharField(max_length=12, blank=True)
    told_interpreter = models.CharField(max_length=120, blank=True)
    review_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reviews")

    class Meta:
        ordering = ("decided_on", "recorded_at")


class ReviewRequest(models.Model):
    """The person, or somebody for them, asks for a decision to be looked at again."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("review")
        APPEAL = "appeal", _("appeal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(StatusDecision, on_delete=models.CASCADE, related_name="review_requests")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REVIEW)
    asked_by_person = models.BooleanField(default=True)
    reasons = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(StatusDecision, null=True, on_delete=models.PROTECT, related_name="+")


class RefusalOfHelp(models.Model):
    """A refusal of identification or help, with the person's own reason: it proves nothing, the offer stays (ID-23)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="refusals")
    of = models.CharField(max_length=40)  # identification, all_help, or a code of the service catalogue
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    refused_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offer_stays_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(offer_stays_open=True), name="refusal_leaves_the_offer_open"),
        ]
