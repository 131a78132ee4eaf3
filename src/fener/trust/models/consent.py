"""A consent is a sentence that is the rule."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.trust.models.accounts import Keeper, User


class Consent(models.Model):
    """Who lets whom do what with which compartments for which purpose until when; told how, in which version."""

    class Giver(models.TextChoices):
        PERSON = "person", _("the person")
        GUARDIAN = "guardian", _("the guardian")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    giver = models.CharField(max_length=10, choices=Giver.choices, default=Giver.PERSON)
    child_assent = models.BooleanField(null=True)
    holder = models.ForeignKey(Keeper, on_delete=models.PROTECT, related_name="+")  # who keeps and recorded it
    recipient = models.ForeignKey(Keeper, on_delete=models.PROTECT, related_name="+")  # equals holder for "keep"
    purpose = models.CharField(max_length=30)
    compartments = models.JSONField(default=list)
    until = models.DateField()
    language = models.CharField(max_length=12)
    interpreter = models.CharField(max_length=120, blank=True)
    text_id = models.CharField(max_length=60)
    text_version = models.CharField(max_length=20)
    given_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("given_on")), name="consent_ends_after_it_begins"
            ),
        ]


class DisclosureOverride(models.Model):
    """A disclosure without consent: legal basis, reason, two different persons, a time limit; always counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    holder = models.ForeignKey(Keeper, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Keeper, on_delete=models.PROTECT, related_name="+")
    compartments = models.JSONField(default=list)
    legal_basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000)
    until = models.DateField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("requested_by")),
                name="override_needs_two_persons",
            ),
        ]
